"""The list of programmes: filters of the address, counts of places, months."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton
from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.core import clock, zones
from matchmaker.core.actor import Actor
from matchmaker.core.i18n import LANGUAGES, language, order_countries, show_date
from matchmaker.programmes import queries, rules
from matchmaker.programmes.enums import ProgrammeKind, ProgrammeMode, ProgrammeState, SignUpState
from matchmaker.programmes.models import Programme, SignUp
from matchmaker.programmes.words import ICONS, KINDS, KINDS_OF_MANY, MODES, SIGN_UP_STATES, STATES
from matchmaker.reference import countries, languages, nace

PAST = "past"


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
class Entry:
    """One programme of the list as its template needs it."""

    id: int
    url: str
    title: str
    top: str
    number: str
    meta: str
    icon: str
    taken: str
    done: int
    end: str
    badge: tuple[str, str]
    action: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Listing:
    """The page: tabs, choices of the filters, and the programmes by month."""

    filters: Filters
    tabs: list[dict[str, Any]]
    countries: list[tuple[str, str]]
    languages: list[tuple[str, str]]
    sectors: list[tuple[str, str]]
    months: list[tuple[str, list[Entry]]]
    total: int


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


def matches(programme: Programme, asked: Filters, now: datetime, left: int) -> bool:
    """Whether a programme belongs into the list; what names no language or sector is for all of them."""
    over = programme.ends_at < now or programme.state in rules.ENDED_PROGRAMMES
    return (
        over == asked.past
        and asked.kind in (None, programme.kind)
        and asked.country in ("", programme.country)
        and (not asked.language or asked.language in [*programme.languages, *programme.interpretation])
        and (not asked.sector or not programme.sectors or asked.sector in programme.sectors)
        and (not asked.open or (programme.state is ProgrammeState.OPEN and left > 0))
    )


def listing(actor: Actor, args: Mapping[str, str]) -> Listing:
    """The programmes of an address for this reader."""
    asked, now = read_filters(args), clock.now()
    everything = queries.listed(actor)
    numbers = [one.id for one in everything]
    taken = queries.counts(numbers, rules.HOLDING)
    waiting = queries.counts(numbers, {SignUpState.WAITING})
    own = queries.own_states(actor, numbers)
    any_kind = replace(asked, kind=None)
    fitting = [one for one in everything if matches(one, any_kind, now, one.places - taken.get(one.id, 0))]
    shown = [one for one in fitting if asked.kind in (None, one.kind)]
    if asked.past:
        shown.reverse()
    entries = [
        (one, _entry(one, taken.get(one.id, 0), waiting.get(one.id, 0), own.get(one.id))) for one in shown
    ]
    return Listing(
        filters=asked,
        tabs=_tabs(asked, fitting),
        countries=_named_countries(everything),
        languages=[(code, languages.title(code, language())) for code in LANGUAGES],
        sectors=_sectors(everything),
        months=[
            (month_name(first), [entry for _one, entry in group])
            for first, group in groupby(entries, key=lambda pair: pair[0].first_day.replace(day=1))
        ],
        total=len(shown),
    )


def month_name(first: date) -> str:
    """A month with its year, standing alone."""
    name = format_skeleton("yMMMM", first, locale=language())
    return name[:1].upper() + name[1:]


def _tabs(asked: Filters, fitting: list[Programme]) -> list[dict[str, Any]]:
    kinds: list[ProgrammeKind | None] = [
        None,
        ProgrammeKind.TRIP,
        ProgrammeKind.TRAINING,
        ProgrammeKind.EXCHANGE,
    ]
    return [
        {
            "url": url_for("programmes.index", **asked.args(kind=kind.value if kind else "")),
            "label": KINDS_OF_MANY[kind] if kind else _("All"),
            "current": asked.kind is kind,
            "badge": sum(kind in (None, one.kind) for one in fitting) or "",
        }
        for kind in kinds
    ]


def _named_countries(everything: list[Programme]) -> list[tuple[str, str]]:
    codes = sorted({one.country for one in everything if one.country})
    return [(code, countries.label(code, language())) for code in order_countries(codes)]


def _sectors(everything: list[Programme]) -> list[tuple[str, str]]:
    codes = sorted({code for one in everything for code in one.sectors})
    return [(code, f"{code} {nace.label(code, language())}") for code in codes]


def _entry(programme: Programme, taken: int, waiting: int, own: SignUp | None) -> Entry:
    spoken, day = language(), programme.first_day
    url = url_for("programmes.show", programme_id=programme.id)
    return Entry(
        id=programme.id,
        url=url,
        title=f"{KINDS[programme.kind]}: {programme.title(spoken)}",
        top=format_date(day, "ccc", locale=spoken),
        number=f"{day.day:02}",
        meta=" · ".join(meta(programme)),
        icon=ICONS[programme.kind],
        taken=places_taken(taken, programme.places),
        done=100 * taken // programme.places,
        end=_end(programme, waiting),
        badge=badge(programme, programme.places - taken, own),
        action=_action(programme, url, programme.places - taken, own),
    )


def meta(programme: Programme) -> list[str]:
    """When and where, in short."""
    days = (programme.last_day - programme.first_day).days + 1
    if days == 1:
        start, end = (
            zones.clock_at(moment, programme.zone) for moment in (programme.starts_at, programme.ends_at)
        )
        when = zones.with_zone(
            _("%(start)s to %(end)s", start=start, end=end), programme.starts_at, programme.zone
        )
    else:
        when = ngettext("%(num)s day", "%(num)s days", days)
    where = str(MODES[programme.mode]) if programme.mode is ProgrammeMode.ONLINE else programme.city
    spoken = ", ".join(languages.label(code, language()) for code in programme.languages)
    return [part for part in (when, where, spoken) if part]


def places_taken(taken: int, places: int) -> str:
    """How full a programme is."""
    return str(_("%(taken)s of %(places)s places taken", taken=taken, places=places))


def _end(programme: Programme, waiting: int) -> str:
    if waiting:
        return str(ngettext("%(num)s waiting", "%(num)s waiting", waiting))
    if programme.state is ProgrammeState.OPEN and programme.closes_at is not None:
        last = programme.closes_at.astimezone(ZoneInfo(programme.zone)).date()
        return str(_("closes %(day)s", day=show_date(last, "medium")))
    return ""


def badge(programme: Programme, left: int, own: SignUp | None) -> tuple[str, str]:
    """The one badge of an entry: the reader's own sign-up, else full, else the state."""
    if own is not None and own.state in rules.LIVING:
        word, kind = SIGN_UP_STATES[own.state]
        return str(word), kind
    if programme.state is ProgrammeState.OPEN and left <= 0:
        return _("Full"), ""
    word, kind = STATES[programme.state]
    return str(word), kind


def _action(programme: Programme, url: str, left: int, own: SignUp | None) -> tuple[str, str] | None:
    if own is not None and own.state in rules.LIVING:
        return _("See your sign-up"), url
    # Experts are sent by their institutions, on pages of their own.
    if programme.state is not ProgrammeState.OPEN or programme.kind is ProgrammeKind.EXCHANGE:
        return None
    return (_("Sign up"), url) if left > 0 or programme.approval else (_("Join waiting list"), url)
