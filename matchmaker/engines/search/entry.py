"""The index entry of a firm, written as the JSON that tantivy takes in one call.

Making an entry is a good part of the work of building an index, so everything that repeats is made once and kept: what a
piece of text adds to each field, and what a code or a set of codes does. A text is then one look-up for each of its words.
Terms, marks and codes are ASCII without quotes, so an entry needs no escaping and is put together by copying bytes.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from itertools import chain
from operator import itemgetter
from typing import Final, NamedTuple, TypeVar, cast
from zlib import crc32

from matchmaker.engines.search.codes import pack
from matchmaker.engines.search.document import FirmDocument
from matchmaker.engines.search.schema import (
    DIGEST,
    FACETS,
    FIRM_ID,
    MARKS,
    NAMED,
    NAMES,
    SAID,
    TEXT,
    Level,
    from_level,
    spelling_mark,
)
from matchmaker.engines.text.casing import lower
from matchmaker.engines.text.expansion import word_language
from matchmaker.engines.text.folding import fold_word, words
from matchmaker.engines.text.legal_words import name_within
from matchmaker.engines.text.stemming import folded_stems

_KEPT_PIECES: Final = 262_144
_KEPT_CODES: Final = 65_536
_KEPT_LANGUAGES: Final = 256
_KEPT_SHAPES: Final = 4_096
_CHAPTER: Final = len("84")
_HEADING: Final = len("8481")
_WHOLE_CODE: Final = len("848180")
_FACET_OF: Final = {"languages": "language", "certificates": "certificate", "partnerships": "partnership"}
_SETS: Final = ("nace", "languages", "certificates", "partnerships")
_SINGLE: Final = ("country", "region", "size")
_GOODS: Final = ("offered", "sought")
_PARTS: Final = ("names", "texts", "goods", *_SINGLE, *_SETS, *_GOODS)

_LEVELS: Final = tuple(Level)
_Lines = tuple[list[str], list[str]]
_Key = TypeVar("_Key")
_Made = TypeVar("_Made")


def entry_of(firm: FirmDocument) -> str:
    """The index entry of a firm; ValueError when a code cannot be kept."""
    told = _told(firm)
    return f'{{"{FIRM_ID}":{firm.firm_id},"{DIGEST}":{crc32(told.encode())}{told}}}'


def digest(firm: FirmDocument) -> int:
    """A checksum of everything that is told about a firm; the same in every process."""
    return crc32(_told(firm).encode())


def _told(firm: FirmDocument) -> str:
    """The fields of the entry without number and checksum, each with a comma before it."""
    shape = _SHAPES[firm.registered]
    terms: _Lines = ([], [])
    marks: _Lines = ([], [])
    told = [shape.singles[firm.country, firm.region, firm.size]]
    if firm.names:
        level = shape.levels["names"]
        fields, named, spelled = _names(firm.names, _WORDS[firm.name_language], level)
        told.append(fields)
        terms[level].append(named)
        marks[level].append(spelled)
    _add_texts(firm.texts, terms[shape.levels["texts"]], marks[shape.levels["texts"]])
    _add_texts(firm.goods, terms[shape.levels["goods"]], marks[shape.levels["goods"]])
    _add_codes(firm, shape, told, marks)
    for level in _LEVELS:
        if terms[level]:
            told.append(f',"{TEXT[level]}":"{"".join(terms[level])}"')
        if marks[level]:
            told.append(f',"{MARKS[level]}":"{"".join(marks[level])}"')
    return "".join(told)


def _add_texts(texts: Mapping[str, str], terms: list[str], marks: list[str]) -> None:
    for language, text in texts.items():
        if pieces := text.split():
            said, spelled = zip(*map(_PIECES[language].__getitem__, pieces), strict=True)
            terms += said
            marks += spelled


def _add_codes(firm: FirmDocument, shape: "_Shape", told: list[str], marks: "_Lines") -> None:
    for part in _SETS:
        if codes := getattr(firm, part):
            fields, marked = shape.sets[part][codes]
            told.append(fields)
            marks[shape.levels[part]].append(marked)
    for part in _GOODS:
        if codes := getattr(firm, part):
            known = shape.goods[part]
            chapters, above = zip(*map(known.__getitem__, codes), strict=True)
            told.append(_field(known.field, dict.fromkeys(chapters)))
            marks[shape.levels[part]].extend(above)


class _Kept(dict[_Key, _Made]):
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


# ---------------------------------------------------------------- words


class NamedWord(NamedTuple):
    """A word of a name: its skeleton, the skeletons of itself and its stems, and the mark of its spelling."""

    skeleton: str
    terms: str
    mark: str


_SKELETON: Final = cast("Callable[[NamedWord], str]", itemgetter(0))
_TERMS: Final = cast("Callable[[NamedWord], str]", itemgetter(1))
_MARK: Final = cast("Callable[[NamedWord], str]", itemgetter(2))


def _words_of_name(language: str, piece: str) -> tuple[NamedWord, ...]:
    """The words of what stands between two spaces of a name."""
    return tuple(_named_word(word, language) for word in words(piece))


def _named_word(word: str, language: str) -> NamedWord:
    spoken = word_language(word, language)
    terms = " ".join(folded_stems(word, spoken))
    return NamedWord(fold_word(word), terms, spelling_mark(NAMED, lower(word, spoken)))


def _piece_of_text(language: str, piece: str) -> tuple[str, str]:
    """What stands between two spaces of a text: its terms and the marks of its spellings, each with a space before it."""
    terms = marks = ""
    for word in words(piece):
        spoken = word_language(word, language)
        terms += "".join(f" {term}" for term in folded_stems(word, spoken))
        spelling = lower(word, spoken)
        if spelling != fold_word(word):
            marks += f" {spelling_mark(SAID, spelling)}"
    return terms, marks


_WORDS: Final = _Kept[str, _Kept[str, tuple[NamedWord, ...]]](
    lambda language: _Kept(partial(_words_of_name, language), _KEPT_PIECES), _KEPT_LANGUAGES
)
_PIECES: Final = _Kept[str, _Kept[str, tuple[str, str]]](
    lambda language: _Kept(partial(_piece_of_text, language), _KEPT_PIECES), _KEPT_LANGUAGES
)


def _names(
    names: Iterable[str], known: Mapping[str, tuple[NamedWord, ...]], level: int
) -> tuple[str, str, str]:
    """The field of names alone, and what names add to the terms of all words and to the marks."""
    every: list[NamedWord] = []
    named: dict[str, None] = {}
    for name in names:
        found = list(chain.from_iterable(map(known.__getitem__, name.split())))
        skeletons = list(map(_SKELETON, found))
        start, end = name_within(skeletons)
        named[" ".join(skeletons[start:end])] = None
        every += found[start:end]
    lines = '","'.join(named)
    terms, marks = dict.fromkeys(map(_TERMS, every)), dict.fromkeys(map(_MARK, every))
    return f',"{NAMES[level]}":["{lines}"]', " ".join(terms), " ".join(marks)


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


class _Goods(_Kept[str, tuple[str, str]]):
    """The goods of a side, and the field of their chapters."""

    def __init__(self, part: str, level: Level) -> None:
        super().__init__(partial(_good, part, level), _KEPT_CODES)
        self.field = from_level(FACETS[part].field, level)


@cache
def _sets(part: str, level: Level) -> _Kept[tuple[str, ...], tuple[str, str]]:
    return _Kept(partial(_set, part, level), _KEPT_CODES)


@cache
def _goods(part: str, level: Level) -> _Goods:
    return _Goods(part, level)


class _Shape:
    """Where the parts of firms go that keep the same parts from visitors."""

    def __init__(self, registered: frozenset[str]) -> None:
        self.levels = {part: Level(part in registered) for part in _PARTS}
        self.singles = _Kept(partial(_singles, self.levels), _KEPT_CODES)
        self.sets = {part: _sets(part, self.levels[part]) for part in _SETS}
        self.goods = {part: _goods(part, self.levels[part]) for part in _GOODS}


_SHAPES: Final = _Kept[frozenset[str], _Shape](_Shape, _KEPT_SHAPES)
