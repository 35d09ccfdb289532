"""What the index is told about a firm: only what every reader of the directory may see."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from tantivy import Document

from matchmaker.engines.search.codes import pack
from matchmaker.engines.search.schema import (
    EXACT_NAMES,
    EXACT_TEXT,
    FACETS,
    FIRM_ID,
    NAMES,
    SPELLING_MARK,
    TEXT,
)
from matchmaker.engines.text.casing import lower
from matchmaker.engines.text.expansion import text_terms, word_language
from matchmaker.engines.text.folding import fold_word, tokens, words

_NO_TEXTS: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class FirmDocument:
    """A firm as the directory knows it; codes are strings, texts are keyed by language (tr, ru, en or any other).

    ``names`` hold every spelling (original, romanised, short); ``name_language`` decides their Turkish i.
    ``nace`` are classes such as 28.14, of which the divisions are taken; ``offered`` and ``sought`` are HS codes
    of 2, 4 or 6 digits; ``partnerships`` are whatever codes the caller filters by, with their direction.
    """

    firm_id: int
    names: tuple[str, ...]
    texts: Mapping[str, str] = field(default_factory=lambda: _NO_TEXTS)
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


def to_tantivy(firm: FirmDocument) -> Document:
    """The index entry of a firm; ValueError when a code cannot be kept."""
    entry = Document()
    entry.add_integer(FIRM_ID, firm.firm_id)
    _add_words(entry, firm)
    for name, codes in _codes(firm).items():
        facet = FACETS[name]
        for code in dict.fromkeys(codes):
            if facet.packed:
                entry.add_integer(facet.field_of(code), pack(code))
            else:
                entry.add_text(facet.field, code)
    return entry


def _add_words(entry: Document, firm: FirmDocument) -> None:
    terms: list[str] = []
    for name in firm.names:
        entry.add_text(NAMES, " ".join(tokens(name)))
        terms += text_terms(name, firm.name_language)
    for language, text in firm.texts.items():
        terms += text_terms(text, language)
    entry.add_text(TEXT, " ".join(terms))
    entry.add_text(EXACT_NAMES, _exact((name, firm.name_language) for name in firm.names))
    entry.add_text(EXACT_TEXT, _exact((text, language) for language, text in firm.texts.items()))


def _exact(texts: Iterable[tuple[str, str]]) -> str:
    return " ".join(
        {
            f"{skeleton}{SPELLING_MARK}{lower(word, word_language(word, language))}": None
            for text, language in texts
            for word in words(text)
            if (skeleton := fold_word(word))
        }
    )


def _codes(firm: FirmDocument) -> dict[str, Iterable[str]]:
    return {
        "country": filter(None, (firm.country,)),
        "region": filter(None, (firm.region,)),
        "size": filter(None, (firm.size,)),
        "nace": firm.nace,
        "division": [code[:2] for code in firm.nace],
        "language": firm.languages,
        "certificate": firm.certificates,
        "partnership": firm.partnerships,
        "offered": _with_parents(firm.offered),
        "sought": _with_parents(firm.sought),
    }


def _with_parents(products: Iterable[str]) -> list[str]:
    return [code[:length] for code in products for length in (2, 4, 6) if len(code) >= length]
