"""The words of a query with every skeleton under which a text in any of our languages may have been indexed."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from matchmaker.engines.text.casing import lower_tr
from matchmaker.engines.text.folding import fold_word, words
from matchmaker.engines.text.legal_words import name_within
from matchmaker.engines.text.romanisation import write_cyrillic
from matchmaker.engines.text.stemming import folded_stems

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_FUNCTION_WORDS: Final = frozenset(
    map(
        fold_word,
        [
            "ve",
            "veya",
            "ile",
            "için",
            "da",
            "de",
            "и",
            "в",
            "во",
            "на",
            "для",
            "с",
            "со",
            "из",
            "по",
            "или",
            "от",
            "до",
            "к",
            "and",
            "of",
            "for",
            "the",
            "in",
            "with",
            "or",
            "a",
            "an",
            "to",
        ],
    )
)
_FRONT: Final = str.maketrans({"ı": "i", "o": "ö", "u": "ü"})
_BACK_VOWELS: Final = frozenset("aıou")
_FRONT_VOWELS: Final = frozenset("eiöü")


@dataclass(frozen=True, slots=True)
class QueryWord:
    """One word as typed: its lower-case spellings, its skeleton, and the skeletons that also count as the word."""

    spellings: tuple[str, ...]
    skeleton: str
    alternatives: tuple[str, ...]


def is_cyrillic(word: str) -> bool:
    """Whether any letter of the word is Cyrillic."""
    return _CYRILLIC.search(word) is not None


def is_function_word(skeleton: str) -> bool:
    """Whether a skeleton is a word such as and, ve, для, which a text may have or not without meaning another thing."""
    return skeleton in _FUNCTION_WORDS


def spellings(word: str) -> tuple[str, ...]:
    """The lower-case forms of a word whose language is not known: the Turkish one and the one of everybody else."""
    return tuple(dict.fromkeys((word.lower().replace("i\u0307", "i"), lower_tr(word))))


def _with_dotless(word: str) -> str:
    """Turkish typed without its letters, read by vowel harmony: kaliplari becomes kalıpları."""
    letters: list[str] = []
    back = False
    for letter in word:
        written = "ı" if letter == "i" and back else letter
        back = written in _BACK_VOWELS or (back and written not in _FRONT_VOWELS)
        letters.append(written)
    return "".join(letters)


def _latin_alternatives(word: str) -> list[str]:
    plain, turkish = word.lower().replace("i\u0307", "i"), lower_tr(word)
    readings = dict.fromkeys((turkish, plain, _with_dotless(plain), plain.translate(_FRONT)))
    found = [skeleton for reading in readings for skeleton in folded_stems(reading, "tr")]
    found += folded_stems(plain, "en")
    if cyrillic := write_cyrillic(word):
        found += folded_stems(cyrillic, "ru")
    return found


@lru_cache(maxsize=65_536)
def expand(word: str) -> QueryWord:
    """The alternatives of one query word; its own skeleton always comes first."""
    skeleton = fold_word(word)
    found = folded_stems(word, "ru") if is_cyrillic(word) else _latin_alternatives(word)
    alternatives = tuple(dict.fromkeys((skeleton, *found)))
    return QueryWord(spellings=spellings(word), skeleton=skeleton, alternatives=alternatives)


def query_words(text: str) -> tuple[QueryWord, ...]:
    """The distinct words of a query in order; words without letters or digits are left out."""
    expanded = (expand(word) for word in words(text))
    return tuple(dict.fromkeys(word for word in expanded if word.skeleton))


@dataclass(frozen=True, slots=True)
class TypedText:
    """The words of a query that have to be found, and those that need not: legal forms (ООО, A.Ş., LLC) and particles."""

    words: tuple[QueryWord, ...]
    optional: tuple[QueryWord, ...]


@lru_cache(maxsize=4_096)
def typed_text(text: str) -> TypedText:
    """A query split into its words; a query that is nothing but a legal form is searched as it is."""
    everything = query_words(text)
    skeletons = [word.skeleton for word in everything]
    start, end = name_within(skeletons)
    needed = tuple(word for word in everything[start:end] if not is_function_word(word.skeleton))
    if not needed:
        return TypedText(everything, ())
    return TypedText(needed, tuple(word for word in everything if word not in needed))


def text_terms(text: str, language: str) -> list[str]:
    """The index terms of a text in a known language: each word's skeleton and the skeletons of its stems.

    Cyrillic words in a Turkish or English text are stemmed as Russian, Latin words in a Russian text as English.
    """
    terms: list[str] = []
    for word in words(text):
        terms += folded_stems(word, word_language(word, language))
    return terms


def word_language(word: str, language: str) -> str:
    """The language whose rules a word follows in a text of ``language``: its script may contradict the text."""
    if is_cyrillic(word):
        return "ru"
    return "en" if language == "ru" else language
