"""Pieces in blocks of memory for the compiled loops: what is met for the first time is made by `pieces` and added."""

from collections.abc import Callable, Iterator, Mapping, Sequence, Sized
from itertools import pairwise
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt

from matchmaker.engines.search import compiled
from matchmaker.engines.search.compiled import FULL, Bytes, Ints, Words
from matchmaker.engines.search.pieces import KEPT_PIECES, piece_of_text, words_of_name
from matchmaker.engines.text.legal_words import FORMS

_FIRST_SLOTS: Final = 1 << 12
_FIRST_BYTES: Final = 1 << 16
_FIRST_ROWS: Final = 1 << 10
_MEMBERS: Final = 8
_PART: Final = "\0"
_LONGEST_FORM: Final = max(map(len, FORMS))

_Kind = TypeVar("_Kind", bound=np.generic)


class _Table:
    """Pieces by language in slots, with the bytes that belong to them; forgets all of them when there are too many."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forget everything."""
        self.slots: Words = np.zeros((_FIRST_SLOTS, 4), dtype=np.uint64)
        self.kept: Bytes = np.zeros(_FIRST_BYTES, dtype=np.uint8)
        self._pieces = self._used = 0

    @property
    def blocks(self) -> compiled.Table:
        """What the loops take."""
        return self.slots, self.kept

    @property
    def is_full(self) -> bool:
        """Whether enough pieces are known."""
        return self._pieces >= KEPT_PIECES

    def keep(self, some: bytes) -> int:
        """Where these bytes stand from now on."""
        at, self._used = self._used, self._used + len(some)
        while self._used > len(self.kept):
            self.kept = _doubled(self.kept)
        self.kept[at : self._used] = np.frombuffer(some, dtype=np.uint8)
        return at

    def add(self, at: int, length: int, number: int, language: int, other: int, hashed: int) -> None:
        """Put a piece into a slot: where its bytes stand and how many, and two numbers with it."""
        if 2 * (self._pieces + 1) > len(self.slots):
            slots = np.zeros((2 * len(self.slots), 4), dtype=np.uint64)
            compiled.put_all(slots, self.slots)
            self.slots = slots
        row = (hashed % 2**64, at, length << 32 | number, language << 32 | other)
        compiled.put(self.slots, np.asarray(row, dtype=np.uint64))
        self._pieces += 1


class _Numbers(dict[str, int]):
    """Texts by number, in the order in which they came."""

    def __missing__(self, text: str) -> int:
        number = self[text] = len(self)
        return number


