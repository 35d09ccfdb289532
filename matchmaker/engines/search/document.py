"""What the index is told about a firm, and from which level of readers on each part may be found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from types import MappingProxyType
from typing import Final, NamedTuple
from zlib import crc32

from tantivy import Document

from matchmaker.engines.search.codes import pack
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

_NO_TEXTS: Final[Mapping[str, str]] = MappingProxyType({})
_KEPT_PIECES: Final = 262_144
_KEPT_CODES: Final = 65_536
_WHOLE_CODE: Final = 6


@dataclass(frozen=True, slots=True)
class FirmDocument:
    """A firm as the directory knows it; codes are strings, texts are keyed by language (tr, ru, en or any other).

    ``names`` hold every spelling (original, romanised, short); ``name_language`` decides their Turkish i. ``texts``
    are what the firm says of itself, ``goods`` what it calls its goods. ``nace`` are classes such as 28.14, of which
    the divisions are taken; ``offered`` and ``sought`` are HS codes of 2, 4 or 6 digits; ``partnerships`` are whatever
    codes the caller filters by, with their direction. ``registered`` names the parts (these attributes) that only
    readers with an account may find; what nobody may find is left empty.
    """

    firm_id: int
    names: tuple[str, ...]
    texts: Mapping[str, str] = field(default_factory=lambda: _NO_TEXTS)
    goods: Mapping[str, str] = field(default_factory=lambda: _NO_TEXTS)
    name_language: str = ""
    country: str = ""
    region: str = ""
    size: str = ""
    nace: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()
    partnerships: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    sought: tuple[str, ...] = ()
    registered: frozenset[str] = frozenset()

    def level_of(self, part: str) -> Level:
        """From which level of readers on a part may be found."""
        return Level.REGISTERED if part in self.registered else Level.EVERYBODY


class IndexedWord(NamedTuple):
    """The terms of one word: its skeleton, the skeletons of itself and its stems, its spelling, and that if it differs."""

    skeleton: str
    terms: str
    spelling: str
    unlike: str


class IndexedPiece(NamedTuple):
    """What stands between two spaces of a text: its words, and their terms and unlike spellings joined."""

    words: tuple[IndexedWord, ...]
    terms: str
    unlike: str


def _indexed_word(word: str, language: str) -> IndexedWord:
    spoken = word_language(word, language)
    skeleton, spelling = fold_word(word), lower(word, spoken)
    return IndexedWord(
        skeleton, " ".join(folded_stems(word, spoken)), spelling, "" if spelling == skeleton else spelling
    )


class _KnownPieces(dict[str, IndexedPiece]):
    """The pieces of texts in one language that were met lately; looking one up costs no call of Python."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, piece: str) -> IndexedPiece:
        if len(self) >= _KEPT_PIECES:
            self.clear()
        found = tuple(_indexed_word(word, self._language) for word in words(piece))
        known = self[piece] = IndexedPiece(
            found,
            " ".join(word.terms for word in found if word.terms),
            " ".join(word.unlike for word in found if word.unlike),
        )
        return known


@cache
def _known_pieces(language: str) -> _KnownPieces:
    return _KnownPieces(language)


def digest(firm: FirmDocument) -> int:
    """A checksum of everything that is told about a firm; the same in every process."""
    told = (
        *firm.names,
        *chain.from_iterable(firm.texts.items()),
        *chain.from_iterable(firm.goods.items()),
        *chain.from_iterable(codes for _part, codes in _codes(firm)),
        *firm.offered,
        "",
        *firm.sought,
        *sorted(firm.registered),
    )
    return crc32("\x1f".join(told).encode())


def to_tantivy(firm: FirmDocument) -> Document:
    """The index entry of a firm; ValueError when a code cannot be kept."""
    entry = Document()
    entry.add_integer(FIRM_ID, firm.firm_id)
    entry.add_integer(DIGEST, digest(firm))
    _add_names(entry, firm)
    for part, texts in (("texts", firm.texts), ("goods", firm.goods)):
        for language, text in texts.items():
            _add_text(entry, text, language, firm.level_of(part))
    kept: dict[_Kept, None] = {}
    for part, codes in _codes(firm):
        if codes:
            known = _kept_codes(part, part in firm.registered)
            for code in codes:
                kept.update(known[code])
    for field_name, value in kept:
        if isinstance(value, int):
            entry.add_integer(field_name, value)
        else:
            entry.add_text(field_name, value)
    return entry


_Kept = tuple[str, int | str]
"""A field and what it keeps of a code."""


class _KeptCodes(dict[str, dict[_Kept, None]]):
    """Where the codes of a part are kept, with the codes above them, when they may be seen from a level on."""

    def __init__(self, part: str, level: Level) -> None:
        super().__init__()
        self._part = part
        self._level = level

    def __missing__(self, code: str) -> dict[_Kept, None]:
        found: dict[_Kept, None] = {}
        for name, one in _facets(self._part, code):
            facet = FACETS[name]
            found[facet.field_of(one, self._level), pack(one) if facet.packed else one] = None
        if len(self) >= _KEPT_CODES:
            self.clear()
        self[code] = found
        return found


@cache
def _kept_codes(part: str, registered: bool) -> _KeptCodes:
    return _KeptCodes(part, Level.REGISTERED if registered else Level.EVERYBODY)


def _facets(part: str, code: str) -> list[tuple[str, str]]:
    """The facets that a code of a part belongs to, with the code by which each knows it."""
    if part == "nace":
        return [("nace", code), ("division", code[:2])]
    if part in ("offered", "sought"):
        above = [(part, code[:length]) for length in (2, 4, 6) if len(code) >= length]
        return above if len(code) >= _WHOLE_CODE else [*above, (f"{part}_as", code)]
    return [(_FACET_OF.get(part, part), code)]


_FACET_OF: Final = {"languages": "language", "certificates": "certificate", "partnerships": "partnership"}


def _codes(firm: FirmDocument) -> Iterable[tuple[str, Iterable[str]]]:
    """The parts that are codes."""
    return (
        ("country", (firm.country,) if firm.country else ()),
        ("region", (firm.region,) if firm.region else ()),
        ("size", (firm.size,) if firm.size else ()),
        ("nace", firm.nace),
        ("languages", firm.languages),
        ("certificates", firm.certificates),
        ("partnerships", firm.partnerships),
        ("offered", firm.offered),
        ("sought", firm.sought),
    )


def _add_names(entry: Document, firm: FirmDocument) -> None:
    level, known = firm.level_of("names"), _known_pieces(firm.name_language)
    terms: dict[str, None] = {}
    spellings: dict[str, None] = {}
    for name in firm.names:
        found = [word for piece in name.split() for word in known[piece].words]
        start, end = name_within([word.skeleton for word in found])
        named = found[start:end]
        entry.add_text(NAMES[level], " ".join([word.skeleton for word in named]))
        for word in named:
            terms[word.terms] = None
            spellings[word.spelling] = None
    entry.add_text(TEXT[level], " ".join(terms))
    entry.add_text(SPELLED_NAMES[level], " ".join(spellings))


def _add_text(entry: Document, text: str, language: str, level: Level) -> None:
    found = list(map(_known_pieces(language).__getitem__, text.split()))
    if found:
        _words, terms, unlike = zip(*found, strict=True)
        entry.add_text(TEXT[level], " ".join(terms))
        entry.add_text(SPELLED_TEXT[level], " ".join(filter(None, unlike)))
