"""The index entry of a firm, written as the JSON that tantivy takes in one call.

Making an entry is most of the work of building an index, so everything that repeats is made once and kept: what a word
adds to each field, and what a code or a set of codes does. A text is then two look-ups for each of its words.
"""

import json
from collections.abc import Iterable
from functools import cache
from typing import Final, NamedTuple
from zlib import crc32

from matchmaker.engines.search.codes import pack
from matchmaker.engines.search.document import FirmDocument
from matchmaker.engines.search.schema import (
    DIGEST,
    FACETS,
    FIRM_ID,
    NAMES,
    SPELLED_NAMES,
    SPELLED_TEXT,
    TEXT,
    Level,
)
from matchmaker.engines.text.casing import lower
from matchmaker.engines.text.expansion import word_language
from matchmaker.engines.text.folding import fold_word, words
from matchmaker.engines.text.legal_words import name_within
from matchmaker.engines.text.stemming import folded_stems

_KEPT_PIECES: Final = 262_144
_KEPT_CODES: Final = 65_536
_WHOLE_CODE: Final = 6
_FACET_OF: Final = {"languages": "language", "certificates": "certificate", "partnerships": "partnership"}
_GOODS: Final = ("offered", "sought")
_SETS: Final = ("nace", "languages", "certificates", "partnerships")
_SINGLE: Final = ("country", "region", "size")


def entry_of(firm: FirmDocument) -> str:
    """The index entry of a firm; ValueError when a code cannot be kept."""
    told = _told(firm)
    return f'{{"{FIRM_ID}":{firm.firm_id},"{DIGEST}":{crc32(told.encode())}{told}}}'


def digest(firm: FirmDocument) -> int:
    """A checksum of everything that is told about a firm; the same in every process."""
    return crc32(_told(firm).encode())


def _told(firm: FirmDocument) -> str:
    """The fields of the entry without number and checksum, each with a comma before it."""
    said, spelled = ["", ""], ["", ""]
    told = ""
    if firm.names:
        level = firm.level_of("names")
        told, said[level] = _names(firm.names, firm.name_language, level)
    for part, texts in (("texts", firm.texts), ("goods", firm.goods)):
        if texts:
            level = firm.level_of(part)
            for language, text in texts.items():
                known, pieces = _known(language), text.split()
                said[level] += "".join(map(known.terms.__getitem__, pieces))
                spelled[level] += "".join(map(known.unlike.__getitem__, pieces))
    for level in Level:
        if said[level]:
            told += f',"{TEXT[level]}":"{said[level]}"'
        if spelled[level]:
            told += f',"{SPELLED_TEXT[level]}":"{spelled[level]}"'
    return told + _codes(firm)


# ---------------------------------------------------------------- words


class IndexedWord(NamedTuple):
    """The terms of one word: its skeleton, the skeletons of itself and its stems, its spelling, and that if it differs.

    All are letters and digits, so they need no escaping in JSON.
    """

    skeleton: str
    terms: str
    spelling: str
    unlike: str


def _indexed_word(word: str, language: str) -> IndexedWord:
    spoken = word_language(word, language)
    skeleton, spelling = fold_word(word), lower(word, spoken)
    return IndexedWord(
        skeleton, " ".join(folded_stems(word, spoken)), spelling, "" if spelling == skeleton else spelling
    )


class _KnownWords(dict[str, tuple[IndexedWord, ...]]):
    """The words of what stands between two spaces, for the pieces of texts in one language that were met lately.

    ``terms`` and ``unlike`` keep what a piece adds to the two fields of a text, each word with a space before it.
    """

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self.terms = _KnownTerms(self, "terms")
        self.unlike = _KnownTerms(self, "unlike")

    def __missing__(self, piece: str) -> tuple[IndexedWord, ...]:
        if len(self) >= _KEPT_PIECES:
            self.clear()
        found = self[piece] = tuple(_indexed_word(word, self._language) for word in words(piece))
        return found


class _KnownTerms(dict[str, str]):
    """One of the two for pieces met lately; looking one up costs no call of Python."""

    def __init__(self, known: _KnownWords, kind: str) -> None:
        super().__init__()
        self._known = known
        self._kind = kind

    def __missing__(self, piece: str) -> str:
        if len(self) >= _KEPT_PIECES:
            self.clear()
        terms = (getattr(word, self._kind) for word in self._known[piece])
        found = self[piece] = "".join(f" {term}" for term in terms if term)
        return found


