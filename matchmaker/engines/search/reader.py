"""Reading the index: pages of firms, all ids for ranking by fit, facet counts, and suggestions while typing."""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, Final, Protocol, cast

from tantivy import Index, Occur, Order, Query, Searcher

from matchmaker.engines.search.codes import unpack
from matchmaker.engines.search.query import SearchQuery, beginning, build_filters, build_words, combine
from matchmaker.engines.search.schema import (
    EXACT_NAMES,
    EXACT_TEXT,
    FACETS,
    FIRM_ID,
    NAMES,
    SPELLING_MARK,
)
from matchmaker.engines.search.storage import Generation, IndexMissing, usable_generation
from matchmaker.engines.text.folding import tokens

_MORE_TIES: Final = 200
_MOST_CODES: Final = 2_000
_CANDIDATE_WORDS: Final = 60


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


@dataclass(frozen=True, slots=True)
class WordSuggestion:
    """A word as most firms write it and the number of firms that have it."""

    word: str
    firms: int


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What an unfinished query may become: words, and firms whose name fits."""

    words: tuple[WordSuggestion, ...]
    firms: tuple[Hit, ...]


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

    def refresh(self, *, now: bool = False) -> None:
        """Look for new commits, at most once per interval unless ``now``; cheap when nothing changed."""
        with self._lock:
            if not now and self._monotonic() - self._checked < self._interval:
                return
            self._checked = self._monotonic()
            generation = usable_generation(self._root)
            if generation == self._generation:
                self._index.reload()
            else:
                self._generation, self._index = _open(generation)

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
        built = build_words(query.text, searcher, index.schema)
        whole = combine(built.words, build_filters(query.filters, index.schema))
        if built.words is None:
            result = _by_id(searcher, whole, query.limit, query.offset)
            hits = [Hit(firm_id, 0.0) for firm_id, _ in result.hits][: query.limit]
            return SearchPage(tuple(hits), result.count, ())
        wanted = query.offset + query.limit
        result = cast("_Result", searcher.search(whole, limit=max(wanted + _MORE_TIES, 1)))
        page = _with_ids(searcher, result)[query.offset : wanted]
        return SearchPage(tuple(page), result.count, built.similar)

    def count(self, query: SearchQuery) -> int:
        """How many firms the query finds."""
        return self.search(SearchQuery(query.text, query.filters, limit=1)).total

    def ids(self, query: SearchQuery, limit: int) -> list[int]:
        """The ids of all firms found, ascending, up to ``limit``: the candidates for a ranking by something else."""
        index = self._index
        searcher = index.searcher()
        words = build_words(query.text, searcher, index.schema).words
        result = _by_id(searcher, combine(words, build_filters(query.filters, index.schema)), limit, 0)
        return [firm_id for firm_id, _ in result.hits]

    def facets(self, query: SearchQuery, names: Iterable[str]) -> dict[str, tuple[FacetCount, ...]]:
        """Counts per code under the words and all filters but the facet's own, most frequent first, then by code."""
        index = self._index
        searcher = index.searcher()
        words = build_words(query.text, searcher, index.schema).words
        groups: dict[str, list[str]] = {}
        wanted = list(names)
        for name in wanted:
            groups.setdefault(name if query.filters.get(name) else "", []).append(name)
        counts: dict[str, tuple[FacetCount, ...]] = {}
        for without, group in groups.items():
            filtered = combine(words, build_filters(query.filters, index.schema, without))
            counts.update(_counts(searcher, filtered, group))
        return {name: counts[name] for name in wanted}

    def suggest(
        self, text: str, limit: int = 8, filters: Mapping[str, tuple[int | str, ...]] | None = None
    ) -> Suggestions:
        """Words that begin like the last one typed, and firms whose names have all words; in either script."""
        typed = tokens(text)
        if not typed:
            return Suggestions((), ())
        index = self._index
        searcher = index.searcher()
        conditions = build_filters(filters or {}, index.schema)
        words = _begun_words(searcher, typed[-1], limit, combine(None, conditions) if conditions else None)
        begun = beginning(typed[-1], NAMES, searcher, index.schema)
        if begun is None:
            return Suggestions(words, ())
        named = [(Occur.Must, Query.term_query(index.schema, NAMES, word)) for word in typed[:-1]]
        query = Query.boolean_query([*named, (Occur.Must, begun), *conditions])
        result = cast("_Result", searcher.search(query, limit=limit + _MORE_TIES, count=False))
        return Suggestions(words, tuple(_with_ids(searcher, result)[:limit]))


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


def _by_id(searcher: Searcher, query: Query, limit: int, offset: int) -> _Result:
    return cast(
        "_Result",
        searcher.search(query, limit=max(limit, 1), offset=offset, order_by_field=FIRM_ID, order=Order.Asc),
    )


def _with_ids(searcher: Searcher, result: _Result) -> list[Hit]:
    ids = searcher.fast_field_values(FIRM_ID, [address for _, address in result.hits])
    hits = (
        Hit(int(firm_id), float(score))
        for firm_id, (score, _) in zip(ids, result.hits, strict=True)
        if firm_id is not None
    )
    return sorted(hits, key=lambda hit: (-hit.score, hit.firm_id))


def _counts(searcher: Searcher, query: Query, names: list[str]) -> dict[str, tuple[FacetCount, ...]]:
    wanted = {name: {"terms": {"field": FACETS[name].field, "size": _MOST_CODES}} for name in names}
    answer = searcher.aggregate(query, wanted)
    counts: dict[str, tuple[FacetCount, ...]] = {}
    for name in names:
        packed = FACETS[name].packed
        found = [
            FacetCount(unpack(int(bucket["key"])) if packed else str(bucket["key"]), int(bucket["doc_count"]))
            for bucket in answer[name]["buckets"]
        ]
        counts[name] = tuple(sorted(found, key=lambda count: (-count.firms, count.code)))
    return counts


def _begun_words(
    searcher: Searcher, prefix: str, limit: int, filtered: Query | None
) -> tuple[WordSuggestion, ...]:
    spelled: dict[str, dict[str, int]] = {}
    for field in (EXACT_NAMES, EXACT_TEXT):
        for term, firms in searcher.terms_with_prefix(field, prefix, filtered, _CANDIDATE_WORDS):
            skeleton, _, word = term.partition(SPELLING_MARK)
            known = spelled.setdefault(skeleton, {})
            known[word] = max(known.get(word, 0), firms)
    best = (max(known.items(), key=lambda item: (item[1], item[0])) for known in spelled.values())
    ordered = sorted(best, key=lambda item: (-item[1], item[0]))[:limit]
    return tuple(WordSuggestion(word, firms) for word, firms in ordered)
