"""Reading the index: pages of firms, all ids for ranking by fit, facet counts, and suggestions while typing."""

import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from operator import itemgetter
from pathlib import Path
from threading import Lock
from typing import Any, Final, TypeVar, cast

from tantivy import FieldType, Index, Occur, Query, Searcher

from matchmaker.engines.search.counting import FacetCount, code_counts, number_of, used_fields
from matchmaker.engines.search.pages import Found, Hit, Numbers, Result, best, by_id, in_order, page_of
from matchmaker.engines.search.query import (
    MOST_WORDS,
    BuiltQuery,
    Meaning,
    SearchQuery,
    WordQueries,
    any_of,
    build_filters,
    combine,
    named_queries,
)
from matchmaker.engines.search.schema import DIGEST, FACETS, FIRM_ID, Level
from matchmaker.engines.search.storage import Generation, usable_generation
from matchmaker.engines.text.expansion import typed_text
from matchmaker.engines.text.folding import tokens

__all__ = ["FacetCount", "Hit", "Reader", "SearchPage"]

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
_KEPT: Final = 512
_ENTRIES: Final = 2_000


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of hits, the number of all hits, and the words that had to be read as beginning or misspelling."""

    hits: tuple[Hit, ...]
    total: int
    similar: tuple[str, ...]


_Words = tuple[str, Level, tuple[Meaning, ...]]
_Filters = tuple[tuple[str, tuple[int | str, ...]], ...]


@dataclass(frozen=True, slots=True)
class _State:
    """One commit of the index, and what was found out about it: words read, firms counted, fields in use."""

    generation: Generation
    index: Index
    stamp: tuple[int, ...]
    searcher: Searcher
    words: dict[_Words, BuiltQuery] = field(default_factory=dict)
    numbers: dict[tuple[_Words, _Filters], int] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    highest: list[int] = field(default_factory=list)
    whole: dict[tuple[str, Level], tuple[FacetCount, ...]] = field(default_factory=dict)

    def of_all(self, names: list[str], level: Level) -> dict[str, tuple[FacetCount, ...]]:
        """The counts of facets over all firms, counted once."""
        missing = [name for name in names if (name, level) not in self.whole]
        if missing:
            fields = {name: used_fields(self.searcher, name, level, self.used) for name in missing}
            counts = code_counts(self.searcher, Query.all_query(), fields)
            self.whole.update({(name, level): counts[name] for name in missing})
        return {name: self.whole[name, level] for name in names}

    def highest_id(self) -> int:
        """The highest number of a firm, looked up once; at least 1."""
        if not self.highest:
            self.highest.append(max((1, *by_id(self.searcher, Query.all_query(), 1, newest=True))))
        return self.highest[0]

    @classmethod
    def of(cls, generation: Generation, before: "_State | None" = None) -> "_State":
        """The newest commit of a generation, of which an earlier one may be known."""
        stamp = _stamp(generation)
        if before is None:
            index = Index.open(str(generation.index))
            index.config_reader(reload_policy="manual")
            index.reload()
            return cls(generation, index, stamp, index.searcher())
        before.index.reload()
        return cls(generation, before.index, stamp, before.index.searcher(), used=before.used)


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
        self._state = _State.of(usable_generation(root))

    def refresh(self, *, now: bool = False) -> None:
        """Look for new commits, at most once per interval unless ``now``; cheap when nothing changed."""
        with self._lock:
            if not now and self._monotonic() - self._checked < self._interval:
                return
            self._checked = self._monotonic()
            state, generation = self._state, usable_generation(self._root)
            if generation != state.generation:
                self._state = _State.of(generation)
            elif _stamp(generation) != state.stamp:
                self._state = _State.of(generation, state)

    @property
    def index(self) -> Index:
        """The index as tantivy knows it, for comparisons with it."""
        return self._state.index

    def forget(self) -> None:
        """Find out anew what was found out before."""
        self._state = replace(self._state, words={}, numbers={}, whole={})

    @property
    def home(self) -> Path:
        """The folder of the index that is read; another one after a rebuild."""
        return self._state.generation.path

    @property
    def position(self) -> int:
        """The outbox position that the index on disk contains."""
        return self._state.generation.position

    @property
    def firms(self) -> int:
        """The number of firms in the index."""
        return int(self._state.searcher.num_docs)

    def search(self, query: SearchQuery) -> SearchPage:
        """The hits from ``offset`` on, best first, equal scores by firm id; without words simply by firm id."""
        state = self._state
        searcher, schema = state.searcher, state.index.schema
        filters = build_filters(query.filters, searcher, schema, query.level)
        if not typed_text(query.text).words:
            return _filtered(state, query, filters)
        built = state.words.get(_words_of(query)) or _build(state, query)
        wanted = query.offset + query.limit
        result = best(searcher, combine(built.words, filters), wanted)
        if not result.count and not built.similar and _finds_nothing(searcher, built, filters):
            relaxed = _relaxed(state, query)
            near = best(searcher, combine(relaxed.words, filters), wanted)
            if near.count:
                built, result = relaxed, near
        _keep(state.words, _words_of(query), built)
        _keep(state.numbers, (_words_of(query), _filters_of(query)), result.count)
        return SearchPage(page_of(searcher, result.hits, query.offset, wanted), result.count, built.similar)

    def count(self, query: SearchQuery) -> int:
        """How many firms the query finds."""
        state = self._state
        known = state.numbers.get((_words_of(query), _filters_of(query)))
        if known is not None:
            return known
        if typed_text(query.text).words and _words_of(query) not in state.words:
            return self.search(replace(query, limit=1, offset=0)).total
        words = _read(state, query)
        filters = build_filters(query.filters, state.searcher, state.index.schema, query.level)
        whole = combine(words, filters)
        return _total(state, query, whole) if words is None else _number(state, query, whole)

    def ids(self, query: SearchQuery, limit: int, *, among: Collection[int] = ()) -> list[int]:
        """The ids of all firms found, ascending, up to ``limit``: the candidates for a ranking by something else.

        With ``among`` those of some firms only; the words are read as for all firms.
        """
        state, words = self._with_words(query)
        filters = build_filters(query.filters, state.searcher, state.index.schema, query.level)
        if among:
            named = Query.term_set_query(state.index.schema, FIRM_ID, sorted(among))
            filters.append((Occur.Must, Query.const_score_query(named, 0.0)))
        return by_id(state.searcher, combine(words, filters), limit)

    def newest(self, query: SearchQuery) -> list[int]:
        """The ids of the page, those given last first, whatever the words score."""
        state, words = self._with_words(query)
        filters = build_filters(query.filters, state.searcher, state.index.schema, query.level)
        whole = combine(words, filters)
        numbers = Numbers(_number(state, query, whole), query.limit, query.offset, state.highest_id())
        return numbers.of(state.searcher, state.index.schema, whole)

    def facets(self, query: SearchQuery, names: Iterable[str]) -> dict[str, tuple[FacetCount, ...]]:
        """Counts per code under the words and all filters but the facet's own, most frequent first, then by code."""
        state, words = self._with_words(query)
        searcher, schema = state.searcher, state.index.schema
        groups: dict[str, list[str]] = {}
        wanted = list(names)
        for name in wanted:
            groups.setdefault(name if query.filters.get(name) else "", []).append(name)
        counts: dict[str, tuple[FacetCount, ...]] = {}
        for without, group in groups.items():
            filters = build_filters(query.filters, searcher, schema, query.level, without)
            if words is None and not filters:
                counts.update(state.of_all(group, query.level))
                continue
            fields = {name: used_fields(searcher, name, query.level, state.used) for name in group}
            counts.update(code_counts(searcher, combine(words, filters), fields))
        return {name: counts[name] for name in wanted}

    def named(self, text: str, level: Level, limit: int = 8) -> tuple[Hit, ...]:
        """Firms whose names have all words of an unfinished text, the last as the beginning of one; in either script.

        Each word that the last may become is asked for by itself: the best of one list are found without reading it
        whole, those of several lists together are not. The best of all are among the best of each.
        """
        state, hits = self._state, Found()
        for query in named_queries(state.searcher, state.index.schema, tokens(text), level):
            hits += cast("Result", state.searcher.search(query, limit=limit, count=False)).hits
        hits.sort(key=itemgetter(0), reverse=True)
        found: dict[tuple[int, int], tuple[float, Any]] = {}
        for score, address in hits:
            found.setdefault((address.segment_ord, address.doc), (score, address))
            if len(found) == limit:
                break
        return page_of(state.searcher, list(found.values()), 0, limit)

    def having(self, name: str, code: str, level: Level) -> int:
        """How many firms have a code of a facet."""
        state, query = self._state, SearchQuery(filters={name: (code,)}, level=level)
        found = any_of(name, (code,), state.searcher, state.index.schema, level)
        return _number(state, query, found)

    def entries(self, after: int, upto: int) -> list[tuple[int, int]]:
        """The firms numbered after one and up to another, each entry with its checksum, by number."""
        state = self._state
        between = Query.range_query(state.index.schema, FIRM_ID, FieldType.Integer, after + 1, upto)
        found: list[tuple[int, int]] = []
        while len(page := in_order(state.searcher, between, _ENTRIES, len(found))) > 0:
            digests = state.searcher.fast_field_values(DIGEST, [address for _, address in page])
            found += [(number, int(one or 0)) for (number, _), one in zip(page, digests, strict=True)]
            if len(page) < _ENTRIES:
                break
        return found

    def digests(self, ids: Collection[int]) -> dict[int, int]:
        """The checksums of the entries of those of some firms that have one."""
        state = self._state
        wanted = Query.term_set_query(state.index.schema, FIRM_ID, sorted(ids))
        found = in_order(state.searcher, wanted, len(ids))
        if not found:
            return {}
        digests = state.searcher.fast_field_values(DIGEST, [address for _, address in found])
        return {number: int(one or 0) for (number, _), one in zip(found, digests, strict=True)}

    def _with_words(self, query: SearchQuery) -> tuple[_State, Query | None]:
        """The words' part as the search for the same words read it, and the commit that it was read for."""
        if typed_text(query.text).words and _words_of(query) not in self._state.words:
            self.search(replace(query, limit=1, offset=0))
        state = self._state
        return state, _read(state, query)


