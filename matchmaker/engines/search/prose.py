"""A small index of prose in several languages, kept in memory: for collections of some ten thousand texts.

It finds with the same folding, stems and engine as the index of firms, which is made for millions and stands on disk.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from tantivy import Document, Index, Occur, Query, SchemaBuilder

from matchmaker.engines.text.expansion import QueryWord, text_terms, typed_text

KEY: Final = "key"
TITLE: Final = "title"
BODY: Final = "body"
TITLE_POINTS: Final = 3.0
"""A word of the title counts as much more than one of the text."""
SHORTEST_BEGINNING: Final = 4
"""From so many letters a word is also found as the beginning of a longer one."""
BEGINNINGS: Final = 40
MOST_WORDS: Final = 12
MOST_FOUND: Final = 5_000
HEAP: Final = 15_000_000


@dataclass(frozen=True, slots=True)
class Prose:
    """One text in one language; texts of the same key and language replace each other."""

    key: str
    language: str
    title: str
    body: str

    @property
    def place(self) -> str:
        """What tells the text from all others."""
        return f"{self.key}/{self.language}"


class ProseIndex:
    """The texts by their words; who calls lets no two threads write at once."""

    def __init__(self) -> None:
        builder = SchemaBuilder()
        builder.add_text_field("place", tokenizer_name="raw", index_option="basic")
        builder.add_text_field(KEY, stored=True, tokenizer_name="raw", index_option="basic")
        for field in (TITLE, BODY):
            builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
        self._schema = builder.build()
        self._index = Index(self._schema)
        self._writer = self._index.writer(HEAP, 1)
        self._places: set[str] = set()

    def __len__(self) -> int:
        return len(self._places)

    def put(self, texts: Collection[Prose]) -> None:
        """Take texts in, each in place of what was known of it."""
        if not texts:
            return
        latest = {text.place: text for text in texts}
        known = sorted(latest.keys() & self._places)
        if known:
            self._writer.delete_documents_by_query(Query.term_set_query(self._schema, "place", known))
        for place, text in latest.items():
            self._writer.add_document(_document(place, text))
        self._writer.commit()
        self._index.reload()
        self._places |= latest.keys()

    def search(self, query: str) -> dict[str, float]:
        """The keys whose text in some language says every word of the query, with points, the best first.

        Particles and legal forms need not be there. Empty for a query without words.
        """
        words = typed_text(query).words[:MOST_WORDS]
        if not words:
            return {}
        searcher = self._index.searcher()
        wanted = Query.boolean_query([(Occur.Must, self._said(word)) for word in words])
        found: dict[str, float] = {}
        for points, address in searcher.search(wanted, MOST_FOUND, count=False).hits:
            key = searcher.doc(address)[KEY][0]
            found[key] = max(points, found.get(key, 0.0))
        return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))

    def _said(self, word: QueryWord) -> Query:
        forms = dict.fromkeys(word.alternatives)
        either = [self._term(field, form) for field in (TITLE, BODY) for form in forms]
        if len(word.skeleton) >= SHORTEST_BEGINNING:
            either += [
                self._term(field, longer) for field in (TITLE, BODY) for longer in self._longer(field, word)
            ]
        return Query.disjunction_max_query(either)

    def _longer(self, field: str, word: QueryWord) -> Iterable[str]:
        found = self._index.searcher().terms_with_prefix(field, word.skeleton, None, BEGINNINGS)
        return (term for term, _count in found if term not in word.alternatives)

    def _term(self, field: str, form: str) -> Query:
        term = Query.term_query(self._schema, field, form, "freq")
        return Query.boost_query(term, TITLE_POINTS) if field == TITLE else term


def _document(place: str, text: Prose) -> Document:
    made = Document()
    made.add_text("place", place)
    made.add_text(KEY, text.key)
    made.add_text(TITLE, " ".join(text_terms(text.title, text.language)))
    made.add_text(BODY, " ".join(text_terms(text.body, text.language)))
    return made
