"""The directory page: search, filters with counts, and the rows of one page, for one reader."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from flask import current_app, url_for

from matchmaker.core import clock
from matchmaker.core.actor import Actor
from matchmaker.core.i18n import LANGUAGES, language
from matchmaker.core.paging import Paging
from matchmaker.directory import queries
from matchmaker.directory.facets import FacetGroups, facets, label, late_facets
from matchmaker.directory.filters import (
    ANYWHERE,
    FILTERS,
    MOST_PAGES,
    PAGE,
    OwnSide,
    Selection,
    Sort,
    effective_countries,
)
from matchmaker.directory.index import ready_reader
from matchmaker.directory.listings import Addresses, OwnNeeds, Reader, Row, needs_of, row_of
from matchmaker.directory.nearby import Near, nearby
from matchmaker.directory.own_changes import has_own_changes
from matchmaker.directory.search import Found, find, sorts_for
from matchmaker.directory.shortlist import queries as shortlist
from matchmaker.engines.search.reader import Reader as IndexReader
from matchmaker.firms.enums import Side, Visibility
from matchmaker.firms.models import Firm
from matchmaker.matching import exclusions
from matchmaker.reference import hs
from matchmaker.reference.good_names import name_of_code
from matchmaker.reference.hs import HsLevel
from matchmaker.reference.hs_search import find_hs
from matchmaker.reference.word_meanings import meanings_of, meant_codes

NO_FACETS: Final = FacetGroups()
NO_PAGES: Final = Paging(1, PAGE, 0)
PARTNERS_KEPT: Final = 30.0
"""Seconds for which the countries of the memorandums are remembered; they only choose where a search begins."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen filter and the address without it."""

    name: str
    value: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Hint:
    """The code that the words mean, its names with the other languages they are in, and the address that searches by the code.

    `off`: the reader switched the search by code off; `switch_url` turns it the other way.
    """

    code: str
    names: Sequence[tuple[str, str]]
    url: str
    off: bool
    switch_url: str


@dataclass(frozen=True, slots=True)
class DirectoryPage:
    """Everything the templates show; `ready` is false while the index is being made, `behind` is true while it lacks
    what the reader changed.
    """

    selection: Selection
    ready: bool = False
    behind: bool = False
    total: int = 0
    paging: Paging = NO_PAGES
    rows: Sequence[Row] = ()
    facets: FacetGroups = NO_FACETS
    chips: Sequence[Chip] = ()
    sort: Sort = Sort.NEWEST
    default_sort: Sort = Sort.NEWEST
    sorts: Sequence[Sort] = ()
    countries: Sequence[str] = ()
    by_memorandums: bool = False
    similar: Sequence[str] = ()
    short: Sequence[str] = ()
    too_many: bool = False
    hint: Hint | None = None
    near: Sequence[Near] = ()
    need_url: str = ""
    late_url: str = ""
    url: str = ""
    save_url: str = ""
    tell_url: str = ""
    cleared_url: str = ""
    everywhere_url: str = ""

    def at(self, number: int) -> str:
        """The address of a page of the list."""
        return _address(url_for("directory.index"), self.selection.at(number))


def level_of(actor: Actor) -> Visibility:
    """Whose fields the reader searches."""
    return Visibility.REGISTERED if actor.is_authenticated else Visibility.PUBLIC


def directory_page(actor: Actor, selection: Selection) -> DirectoryPage:
    """The page of a selection; without an index only the form."""
    base, level = url_for("directory.index"), level_of(actor)
    reader = ready_reader()
    if reader is None:
        return DirectoryPage(selection, url=_address(base, selection))
    behind = not has_own_changes(actor)
    firm = queries.own_firm(actor.firm_id) if actor.firm_id else None
    own = own_side(firm) if firm is not None else None
    found = find(reader, selection, own, level, language())
    page = DirectoryPage(selection, ready=True, behind=behind, rows=_rows(actor, firm, found))
    return _filled(page, base, found, own, reader, level)


def late_page(actor: Actor, selection: Selection) -> DirectoryPage:
    """Only the groups of filters that the page of a selection left for later."""
    reader, level = ready_reader(), level_of(actor)
    if reader is None:
        return DirectoryPage(selection, url=_address(url_for("directory.index"), selection))
    firm = queries.own_firm(actor.firm_id) if actor.firm_id else None
    own = own_side(firm) if firm is not None else None
    return DirectoryPage(
        selection,
        ready=True,
        facets=late_facets(reader, selection, own, level, language()),
        url=_address(url_for("directory.index"), selection),
    )


def own_side(firm: Firm) -> OwnSide:
    """What the reader's firm brings into a search."""
    return OwnSide(
        firm_id=firm.id,
        country=firm.country,
        offered=tuple(row.hs_code for row in firm.products if row.side is Side.OFFERED),
        sought=tuple(row.hs_code for row in firm.products if row.side is Side.SOUGHT),
        partners=partner_countries(firm.country),
    )


