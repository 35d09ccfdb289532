"""Reading the index: pages of firms, all ids for ranking by fit, facet counts, and suggestions while typing."""

import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import Any, Final, Protocol, cast

from tantivy import FieldType, Index, Occur, Order, Query, Searcher

from matchmaker.engines.search.codes import unpack
from matchmaker.engines.search.query import (
    MOST_WORDS,
    BuiltQuery,
    Meaning,
    SearchQuery,
    WordQueries,
    any_of,
    build_filters,
    combine,
    named_query,
)
from matchmaker.engines.search.schema import DIGEST, FACETS, FIRM_ID, Level
from matchmaker.engines.search.storage import Generation, IndexMissing, usable_generation
from matchmaker.engines.text.expansion import typed_text
from matchmaker.engines.text.folding import tokens

_MORE_TIES: Final = 200
_MOST_CODES: Final = 2_000
_QUERIES_KEPT: Final = 512
_ENTRIES: Final = 2_000


@dataclass(frozen=True, slots=True)
class Hit:
    """A firm found and how well the words fit; 0 when there were no words."""

    firm_id: int
    score: float


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of hits, the number of all hits, and the words that had to be read as beginning or misspelling."""

    hits: tuple[Hit, ...]
    total: int
    similar: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many firms would be found with this code chosen."""

    code: str
    firms: int


class _Result(Protocol):
    """What a search returns; the binding's own type description lacks the count."""

    @property
    def hits(self) -> list[tuple[Any, Any]]: ...
    @property
    def count(self) -> int: ...