@cache
def _known(language: str) -> _KnownWords:
    return _KnownWords(language)


def _names(names: Iterable[str], language: str, level: Level) -> tuple[str, str]:
    """The fields of names alone, and what names add to the field of all words."""
    known = _known(language)
    terms: dict[str, None] = {}
    spellings: dict[str, None] = {}
    named: dict[str, None] = {}
    for name in names:
        found = [word for piece in name.split() for word in known[piece]]
        skeletons = [word[0] for word in found]
        start, end = name_within(skeletons)
        if len(skeletons) != end - start:
            found, skeletons = found[start:end], skeletons[start:end]
        named[" ".join(skeletons)] = None
        for _skeleton, term, spelling, _unlike in found:
            terms[term] = None
            spellings[spelling] = None
    lines = '","'.join(named)
    fields = f',"{NAMES[level]}":["{lines}"],"{SPELLED_NAMES[level]}":"{" ".join(spellings)}"'
    return fields, " ".join(terms)


# ---------------------------------------------------------------- codes


def _codes(firm: FirmDocument) -> str:
    """The fields of the parts that are codes."""
    registered = firm.registered
    told = ""
    for part in _SINGLE:
        if code := getattr(firm, part):
            told += _known_set(part, part in registered)[(code,)]
    for part in _SETS:
        if codes := getattr(firm, part):
            told += _known_set(part, part in registered)[codes]
    for part in _GOODS:
        if codes := getattr(firm, part):
            told += _goods(part, codes, Level.REGISTERED if part in registered else Level.EVERYBODY)
    return told


class _KnownSets(dict[tuple[str, ...], str]):
    """The fields of sets of codes of a part, with the codes above them, when they may be seen from a level on."""

    def __init__(self, part: str, level: Level) -> None:
        super().__init__()
        self._part = part
        self._level = level

    def __missing__(self, codes: tuple[str, ...]) -> str:
        if len(self) >= _KEPT_CODES:
            self.clear()
        found: dict[str, dict[str, None]] = {}
        for code in codes:
            for name, one in _facets(self._part, code):
                facet = FACETS[name]
                value = str(pack(one)) if facet.packed else json.dumps(one)
                found.setdefault(facet.field_of(one, self._level), {})[value] = None
        written = self[codes] = "".join(_field(field, values) for field, values in found.items())
        return written


@cache
def _known_set(part: str, registered: bool) -> _KnownSets:
    return _KnownSets(part, Level.REGISTERED if registered else Level.EVERYBODY)


def _facets(part: str, code: str) -> list[tuple[str, str]]:
    """The facets that a code of a part belongs to, with the code by which each knows it."""
    if part == "nace":
        return [("nace", code), ("division", code[:2])]
    return [(_FACET_OF.get(part, part), code)]


def _field(field: str, values: Iterable[str]) -> str:
    return f',"{field}":[{",".join(values)}]'


class _KnownGoods(dict[str, tuple[str, str, str]]):
    """Chapter, heading and whole code of a good as the index keeps them; a shorter code is also kept as it is given."""

    def __missing__(self, code: str) -> tuple[str, str, str]:
        if len(self) >= _KEPT_CODES:
            self.clear()
        heading = str(pack(code[:4])) if len(code) >= len("8481") else ""
        found = self[code] = str(pack(code[:2])), heading, str(pack(code[:_WHOLE_CODE]))
        return found


_GOOD: Final = _KnownGoods()


@cache
def _fields_of_goods(part: str, level: Level) -> tuple[str, ...]:
    return tuple(FACETS[part].field_of(code, level) for code in ("84", "8481", "848180"))


def _goods(part: str, codes: Iterable[str], level: Level) -> str:
    chapters, headings, whole = zip(*map(_GOOD.__getitem__, codes), strict=True)
    fields = _fields_of_goods(part, level)
    told = _field(fields[0], dict.fromkeys(chapters)) + _field(fields[2], dict.fromkeys(whole))
    if kept := ",".join(filter(None, dict.fromkeys(headings))):
        told += f',"{fields[1]}":[{kept}]'
    return told
