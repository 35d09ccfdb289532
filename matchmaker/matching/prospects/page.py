"""What the pages of prospects show, put together from the index and stored rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from flask import url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from matchmaker.core import clock
from matchmaker.core.actor import Actor
from matchmaker.core.i18n import language, order_countries
from matchmaker.core.paging import Paging
from matchmaker.engines.search.query import SearchQuery
from matchmaker.firms import code_queries, code_services
from matchmaker.firms.code_rules import CodeState, state_of
from matchmaker.firms.enums import RegisterKind
from matchmaker.firms.models import RegisterEntry, RegistrationCode
from matchmaker.firms.names import own_language, place_name
from matchmaker.matching.prospects import queries, rules
from matchmaker.matching.prospects.fits import Counterpart, counterparts
from matchmaker.matching.prospects.index import classes_of, reader_for
from matchmaker.reference import countries as country_names
from matchmaker.reference import nace, regions

PAGE: Final = 20
MOST_PAGES: Final = 50
LONGEST: Final = 120
KINDS: Final = {RegisterKind.COMPANY: _l("Companies"), RegisterKind.SOLE_TRADER: _l("Sole traders")}
CODE_STATES: Final[dict[CodeState, tuple[LazyString, str]]] = {
    CodeState.OPEN: (_l("Not used yet"), "info"),
    CodeState.USED: (_l("Used"), "ok"),
    CodeState.REVOKED: (_l("Taken back"), ""),
    CodeState.EXPIRED: (_l("Expired"), "warn"),
}
SIZES: Final = {"micro": _l("Micro firm"), "small": _l("Small firm"), "medium": _l("Medium-sized firm")}


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed and chosen."""

    kind: RegisterKind
    text: str = ""
    country: str = ""
    region: str = ""
    activity: str = ""
    size: str = ""
    page: int = 1

    def url(self, **changed: object) -> str:
        """The address of this search with something changed."""
        values = {
            "kind": self.kind.value,
            "q": self.text,
            "country": self.country,
            "region": self.region,
            "activity": self.activity,
            "size": self.size,
            "page": self.page,
        } | changed
        return f"{url_for('prospects.index')}?{urlencode({name: one for name, one in values.items() if one})}"


def asked(actor: Actor, arguments: Mapping[str, str]) -> Asked:
    """What an address asks for; sole traders only of the own country, unknown codes count as none."""
    sole = arguments.get("kind") == RegisterKind.SOLE_TRADER
    mine = sorted(rules.own_countries(actor))
    country = arguments.get("country", "")
    if sole and country not in mine:
        country = mine[0]
    region = regions.get(arguments.get("region", ""))
    page = arguments.get("page", "")
    return Asked(
        kind=RegisterKind.SOLE_TRADER if sole else RegisterKind.COMPANY,
        text=arguments.get("q", "").strip()[:LONGEST],
        country=country if country in countries(actor) else "",
        region=region.code if region else "",
        activity=arguments.get("activity", "") if arguments.get("activity", "") in divisions() else "",
        size=arguments.get("size", "") if arguments.get("size", "") in SIZES else "",
        page=min(max(int(page), 1), MOST_PAGES) if page.isdecimal() and len(page) < 4 else 1,
    )


def countries(actor: Actor) -> dict[str, str]:
    """The countries to choose from, by name."""
    found = {one.country for one in regions.all_regions().values()} | rules.own_countries(actor)
    return {code: country_names.label(code, language()) for code in order_countries(sorted(found))}


def divisions() -> dict[str, str]:
    """The divisions of NACE to choose from."""
    return {one.code: f"{one.code} {one.labels.best(language())}" for one in nace.at_level(2)}


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of a list."""

    entry_id: int
    url: str
    name: str
    lang: str
    place: str
    sector: str
    size: str
    registered: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A page of results; `ready` is false while the index is being made."""

    asked: Asked
    rows: Sequence[Row]
    total: int
    ready: bool = True

    @property
    def personal(self) -> list[int]:
        """The entries whose names are personal data: those of sole traders."""
        return [row.entry_id for row in self.rows] if self.asked.kind is RegisterKind.SOLE_TRADER else []

    @property
    def paging(self) -> Paging:
        """Which of the results these are."""
        return Paging(self.asked.page, PAGE, self.total, MOST_PAGES)


def find(wanted: Asked) -> Found:
    """The entries that a search finds."""
    reader = reader_for(wanted.kind)
    if reader is None:
        return Found(wanted, (), 0, ready=False)
    filters = {
        "country": wanted.country,
        "region": wanted.region,
        "division": wanted.activity,
        "size": wanted.size,
    }
    query = SearchQuery(
        wanted.text,
        {name: (code,) for name, code in filters.items() if code},
        limit=PAGE,
        offset=(wanted.page - 1) * PAGE,
    )
    page = reader.search(query)
    rows = queries.entries([hit.firm_id for hit in page.hits])
    known = queries.registered([row.identifier for row in rows])
    return Found(wanted, [_row(row, known) for row in rows], page.total)


def _row(entry: RegisterEntry, known: set[str]) -> Row:
    return Row(
        entry_id=entry.id,
        url=url_for("prospects.show", entry_id=entry.id),
        name=entry.short_name or entry.name,
        lang=_lang(entry),
        place=place_of(entry),
        sector=sector_of(entry),
        size=str(SIZES.get(entry.size_class, "–")),
        registered=entry.identifier in known,
    )


def _lang(entry: RegisterEntry) -> str:
    """The language of an entry's name where the page is in another one."""
    own = own_language(entry.country)
    return "" if own == language() else own


def place_of(entry: RegisterEntry) -> str:
    """Region and town as far as the register tells them."""
    region = regions.label(entry.region_code, language()) if entry.region_code else ""
    return ", ".join(dict.fromkeys(part for part in (region, place_name(entry.place)) if part))


def sector_of(entry: RegisterEntry) -> str:
    """The main activity in words."""
    classes = classes_of(entry)
    return nace.label(classes[0], language()) if classes else entry.main_sector


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code that was issued."""

    code: RegistrationCode
    word: LazyString
    kind: str
    open: bool


def code_row(code: RegistrationCode) -> CodeRow:
    """A code with the word of its state."""
    state = state_of(code, clock.now())
    return CodeRow(code, *CODE_STATES[state], open=state is CodeState.OPEN)


@dataclass(frozen=True, slots=True)
class EntryPage:
    """One prospect with the firms that fit it and its codes."""

    entry: RegisterEntry
    lang: str
    place: str
    sectors: Sequence[str]
    size: str
    counterparts: Sequence[Counterpart]
    codes: Sequence[CodeRow]
    firm_id: int | None
    may_invite: bool


def entry_page(actor: Actor, entry: RegisterEntry) -> EntryPage:
    """What the page of an entry shows; codes only to those who may issue them."""
    mine = entry.country in rules.own_countries(actor)
    codes = code_queries.codes_of(entry.country, entry.identifier) if mine else []
    firm_id = code_services.registered_firm(entry)
    return EntryPage(
        entry=entry,
        lang=_lang(entry),
        place=place_of(entry),
        sectors=[f"{code} {nace.label(code, language())}" for code in classes_of(entry)],
        size=str(SIZES.get(entry.size_class, "–")),
        counterparts=[] if firm_id else counterparts(entry),
        codes=[code_row(code) for code in codes],
        firm_id=firm_id,
        may_invite=firm_id is None and rules.may_invite(actor, entry),
    )
