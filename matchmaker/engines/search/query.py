"""From what a reader typed and chose to a tantivy query: words in three languages and two scripts, filters without score."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, NamedTuple

from tantivy import Occur, Query, Schema, Searcher

from matchmaker.engines.search.schema import (
    FACETS,
    MARKS,
    NAMED,
    NAMES,
    SAID,
    TEXT,
    FacetField,
    Level,
    levels_up_to,
    spelling_mark,
)
from matchmaker.engines.text.expansion import QueryWord

MOST_WORDS: Final = 12
"""Words of a query beyond this number are ignored."""
SHORTEST_BEGINNING: Final = 3
"""From so many letters on a word that no firm has is read as the beginning of others."""

_NO_FILTERS: Final[Mapping[str, tuple[int | str, ...]]] = MappingProxyType({})
_EXACT_NAME, _EXACT_TEXT, _NAME, _PHRASE, _OPTIONAL = 20.0, 1.0, 2.0, 12.0, 0.5
_FOLDED_APART, _EXACT_APART = 0.1, 4.0
"""Where folding brings together words of two languages: a text with the spelling stands above a code that is named in part
(`reference.word_meanings`), and that above whoever has the other language's word, which brings 2 to 16 points otherwise."""
_BEGINNINGS: Final = 50
_SHORTEST_TYPO, _LONG_WORD = 4, 8
_FEW_CODES: Final = 16


