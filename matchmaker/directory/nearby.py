"""What a search without results offers instead: the codes that were meant, those above and beside them, with their firms.

Where filters leave none of the firms that the words find, the branches of those firms are what was meant.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from flask import url_for

from matchmaker.directory.facets import AT_ONCE, label
from matchmaker.directory.filters import ENGINE_NAMES, HEADING, OwnSide, Selection, search_query
from matchmaker.engines.search.reader import Reader
from matchmaker.firms.enums import Visibility
from matchmaker.reference import hs, nace
from matchmaker.reference.word_meanings import meanings_of, meant_codes

MOST: Final = 4
MOST_TRIED: Final = 40
CHAPTER: Final = 2
DIVISION: Final = 2
MOST_BRANCHES: Final = 2
"""How many branches of the firms that the words alone find are taken for what was meant."""


@dataclass(frozen=True, slots=True)
class Near:
    """A wider or neighbouring code, its kind ("offered" or "sector"), how many firms have it, and their address."""

    kind: str
    label: str
    firms: int
    url: str


def nearby(
    reader: Reader, selection: Selection, own: OwnSide | None, level: Visibility, language: str
) -> list[Near]:
    """The goods and branches that were meant with their parents and neighbours, only those that some firm has."""
    meanings = meanings_of(selection.text)
    goods = (*selection.chosen.get("offered", ()), *meant_codes(meanings, "offered"))
    sectors = (*selection.chosen.get("sector", ()), *meant_codes(meanings, "nace"))
    sectors = sectors or _branches_of_words(reader, selection, own, level)
    found = _tried(reader, selection, own, level, language, "offered", _around_goods(goods))
    return found + _tried(reader, selection, own, level, language, "sector", _around_sectors(sectors))


def _branches_of_words(
    reader: Reader, selection: Selection, own: OwnSide | None, level: Visibility
) -> tuple[str, ...]:
    """The commonest branches of the firms that the words find without filters.

    None where it would be dear to count them, and none of words that had to be read as others.
    """
    if not selection.text:
        return ()
    alone = search_query(replace(selection, chosen={}, they=(), page=1), own, level, limit=1)
    found = reader.search(alone)
    if found.similar or not 0 < found.total <= AT_ONCE:
        return ()
    name = ENGINE_NAMES["sector"]
    return tuple(one.code for one in reader.facets(alone, [name])[name][:MOST_BRANCHES])


def _around_goods(codes: Iterable[str]) -> list[str]:
    """The codes themselves, headings and chapters above them, then the other headings of their chapters, last the other
    chapters of their sections, each the nearest first.
    """
    known: list[str] = []
    above: list[str] = []
    beside: list[tuple[int, int, str]] = []
    for good in filter(None, map(hs.get, codes)):
        known.append(good.code)
        above += [one.code for one in reversed(good.path) if one.code.isdecimal()]
        heading, chapter = good.code.ljust(HEADING, "0")[:HEADING], good.code[:CHAPTER]
        beside += [(0, _apart(one.code, heading), one.code) for one in hs.children(chapter)]
        beside += [
            (1, _apart(one.code, chapter), one.code)
            for section in good.path[:1]
            for one in hs.children(section.code)
        ]
    return list(dict.fromkeys((*known, *above, *(code for *_distance, code in sorted(beside)))))


def _apart(code: str, other: str) -> int:
    return abs(int(code) - int(other))


def _around_sectors(codes: Iterable[str]) -> list[str]:
    """The divisions themselves, then their neighbours in the section, the nearest first."""
    divisions = list(dict.fromkeys(code[:DIVISION] for code in codes))
    known = [branch for code in divisions if (branch := nace.get(code))]
    beside = [
        (_apart(one.code, branch.code), one.code)
        for branch in known
        for one in nace.at_level(DIVISION)
        if one.parent == branch.parent
    ]
    return list(dict.fromkeys((*divisions, *(code for _distance, code in sorted(beside)))))


def _tried(
    reader: Reader,
    selection: Selection,
    own: OwnSide | None,
    level: Visibility,
    language: str,
    name: str,
    codes: list[str],
) -> list[Near]:
    """The first codes that firms have under the other filters, without the words."""
    others = {key: kept for key, kept in selection.chosen.items() if key not in ("offered", "sector")}
    found: list[Near] = []
    for code in codes[:MOST_TRIED]:
        wider = replace(selection, text="", only_words=False, chosen={**others, name: (code,)}, page=1)
        if firms := reader.count(search_query(wider, own, level)):
            address = f"{url_for('directory.index')}?{wider.query_string()}"
            found.append(Near(name, label(name, code, language), firms, address))
        if len(found) == MOST:
            break
    return found
