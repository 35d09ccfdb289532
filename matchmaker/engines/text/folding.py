"""One ASCII skeleton per word, equal for the spellings that Turkish, English, scholarly and Russian writers use for it."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from anyascii import anyascii

from matchmaker.engines.text.spellings import spelling_table

FOLDING_VERSION: Final = 1
"""Raise when any skeleton changes: the index and stored keys built with another version have to be rebuilt."""

_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile(r"[\u0300-\u036f]+")
_NOT_ASCII = re.compile(r"[^a-z0-9]")
_DOTS = str.maketrans({"İ": "i", "I": "i", "ı": "i"})
_SHCH = re.compile("[şš][çč]")

LETTERS: Final = spelling_table(
    "а=a б=b в=v г=g д=d е=e ж=j з=z и=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=h ц=c ч=c ш=s щ=s ъ= ы=i ь= "
    "э=e ю=iu я=ia і=i є=e ґ=g қ=k ғ=g ң=n ө=o ү=u ұ=u һ=h ә=a җ=j ј=j ђ=d ћ=c љ=l њ=n џ=c "
    "ß=ss æ=ae ø=o œ=oe ł=l đ=d ð=d þ=t ə=a"
)
"""Letters that have no decomposition; й, ё, ç, ş, ğ, ö, ü lose their marks before and need no entry."""

_LETTER_TABLE = str.maketrans(LETTERS)
_DIGRAPHS: Final = tuple(
    spelling_table("shch=s sch=s sh=s dzh=c zh=j dj=c tch=c ch=c kh=h ck=k ts=c w=v x=ks q=k ye=e").items()
)
_SOFT_O = re.compile(r"(?<=[bcdfghjklmnprstvz])yo")
_DOUBLES = re.compile(r"([a-z])\1+")


def words(text: str) -> list[str]:
    """The words of a text as written: runs of letters and digits of any script."""
    return _WORD.findall(_MARKS.sub("", unicodedata.normalize("NFC", text)))


def _plain(word: str) -> str:
    lowered = _SHCH.sub("s", word.translate(_DOTS).lower()).replace("ž", "j")
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", lowered))
    return bare.translate(_LETTER_TABLE)


@lru_cache(maxsize=262_144)
def fold_word(word: str) -> str:
    """The skeleton of one word: ``[a-z0-9]*``, the same for Щербаков, Shcherbakov and Şçerbakov."""
    text = _plain(word)
    if not text.isascii():
        text = anyascii(text).lower()
    text = _NOT_ASCII.sub("", text)
    text = _SOFT_O.sub("e", text)
    for spelling, letter in _DIGRAPHS:
        if spelling in text:
            text = text.replace(spelling, letter)
    return _DOUBLES.sub(r"\1", text.replace("y", "i"))


def tokens(text: str) -> list[str]:
    """The skeletons of a text's words, in order; words that fold to nothing are left out."""
    return [skeleton for skeleton in map(fold_word, words(text)) if skeleton]


def fold(text: str) -> str:
    """The text as skeletons joined by single spaces, for comparing and for columns that SQL searches."""
    return " ".join(tokens(text))


def prefix_key(text: str) -> str:
    """The skeleton of what has been typed so far, in the form in which the index keeps the beginnings of words."""
    return fold(text)
