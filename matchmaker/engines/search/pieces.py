"""What names and texts add to an entry, piece by piece: a piece is what stands between two spaces.

Working out what a piece adds takes longer than all else, so it is made once and kept.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import chain
from operator import itemgetter
from typing import Final, NamedTuple, Protocol, TypeVar, cast

from matchmaker.engines.search.schema import NAMED, SAID, spelling_mark
from matchmaker.engines.text.casing import lower
from matchmaker.engines.text.expansion import word_language
from matchmaker.engines.text.folding import fold_word, words
from matchmaker.engines.text.legal_words import name_within
from matchmaker.engines.text.stemming import folded_stems

KEPT_PIECES: Final = 262_144
_KEPT_LANGUAGES: Final = 256
MANY: Final = 500_000
"""From so many firms on, loading and now and then compiling the loops takes less time than they save."""

_Key = TypeVar("_Key")
_Made = TypeVar("_Made")


class Pieces(Protocol):
    """What looks pieces up for many firms at once; every way to do so gives the same."""

    def texts(self, texts: Sequence[Mapping[str, str]]) -> tuple[Sequence[str], Sequence[str]]:
        """The terms and the marks of each firm's texts by language; each term and mark has a space before it."""

    def names(
        self, languages: Sequence[str], names: Sequence[Sequence[str]]
    ) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
        """What each firm's names in its language add.

        The skeletons of each name without legal forms, as the inside of a list of JSON; the terms and the marks of
        their words with a space between.
        """


class Kept(dict[_Key, _Made]):
    """What was made lately, up to so many; looking it up again costs no call of Python."""

    def __init__(self, make: Callable[[_Key], _Made], most: int) -> None:
        super().__init__()
        self._make = make
        self._most = most

    def __missing__(self, key: _Key) -> _Made:
        if len(self) >= self._most:
            self.clear()
        made = self[key] = self._make(key)
        return made


class NamedWord(NamedTuple):
    """A word of a name: its skeleton, the skeletons of itself and its stems, and the mark of its spelling."""

    skeleton: str
    terms: str
    mark: str


def words_of_name(language: str, piece: str) -> tuple[NamedWord, ...]:
    """The words of a piece of a name."""
    return tuple(_named_word(word, language) for word in words(piece))


def _named_word(word: str, language: str) -> NamedWord:
    spoken = word_language(word, language)
    terms = " ".join(folded_stems(word, spoken))
    return NamedWord(fold_word(word), terms, spelling_mark(NAMED, lower(word, spoken)))


def piece_of_text(language: str, piece: str) -> tuple[str, str]:
    """A piece of a text: its terms and the marks of its spellings, each with a space before it."""
    terms = marks = ""
    for word in words(piece):
        spoken = word_language(word, language)
        terms += "".join(f" {term}" for term in folded_stems(word, spoken))
        spelling = lower(word, spoken)
        if spelling != fold_word(word):
            marks += f" {spelling_mark(SAID, spelling)}"
    return terms, marks


# ---------------------------------------------------------------- looked up in dictionaries

_SKELETON: Final = cast("Callable[[NamedWord], str]", itemgetter(0))
_TERMS: Final = cast("Callable[[NamedWord], str]", itemgetter(1))
_MARK: Final = cast("Callable[[NamedWord], str]", itemgetter(2))

_WORDS: Final = Kept[str, Kept[str, tuple[NamedWord, ...]]](
    lambda language: Kept(partial(words_of_name, language), KEPT_PIECES), _KEPT_LANGUAGES
)
_PIECES: Final = Kept[str, Kept[str, tuple[str, str]]](
    lambda language: Kept(partial(piece_of_text, language), KEPT_PIECES), _KEPT_LANGUAGES
)


class PlainPieces:
    """Pieces in dictionaries, for a few firms and where numba is not installed."""

    def texts(self, texts: Sequence[Mapping[str, str]]) -> tuple[Sequence[str], Sequence[str]]:
        """As Pieces says."""
        terms, marks = zip(*map(_text, texts), strict=True)
        return terms, marks

    def names(
        self, languages: Sequence[str], names: Sequence[Sequence[str]]
    ) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
        """As Pieces says."""
        said = [_names(some, _WORDS[language]) for language, some in zip(languages, names, strict=True)]
        lines, terms, marks = zip(*said, strict=True)
        return lines, terms, marks


def _text(texts: Mapping[str, str]) -> tuple[str, str]:
    said = [
        piece
        for language, text in texts.items()
        for piece in map(_PIECES[language].__getitem__, text.split())
    ]
    terms, marks = zip(*said, strict=True) if said else ((), ())
    return "".join(terms), "".join(marks)


def _names(names: Iterable[str], known: Mapping[str, tuple[NamedWord, ...]]) -> tuple[str, str, str]:
    every: list[NamedWord] = []
    named: dict[str, None] = {}
    for name in names:
        found = list(chain.from_iterable(map(known.__getitem__, name.split())))
        skeletons = list(map(_SKELETON, found))
        start, end = name_within(skeletons)
        named[" ".join(skeletons[start:end])] = None
        every += found[start:end]
    terms, marks = dict.fromkeys(map(_TERMS, every)), dict.fromkeys(map(_MARK, every))
    return '","'.join(named), " ".join(terms), " ".join(marks)


PLAIN: Final = PlainPieces()


def pieces_for(firms: int) -> Pieces:
    """The way that suits so many firms: compiled from MANY on, if numba is installed and can keep what it compiles."""
    if firms < MANY:
        return PLAIN
    try:
        from matchmaker.engines.search.tables import CompiledPieces  # noqa: PLC0415 - takes seconds, and needs numba
    except (ImportError, RuntimeError):
        return PLAIN
    return CompiledPieces()
