"""Stems of Turkish, Russian and English words, with the fleeting vowel of Russian nouns (станок, станки) as a second stem."""

import re
from collections.abc import Callable
from functools import lru_cache
from threading import Lock
from typing import Final

import snowballstemmer

from matchmaker.engines.text.casing import lower
from matchmaker.engines.text.folding import fold_word

LANGUAGES: Final = ("tr", "ru", "en")
"""Languages with a stemmer; words of any other language are indexed as they are."""

_ALGORITHMS: Final = {"tr": "turkish", "ru": "russian", "en": "english"}
_FLEETING = re.compile(r"^(.*[бвгджзклмнпрстфхцчшщь])[оеё]([кц])$")


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
    with _TURN:
        stem = _STEMMERS[language](lowered) or lowered
    if language == "ru" and (fleeting := _FLEETING.match(stem)):
        return stem, fleeting[1] + fleeting[2]
    return (stem,)


@lru_cache(maxsize=262_144)
def folded_stems(word: str, language: str) -> tuple[str, ...]:
    """The skeletons under which a word of a text in this language is indexed: the word itself, then its stems."""
    candidates = (fold_word(word), *(fold_word(stem) for stem in stems(word, language)))
    return tuple(dict.fromkeys(skeleton for skeleton in candidates if skeleton))