class Reader:
    """Shared by all threads of a process; sees new commits and a rebuilt index after ``refresh``.

    Raises IndexMissing when there is no index of this program's version.
    """

    def __init__(
        self, root: Path, interval: float = 1.0, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._root = root
        self._interval = interval
        self._monotonic = monotonic
        self._lock = Lock()
        self._checked = monotonic()
        self._generation, self._index = _open(usable_generation(root))
        self._built: dict[_Key, BuiltQuery] = {}

    def refresh(self, *, now: bool = False) -> None:
        """Look for new commits, at most once per interval unless ``now``; cheap when nothing changed."""
        with self._lock:
            if not now and self._monotonic() - self._checked < self._interval:
                return
            self._checked = self._monotonic()
            self._built = {}
            generation = usable_generation(self._root)
            if generation == self._generation:
                self._index.reload()
            else:
                self._generation, self._index = _open(generation)

    @property
    def index(self) -> Index:
        """The index as tantivy knows it, for comparisons with it."""
        return self._index

    def forget(self) -> None:
        """Read words anew that were read before."""
        self._built = {}

    @property
    def position(self) -> int:
        """The outbox position that the index on disk contains."""
        return self._generation.position

    @property
    def firms(self) -> int:
        """The number of firms in the index."""
        return self._index.searcher().num_docs

    def search(self, query: SearchQuery) -> SearchPage:
        """The hits from ``offset`` on, best first, equal scores by firm id; without words simply by firm id."""
        index = self._index
        searcher = index.searcher()
        filters = build_filters(query.filters, searcher, index.schema, query.level)
        if not typed_text(query.text).words:
            result = _by_id(searcher, combine(None, filters), query.limit, query.offset)
            hits = [Hit(firm_id, 0.0) for firm_id, _ in result.hits][: query.limit]
            return SearchPage(tuple(hits), result.count, ())
        built = self._built.get(_key(query)) or _build(index, searcher, query)
        wanted = query.offset + query.limit
        result = _best(searcher, combine(built.words, filters), wanted)
        if not result.count and not built.similar and _finds_nothing(searcher, built, filters):
            relaxed = _relaxed(index, searcher, query)
            near = _best(searcher, combine(relaxed.words, filters), wanted)
            if near.count:
                built, result = relaxed, near
        self._keep(query, built)
        return SearchPage(_page(searcher, result.hits, query.offset, wanted), result.count, built.similar)

    def count(self, query: SearchQuery) -> int:
        """How many firms the query finds."""
        return self.search(replace(query, limit=1, offset=0)).total

    def ids(self, query: SearchQuery, limit: int) -> list[int]:
        """The ids of all firms found, ascending, up to ``limit``: the candidates for a ranking by something else."""
        index = self._index
        searcher = index.searcher()
        filters = build_filters(query.filters, searcher, index.schema, query.level)
        found = combine(self._words(query), filters)
        return [firm_id for firm_id, _ in _by_id(searcher, found, limit, 0).hits]

    def facets(self, query: SearchQuery, names: Iterable[str]) -> dict[str, tuple[FacetCount, ...]]:
        """Counts per code under the words and all filters but the facet's own, most frequent first, then by code."""
        index = self._index
        searcher = index.searcher()
        words = self._words(query)
        groups: dict[str, list[str]] = {}
        wanted = list(names)
        for name in wanted:
            groups.setdefault(name if query.filters.get(name) else "", []).append(name)
        counts: dict[str, tuple[FacetCount, ...]] = {}
        for without, group in groups.items():
            filters = build_filters(query.filters, searcher, index.schema, query.level, without)
            counts.update(_counts(searcher, combine(words, filters), group, query.level))
        return {name: counts[name] for name in wanted}

    def named(self, text: str, level: Level, limit: int = 8) -> tuple[Hit, ...]:
        """Firms whose names have all words of an unfinished text, the last as the beginning of one; in either script."""
        index = self._index
        searcher = index.searcher()
        named = named_query(searcher, index.schema, tokens(text), level)
        if named is None:
            return ()
        return _page(searcher, searcher.search(named, limit=limit, count=False).hits, 0, limit)

    def having(self, name: str, code: str, level: Level) -> int:
        """How many firms have a code of a facet."""
        index = self._index
        searcher = index.searcher()
        found = any_of(name, (code,), searcher, index.schema, level)
        return cast("_Result", searcher.search(found, limit=1)).count

    def entries(self, after: int, upto: int) -> list[tuple[int, int]]:
        """The firms numbered after one and up to another, each entry with its checksum, by number."""
        index = self._index
        searcher = index.searcher()
        between = Query.range_query(index.schema, FIRM_ID, FieldType.Integer, after + 1, upto)
        found: list[tuple[int, int]] = []
        while len(page := _by_id(searcher, between, _ENTRIES, len(found)).hits) > 0:
            digests = searcher.fast_field_values(DIGEST, [address for _, address in page])
            found += [(number, int(one or 0)) for (number, _), one in zip(page, digests, strict=True)]
            if len(page) < _ENTRIES:
                break
        return found

    def _words(self, query: SearchQuery) -> Query | None:
        """The words' part as the search for the same words read it."""
        if not typed_text(query.text).words:
            return None
        if (key := _key(query)) not in self._built:
            self.count(query)
        return self._built[key].words

    def _keep(self, query: SearchQuery, built: BuiltQuery) -> None:
        if len(self._built) >= _QUERIES_KEPT:
            self._built = {}
        self._built[_key(query)] = built


_Key = tuple[str, Level, tuple[Meaning, ...]]


def _key(query: SearchQuery) -> _Key:
    return query.text, query.level, query.meanings


def try_reader(root: Path) -> Reader | None:
    """A reader, or None while there is no index yet."""
    try:
        return Reader(root)
    except IndexMissing:
        return None


def _open(generation: Generation) -> tuple[Generation, Index]:
    index = Index.open(str(generation.index))
    index.config_reader(reload_policy="manual")
    index.reload()
    return generation, index


def _build(index: Index, searcher: Searcher, query: SearchQuery) -> BuiltQuery:
    typed = typed_text(query.text)
    queries = WordQueries(searcher, index.schema, query.level)
    return queries.build(typed.words[:MOST_WORDS], typed.optional[:MOST_WORDS], query.meanings)


def _relaxed(index: Index, searcher: Searcher, query: SearchQuery) -> BuiltQuery:
    words = typed_text(query.text).words[:MOST_WORDS]
    found = WordQueries(searcher, index.schema, query.level).relaxed(words)
    return BuiltQuery(found, tuple(word.spellings[0] for word in words))


def _finds_nothing(searcher: Searcher, built: BuiltQuery, filters: list[tuple[Occur, Query]]) -> bool:
    """Whether words that found nothing under filters find nothing at all."""
    if built.words is None or not filters:
        return True
    return not cast("_Result", searcher.search(built.words, limit=1, count=False)).hits


def _best(searcher: Searcher, query: Query, wanted: int) -> _Result:
    return cast("_Result", searcher.search(query, limit=wanted + _MORE_TIES))


def _by_id(searcher: Searcher, query: Query, limit: int, offset: int) -> _Result:
    return cast(
        "_Result",
        searcher.search(query, limit=max(limit, 1), offset=offset, order_by_field=FIRM_ID, order=Order.Asc),
    )


def _page(searcher: Searcher, found: list[tuple[Any, Any]], start: int, stop: int) -> tuple[Hit, ...]:
    """The hits from one place up to another, equal scores by firm id.

    Only these and the ones that tie with the first or the last of them are looked at: making objects of all of them
    would take as long as the search.
    """
    shown = found[start:stop]
    if not shown:
        return ()
    begin, end = start, start + len(shown)
    while begin and found[begin - 1][0] == shown[0][0]:
        begin -= 1
    while end < len(found) and found[end][0] == shown[-1][0]:
        end += 1
    near = found[begin:end]
    ids = searcher.fast_field_values(FIRM_ID, [address for _, address in near])
    ordered = sorted((-score, int(firm_id or 0)) for firm_id, (score, _) in zip(ids, near, strict=True))
    return tuple(Hit(firm_id, -score) for score, firm_id in ordered[start - begin : stop - begin])


def _counts(
    searcher: Searcher, query: Query, names: list[str], level: Level
) -> dict[str, tuple[FacetCount, ...]]:
    wanted = counting(names, level)
    answer = searcher.aggregate(query, wanted)
    counts: dict[str, tuple[FacetCount, ...]] = {}
    for name in names:
        firms: Counter[str] = Counter()
        for field in FACETS[name].counted(level):
            for bucket in answer[field]["buckets"]:
                key = bucket["key"]
                firms[unpack(int(key)) if FACETS[name].packed else str(key)] += int(bucket["doc_count"])
        counts[name] = tuple(
            FacetCount(code, number)
            for code, number in sorted(firms.items(), key=lambda one: (-one[1], one[0]))
        )
    return counts


def counting(names: Iterable[str], level: Level) -> dict[str, Any]:
    """What tantivy is asked for the counts of facets, by field."""
    fields = (field for name in names for field in FACETS[name].counted(level))
    return {field: {"terms": {"field": field, "size": _MOST_CODES}} for field in fields}
