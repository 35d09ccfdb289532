"""Finding the words and phrases of a list in a text, whatever their endings, their case and the marks on their letters.

In the language of the text a word counts when it shares a stem with the word of the list. A word in letters that the language
does not write (an English one in a Russian text) is cut by the language of the list; one that could be of either language
(English and Turkish) has to be the very same, since the stems of one language cut the words of another one at random. Words
of different alphabets are never the same: Russian силах is not Turkish silah.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final

from matchmaker.engines.text.folding import fold_word, words
from matchmaker.engines.text.stemming import folded_stems

SPACED: Final = 4
"""So many single letters one after another are a word written with spaces."""
SHORTEST_STEM: Final = 4
_HARMONY: Final = {"a": "ı", "e": "i", "i": "i", "o": "u", "u": "u"}
_ALPHABETS: Final = {"tr": "latin", "ru": "cyrillic", "en": "latin"}


@dataclass(frozen=True, slots=True, order=True)
class Phrase:
    """One or more words of a language that stand together."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase of the list, and the words of the text that it was found by."""

    phrase: Phrase
    written: str


def phrase_key(text: str) -> str:
    """What tells two phrases of one language apart: their words as skeletons."""
    return " ".join(skeleton for skeleton in map(fold_word, words(text)) if skeleton)


@dataclass(frozen=True, slots=True)
class _Prepared:
    phrase: Phrase
    words: tuple[str, ...]
    stems: tuple[frozenset[str], ...]


class Phrases:
    """Phrases prepared for comparison; never changed afterwards."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._first: dict[str, list[_Prepared]] = defaultdict(list)
        for phrase in sorted(set(phrases)):
            whole = tuple(phrase_key(phrase.text).split())
            stems = tuple(
                frozenset(_listed(word, phrase.language)) for word in words(phrase.text) if fold_word(word)
            )
            for start in sorted(stems[0]) if stems else ():
                self._first[start].append(_Prepared(phrase, whole, stems))

    def found(self, text: str, language: str) -> list[Found]:
        """The phrases that stand in a text of a language, each once, in the order of the text."""
        said = [word for word in _words(text) if fold_word(word)]
        once: dict[Phrase, Found] = {}
        for place, word in enumerate(said):
            starts = {stem for spoken in _ALPHABETS for stem in _telling(word, spoken)}
            near = {one.phrase: one for start in starts for one in self._first.get(start, ())}
            for phrase in sorted(near):
                there = said[place : place + len(near[phrase].words)]
                if len(there) == len(near[phrase].words) and _is_said(there, near[phrase], language):
                    once.setdefault(phrase, Found(phrase, " ".join(there)))
        return list(once.values())


def _is_said(there: Sequence[str], listed: _Prepared, language: str) -> bool:
    own = listed.phrase.language
    return all(
        _is_same(word, whole, stems, language, own)
        for word, whole, stems in zip(there, listed.words, listed.stems, strict=True)
    )


def _is_same(word: str, whole: str, stems: frozenset[str], language: str, own: str) -> bool:
    cyrillic = _is_cyrillic(word)
    if own != language and cyrillic != (_ALPHABETS.get(own) == "cyrillic"):
        return False
    if own == language or cyrillic != (_ALPHABETS.get(language) == "cyrillic"):
        return bool(stems & _telling(word, own))
    return fold_word(word) == whole


def _telling(word: str, language: str) -> set[str]:
    """The stems by which a word is known: what is left of it may not be too short to be told from others."""
    whole = fold_word(word)
    return {stem for stem in folded_stems(word, language) if stem == whole or len(stem) >= SHORTEST_STEM}


def _listed(word: str, language: str) -> set[str]:
    """The same of a word of the list; in Turkish with the possessive of a vowel (füze, füzesi), which its stemmer keeps."""
    found = _telling(word, language)
    last = fold_word(word)[-1]
    if language == "tr" and last in _HARMONY:
        found |= _telling(f"{word}s{_HARMONY[last]}", language)
    return found


def _is_cyrillic(word: str) -> bool:
    return any("\u0400" <= letter <= "\u04ff" for letter in word)


@lru_cache(maxsize=8)
def prepared(phrases: frozenset[Phrase]) -> Phrases:
    """The same list is prepared once."""
    return Phrases(phrases)


def _words(text: str) -> Iterator[str]:
    """The words of a text; letters that stand one by one make a word again."""
    for single, run in groupby(words(text), key=lambda word: len(word) == 1):
        letters = list(run)
        if single and len(letters) >= SPACED:
            yield "".join(letters)
        else:
            yield from letters
