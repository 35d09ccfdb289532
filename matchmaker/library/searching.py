"""Finds notes by words in three languages and two scripts, with the folding and stems that the directory uses.

The words of a note stand folded in a column beside its texts, so that a change is found in the same transaction and
visibility is decided by the one statement that lists notes.
"""

from typing import Final

from sqlalchemy import ColumnElement, and_, or_

from matchmaker.engines.text.expansion import QueryWord, query_words, text_terms
from matchmaker.library.models import NoteText
from matchmaker.library.words import PARTS

MOST_WORDS: Final = 8
SHORTEST_BEGINNING: Final = 4
"""From so many letters a word is also found as the beginning of a longer one."""


def terms_of(text: NoteText) -> str:
    """The folded words and stems of everything that a text says, each once, with a blank at both ends."""
    said = " ".join([text.title, *(getattr(text, part) for part in PARTS)])
    return f" {' '.join(dict.fromkeys(text_terms(said, text.language)))} "


def finding(query: str) -> ColumnElement[bool] | None:
    """The condition that a text says every word of a query; None for a query without words."""
    words = query_words(query)[:MOST_WORDS]
    return and_(*(_said(word) for word in words)) if words else None


def _said(word: QueryWord) -> ColumnElement[bool]:
    return or_(*(NoteText.search_terms.contains(_pattern(one), autoescape=True) for one in word.alternatives))


def _pattern(skeleton: str) -> str:
    return f" {skeleton}" if len(skeleton) >= SHORTEST_BEGINNING else f" {skeleton} "


def rank(title: str, language: str, query: str) -> int:
    """How many words of the query stand in the title itself: those notes come first."""
    said = set(text_terms(title, language))
    return sum(not said.isdisjoint(word.alternatives) for word in query_words(query)[:MOST_WORDS])
