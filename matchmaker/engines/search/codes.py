"""Short codes (TR, RU-TA, 28.14, 848180) as signed 64-bit integers and back, without a dictionary to keep in step."""

from functools import lru_cache
from typing import Final

LONGEST_CODE: Final = 10

_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-._/:+"
_BASE: Final = len(_ALPHABET) + 1
_VALUES: Final = {letter: value for value, letter in enumerate(_ALPHABET, start=1)}


@lru_cache(maxsize=65_536)
def pack(code: str) -> int:
    """The integer of a code of at most ten letters, digits and ``-._/:+``; ValueError for any other code."""
    if not 0 < len(code) <= LONGEST_CODE or not all(letter in _VALUES for letter in code):
        raise ValueError(f"not a code of the index: {code!r}")
    number = 0
    for letter in code:
        number = number * _BASE + _VALUES[letter]
    return number


@lru_cache(maxsize=65_536)
def unpack(number: int) -> str:
    """The code that ``pack`` turned into this integer."""
    letters: list[str] = []
    while number:
        number, value = divmod(number, _BASE)
        letters.append(_ALPHABET[value - 1])
    return "".join(reversed(letters))
