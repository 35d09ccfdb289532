"""One page of what a query finds, in an order that stays the same from page to page.

By score, equal scores by firm id. A page knows the equal ones of its ends as far as `MOST_EQUAL` go. Of more equal ones
only those of one page are ordered by id; from page to page they follow in tantivy's own order, which is as firm while
the index stays as it is. The rule asks how many are equal and not where a page begins, so no two pages share a firm.
"""

from dataclasses import dataclass
from operator import neg
from typing import Any, Final, NamedTuple, Protocol, cast

from tantivy import Occur, Order, Query, Schema, Searcher

from matchmaker.engines.search.schema import FIRM_ID

MOST_EQUAL: Final = 20
"""Firms of equal score that are put in the order of their ids even where they reach over several pages."""
_WINDOW: Final = 64
_DEAR: Final = 100
"""Looking a firm up by its number costs a hundred times what passing it in a list does."""

Found = list[tuple[Any, Any]]


class Hit(NamedTuple):
    """A firm found and how well the words fit; 0 when there were no words."""

    firm_id: int
    score: float


class Result(Protocol):
    """What a search returns; the binding's own type description lacks the count."""

    @property
    def hits(self) -> Found: ...
    @property
    def count(self) -> int: ...


def best(searcher: Searcher, query: Query, wanted: int) -> Result:
    """The best so many, and as many more as a page needs to order equal ones, with the number of all."""
    return cast("Result", searcher.search(query, limit=wanted + MOST_EQUAL))


def page_of(searcher: Searcher, found: Found, start: int, stop: int) -> tuple[Hit, ...]:
    """The hits from one place up to another.

    Only these and the ones that tie with the first or the last of them are looked at: making objects of all of them
    would take as long as the search.
    """
    stop = min(stop, len(found))
    if start >= stop:
        return ()
    begin, end = _equal(found, start)[0], _equal(found, stop - 1)[1]
    begin, end = min(begin, start), max(end, stop)
    near = found[begin:end]
    scores, addresses = zip(*near, strict=True)
    ids = cast("list[int]", searcher.fast_field_values(FIRM_ID, list(addresses)))
    ordered = sorted(zip(map(neg, scores), ids, strict=True))
    return tuple([Hit(firm_id, -score) for score, firm_id in ordered[start - begin : stop - begin]])


def _equal(found: Found, place: int) -> tuple[int, int]:
    """Where the hits equal to one begin and end; only this one where they are more than a page puts in order."""
    score, begin, end = found[place][0], place, place + 1
    while begin and found[begin - 1][0] == score:
        begin -= 1
    while end < len(found) and found[end][0] == score:
        end += 1
    return (begin, end) if end - begin <= MOST_EQUAL else (place, place + 1)


def in_order(searcher: Searcher, query: Query, limit: int, offset: int = 0, *, newest: bool = False) -> Found:
    """The ids of the firms found, ascending or the newest first, and where their entries are."""
    result = searcher.search(
        query,
        limit=max(limit, 1),
        count=False,
        offset=offset,
        order_by_field=FIRM_ID,
        order=Order.Desc if newest else Order.Asc,
    )
    return cast("Result", result).hits[:limit]


def by_id(
    searcher: Searcher, query: Query, limit: int, offset: int = 0, *, newest: bool = False
) -> list[int]:
    """The ids of the firms found, ascending or the newest first."""
    return [firm_id for firm_id, _ in in_order(searcher, query, limit, offset, newest=newest)]


@dataclass(frozen=True, slots=True)
class Numbers:
    """A page by id of `total` firms found: from the lowest id on, or downward from `highest` where that is given."""

    total: int
    limit: int
    offset: int
    highest: int = 0

    def of(self, searcher: Searcher, schema: Schema, query: Query) -> list[int]:
        """The ids of the page. Of many firms only the numbers at the end are looked at, and all where they are too few."""
        wanted, newest = self.offset + self.limit, self.highest > 0
        upto = _WINDOW + 2 * wanted * searcher.num_docs // max(self.total, 1)
        if upto * _DEAR < self.total:
            some = range(max(1, self.highest - upto + 1), self.highest + 1) if newest else range(1, upto + 1)
            end = Query.const_score_query(Query.term_set_query(schema, FIRM_ID, list(some)), 0.0)
            both = Query.boolean_query([(Occur.Must, query), (Occur.Must, end)])
            ids = by_id(searcher, both, wanted, newest=newest)
            if len(ids) == wanted:
                return ids[self.offset :]
        return by_id(searcher, query, self.limit, self.offset, newest=newest)
