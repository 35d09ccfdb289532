"""Stems of Turkish, Russian and English words, with the fleeting vowel of Russian nouns (станок, станки) as a second stem."""

import re
from collections.abc import Callable
from functools import lru_cache
from threading import Lock
from typing import Final

import snowballstemmer

from matchmaker.engines.text.casing import lower
from matchmaker.engines.text.folding import fold_word

STEMMING_VERSION: Final = 2
"""Raise when any stem changes: an index built with another version has to be rebuilt."""

LANGUAGES: Final = ("tr", "ru", "en")
"""Languages with a stemmer; words of any other language are indexed as they are."""

_ALGORITHMS: Final = {"tr": "turkish", "ru": "russian", "en": "english"}
_FLEETING = re.compile(r"^(.*[бвгджзклмнпрстфхцчшщь])[оеё]([кц])$")
_AFTER_VOWEL = re.compile(r"^(.*[аеиоуыэюя])е(к)$")
_WITHOUT_VOWEL: Final = frozenset(
    [
        "бревен",
        "басен",
        "ведер",
        "весел",
        "ветер",
        "волокон",
        "зерен",
        "земел",
        "игол",
        "камен",
        "капел",
        "кашел",
        "кисел",
        "ковер",
        "козел",
        "корен",
        "костер",
        "котел",
        "кремен",
        "кресел",
        "кровел",
        "кукол",
        "масел",
        "метел",
        "овес",
        "огон",
        "окон",
        "орел",
        "осел",
        "пекарен",
        "песен",
        "петел",
        "полотен",
        "ребер",
        "ремен",
        "серег",
        "сосен",
        "спален",
        "стекол",
        "туфел",
        "угол",
        "узел",
        "чисел",
        "шатер",
        "ядер",
    ]
)
"""Words without their soft sign whose last vowel falls out in other cases (котёл, котла; стёкол, стекло) and that no other rule recognises."""

_TURKISH_PLURAL = re.compile(
    "^(.{3,}?)l[ae]r(?:[ıi]m[ıi]z|[ıi]n[ıi]z|[ıi]m|[ıi]n|[ıi])?(?:n?d[ae]n?|n?[ıi]n|[nsy]?[aeıi]|y?l[ae])?$"
)
_SHORTEST_STEM: Final = 3
_LEAST_SHARE: Final = 0.5
"""The Turkish stemmer takes fındık for a verb in the past (f + ındık): a stem must keep half of the word."""


def _stemmer(language: str) -> Callable[[str], str]:
    stem_word: Callable[[str], str] = snowballstemmer.stemmer(_ALGORITHMS[language]).stemWord
    return stem_word


# A stemmer keeps its word in itself while it works, so threads take turns; the cache makes turns rare.
_TURN: Final = Lock()
_STEMMERS: Final = {language: _stemmer(language) for language in LANGUAGES}


@lru_cache(maxsize=262_144)
def stems(word: str, language: str) -> tuple[str, ...]:
    """The stems of a word in its own script, most likely first; empty for a language without a stemmer."""
    if language not in _STEMMERS:
        return ()
    lowered = lower(word, language)
    if language == "ru":
        lowered = lowered.replace("ё", "е")
    if language == "tr":
        return _turkish(lowered)
    stem = _snowball(lowered, language)
    if language == "ru" and (shorter := _without_fleeting_vowel(lowered, stem)):
        return stem, shorter
    return (stem,)


def _snowball(word: str, language: str) -> str:
    with _TURN:
        return _STEMMERS[language](word) or word


def _turkish(word: str) -> tuple[str, ...]:
    """The word without plural and what follows it, then the stem of that."""
    plural = _TURKISH_PLURAL.match(word)
    singular = plural[1] if plural else word
    stem = _snowball(singular, "tr")
    if len(stem) < max(_SHORTEST_STEM, len(singular) * _LEAST_SHARE):
        stem = singular
    return tuple(dict.fromkeys((singular, stem))) if plural else (stem,)


def _without_fleeting_vowel(word: str, stem: str) -> str:
    """The stem that a Russian noun has in other cases; empty where no vowel of it falls out."""
    if found := _FLEETING.match(stem):
        return found[1] + found[2]
    if found := _AFTER_VOWEL.match(stem):
        return f"{found[1]}й{found[2]}"
    for bare in (word.removesuffix("ь"), stem):
        if bare in _WITHOUT_VOWEL:
            return bare[:-2] + bare[-1]
    return ""


@lru_cache(maxsize=262_144)
def folded_stems(word: str, language: str) -> tuple[str, ...]:
    """The skeletons under which a word of a text in this language is indexed: the word itself, then its stems."""
    candidates = (fold_word(word), *(fold_word(stem) for stem in stems(word, language)))
    return tuple(dict.fromkeys(skeleton for skeleton in candidates if skeleton))
