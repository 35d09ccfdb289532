"""The index entry of a firm, written as the JSON that tantivy takes in one call.

Making an entry is a good part of the work of building an index, so everything that repeats is made once and kept: what a
piece of text adds to each field, and what a code or a set of codes does. A text is then one look-up for each of its words.
Terms, marks and codes are ASCII without quotes, so an entry needs no escaping and is put together by copying bytes.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from operator import attrgetter
from typing import Final
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
_PARTS: Final = ("names", "texts", "goods", *_SINGLE, *_SETS, *_GOODS)

_OF_SETS: Final = attrgetter(*_SETS)
_OF_GOODS: Final = attrgetter(*_GOODS)

_LEVELS: Final = tuple(Level)


def entries_of(firms: Sequence[FirmDocument], pieces: Pieces = PLAIN) -> list[str]:
    """The index entries of firms; ValueError when a code cannot be kept."""
    return [
        f'{{"{FIRM_ID}":{firm.firm_id},"{DIGEST}":{crc32(told.encode())}{told}}}'
        for firm, told in zip(firms, _told(firms, pieces), strict=True)
    ]


def digest(firm: FirmDocument) -> int:
    """A checksum of everything that is told about a firm; the same in every process."""
    return crc32(next(_told([firm], PLAIN)).encode())


def _told(firms: Sequence[FirmDocument], pieces: Pieces) -> Iterator[str]:
    """The fields of each entry without number and checksum, each with a comma before it."""
    named = pieces.names([(firm.name_language, firm.names) for firm in firms])
    said = pieces.texts(
        [text for firm in firms for texts in (firm.texts, firm.goods) for text in texts.items()]
    )
    following = iter(said).__next__
    for firm, (lines, *of_names) in zip(firms, named, strict=True):
        shape = _SHAPES[firm.registered]
        levels = shape.levels
        terms, marks = ["", ""], ["", ""]
        told = [shape.singles[firm.country, firm.region, firm.size]]
        if firm.names:
            level = levels["names"]
            told.append(f',"{NAMES[level]}":["{lines}"]')
            terms[level], marks[level] = of_names
        for level, texts in ((levels["texts"], firm.texts), (levels["goods"], firm.goods)):
            for _language in texts:
                more, spelled = following()
                terms[level] += more
                marks[level] += spelled
        _add_codes(firm, shape, told, marks)
        for level in _LEVELS:
            if terms[level]:
                told.append(f',"{TEXT[level]}":"{terms[level]}"')
            if marks[level]:
                told.append(f',"{MARKS[level]}":"{marks[level]}"')
        yield "".join(told)


def _add_codes(firm: FirmDocument, shape: "_Shape", told: list[str], marks: list[str]) -> None:
    for (known, level), codes in zip(shape.sets, _OF_SETS(firm), strict=True):
        if codes:
            fields, marked = known[codes]
            told.append(fields)
            marks[level] += marked
    for (goods, level), codes in zip(shape.goods, _OF_GOODS(firm), strict=True):
        if len(codes) == 1:
            fields, marked = goods.alone[codes[0]]
            told.append(fields)
            marks[level] += marked
        elif codes:
            chapters, above = zip(*map(goods.__getitem__, codes), strict=True)
            told.append(f"{goods.field}{','.join(dict.fromkeys(chapters))}]")
            marks[level] += "".join(above)


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
    """The goods of a side: chapter and marks of each, how the field of their chapters begins, and the field of one good."""

    def __init__(self, part: str, level: Level) -> None:
        super().__init__(partial(_good, part, level), _KEPT_CODES)
        self.field = f',"{from_level(FACETS[part].field, level)}":['
        self.alone = Kept(self._alone, _KEPT_CODES)

    def _alone(self, code: str) -> tuple[str, str]:
        chapter, marks = self[code]
        return f"{self.field}{chapter}]", marks


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
        self.sets = [(_sets(part, self.levels[part]), self.levels[part]) for part in _SETS]
        self.goods = [(_goods(part, self.levels[part]), self.levels[part]) for part in _GOODS]


_SHAPES: Final = Kept[frozenset[str], _Shape](_Shape, _KEPT_SHAPES)