def _stamp(generation: Generation) -> tuple[int, ...]:
    """What tells one commit from the next: tantivy puts a new file in place of the list of segments each time."""
    found = (generation.index / "meta.json").stat()
    return found.st_ino, found.st_mtime_ns, found.st_size


def _words_of(query: SearchQuery) -> _Words:
    return query.text, query.level, query.meanings


def _filters_of(query: SearchQuery) -> _Filters:
    return tuple(sorted(query.filters.items()))


def _keep(kept: dict[_Key, _Value], key: _Key, value: _Value) -> None:
    if len(kept) >= _KEPT:
        kept.clear()
    kept[key] = value


def _number(state: _State, query: SearchQuery, found: Query) -> int:
    """How many firms are found for a query, as known or counted now."""
    key = _words_of(query), _filters_of(query)
    number = state.numbers.get(key)
    if number is None:
        number = number_of(state.searcher, found)
        _keep(state.numbers, key, number)
    return number


def _total(state: _State, query: SearchQuery, whole: Query) -> int:
    """How many firms a query without words finds.

    The firms of some codes of one facet are counted with all others of that facet, which the page shows beside them.
    """
    chosen = {name: codes for name, codes in query.filters.items() if codes}
    if not chosen:
        return int(state.searcher.num_docs)
    name, codes = next(iter(chosen.items()))
    if len(chosen) > 1 or not FACETS[name].single:
        return _number(state, query, whole)
    wanted = {str(code) for code in codes}
    counts = state.of_all([name], query.level)[name]
    total = sum(count.firms for count in counts if count.code in wanted)
    _keep(state.numbers, (_words_of(query), _filters_of(query)), total)
    return total