@dataclass(frozen=True, slots=True)
class Meaning:
    """Codes that the words from ``start`` up to ``stop`` of a query name, by facet, each with the points it adds.

    Words that name a code find a firm by the code as well as by themselves. `apart`: folding makes them one with the
    words for something else in another language, which then count little.
    """

    start: int
    stop: int
    codes: tuple[tuple[str, tuple[str, ...], float], ...]
    apart: bool = False


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A search of the directory: all words must be found, each filter needs one of its codes.

    Filter names are those of ``schema.FACETS``; an unknown name raises ValueError, an unknown code finds nothing.
    ``meanings`` count the words as ``expansion.query_words`` splits the text, legal forms left out. ``level`` says
    which parts of firms are searched, filtered and counted.
    """

    text: str = ""
    filters: Mapping[str, tuple[int | str, ...]] = field(default_factory=lambda: _NO_FILTERS)
    limit: int = 20
    offset: int = 0
    meanings: tuple[Meaning, ...] = ()
    level: Level = Level.REGISTERED


@dataclass(frozen=True, slots=True)
class BuiltQuery:
    """The words' part of a query, the words that no firm has and that were read as a beginning or a misspelling, and
    whether it is a single word.
    """

    words: Query | None
    similar: tuple[str, ...]
    single: bool = False


class _Forms(NamedTuple):
    """A word as queries for its forms, and the levels at which the word itself is found."""

    queries: list[Query]
    own: list[Level]


class WordQueries:
    """Makes the parts of a query about words for one state of the index and one level of readers."""

    def __init__(self, searcher: Searcher, schema: Schema, level: Level) -> None:
        self._searcher = searcher
        self._schema = schema
        self._levels = levels_up_to(level)
        self._level = level

    def build(
        self, words: tuple[QueryWord, ...], optional: tuple[QueryWord, ...], meanings: tuple[Meaning, ...]
    ) -> BuiltQuery:
        """All words, each by itself or within a meaning; optional words only raise the score."""
        similar: list[str] = []
        parts: list[tuple[Occur, Query]] = []
        named = {meaning.start: meaning for meaning in meanings if meaning.stop <= len(words)}
        place = 0
        while place < len(words):
            meaning = named.get(place)
            stop = meaning.stop if meaning else place + 1
            parts.append((Occur.Must, self._segment(words[place:stop], meaning, similar)))
            place = stop
        slop = 1 if optional else 0
        parts += [
            (Occur.Should, self._phrase(words, level, slop)) for level in self._levels if len(words) > 1
        ]
        for word in optional:
            parts += [(Occur.Should, Query.boost_query(one, _OPTIONAL)) for one in self._forms(word).queries]
        whole = parts[0][1] if len(parts) == 1 else Query.boolean_query(parts)
        return BuiltQuery(whole, tuple(similar), len(words) == 1)

    def relaxed(self, words: tuple[QueryWord, ...]) -> Query:
        """All words, each as it is or as one that begins so or differs by a letter: for a search that found nothing."""
        parts = []
        for word in words:
            forms = self._forms(word)
            either = [self._word(word, forms)] if forms.queries else []
            either += [
                Query.boost_query(one, _OPTIONAL) for one in (*self._begun(word), self._misspelt(word))
            ]
            parts.append((Occur.Must, Query.disjunction_max_query(either)))
        return Query.boolean_query(parts)

    def _segment(self, words: tuple[QueryWord, ...], meaning: Meaning | None, similar: list[str]) -> Query:
        queries = []
        for word in words:
            forms = self._forms(word)
            if not forms.queries and meaning is None:
                similar.append(word.spellings[0])
            apart = meaning is not None and meaning.apart
            queries.append(self._word(word, forms, apart) if forms.queries else self._unknown(word, meaning))
        whole = (
            queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Must, one) for one in queries])
        )
        if meaning is None:
            return whole
        coded = [self._coded(name, codes, points) for name, codes, points in meaning.codes]
        return Query.boolean_query([(Occur.Should, one) for one in (whole, *coded)])

    def _unknown(self, word: QueryWord, meaning: Meaning | None) -> Query:
        return Query.empty_query() if meaning else self._similar(word)

    def _coded(self, name: str, codes: tuple[str, ...], points: float) -> Query:
        return Query.const_score_query(any_of(name, codes, self._searcher, self._schema, self._level), points)

    def _phrase(self, words: tuple[QueryWord, ...], level: Level, slop: int) -> Query:
        typed: list[str | tuple[int, str]] = [word.skeleton for word in words]
        phrase = Query.phrase_query(self._schema, NAMES[level], typed, slop=slop)
        return Query.boost_query(phrase, _PHRASE)

    def _forms(self, word: QueryWord) -> _Forms:
        """The forms of the word that some firm has, and from which levels on one has the word itself."""
        found, own = list[Query](), list[Level]()
        for level in self._levels:
            for form in word.alternatives:
                if self._searcher.doc_freq(TEXT[level], form):
                    found.append(Query.term_query(self._schema, TEXT[level], form, "freq"))
                    if form == word.skeleton:
                        own.append(level)
        return _Forms(found, own)

    def _word(self, word: QueryWord, forms: _Forms, apart: bool = False) -> Query:
        """The word in the forms that some firm has; in a name and in its exact spelling it counts more.

        A firm with the spelling has the skeleton too, so only where that is found need more be looked up. Folded forms
        that are `apart` count less where a firm's own spelling is known: one that is its own skeleton has no mark.
        """
        otherwise = [one for one in word.spellings if one != word.skeleton]
        share, exact = (_FOLDED_APART, _EXACT_APART) if apart and otherwise else (1.0, _EXACT_TEXT)
        folded = forms.queries if share == 1.0 else [Query.boost_query(one, share) for one in forms.queries]
        parts = [(Occur.Must, folded[0] if len(folded) == 1 else Query.disjunction_max_query(folded))]
        for level in forms.own:
            if self._searcher.doc_freq(NAMES[level], word.skeleton):
                named = Query.term_query(self._schema, NAMES[level], word.skeleton)
                parts.append((Occur.Should, Query.boost_query(named, _NAME * share)))
                parts += self._spelled(NAMED, word.spellings, level, _EXACT_NAME)
            parts += self._spelled(SAID, otherwise, level, exact)
        return Query.boolean_query(parts) if len(parts) > 1 else parts[0][1]

    def _spelled(
        self, kind: str, spellings: Sequence[str], level: Level, points: float
    ) -> list[tuple[Occur, Query]]:
        """Points for the exact spelling, where some firm has it."""
        field_name, marks = MARKS[level], [spelling_mark(kind, one) for one in spellings]
        found: list[int | str] = [one for one in marks if self._searcher.doc_freq(field_name, one)]
        if not found:
            return []
        if len(found) == 1:
            exact = Query.term_query(self._schema, field_name, found[0], "basic")
        else:
            exact = Query.term_set_query(self._schema, field_name, found)
        return [(Occur.Should, Query.const_score_query(exact, points))]

    def _similar(self, word: QueryWord) -> Query:
        """A word no firm has: firms with words that begin so, else with misspellings of it."""
        begun = self._begun(word)
        return Query.disjunction_max_query(begun) if begun else self._misspelt(word)

    def _begun(self, word: QueryWord) -> list[Query]:
        if len(word.skeleton) < SHORTEST_BEGINNING:
            return []
        found = (self.beginning(word.skeleton, TEXT[level]) for level in self._levels)
        return [one for one in found if one is not None]

    def _misspelt(self, word: QueryWord) -> Query:
        """Words one letter away, two from eight letters on; nearer ones and names count more."""
        if len(word.skeleton) < _SHORTEST_TYPO:
            return Query.empty_query()
        distance = 2 if len(word.skeleton) >= _LONG_WORD else 1
        found = []
        for level in self._levels:
            for field_name, points in ((NAMES[level], _NAME), (TEXT[level], 1.0)):
                near = Query.fuzzy_term_query(self._schema, field_name, word.skeleton, distance=distance)
                found.append((Occur.Should, Query.boost_query(near, points)))
                if distance > 1:
                    near = Query.fuzzy_term_query(self._schema, field_name, word.skeleton, distance=1)
                    found.append((Occur.Should, Query.boost_query(near, points * 2)))
        return Query.boolean_query(found)

    def beginning(self, prefix: str, field_name: str) -> Query | None:
        """The most frequent words of a field that begin so, as one query; None when there is no such word."""
        found = self.beginnings(prefix, field_name)
        return Query.disjunction_max_query(found) if found else None

    def beginnings(self, prefix: str, field_name: str) -> list[Query]:
        """The most frequent words of a field that begin so, each as a query."""
        found = self._searcher.terms_with_prefix(field_name, prefix, None, _BEGINNINGS)
        option = "freq" if field_name in TEXT else "position"
        return [Query.term_query(self._schema, field_name, term, option) for term, _ in found]


def named_queries(searcher: Searcher, schema: Schema, typed: list[str], level: Level) -> list[Query]:
    """Firms whose names have all these words, the last as a beginning: queries of which one has to be met.

    A single word is read as each word it may become; several words are one query for each field of names.
    """
    queries, found = WordQueries(searcher, schema, level), list[Query]()
    for field_name in (NAMES[one] for one in levels_up_to(level)) if typed else ():
        begun = queries.beginnings(typed[-1], field_name)
        if len(typed) > 1 and begun:
            whole = [Query.term_query(schema, field_name, word) for word in typed[:-1]]
            last = Query.disjunction_max_query(begun)
            begun = [Query.boolean_query([(Occur.Must, one) for one in (*whole, last)])]
        found += begun
    return found


def build_filters(
    filters: Mapping[str, tuple[int | str, ...]],
    searcher: Searcher,
    schema: Schema,
    level: Level,
    without: str = "",
) -> list[tuple[Occur, Query]]:
    """The filters as conditions that add nothing to the score, leaving out the one named ``without``."""
    if not filters:
        return []
    if unknown := filters.keys() - FACETS.keys():
        raise ValueError(f"unknown filters: {sorted(unknown)}")
    return [
        (Occur.Must, Query.const_score_query(any_of(name, codes, searcher, schema, level), 0.0))
        for name, codes in sorted(filters.items())
        if codes and name != without
    ]


def combine(words: Query | None, filters: list[tuple[Occur, Query]]) -> Query:
    """Words and filters together; everything when there is neither."""
    if words is None and not filters:
        return Query.all_query()
    if words is None:
        return Query.boolean_query(filters)
    if not filters:
        return words
    return Query.boolean_query([(Occur.Must, words), *filters])


def any_of(name: str, codes: Iterable[int | str], searcher: Searcher, schema: Schema, level: Level) -> Query:
    """The firms that have one of the codes of a facet, in whichever field some firm has it.

    A few codes are asked for one by one: a set is made into a list of all its firms before anything else is looked at,
    which takes six times as long beside a word.
    """
    facet = FACETS[name]
    terms: dict[str, list[int | str]] = {}
    for code in map(str, codes):
        for field_name, value in _places(facet, code, level):
            if searcher.doc_freq(field_name, value):
                terms.setdefault(field_name, []).append(value)
    parts = [
        one
        for field_name, values in terms.items()
        for one in _having(schema, field_name, list(dict.fromkeys(values)))
    ]
    if len(parts) == 1:
        return parts[0]
    return Query.boolean_query([(Occur.Should, one) for one in parts]) if parts else Query.empty_query()


def _having(schema: Schema, field_name: str, values: list[int | str]) -> list[Query]:
    if len(values) > _FEW_CODES:
        return [Query.term_set_query(schema, field_name, values)]
    return [Query.term_query(schema, field_name, value, "basic") for value in values]


def _places(facet: FacetField, code: str, level: Level) -> list[tuple[str, int | str]]:
    """Where a code may stand for readers of a level; nowhere when the index cannot keep it."""
    try:
        return [facet.place_of(code, one) for one in levels_up_to(level)]
    except ValueError:
        return []
