"""What a reader typed and chose, read from the address and written back to it."""

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from matchmaker.engines.search.query import SearchQuery
from matchmaker.engines.search.schema import Level
from matchmaker.firms.enums import Visibility
from matchmaker.reference.word_meanings import meanings_of

PAGE: Final = 20
MOST_PAGES: Final = 50
LONGEST_TEXT: Final = 120
LONGEST_CODE: Final = 60
MOST_CODES: Final = 40
ANYWHERE: Final = "any"
ONLY: Final = "only"
"""Value of `words` in the address when the words are searched without the codes that they name."""
UNSEEN: Final = ("Cf", "Cc")
"""Categories of characters that show nothing."""
NOTHING: Final = ("-",)
"""A code that no firm has."""

FILTERS: Final = (
    "country",
    "region",
    "partnership",
    "sector",
    "offered",
    "sought",
    "certificate",
    "language",
    "size",
)
ENGINE_NAMES: Final = MappingProxyType({"sector": "division"})
ENGINE_LEVELS: Final = MappingProxyType(
    {Visibility.PUBLIC: Level.EVERYBODY, Visibility.REGISTERED: Level.REGISTERED}
)
HEADING: Final = 4


class Sort(StrEnum):
    """Orders of the results."""

    FIT = "fit"
    RELEVANCE = "relevance"
    NAME = "name"
    NEWEST = "newest"


class They(StrEnum):
    """What the firms sought are to the reader's firm."""

    OFFER = "offer"
    NEED = "need"


@dataclass(frozen=True, slots=True)
class OwnSide:
    """What the reader's firm brings: its goods by HS code, and the countries it may be introduced to."""

    firm_id: int
    country: str
    offered: tuple[str, ...] = ()
    sought: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """One state of the directory; every state has an address. `only_words` leaves out what the words' codes find."""

    text: str = ""
    only_words: bool = False
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    they: tuple[They, ...] = ()
    sort: Sort | None = None
    page: int = 1

    @property
    def filters(self) -> int:
        """How many filters were chosen."""
        return len(self.they) + sum(len(codes) for codes in self.chosen.values())

    def has(self, name: str, code: str) -> bool:
        """Whether a filter is chosen."""
        return code in (self.they if name == "they" else self.chosen.get(name, ()))

    def without(self, name: str, code: str) -> "Selection":
        """The same with one filter taken away, from the first page."""
        if name == "they":
            return replace(self, they=tuple(one for one in self.they if one != code), page=1)
        kept = tuple(one for one in self.chosen.get(name, ()) if one != code)
        return replace(self, chosen={**self.chosen, name: kept}, page=1)

    def cleared(self) -> "Selection":
        """The same words and order without any filter."""
        return Selection(text=self.text, only_words=self.only_words, sort=self.sort)

    def at(self, page: int) -> "Selection":
        """Another page of the same results."""
        return replace(self, page=page)

    def query_string(self) -> str:
        """The part of the address behind the question mark, in a fixed order; empty for the beginning."""
        pairs: list[tuple[str, str]] = [("q", self.text)] if self.text else []
        if self.only_words and self.text:
            pairs.append(("words", ONLY))
        pairs += [("they", one.value) for one in self.they]
        pairs += [(name, code) for name in FILTERS for code in self.chosen.get(name, ())]
        if self.sort is not None:
            pairs.append(("sort", self.sort.value))
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        return urlencode(pairs)


def read_selection(arguments: "MultiDict[str, str]") -> Selection:
    """The state that an address asks for; what cannot be read is left out, never refused."""
    sort = arguments.get("sort", "")
    page = arguments.get("page", "1")
    return Selection(
        text=typed_line(arguments.get("q", "")),
        only_words=arguments.get("words") == ONLY,
        chosen={name: codes for name in FILTERS if (codes := _codes(arguments.getlist(name)))},
        they=tuple(one for one in They if one.value in arguments.getlist("they")),
        sort=Sort(sort) if sort in set(Sort) else None,
        page=min(max(int(page), 1), MOST_PAGES) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
    )


def typed_line(text: str) -> str:
    """What was typed, in one line and not too long, without marks that nobody sees: they come along when text is copied
    from a page (zero-width spaces, soft hyphens, marks of direction) and would cut a word in two.
    """
    seen = (letter for letter in text if letter.isspace() or unicodedata.category(letter) not in UNSEEN)
    return " ".join("".join(seen).split())[:LONGEST_TEXT]


def _codes(values: Iterable[str]) -> tuple[str, ...]:
    found = dict.fromkeys(value.strip() for value in values)
    return tuple(code for code in found if code and len(code) <= LONGEST_CODE)[:MOST_CODES]


def search_query(
    selection: Selection, own: OwnSide | None, level: Visibility, *, limit: int = 0, offset: int = 0
) -> SearchQuery:
    """The selection as the engine takes it, for readers who see the fields of a level."""
    return SearchQuery(
        selection.text,
        engine_filters(selection, own),
        limit=limit,
        offset=offset,
        meanings=() if selection.only_words else meanings_of(selection.text),
        level=ENGINE_LEVELS[level],
    )


def engine_filters(selection: Selection, own: OwnSide | None) -> dict[str, tuple[int | str, ...]]:
    """The filters under their engine's names; countries are those of the memorandums unless others were chosen."""
    found: dict[str, tuple[int | str, ...]] = {
        ENGINE_NAMES.get(name, name): codes for name, codes in selection.chosen.items() if codes
    }
    countries = effective_countries(selection, own)
    found.pop("country", None)
    if countries:
        found["country"] = countries
    if own is not None:
        for one, name, codes in (
            (They.OFFER, "offered", own.sought),
            (They.NEED, "sought", own.offered),
        ):
            if one in selection.they:
                found[name] = wanted_goods(codes, selection.chosen.get(name, ()))
    return found


def effective_countries(selection: Selection, own: OwnSide | None) -> tuple[str, ...]:
    """The countries searched; empty means all."""
    chosen = selection.chosen.get("country", ())
    if ANYWHERE in chosen:
        return ()
    return chosen or (own.partners if own else ())


def wanted_goods(codes: Collection[str], chapters: Collection[str]) -> tuple[str, ...]:
    """Goods of the own firm as headings, kept within the chosen codes where there are any; never empty."""
    headings = dict.fromkeys(code[:HEADING] for code in codes)
    kept = (
        code
        for code in headings
        if not chapters or any(code.startswith(one[:HEADING]) or one.startswith(code) for one in chapters)
    )
    return tuple(kept) or NOTHING
