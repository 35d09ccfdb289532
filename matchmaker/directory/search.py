"""One page of results: what the index finds, in the order asked for."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from matchmaker.directory import queries
from matchmaker.directory.filters import PAGE, OwnSide, Selection, Sort, search_query
from matchmaker.engines.search.query import SHORTEST_BEGINNING
from matchmaker.engines.search.reader import Reader, SearchPage
from matchmaker.engines.text.collation import sort_key
from matchmaker.engines.text.folding import prefix_key
from matchmaker.firms.enums import FieldGroup, Visibility
from matchmaker.firms.names import shown_name
from matchmaker.firms.rules import is_shown_at
from matchmaker.matching.lists import scores

MOST_SORTED: Final = {Sort.FIT: 20_000, Sort.NAME: 2_000}
"""Beyond so many firms found, these orders are not offered: names have to be read from the database and put in order for
each page, some 20 microseconds a firm; fits come from arrays.
"""


@dataclass(frozen=True, slots=True)
class Found:
    """The firms of a page in order, the number of all, the order they are in, and words read as something similar.

    `short` are words that no firm has and that are too short to be read so, where nothing was found.
    """

    ids: Sequence[int]
    total: int
    sort: Sort
    similar: Sequence[str] = ()
    scores: Mapping[int, int] = field(default_factory=dict)
    too_many: bool = False
    short: Sequence[str] = ()


def sorts_for(selection: Selection, own: OwnSide | None) -> list[Sort]:
    """The orders that make sense: fit needs a firm, relevance needs words."""
    return [
        *([Sort.FIT] if own else []),
        *([Sort.RELEVANCE] if selection.text else []),
        Sort.NEWEST,
        Sort.NAME,
    ]


def chosen_sort(selection: Selection, own: OwnSide | None) -> Sort:
    """The order asked for where it makes sense, else the first that does."""
    possible = sorts_for(selection, own)
    return selection.sort if selection.sort in possible else possible[0]


def find(
    reader: Reader, selection: Selection, own: OwnSide | None, level: Visibility, language: str
) -> Found:
    """The firms of the page that a selection asks for; fit only where there is an own firm."""
    sort, start = chosen_sort(selection, own), (selection.page - 1) * PAGE
    page = reader.search(search_query(selection, own, level, limit=PAGE, offset=start))
    most = MOST_SORTED.get(sort, page.total)
    too_many = page.total > most
    if sort is Sort.RELEVANCE or too_many or page.total < 2:
        ids: Sequence[int] = [hit.firm_id for hit in page.hits]
        fits = scores(own.firm_id, ids) if own and ids else {}
        return Found(ids, page.total, sort, page.similar, fits, too_many, _short(page))
    if sort is Sort.NEWEST:
        # Numbers are given in the order of registration.
        ids = reader.newest(search_query(selection, own, level, limit=PAGE, offset=start))
        return Found(ids, page.total, sort, page.similar, scores(own.firm_id, ids) if own else {})
    fits = {}
    everybody = reader.ids(search_query(selection, own, level), most)
    if sort is Sort.FIT and own is not None:
        fits = scores(own.firm_id, everybody)
        ordered = by_fit(everybody, fits, queries.turned_away(own.firm_id))
    else:
        ordered = _by_name(everybody, level, language)
    ids = ordered[start : start + PAGE]
    if own is not None and sort is not Sort.FIT:
        fits = scores(own.firm_id, ids)
    return Found(ids, page.total, sort, page.similar, fits, too_many)


def _short(page: SearchPage) -> list[str]:
    words = () if page.total else page.similar
    return [word for word in words if len(prefix_key(word)) < SHORTEST_BEGINNING]


def by_fit(ids: Sequence[int], fits: Mapping[int, int], turned_away: Collection[int] = ()) -> list[int]:
    """The best fit first; then firms without one, by number; last those that the reader's firm does not want."""
    return sorted(ids, key=lambda number: (number in turned_away, -fits.get(number, -1), number))


def _by_name(ids: Sequence[int], level: Visibility, language: str) -> list[int]:
    """In the reader's alphabet; a name that the reader may not see must not be told by its place either."""
    named = [
        (not is_shown_at(visibility, FieldGroup.NAME, level), shown_name(firm, language).text, firm.id)
        for firm, visibility in queries.sortable_names(ids)
    ]
    ordered = sorted(
        named, key=lambda item: (item[0], "" if item[0] else sort_key(item[1], language), item[2])
    )
    return [number for _hidden, _name, number in ordered]
