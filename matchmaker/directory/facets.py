"""The groups of filters with their counts under everything else that is chosen."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from matchmaker.directory.facet_counts import counted_facets
from matchmaker.directory.filters import (
    ANYWHERE,
    ENGINE_NAMES,
    HEADING,
    OwnSide,
    Selection,
    They,
    search_query,
    wanted_goods,
)
from matchmaker.engines.search.query import SearchQuery
from matchmaker.engines.search.reader import FacetCount, Reader
from matchmaker.engines.search.schema import FACETS
from matchmaker.firms.enums import Visibility
from matchmaker.reference import certificates, countries, hs, languages, nace, partnerships, regions

SHOWN: Final = 6
MOST: Final = 120
COUNTED: Final = (
    "country",
    "region",
    "size",
    "partnership",
    "sector",
    "offered",
    "sought",
    "certificate",
    "language",
)
AT_ONCE: Final = 30_000
"""Firms found up to which all groups come with the page: a group with several codes a firm costs 25 to 60 ns a firm, so
six of them some 10 ms; measured over six million firms by aggregation."""
MOST_COUNTED: Final = 2_000_000
"""Firms found beyond which such groups are not counted at all: six of them would take half a second of CPU."""


@dataclass(frozen=True, slots=True)
class Option:
    """One filter of a group; the label is empty where the template has the words."""

    value: str
    label: str
    firms: int
    checked: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A group of filters; `more` are shown on demand."""

    name: str
    options: Sequence[Option]
    more: Sequence[Option] = ()


@dataclass(frozen=True, slots=True)
class FacetGroups:
    """The groups with their counts; those still to be counted, with what is chosen of them; whether any is left out."""

    counted: Sequence[Facet] = ()
    late: Sequence[Facet] = ()
    waits: bool = False
    left_out: bool = False


def facets(
    reader: Reader, selection: Selection, own: OwnSide | None, level: Visibility, language: str
) -> FacetGroups:
    """The groups that are counted with the page, in the order of the page, and the names of the others.

    A group with one code a firm is always counted; the others at once for few firms, later for many, never for most.
    """
    query = search_query(selection, own, level)
    hits = _hits(reader, query)
    found = [_they(reader, selection, own, level)] if own is not None else []
    now = [name for name in COUNTED if _is_single(name) or hits[name] <= AT_ONCE]
    found += _groups(reader, selection, query, own, language, now, hits)
    rest = [name for name in COUNTED if name not in now]
    late = [_facet(name, (), selection, language) for name in rest]
    waits = any(hits[name] <= MOST_COUNTED for name in rest)
    return FacetGroups(_filled(found), _filled(late), waits, any(hits[name] > MOST_COUNTED for name in rest))


def late_facets(
    reader: Reader, selection: Selection, own: OwnSide | None, level: Visibility, language: str
) -> FacetGroups:
    """The groups that a page left for later."""
    query = search_query(selection, own, level)
    hits = _hits(reader, query)
    rest = [name for name in COUNTED if not _is_single(name) and hits[name] > AT_ONCE]
    wanted = [name for name in rest if hits[name] <= MOST_COUNTED]
    dear = [_facet(name, (), selection, language) for name in rest if name not in wanted]
    found = _groups(reader, selection, query, own, language, wanted, hits)
    return FacetGroups(_filled([*found, *dear]), left_out=bool(dear))


def _filled(found: Iterable[Facet]) -> list[Facet]:
    return [facet for facet in found if facet.options]


def _is_single(name: str) -> bool:
    return FACETS[ENGINE_NAMES.get(name, name)].single


def _hits(reader: Reader, query: SearchQuery) -> dict[str, int]:
    """For each group the firms it would be counted over: those found without the group's own filter."""
    total = reader.count(query)
    found = {}
    for name in COUNTED:
        own = ENGINE_NAMES.get(name, name)
        others = {key: codes for key, codes in query.filters.items() if key != own}
        narrowed = own in query.filters and not _is_single(name)
        found[name] = reader.count(replace(query, filters=others)) if narrowed else total
    return found


