"""What stands over the list and the calendar of programmes: filters of the address, kinds with their numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from matchmaker.core.actor import Actor
from matchmaker.core.i18n import LANGUAGES, language, order_countries
from matchmaker.programmes import queries, rules
from matchmaker.programmes.enums import ProgrammeKind, ProgrammeState, SignUpState
from matchmaker.programmes.models import Programme, SignUp
from matchmaker.programmes.words import KINDS_OF_MANY
from matchmaker.reference import countries, languages, nace

PAST = "past"
SHOWN_KINDS = (None, ProgrammeKind.TRIP, ProgrammeKind.TRAINING, ProgrammeKind.EXCHANGE)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; unknown values are left out."""

    kind: ProgrammeKind | None = None
    country: str = ""
    language: str = ""
    sector: str = ""
    open: bool = False
    past: bool = False

    def args(self, **other: Any) -> dict[str, Any]:
        """The values for an address, with some replaced; empty ones are left out."""
        mine = {
            "kind": self.kind.value if self.kind else "",
            "country": self.country,
            "language": self.language,
            "sector": self.sector,
            "open": "1" if self.open else "",
            PAST: "1" if self.past else "",
        }
        return {name: value for name, value in {**mine, **other}.items() if value}


@dataclass(frozen=True, slots=True)
class Known:
    """The programmes that a reader may see, with how full they are and the reader's own sign-ups."""

    programmes: list[Programme]
    taken: Mapping[int, int]
    waiting: Mapping[int, int]
    own: Mapping[int, SignUp]

    def taken_of(self, programme: Programme) -> int:
        """People who hold places."""
        return self.taken.get(programme.id, 0)

    def left_of(self, programme: Programme) -> int:
        """Places that nobody holds."""
        return programme.places - self.taken_of(programme)


@dataclass(frozen=True, slots=True)
class Head:
    """The tabs and the choices of the filters; `kept` is what the address says beside the filters' own fields."""

    filters: Filters
    endpoint: str
    tabs: list[dict[str, Any]]
    countries: list[tuple[str, str]]
    languages: list[tuple[str, str]]
    sectors: list[tuple[str, str]]
    kept: Mapping[str, str] = field(default_factory=dict)


def read_filters(args: Mapping[str, str]) -> Filters:
    """The filters of an address."""
    kind = args.get("kind", "")
    return Filters(
        kind=ProgrammeKind(kind) if kind in tuple(ProgrammeKind) else None,
        country=args.get("country", "")[:2],
        language=args.get("language", "") if args.get("language") in LANGUAGES else "",
        sector=args.get("sector", "") if nace.get(args.get("sector", "")) else "",
        open=args.get("open") == "1",
        past=args.get(PAST) == "1",
    )


def known_to(actor: Actor) -> Known:
    """What this reader may see: the same number of statements for any number of programmes."""
    everything = queries.listed(actor)
    numbers = [one.id for one in everything]
    return Known(
        everything,
        queries.counts(numbers, rules.HOLDING),
        queries.counts(numbers, {SignUpState.WAITING}),
        queries.own_states(actor, numbers),
    )


def is_over(programme: Programme, now: datetime) -> bool:
    """Whether a programme stands among the past ones."""
    return programme.ends_at < now or programme.state in rules.ENDED_PROGRAMMES


def matches(programme: Programme, asked: Filters, left: int) -> bool:
    """Whether the filters let a programme through; what names no language or sector is for all of them."""
    return (
        asked.kind in (None, programme.kind)
        and asked.country in ("", programme.country)
        and (not asked.language or asked.language in [*programme.languages, *programme.interpretation])
        and (not asked.sector or not programme.sectors or asked.sector in programme.sectors)
        and (not asked.open or (programme.state is ProgrammeState.OPEN and left > 0))
    )


def of_any_kind(asked: Filters) -> Filters:
    """The filters without that of the kind, for the numbers on the tabs."""
    return replace(asked, kind=None)


def head(
    asked: Filters, known: Known, fitting: Sequence[Programme], endpoint: str, kept: Mapping[str, str]
) -> Head:
    """Put it together; `fitting` is what the filters let through without that of the kind."""
    return Head(
        filters=asked,
        endpoint=endpoint,
        tabs=[_tab(kind, asked, fitting, endpoint, kept) for kind in SHOWN_KINDS],
        countries=_named_countries(known.programmes),
        languages=[(code, languages.title(code, language())) for code in LANGUAGES],
        sectors=_sectors(known.programmes),
        kept={name: value for name, value in kept.items() if value},
    )


def _tab(
    kind: ProgrammeKind | None,
    asked: Filters,
    fitting: Sequence[Programme],
    endpoint: str,
    kept: Mapping[str, str],
) -> dict[str, Any]:
    return {
        "url": url_for(endpoint, **asked.args(kind=kind.value if kind else "", **kept)),
        "label": KINDS_OF_MANY[kind] if kind else _("All"),
        "current": asked.kind is kind,
        "badge": sum(kind in (None, one.kind) for one in fitting) or "",
    }


def _named_countries(everything: list[Programme]) -> list[tuple[str, str]]:
    codes = sorted({one.country for one in everything if one.country})
    return [(code, countries.label(code, language())) for code in order_countries(codes)]


def _sectors(everything: list[Programme]) -> list[tuple[str, str]]:
    codes = sorted({code for one in everything for code in one.sectors})
    return [(code, f"{code} {nace.label(code, language())}") for code in codes]
