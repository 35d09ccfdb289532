"""The index entry of a firm, written as the JSON that tantivy takes in one call.

Making an entry is a good part of the work of building an index, so everything that repeats is made once and kept: what a
piece of text adds to each field, and what a code or a set of codes does. A text is then one look-up for each of its words.
Terms, marks and codes are ASCII without quotes, so an entry needs no escaping and is put together by copying bytes.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Any, Final
from zlib import crc32

from matchmaker.engines.search.codes import pack
from matchmaker.engines.search.document import FirmDocument
from matchmaker.engines.search.pieces import PLAIN, Kept, Pieces
from matchmaker.engines.search.schema import DIGEST, FACETS, FIRM_ID, MARKS, NAMES, TEXT, Level, from_level

_KEPT_CODES: Final = 65_536
_KEPT_SHAPES: Final = 4_096
_CHAPTER: Final = len("84")
_HEADING: Final = len("8481")
_WHOLE_CODE: Final = len("848180")
_FACET_OF: Final = {"languages": "language", "certificates": "certificate", "partnerships": "partnership"}
_SETS: Final = ("nace", "languages", "certificates", "partnerships")
_SINGLE: Final = ("country", "region", "size")
_GOODS: Final = ("offered", "sought")
_TEXTS: Final = ("texts", "goods")
_PARTS: Final = ("names", *_TEXTS, *_SINGLE, *_SETS, *_GOODS)

_LEVELS: Final = tuple(Level)

_Columns = Mapping[str, tuple[Any, ...]]
"""What firms say, part by part: each part of all of them."""


def entries_of(firms: Sequence[FirmDocument], pieces: Pieces = PLAIN) -> list[str]:
    """The index entries of firms; ValueError when a code cannot be kept."""
    return [
        f'{{"{FIRM_ID}":{firm.firm_id},"{DIGEST}":{crc32(told.encode())}{told}}}'
        for firm, told in zip(firms, _told(firms, pieces), strict=True)
    ]


def digests_of(firms: Sequence[FirmDocument]) -> list[int]:
    """Checksums of everything that is told about firms; the same in every process."""
    return [crc32(told.encode()) for told in _told(firms, PLAIN)]


def _told(firms: Sequence[FirmDocument], pieces: Pieces) -> list[str]:
    """The fields of each entry without number and checksum, each with a comma before it."""
    alike: dict[frozenset[str], list[int]] = {}
    for at, firm in enumerate(firms):
        alike.setdefault(firm.registered, []).append(at)
    told = [""] * len(firms)
    for registered, places in alike.items():
        some = _columns(map(firms.__getitem__, places))
        for at, one in zip(places, _told_alike(some, _SHAPES[registered], pieces), strict=True):
            told[at] = one
    return told


def _columns(firms: Iterable[FirmDocument]) -> _Columns:
    return dict(zip(FirmDocument._fields, zip(*firms, strict=True), strict=True))


def _told_alike(firms: _Columns, shape: "_Shape", pieces: Pieces) -> Iterator[str]:
    """The same of firms that keep the same parts from visitors."""
    lines, *of_names = pieces.names(firms["name_language"], firms["names"])
    fields: list[Iterable[str]] = [
        map(shape.singles.__getitem__, zip(*map(firms.__getitem__, _SINGLE), strict=True)),
        [
            f',"{NAMES[shape.levels["names"]]}":["{line}"]' if names else ""
            for names, line in zip(firms["names"], lines, strict=True)
        ],
    ]
    terms, marks = _by_level(), _by_level()
    for part, said in (("names", of_names), *((part, pieces.texts(firms[part])) for part in _TEXTS)):
        for words, column in zip((terms, marks), said, strict=True):
            words[shape.levels[part]].append(column)
    for part, add in shape.codes:
        told, marked = zip(*map(add, firms[part]), strict=True)
        fields.append(told)
        marks[shape.levels[part]].append(marked)
    for level in _LEVELS:
        fields += [
            _words(*one) for one in ((TEXT[level], terms[level]), (MARKS[level], marks[level])) if one[1]
        ]
    return map("".join, zip(*fields, strict=True))


def _by_level() -> tuple[list[Iterable[str]], ...]:
    return tuple([] for _level in _LEVELS)


def _words(field: str, columns: Sequence[Iterable[str]]) -> Iterator[str]:
    """A field of words for each firm, from the columns that add to it."""
    for said in map("".join, zip(*columns, strict=True)):
        yield f',"{field}":"{said}"' if said else ""


# ---------------------------------------------------------------- codes


def _facets(part: str, code: str) -> list[tuple[str, str]]:
    """The facets that a code of a part belongs to, with the code by which each knows it."""
    if part == "nace":
        return [("nace", code), ("division", code[:2])]
    return [(_FACET_OF.get(part, part), code)]


def _set(part: str, level: Level, codes: Iterable[str]) -> tuple[str, str]:
    """The fields and the marks of a set of codes of a part, with the codes above them."""
    fields: dict[str, dict[str, None]] = {}
    marks = ""
    for name, one in (pair for code in codes for pair in _facets(part, code)):
        field, term = FACETS[name].place_of(one, level)
        if field == MARKS[level]:
            marks += f" {term}"
        else:
            fields.setdefault(field, {})[json.dumps(term)] = None
    return "".join(_field(field, values) for field, values in fields.items()), marks


def _field(field: str, values: Iterable[str]) -> str:
    return f',"{field}":[{",".join(values)}]'


def _singles(levels: Mapping[str, Level], codes: tuple[str, ...]) -> str:
    """The fields of the parts of which a firm has one code."""
    told = (_set(part, levels[part], [code])[0] for part, code in zip(_SINGLE, codes, strict=True) if code)
    return "".join(told)


def _good(part: str, level: Level, code: str) -> tuple[str, str]:
    """The chapter of a good as its field keeps it, and the marks of heading and code; a shorter code also as it is given."""
    above = (
        [code[:_HEADING], code[:_WHOLE_CODE]]
        if len(code) > _HEADING
        else [code]
        if len(code) == _HEADING
        else []
    )
    marks = {FACETS[part].place_of(one, level)[1]: None for one in above}
    marks[FACETS[f"{part}_as"].place_of(code[:_WHOLE_CODE], level)[1]] = None
    return str(pack(code[:_CHAPTER])), "".join(f" {one}" for one in marks)


class _Goods(Kept[str, tuple[str, str]]):
    """The goods of a side: chapter and marks of each."""

    def __init__(self, part: str, level: Level) -> None:
        super().__init__(partial(_good, part, level), _KEPT_CODES)
        self._begins = f',"{from_level(FACETS[part].field, level)}":['
        self._alone = Kept(self._one, _KEPT_CODES)

    def of(self, codes: Sequence[str]) -> tuple[str, str]:
        """The field of the chapters and the marks of a firm's goods."""
        if len(codes) == 1:
            return self._alone[codes[0]]
        if not codes:
            return "", ""
        chapters, marks = zip(*map(self.__getitem__, codes), strict=True)
        return f"{self._begins}{','.join(dict.fromkeys(chapters))}]", "".join(marks)

    def _one(self, code: str) -> tuple[str, str]:
        chapter, marks = self[code]
        return f"{self._begins}{chapter}]", marks


@cache
def _sets(part: str, level: Level) -> Kept[tuple[str, ...], tuple[str, str]]:
    return Kept(partial(_set, part, level), _KEPT_CODES)


@cache
def _goods(part: str, level: Level) -> _Goods:
    return _Goods(part, level)


class _Shape:
    """Where the parts of firms go that keep the same parts from visitors."""

    def __init__(self, registered: frozenset[str]) -> None:
        self.levels = {part: Level(part in registered) for part in _PARTS}
        self.singles = Kept(partial(_singles, self.levels), _KEPT_CODES)
        self.codes: list[tuple[str, Callable[[tuple[str, ...]], tuple[str, str]]]] = [
            *((part, _sets(part, self.levels[part]).__getitem__) for part in _SETS),
            *((part, _goods(part, self.levels[part]).of) for part in _GOODS),
        ]


_SHAPES: Final = Kept[frozenset[str], _Shape](_Shape, _KEPT_SHAPES)