class CompiledPieces:
    """Pieces as Pieces says, found by compiled loops."""

    def __init__(self) -> None:
        self._languages = _Numbers()
        self._said, self._named = _Table(), _Table()
        self._outs = _outs(_FIRST_BYTES)
        self._forget_names()

    def _forget_names(self) -> None:
        self._named.clear()
        self._rows: Ints = np.zeros((_FIRST_ROWS, _MEMBERS), dtype=np.int64)
        self._words = 0
        self._terms, self._marks, self._legal = _Numbers(), _Numbers(), _Numbers({"": 0})
        self._forms: Ints = np.asarray(
            [
                [len(form), *map(self._legal.__getitem__, form), *[0] * (_LONGEST_FORM - len(form))]
                for form in FORMS
            ],
            dtype=np.int64,
        )

    def texts(self, texts: Sequence[Mapping[str, str]]) -> tuple[Sequence[str], Sequence[str]]:
        """As Pieces says."""
        if self._said.is_full:
            self._said.clear()
        whole, ends = _joined([text for some in texts for text in some.values()])
        languages = self._languages_of([language for some in texts for language in some])
        said = np.zeros((len(ends) + 1, 2), dtype=np.int64)

        def say(unknown: Ints) -> int:
            table, outs = self._said.blocks, (self._outs[1], self._outs[2])
            return int(compiled.say_texts(whole, ends, languages, table, outs, said[1:], unknown))

        self._repeat(say, whole, self._learn_text)
        terms, marks = _slices(self._outs[1:], said[_ends_of(texts)])
        return terms, marks

    def names(
        self, languages: Sequence[str], names: Sequence[Sequence[str]]
    ) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
        """As Pieces says."""
        if self._named.is_full:
            self._forget_names()
        whole, ends = _joined([name for some in names for name in some])
        firms, spoken = _ends_of(names), self._languages_of(languages)
        said = np.zeros((len(names), 3), dtype=np.int64)

        def say(unknown: Ints) -> int:
            table, rows, outs = self._named.blocks, self._rows, self._outs
            return int(
                compiled.say_names(whole, ends, firms, spoken, self._forms, table, rows, outs, said, unknown)
            )

        self._repeat(say, whole, self._learn_name)
        lines, terms, marks = _slices(self._outs, said)
        return lines, terms, marks

    def _languages_of(self, languages: Sequence[str]) -> Ints:
        return np.fromiter(map(self._languages.__getitem__, languages), dtype=np.int64, count=len(languages))

    def _repeat(
        self, say: Callable[[Ints], int], whole: Bytes, learn: Callable[[bytes, str, int], None]
    ) -> None:
        """Say until nothing is unknown and all of it has room."""
        unknown: Ints = np.empty((len(whole) // 2 + 1, 4), dtype=np.int64)
        names = list(self._languages)
        while missing := say(unknown):
            if missing == FULL:
                self._outs = _outs(2 * len(self._outs[0]))
                continue
            found = unknown[:missing].tolist()
            fresh = {(language, whole[first:end].tobytes()): hashed for first, end, hashed, language in found}
            for (language, piece), hashed in fresh.items():
                learn(piece, names[language], hashed)

    def _learn_text(self, piece: bytes, language: str, hashed: int) -> None:
        terms, marks = piece_of_text(language, piece.decode("utf-8", "surrogatepass"))
        at = self._said.keep(piece + terms.encode("ascii") + marks.encode("ascii"))
        self._said.add(at, len(piece), len(terms), self._languages[language], len(marks), hashed)

    def _learn_name(self, piece: bytes, language: str, hashed: int) -> None:
        words, first, keep = (
            words_of_name(language, piece.decode("utf-8", "surrogatepass")),
            self._words,
            self._named.keep,
        )
        at = keep(piece)
        for word in words:
            if self._words == len(self._rows):
                self._rows = _doubled(self._rows)
            self._rows[self._words] = (
                self._legal.get(word.skeleton, 0),
                keep(word.skeleton.encode("ascii")),
                len(word.skeleton),
                keep(word.terms.encode("ascii")),
                len(word.terms),
                self._terms[word.terms],
                keep(word.mark.encode("ascii")),
                self._marks[word.mark],
            )
            self._words += 1
        self._named.add(at, len(piece), len(words), self._languages[language], first, hashed)


def _joined(texts: Sequence[str]) -> tuple[Bytes, Ints]:
    """Texts as bytes one behind the other, and where each ends: before the blank that parts it from the next."""
    whole = np.frombuffer(_PART.join(texts).encode("utf-8", "surrogatepass"), dtype=np.uint8)
    parts = np.flatnonzero(whole == ord(_PART))
    if len(parts) != len(texts) - 1:
        return _joined([text.replace(_PART, " ") for text in texts]) if texts else (whole, parts)
    return whole, np.append(parts, len(whole))


def _ends_of(some: Sequence[Sized]) -> Ints:
    """How many things there are up to the end of each of some."""
    return np.cumsum(np.fromiter(map(len, some), dtype=np.int64, count=len(some)))


def _slices(outs: Sequence[Bytes], said: Ints) -> Iterator[list[str]]:
    """What was written, out by out, cut at the ends."""
    for out, ends in zip(outs, said.T.tolist(), strict=True):
        whole = str(out[: max(ends, default=0)].data, "ascii")
        yield [whole[begin:end] for begin, end in pairwise([0, *ends])]


def _outs(length: int) -> tuple[Bytes, Bytes, Bytes]:
    lines, terms, marks = np.zeros((3, length), dtype=np.uint8)
    return lines, terms, marks


def _doubled(some: npt.NDArray[_Kind]) -> npt.NDArray[_Kind]:
    return np.concatenate((some, np.zeros_like(some)))
