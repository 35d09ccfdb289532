"""Alphabetical order of Turkish and Russian: ç after c, ı before i, ё after е, whatever the database's collation is."""

import unicodedata
from functools import lru_cache
from typing import Final

from matchmaker.engines.text.casing import lower

_LATIN: Final = {"tr": "abcçdefgğhıijklmnoöpqrsştuüvwxyz", "az": "abcçdeəfgğhxıijkqlmnoöprsştuüvwyz"}
_ENGLISH: Final = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN: Final = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_SPACE, _DIGITS, _FIRST, _SECOND, _OTHER = 0x21, 0x30, 0x100, 0x200, 0x300


@lru_cache(maxsize=8)
def _ranks(language: str) -> dict[str, str]:
    latin = _LATIN.get(language, _ENGLISH)
    first, second = (_RUSSIAN, latin) if language == "ru" else (latin, _RUSSIAN)
    ranks = {letter: chr(_FIRST + place) for place, letter in enumerate(first)}
    ranks.update((letter, chr(_SECOND + place)) for place, letter in enumerate(second))
    ranks.update((digit, chr(_DIGITS + int(digit))) for digit in "0123456789")
    ranks[" "] = chr(_SPACE)
    return ranks


def _rank(letter: str, ranks: dict[str, str]) -> str:
    known = ranks.get(letter)
    if known is not None:
        return known
    base = "i" if letter == "ı" else unicodedata.normalize("NFD", letter)[0]
    if base in ranks:
        return ranks[base]
    return chr(_OTHER) + letter if letter.isalnum() else ""


@lru_cache(maxsize=65_536)
def sort_key(text: str, language: str) -> str:
    """A string whose code point order is the order of a dictionary in this language.

    Digits come before letters, the language's own script before the other, punctuation does not count; texts that
    differ only in case or accent are told apart by their lower-case form, then by the text itself.
    """
    ranks = _ranks(language)
    lowered = lower(unicodedata.normalize("NFC", text), language)
    primary = "".join(_rank(letter, ranks) for letter in lowered)
    return f"{primary}\x1f{lowered}\x1f{text}"
