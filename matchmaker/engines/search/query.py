"""From what a reader typed and chose to a tantivy query: words in three languages and two scripts, filters without score."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from tantivy import Occur, Query, Schema, Searcher

from matchmaker.engines.search.codes import LONGEST_CODE, pack
from matchmaker.engines.search.schema import EXACT_NAMES, EXACT_TEXT, FACETS, NAMES, SPELLING_MARK, TEXT
from matchmaker.engines.text.expansion import QueryWord, query_words

MOST_WORDS: Final = 12
"""Words of a query beyond this number are ignored."""

_NO_FILTERS: Final[Mapping[str, tuple[int | str, ...]]] = MappingProxyType({})
_EXACT_NAME, _EXACT_TEXT, _NAME, _PHRASE = 20.0, 1.0, 2.0, 3.0
_BEGINNINGS: Final = 50
_SHORTEST_BEGINNING: Final = 3
_SHORTEST_TYPO, _LONG_WORD = 4, 8


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A search of the directory: all words must be found, each filter needs one of its codes.

    Filter names are those of ``schema.FACETS``; an unknown name raises ValueError, an unknown code finds nothing.
    """

    text: str = ""
    filters: Mapping[str, tuple[int | str, ...]] = field(default_factory=lambda: _NO_FILTERS)
    limit: int = 20
    offset: int = 0


@dataclass(frozen=True, slots=True)
class BuiltQuery:
    """The words' part of a query, and the words that no firm has and that were read as a beginning or a misspelling."""

    words: Query | None
    similar: tuple[str, ...]


def build_words(text: str, searcher: Searcher, schema: Schema) -> BuiltQuery:
    """The query for the words of a text; ``words`` is None when the text has none."""
    words = query_words(text)[:MOST_WORDS]
    if not words:
        return BuiltQuery(None, ())
    similar: list[str] = []
    parts: list[tuple[Occur, Query]] = []
    for word in words:
        known = _known(word, searcher)
        if not known:
            similar.append(word.spellings[0])
        parts.append((Occur.Must, _word(word, schema) if known else _similar(word, searcher, schema)))
    if len(words) > 1:
        phrase = Query.phrase_query(schema, NAMES, [word.skeleton for word in words])
        parts.append((Occur.Should, Query.boost_query(phrase, _PHRASE)))
    return BuiltQuery(Query.boolean_query(parts), tuple(similar))


def build_filters(
    filters: Mapping[str, tuple[int | str, ...]], schema: Schema, without: str = ""
) -> list[tuple[Occur, Query]]:
    """The filters as conditions that add nothing to the score, leaving out the one named ``without``."""
    unknown = filters.keys() - FACETS.keys()
    if unknown:
        raise ValueError(f"unknown filters: {sorted(unknown)}")
    return [
        (Occur.Must, Query.const_score_query(_any_of(name, codes, schema), 0.0))
        for name, codes in sorted(filters.items())
        if codes and name != without
    ]


def combine(words: Query | None, filters: list[tuple[Occur, Query]]) -> Query:
    """Words and filters together; everything when there is neither."""
    if words is None and not filters:
        return Query.all_query()
    if words is None:
        return Query.boolean_query(filters)
    return Query.boolean_query([(Occur.Must, words), *filters])


def _any_of(name: str, codes: tuple[int | str, ...], schema: Schema) -> Query:
    facet = FACETS[name]
    terms: dict[str, list[int | str]] = {}
    for code in map(str, codes):
        if not facet.packed:
            terms.setdefault(facet.field, []).append(code)
        elif (number := _packed(code)) is not None:
            terms.setdefault(facet.field_of(code), []).append(number)
    parts = [(Occur.Should, Query.term_set_query(schema, field, values)) for field, values in terms.items()]
    return Query.boolean_query(parts) if parts else Query.empty_query()


def _packed(code: str) -> int | None:
    if len(code) > LONGEST_CODE:
        return None
    try:
        return pack(code)
    except ValueError:
        return None


def _known(word: QueryWord, searcher: Searcher) -> bool:
    return any(searcher.doc_freq(TEXT, alternative) for alternative in word.alternatives)


def _word(word: QueryWord, schema: Schema) -> Query:
    folded = [Query.term_query(schema, TEXT, alternative, "freq") for alternative in word.alternatives]
    exact = [f"{word.skeleton}{SPELLING_MARK}{spelling}" for spelling in word.spellings]
    return Query.boolean_query(
        [
            (Occur.Must, Query.disjunction_max_query(folded)),
            (Occur.Should, Query.boost_query(Query.term_query(schema, NAMES, word.skeleton), _NAME)),
            (
                Occur.Should,
                Query.const_score_query(Query.term_set_query(schema, EXACT_NAMES, exact), _EXACT_NAME),
            ),
            (
                Occur.Should,
                Query.const_score_query(Query.term_set_query(schema, EXACT_TEXT, exact), _EXACT_TEXT),
            ),
        ]
    )


def _similar(word: QueryWord, searcher: Searcher, schema: Schema) -> Query:
    """A word no firm has: firms with words that begin so, else with words one letter away (two from eight letters)."""
    if len(word.skeleton) >= _SHORTEST_BEGINNING:
        begun = beginning(word.skeleton, TEXT, searcher, schema)
        if begun is not None:
            return begun
    if len(word.skeleton) < _SHORTEST_TYPO:
        return Query.empty_query()
    distance = 2 if len(word.skeleton) >= _LONG_WORD else 1
    return Query.fuzzy_term_query(schema, TEXT, word.skeleton, distance=distance)


def beginning(prefix: str, field: str, searcher: Searcher, schema: Schema) -> Query | None:
    """The most frequent words of a field that begin so, as one query; None when there is no such word."""
    found = searcher.terms_with_prefix(field, prefix, None, _BEGINNINGS)
    if not found:
        return None
    option = "freq" if field == TEXT else "position"
    return Query.disjunction_max_query([Query.term_query(schema, field, term, option) for term, _ in found])
