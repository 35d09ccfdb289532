"""How many firms a query finds, and how many of them have each code of a facet."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, cast

from tantivy import Query, Searcher

from matchmaker.engines.search.codes import unpack
from matchmaker.engines.search.schema import FACETS, Level

_MOST_CODES: Final = 2_000
_ALL: Final = "*"


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many firms would be found with this code chosen."""

    code: str
    firms: int


def number_of(searcher: Searcher, query: Query) -> int:
    """How many firms a query finds; counting without a page takes half of a search, because nothing is scored."""
    return int(searcher.aggregate(query, {_ALL: {"filter": _ALL}})[_ALL]["doc_count"])


def asked(fields: Iterable[str]) -> dict[str, Any]:
    """What tantivy is asked for the counts of the codes in some fields."""
    return {field: {"terms": {"field": field, "size": _MOST_CODES}} for field in fields}


def used_fields(searcher: Searcher, name: str, level: Level, used: set[str]) -> list[str]:
    """The fields of a facet to count for readers of a level, without those that no firm has ever used.

    `used` are those that are known to be, and learns more: to find a field unused costs nothing, to find it used a look
    at all firms that do. So only facets with one code a firm are asked, of which an unused field takes a third of the
    time of counting.
    """
    public, *restricted = FACETS[name].counted(level)
    for field in restricted:
        if field in used or not FACETS[name].single or _is_used(searcher, field):
            used.add(field)
    return [public, *(field for field in restricted if field in used)]


def _is_used(searcher: Searcher, field: str) -> bool:
    return bool(cast("Any", searcher.search(Query.exists_query(field), limit=1, count=False)).hits)


def code_counts(
    searcher: Searcher, query: Query, fields: dict[str, list[str]]
) -> dict[str, tuple[FacetCount, ...]]:
    """The counts of facets over the firms of a query, each over its fields: most frequent first, then by code."""
    answer = searcher.aggregate(query, asked(field for some in fields.values() for field in some))
    counts: dict[str, tuple[FacetCount, ...]] = {}
    for name, some in fields.items():
        firms: Counter[str] = Counter()
        for field in some:
            for bucket in answer[field]["buckets"]:
                key = bucket["key"]
                firms[unpack(int(key)) if FACETS[name].packed else str(key)] += int(bucket["doc_count"])
        ordered = sorted(firms.items(), key=lambda one: (-one[1], one[0]))
        counts[name] = tuple(FacetCount(code, number) for code, number in ordered)
    return counts
