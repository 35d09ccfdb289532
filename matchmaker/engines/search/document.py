"""What the index is told about a firm, and from which level of readers on each part may be found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from tantivy import Document

from matchmaker.engines.search.codes import pack
from matchmaker.engines.search.schema import (
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
from matchmaker.engines.text.legal_forms import strip_legal_forms
from matchmaker.engines.text.stemming import folded_stems

_NO_TEXTS: Final[Mapping[str, str]] = MappingProxyType({})
_KEPT_WORDS: Final = 262_144
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


@dataclass(frozen=True, slots=True)
class IndexedWord:
    """The terms of one word: its skeleton, the skeletons of itself and its stems, its spelling, and that if it differs."""

    skeleton: str
    terms: str
    spelling: str
    unlike: str


@lru_cache(maxsize=_KEPT_WORDS)
def indexed_word(word: str, language: str) -> IndexedWord:
    """The terms of a word of a text in this language."""
    spoken = word_language(word, language)
    skeleton, spelling = fold_word(word), lower(word, spoken)
    return IndexedWord(
        skeleton, " ".join(folded_stems(word, spoken)), spelling, "" if spelling == skeleton else spelling
    )


@lru_cache(maxsize=_KEPT_WORDS)
def _short(name: str) -> str:
    return strip_legal_forms(name)


def to_tantivy(firm: FirmDocument) -> Document:
    """The index entry of a firm; ValueError when a code cannot be kept."""
    entry = Document()
    entry.add_integer(FIRM_ID, firm.firm_id)
    _add_names(entry, firm)
    for part, texts in (("texts", firm.texts), ("goods", firm.goods)):
        for language, text in texts.items():
            _add_text(entry, text, language, firm.level_of(part))
    for part, name, codes in _codes(firm):
        facet = FACETS[name]
        for level in range(firm.level_of(part), len(Level)):
            for code in dict.fromkeys(codes):
                if facet.packed:
                    entry.add_integer(facet.field_of(code, Level(level)), pack(code))
                else:
                    entry.add_text(facet.field_of(code, Level(level)), code)
    return entry


def _add_names(entry: Document, firm: FirmDocument) -> None:
    level = firm.level_of("names")
    for name in firm.names:
        known = [indexed_word(word, firm.name_language) for word in words(_short(name))]
        entry.add_text(NAMES[level], " ".join(word.skeleton for word in known if word.skeleton))
        entry.add_text(TEXT[level], " ".join(word.terms for word in known))
        entry.add_text(SPELLED_NAMES[level], " ".join(word.spelling for word in known))


def _add_text(entry: Document, text: str, language: str, level: Level) -> None:
    if text:
        known = [indexed_word(word, language) for word in words(text)]
        entry.add_text(TEXT[level], " ".join([word.terms for word in known]))
        entry.add_text(SPELLED_TEXT[level], " ".join([word.unlike for word in known if word.unlike]))


def _codes(firm: FirmDocument) -> Iterable[tuple[str, str, Iterable[str]]]:
    """The part of the firm, the facet and the codes."""
    return (
        ("country", "country", (firm.country,) if firm.country else ()),
        ("region", "region", (firm.region,) if firm.region else ()),
        ("size", "size", (firm.size,) if firm.size else ()),
        ("nace", "nace", firm.nace),
        ("nace", "division", [code[:2] for code in firm.nace]),
        ("languages", "language", firm.languages),
        ("certificates", "certificate", firm.certificates),
        ("partnerships", "partnership", firm.partnerships),
        ("offered", "offered", _with_parents(firm.offered)),
        ("sought", "sought", _with_parents(firm.sought)),
        ("offered", "offered_as", [code for code in firm.offered if len(code) < _WHOLE_CODE]),
        ("sought", "sought_as", [code for code in firm.sought if len(code) < _WHOLE_CODE]),
    )


def _with_parents(products: Iterable[str]) -> list[str]:
    return [code[:length] for code in products for length in (2, 4, 6) if len(code) >= length]