def _filtered(state: _State, query: SearchQuery, filters: list[tuple[Occur, Query]]) -> SearchPage:
    """The page of a query without words."""
    whole = combine(None, filters)
    total = _total(state, query, whole)
    ids = Numbers(total, query.limit, query.offset).of(state.searcher, state.index.schema, whole)
    return SearchPage(tuple([Hit(firm_id, 0.0) for firm_id in ids]), total, ())


def _build(state: _State, query: SearchQuery) -> BuiltQuery:
    typed = typed_text(query.text)
    queries = WordQueries(state.searcher, state.index.schema, query.level)
    return queries.build(typed.words[:MOST_WORDS], typed.optional[:MOST_WORDS], query.meanings)


def _read(state: _State, query: SearchQuery) -> Query | None:
    """The words' part as the search for the same words read it in this state, else as it would begin; None without."""
    if not typed_text(query.text).words:
        return None
    return (state.words.get(_words_of(query)) or _build(state, query)).words


def _relaxed(state: _State, query: SearchQuery) -> BuiltQuery:
    words = typed_text(query.text).words[:MOST_WORDS]
    found = WordQueries(state.searcher, state.index.schema, query.level).relaxed(words)
    return BuiltQuery(found, tuple(word.spellings[0] for word in words))


def _finds_nothing(searcher: Searcher, built: BuiltQuery, filters: list[tuple[Occur, Query]]) -> bool:
    """Whether words that found nothing under filters find nothing at all; a single word that some firm has does not."""
    if built.words is None or not filters:
        return True
    return not built.single and not number_of(searcher, built.words)
