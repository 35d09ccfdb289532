"""What the registry page shows: dots by region, figures, filters and the rows of one page."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

from flask import url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from matchmaker.core.i18n import LANGUAGES, order_countries
from matchmaker.core.paging import Paging
from matchmaker.engines.text.collation import sort_key
from matchmaker.engines.text.folding import fold
from matchmaker.mous import figures, rules
from matchmaker.mous.enums import MouStatus, ScopeArea
from matchmaker.mous.registry import Entry, PartyName, entries
from matchmaker.reference import countries, world_regions

PAGE = 100
MOST_DOTS = 150
"""Above it one dot stands for several memorandums."""
MOST_CHOICES = 400
ENDED = frozenset({MouStatus.EXPIRED, MouStatus.TERMINATED})
DOTS = ("", "quiet", "due", "ended")
"""The classes of the dots in the order of a row: active, without activity, ending soon, ended."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; empty text means anything."""

    q: str = ""
    country: str = ""
    region: str = ""
    organisation: int = 0
    area: str = ""
    status: str = ""
    year: int = 0
    page: int = 1

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Filters":
        """Read it; what is not a number counts as nothing."""
        return cls(
            q=asked.get("q", "").strip()[:120],
            country=asked.get("country", ""),
            region=asked.get("region", ""),
            organisation=_number(asked.get("organisation", "")),
            area=asked.get("area", ""),
            status=asked.get("status", ""),
            year=_number(asked.get("year", "")),
            page=max(1, _number(asked.get("page", ""))),
        )

    @property
    def any(self) -> bool:
        """Whether anything is filtered."""
        return replace(self, page=1) != Filters()

    def url(self, **changes: str | int) -> str:
        """The address of this list with something changed."""
        values = {name: getattr(self, name) for name in self.__slots__} | {"page": 1} | changes
        return url_for(
            "mous.index", **{name: value for name, value in values.items() if value not in ("", 0)}
        )

    def accepts(self, entry: Entry) -> bool:
        """Whether an entry passes every filter."""
        return (
            (not self.status or _in_status(entry, self.status))
            and (not self.year or entry.begun.year == self.year)
            and (not self.region or self.region in entry.regions)
            and (not self.area or self.area in entry.areas)
            and (not self.country or any(party.country == self.country for party in entry.parties))
            and (not self.organisation or any(party.id == self.organisation for party in entry.parties))
            and (not self.q or _finds(self.q, entry))
        )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


ACTIVE = "active"
STATUS_CHOICES: Mapping[str, LazyString] = {
    ACTIVE: _l("In force, all"),
    MouStatus.IN_FORCE: _l("In force, not ending"),
    MouStatus.EXPIRING: _l("Ends soon"),
    MouStatus.SIGNED: _l("Signed, not yet in force"),
    MouStatus.EXPIRED: _l("Expired"),
    MouStatus.TERMINATED: _l("Terminated"),
    "quiet": _l("No activity for 12 months"),
}


def _in_status(entry: Entry, wanted: str) -> bool:
    if wanted == ACTIVE:
        return entry.status in rules.COVERING
    if wanted == "quiet":
        return entry.quiet and entry.status in rules.COVERING
    return entry.status == wanted


@lru_cache(maxsize=32768)
def _folded(text: str) -> tuple[str, ...]:
    return tuple(fold(text).split())


@cache
def _country_words(code: str) -> tuple[str, ...]:
    """The words of a country's name in each language."""
    return tuple(word for language in LANGUAGES for word in _folded(countries.label(code, language)))


def _finds(query: str, entry: Entry) -> bool:
    """Whether each word begins a word of the number, a party's name or a country's name in any of the languages."""
    known = [*_folded(entry.number)]
    for party in entry.parties:
        known += _folded(party.short_name) + _folded(party.name)
        if party.country:
            known += _country_words(party.country)
    return all(any(word.startswith(part) for word in known) for part in _folded(query))


@dataclass(frozen=True, slots=True)
class DotRow:
    """One region with its dots: pairs of a class and a number of dots, and the exact counts for readers of text."""

    code: str
    name: LazyString
    url: str
    dots: Sequence[tuple[str, int]]
    counts: Sequence[int]
    total: int


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    entry: Entry
    main: PartyName
    beside: Sequence[PartyName]
    firms: Decimal
    programmes: Decimal
    next_date: tuple[date, LazyString] | None