def _groups(
    reader: Reader,
    selection: Selection,
    query: SearchQuery,
    own: OwnSide | None,
    language: str,
    names: Sequence[str],
    hits: Mapping[str, int],
) -> list[Facet]:
    counts = counted_facets(reader, query, {ENGINE_NAMES.get(name, name): hits[name] for name in names})
    found = []
    for name in names:
        counted: Iterable[FacetCount] = counts[ENGINE_NAMES.get(name, name)]
        if own is not None and name in ("offered", "sought"):
            counted = _goods_counts(reader, selection, query, own, name, counted)
        found.append(_facet(name, counted, selection, language))
    return found


def _they(reader: Reader, selection: Selection, own: OwnSide, level: Visibility) -> Facet:
    options = []
    for one, codes in ((They.OFFER, own.sought), (They.NEED, own.offered)):
        if codes:
            asked = selection if one in selection.they else replace(selection, they=(*selection.they, one))
            firms = reader.count(search_query(asked, own, level))
            options.append(Option(one.value, "", firms, one in selection.they))
    return Facet("they", options)


def _goods_counts(
    reader: Reader,
    selection: Selection,
    query: SearchQuery,
    own: OwnSide,
    name: str,
    counted: Iterable[FacetCount],
) -> Iterable[FacetCount]:
    """Chapters under "offer what you need": the same field twice, so each chapter of the own goods is asked for."""
    side, codes = (They.OFFER, own.sought) if name == "offered" else (They.NEED, own.offered)
    if side not in selection.they:
        return counted
    found = []
    for chapter in sorted({code[:2] for code in codes}):
        filters = {**query.filters, name: wanted_goods(codes, (chapter,))}
        found.append(FacetCount(chapter, reader.count(replace(query, filters=filters))))
    return [count for count in found if count.firms]


def _facet(name: str, counted: Iterable[FacetCount], selection: Selection, language: str) -> Facet:
    chosen = selection.chosen.get(name, ())
    known = {count.code: count.firms for count in counted if _belongs(name, count.code)}
    options = [
        Option(code, label(name, code, language), firms, code in chosen)
        for code, firms in list(known.items())[:MOST]
    ]
    options += [
        Option(code, label(name, code, language), 0, True)
        for code in chosen
        if code not in {option.value for option in options} and code != ANYWHERE
    ]
    options.sort(key=lambda option: (not option.checked, -option.firms, option.value))
    if name == "country" and options:
        options.insert(0, Option(ANYWHERE, "", sum(known.values()), ANYWHERE in chosen))
    shown = max(SHOWN, sum(option.checked for option in options))
    # A list that hides a single entry only costs a click.
    if len(options) <= shown + 1:
        shown = len(options)
    return Facet(name, options[:shown], options[shown:])


def _belongs(name: str, code: str) -> bool:
    """Types of partnership are counted, their two ends are not."""
    return name != "partnership" or ":" not in code


def label(name: str, code: str, language: str) -> str:
    """What a filter is called; empty for sizes, whose words are the template's."""
    maker = LABELS.get(name)
    return maker(code, language) if maker else ""


def _partnership(code: str, language: str) -> str:
    kind, _, side = code.partition(":")
    found = partnerships.get(kind)
    if found is None:
        return code
    return f"{found.label(language)}: {found.side_label(side, language)}" if side else found.label(language)


def _chapter(code: str, language: str) -> str:
    found = hs.get(code)
    if found is None:
        return code
    wording = found.label(language).partition(";")[0]
    return f"{found.dotted if len(code) > HEADING else code} {wording}"


def _sector(code: str, language: str) -> str:
    found = nace.get(code)
    return f"{code} {found.label(language).partition(';')[0]}" if found else code


LABELS: Final[dict[str, Callable[[str, str], str]]] = {
    "country": countries.label,
    "region": regions.label,
    "partnership": _partnership,
    "sector": _sector,
    "offered": _chapter,
    "sought": _chapter,
    "certificate": certificates.label,
    "language": languages.title,
}
