"""Which goods, branches and places the words of a query name, in any of the three languages or by their digits.

"küresel vana", "шаровой кран" and "ball valve" are words of HS 8481.80: a firm is found by the code although its own
text has other words. Wordings are the labels of headings, subheadings, NACE classes and regions, and everyday names.

Folding makes one of words that have nothing to do with each other: "ball" and Turkish "bal", honey. Where a wording of
one language spells the words as they were typed, what another language would mean by them stands behind.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from sys import intern
from typing import Final

from matchmaker.engines.search.query import Meaning
from matchmaker.engines.text.casing import lower
from matchmaker.engines.text.expansion import (
    QueryWord,
    is_function_word,
    typed_text,
    word_language,
)
from matchmaker.engines.text.folding import fold_word, words
from matchmaker.engines.text.stemming import folded_stems
from matchmaker.reference import hs, nace, regions
from matchmaker.reference.hs import HsLevel
from matchmaker.reference.tables import LABEL_LANGUAGES, parts, rows

LONGEST_SPAN: Final = 5
MOST_CODES: Final = 60
"""A word in the wordings of more codes than this tells nothing (parts, other, manufacture) and names none."""
AS_WRITTEN, BY_STEMS, IN_PART = 1.0, 0.7, 0.25
"""Shares of the points for a wording that the words repeat, that they fill in other forms, that says more than they."""
MISREAD: Final = 0.05
"""The share for a wording of another language than the one that spells the words so, and of goods which that one does not
name by them: found, but behind all that are named."""

GOODS, SECTOR, REGION = "goods", "sector", "region"
_POINTS: Final = {
    "offered": 12.0,
    "offered_as": 8.0,
    "sought": 3.0,
    "sought_as": 2.0,
    "nace": 6.0,
    "region": 5.0,
}
"""Added to the score for a code. A word of a text brings 2 to 8 points, the exact spelling of a name 20: who offers what
the words name stands above who only mentions it, and below the firm of that name."""
_HEADING, _SUBHEADING, _DIVISION = 4, 6, 2


@dataclass(frozen=True, slots=True)
class Wording:
    """One text that names a code, with the words of it that count: as written, in small letters, and their skeletons."""

    kind: str
    code: str
    language: str
    spellings: tuple[str, ...]
    skeletons: frozenset[str]


@dataclass(frozen=True, slots=True)
class WordingIndex:
    """All wordings, and the places of those that have a term."""

    wordings: tuple[Wording, ...]
    places: dict[str, frozenset[int]]


def _texts() -> Iterable[tuple[str, str, str, str]]:
    for row in rows("hs_words"):
        for language in LABEL_LANGUAGES:
            for name in parts(row[f"words_{language}"]):
                yield GOODS, row["code"], language, name
    for language in LABEL_LANGUAGES:
        for good in hs.all_codes().values():
            if good.level in (HsLevel.HEADING, HsLevel.SUBHEADING):
                yield GOODS, good.code, language, good.labels.own(language)
        for branch in nace.all_codes().values():
            if branch.level > 1:
                yield SECTOR, branch.code, language, branch.labels.own(language)
        for code in regions.all_regions():
            yield REGION, code, language, regions.short_label(code, language)


@cache
def index() -> WordingIndex:
    """The index of wordings, built once in a process."""
    wordings: list[Wording] = []
    places: dict[str, set[int]] = defaultdict(set)
    for kind, code, language, text in _texts():
        counted = [word for word in words(text) if not is_function_word(fold_word(word))]
        skeletons = frozenset(map(fold_word, counted)) - {""}
        spellings = tuple(intern(lower(word, word_language(word, language))) for word in counted)
        for word in counted:
            # A place in another case looks like other words (Van, vana), so places are named as they are.
            stems = (
                (fold_word(word),) if kind == REGION else folded_stems(word, word_language(word, language))
            )
            for term in stems:
                places[term].add(len(wordings))
        wordings.append(Wording(kind, code, language, spellings, skeletons))
    return WordingIndex(tuple(wordings), {term: frozenset(found) for term, found in places.items()})


@lru_cache(maxsize=4_096)
def meanings_of(text: str) -> tuple[Meaning, ...]:
    """What the words of a query name, from left to right, the longest name first; words count as in `typed_text`."""
    typed = typed_text(text).words
    found: list[Meaning] = []
    place = 0
    while place < len(typed):
        meaning = _by_digits(typed, place) or _longest(typed, place)
        if meaning is not None:
            found.append(meaning)
        place = meaning.stop if meaning is not None else place + 1
    return tuple(found)


def meant_codes(meanings: Iterable[Meaning], facet: str) -> tuple[str, ...]:
    """The codes of a facet ("offered", "nace") that the words name in full, the surest first."""
    found = [
        (points, code)
        for meaning in meanings
        for name, codes, points in meaning.codes
        if name == facet and points >= _POINTS[facet] * BY_STEMS
        for code in codes
    ]
    return tuple(dict.fromkeys(code for _points, code in sorted(found, key=lambda one: (-one[0], one[1]))))


def _by_digits(typed: tuple[QueryWord, ...], place: int) -> Meaning | None:
    """A code written in digits; dots split it into words: 8481.80, 28.14."""
    digits = [word.skeleton for word in typed[place : place + 2] if word.skeleton.isdecimal()]
    joined = "".join(digits)
    if len(digits) == 2 and len(digits[0]) == _DIVISION and nace.get(".".join(digits)):
        return Meaning(place, place + 2, _coded({".".join(digits)}, SECTOR, AS_WRITTEN))
    for stop, code in ((2, joined), (1, digits[0] if digits else "")):
        if len(digits) >= stop and len(code) in (_HEADING, _SUBHEADING) and hs.get(code):
            return Meaning(place, place + stop, _coded({code}, GOODS, AS_WRITTEN))
    return None


def _longest(typed: tuple[QueryWord, ...], place: int) -> Meaning | None:
    known = index()
    having = [_having(word, known) for word in typed[place : place + LONGEST_SPAN]]
    for length in range(len(having), 0, -1):
        shared = [known.wordings[one] for one in frozenset.intersection(*having[:length])]
        span = typed[place : place + length]
        misread = _misread(shared, span)
        codes = _codes(shared, misread, frozenset(word.skeleton for word in span))
        if codes:
            return Meaning(place, place + length, codes, apart=_is_all_of(misread, span))
    return None


def _misread(shared: Sequence[Wording], span: Sequence[QueryWord]) -> frozenset[Wording]:
    """The wordings that have the words of a span only as folded, in another language than the one that spells them so.

    A word that both languages have (motor, мотор) names the same goods or branch in both, and is not misread.
    """
    spelled = (one for one in shared if all(set(word.spellings).intersection(one.spellings) for word in span))
    languages = {one.language for one in spelled}
    named = {_family(one) for one in shared if one.language in languages}
    return frozenset(one for one in shared if languages and _family(one) not in named)


def _family(wording: Wording) -> tuple[str, str]:
    """The heading of a good, the division of a branch, the region itself."""
    return wording.kind, wording.code[: {GOODS: _HEADING, SECTOR: _DIVISION}.get(wording.kind)]


def _is_all_of(misread: Iterable[Wording], span: Sequence[QueryWord]) -> bool:
    """Whether the words of a span are all that one of these wordings says, so that whoever has them folded means that."""
    return any(len(one.skeletons) <= len(span) for one in misread)


def _having(word: QueryWord, known: WordingIndex) -> frozenset[int]:
    return frozenset().union(*(known.places.get(term, frozenset()) for term in word.alternatives))


def _codes(
    shared: Sequence[Wording], misread: Container[Wording], span: frozenset[str]
) -> tuple[tuple[str, tuple[str, ...], float], ...]:
    """The codes of wordings that have all words of a span, the surest apart from the others."""
    found: list[tuple[str, tuple[str, ...], float]] = []
    for kind in (GOODS, SECTOR, REGION):
        named: set[str] = set()
        by_share: dict[float, set[str]] = defaultdict(set)
        for one in shared:
            if one.kind == kind:
                by_share[MISREAD if one in misread else _share(one, span)].add(one.code)
        for share in (AS_WRITTEN, BY_STEMS, IN_PART, MISREAD):
            codes = by_share[share] - named
            if 0 < len(codes) <= MOST_CODES:
                found += _coded(codes, kind, share)
            named |= codes
    return tuple(found)


def _share(wording: Wording, span: frozenset[str]) -> float:
    if wording.skeletons == span:
        return AS_WRITTEN
    if wording.kind == REGION and not span <= wording.skeletons:
        return 0.0
    return BY_STEMS if len(wording.skeletons) <= len(span) else IN_PART


def _coded(codes: set[str], kind: str, share: float) -> tuple[tuple[str, tuple[str, ...], float], ...]:
    if kind == REGION:
        return (("region", tuple(sorted(codes)), _POINTS["region"] * share),)
    if kind == SECTOR:
        return (("nace", _classes(codes), _POINTS["nace"] * share),)
    found = [(side, tuple(sorted(codes)), _POINTS[side] * share) for side in ("offered", "sought")]
    # Who registered the heading alone is found by what stands under it as well.
    headings = tuple(sorted({code[:_HEADING] for code in codes if len(code) > _HEADING}))
    if headings:
        found += [(side, headings, _POINTS[side] * share) for side in ("offered_as", "sought_as")]
    return tuple(found)


def _classes(codes: set[str]) -> tuple[str, ...]:
    """The classes under divisions and groups, since firms have classes."""
    below = {one.code for one in nace.at_level(4) if any(one.code.startswith(code) for code in codes)}
    return tuple(sorted(below | codes))