@dataclass(frozen=True, slots=True)
class RegistryPage:
    """Everything the template needs."""

    filters: Filters
    total: int
    dot_rows: Sequence[DotRow]
    per_dot: int
    ended: bool
    organisations: int
    lands: int
    bodies: int
    rows: Sequence[Row]
    paging: Paging
    countries: Sequence[tuple[str, str]]
    partners: Sequence[tuple[int, str]]
    years: Sequence[tuple[int, str]]


def page(filters: Filters, language: str, today: date) -> RegistryPage:
    """The registry as the filters ask for it; the dots and figures always show the whole."""
    whole = entries(language, today)
    found = [entry for entry in whole if filters.accepts(entry)] if filters.any else whole
    paging = Paging(filters.page, PAGE, len(found))
    partners = {party.id: party for entry in whole for party in entry.others}
    rows, per_dot = dots(whole, filters)
    return RegistryPage(
        filters=filters,
        total=len(whole),
        dot_rows=rows,
        per_dot=per_dot,
        ended=any(row.counts[3] for row in rows),
        organisations=sum(1 for party in partners.values() if party.country),
        lands=len({party.country for party in partners.values() if party.country}),
        bodies=sum(1 for party in partners.values() if not party.country),
        rows=_rows(paging.of(found), today),
        paging=paging,
        countries=_countries(whole, language),
        partners=_partners(partners, language),
        years=[(year, str(year)) for year in sorted({entry.begun.year for entry in whole}, reverse=True)],
    )


def kind_of(entry: Entry) -> int:
    """Which dot an entry gets: active, quiet, ending soon, ended."""
    if entry.status in ENDED:
        return 3
    if entry.status is MouStatus.EXPIRING:
        return 2
    return 1 if entry.quiet else 0


def dots(whole: Sequence[Entry], filters: Filters) -> tuple[list[DotRow], int]:
    """The rows of dots by region, and how many memorandums one dot stands for."""
    per_dot = -(-len(whole) // MOST_DOTS) if len(whole) > MOST_DOTS else 1
    counted = Counter((entry.region, kind_of(entry)) for entry in whole)
    found = []
    for code, name in world_regions.NAMES.items():
        counts = [counted[code, kind] for kind in range(len(DOTS))]
        if any(counts):
            shown = [(css, -(-count // per_dot)) for css, count in zip(DOTS, counts, strict=True) if count]
            found.append(DotRow(code, name, filters.url(region=code), shown, counts, sum(counts)))
    return found, per_dot


def _rows(shown: Sequence[Entry], today: date) -> list[Row]:
    firms, programmes = figures.totals("firms_met"), figures.totals("programmes")
    dated = figures.next_dates(today)
    found = []
    for entry in shown:
        rest = [party for party in entry.parties if party not in entry.others]
        main, beside = entry.others[0], [*entry.others[1:], *rest]
        met, held = (known.get(entry.id, Decimal(0)) for known in (firms, programmes))
        found.append(Row(entry, main, beside, met, held, _next(entry, dated.get(entry.id), today)))
    return found


def _next(entry: Entry, dated: tuple[date, LazyString] | None, today: date) -> tuple[date, LazyString] | None:
    ends = entry.last_day if entry.status is MouStatus.EXPIRING else None
    if ends is not None and ends >= today and (dated is None or ends < dated[0]):
        return ends, _l("Ends")
    return dated


def _countries(whole: Sequence[Entry], language: str) -> list[tuple[str, str]]:
    codes = {party.country for entry in whole for party in entry.parties if party.country}
    return [(code, countries.label(code, language)) for code in order_countries(sorted(codes))]


def _partners(partners: Mapping[int, PartyName], language: str) -> list[tuple[int, str]]:
    """The organisations to choose from; in a registry of many the text field finds them instead."""
    if len(partners) > MOST_CHOICES:
        return []
    named = ((number, party.label) for number, party in partners.items())
    return sorted(named, key=lambda one: sort_key(one[1], language))


AREA_WORDS: Mapping[ScopeArea, LazyString] = {
    ScopeArea.INFORMATION_SHARING: _l("Information"),
    ScopeArea.COMMERCIAL_COOPERATION: _l("Business"),
    ScopeArea.TRAININGS: _l("Training"),
    ScopeArea.EXPERT_EXCHANGES: _l("Experts"),
    ScopeArea.BUSINESS_TRIPS: _l("Trips"),
}