def partner_countries(country: str) -> tuple[str, ...]:
    """The countries whose firms may be introduced to firms of this one, by the memorandums in force."""
    kept: dict[str, tuple[float, tuple[str, ...]]] = current_app.extensions.setdefault(
        "tandem-partner-countries", {}
    )
    known = kept.get(country)
    if known is not None and time.monotonic() - known[0] < PARTNERS_KEPT:
        return known[1]
    partners = tuple(sorted(exclusions.partner_countries(country)))
    kept[country] = (time.monotonic(), partners)
    return partners


def _rows(actor: Actor, firm: Firm | None, found: Found) -> list[Row]:
    firms = queries.listed(found.ids)
    reader = Reader(
        actor,
        language(),
        clock.today(),
        needs_of(firm) if firm else OwnNeeds(),
        queries.living_matches(firm.id, firms) if firm else {},
        shortlist.kept(firm.id, firms.keys()) if firm else None,
    )
    addresses = firm_addresses()
    # The index may be a second behind: a firm that left the directory is not in `firms` any more.
    listed = (firms[number] for number in found.ids if number in firms)
    return [row_of(one, reader, addresses, found.scores.get(one.id)) for one in listed]


def firm_addresses() -> Addresses:
    """Where profiles and logos are."""
    return Addresses.around(url_for("directory.show", firm_id=0), url_for("firms.logo", firm_id=0))


def _filled(
    page: DirectoryPage,
    base: str,
    found: Found,
    own: OwnSide | None,
    reader: IndexReader,
    level: Visibility,
) -> DirectoryPage:
    selection = page.selection
    gone = len(found.ids) - len(page.rows)
    everywhere = replace(selection, chosen={**selection.chosen, "country": (ANYWHERE,)}, page=1)
    return replace(
        page,
        total=found.total - gone,
        paging=Paging(selection.page, PAGE, found.total, MOST_PAGES),
        facets=facets(reader, selection, own, level, language()),
        chips=_chips(base, selection),
        sort=found.sort,
        default_sort=sorts_for(selection, own)[0],
        sorts=sorts_for(selection, own),
        countries=[label("country", code, language()) for code in effective_countries(selection, own)],
        by_memorandums=own is not None and not selection.chosen.get("country"),
        similar=found.similar,
        short=found.short,
        too_many=found.too_many,
        hint=_hint(base, selection),
        near=nearby(reader, selection, own, level, language()) if not found.total else (),
        need_url=_need_url(own, selection),
        late_url=_address(url_for("directory.more_filters"), selection),
        url=_address(base, selection),
        save_url=_address(url_for("saved_searches.new"), selection.at(1)),
        tell_url=_address(url_for("saved_searches.new", mails="daily"), selection.at(1)),
        cleared_url=_address(base, selection.cleared()),
        everywhere_url=_address(base, everywhere),
    )


def _address(base: str, selection: Selection) -> str:
    arguments = selection.query_string()
    return f"{base}{'&' if '?' in base else '?'}{arguments}" if arguments else base


def _need_url(own: OwnSide | None, selection: Selection) -> str:
    """The step of the own firm in which the words stand ready as something it looks for."""
    if own is None or not selection.text:
        return ""
    code = meant_code(selection.text, language())
    # A typed code is no name of a good.
    name = selection.text if any(map(str.isalpha, selection.text)) else None
    return url_for("firms.step", firm_id=own.firm_id, step="sought", add=code, name=name, _anchor="proposed")


def _chips(base: str, selection: Selection) -> list[Chip]:
    chosen = [("they", one.value) for one in selection.they]
    chosen += [(name, code) for name in FILTERS for code in selection.chosen.get(name, ())]
    return [
        Chip(
            name,
            code,
            "" if code == ANYWHERE else label(name, code, language()),
            _address(base, selection.without(name, code)),
        )
        for name, code in chosen
    ]


def _hint(base: str, selection: Selection) -> Hint | None:
    # Only what the search really asks for besides the words, not what a draft of a need would guess.
    named = meant_codes(meanings_of(selection.text), "offered") if selection.text else ()
    if not named:
        return None
    code = named[0]
    names = [(name_of_code(code, other), other) for other in LANGUAGES if other != language()]
    by_code = replace(
        selection, text="", only_words=False, chosen={**selection.chosen, "offered": (code,)}, page=1
    )
    switched = replace(selection, only_words=not selection.only_words, page=1)
    found = hs.get(code)
    shown = found.dotted if found else code
    return Hint(shown, names, _address(base, by_code), selection.only_words, _address(base, switched))


@lru_cache(maxsize=4_096)
def meant_code(text: str, reader_language: str) -> str:
    """The heading or subheading that words mean; empty where they mean no good."""
    named = meant_codes(meanings_of(text), "offered")
    if named:
        return named[0]
    for hit in find_hs(text, reader_language, 1):
        if hit.code.level in (HsLevel.HEADING, HsLevel.SUBHEADING):
            return hit.code.code
    return ""
