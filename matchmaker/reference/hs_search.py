"""Finding an HS code by a Turkish, Russian or English word, by its everyday name, or by its digits."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import islice
from math import log
from sys import intern
from typing import Final

from matchmaker.engines.text.casing import lower
from matchmaker.engines.text.expansion import QueryWord, query_words, word_language
from matchmaker.engines.text.folding import fold_word, words
from matchmaker.engines.text.stemming import folded_stems
from matchmaker.reference import hs
from matchmaker.reference.hs import HsCode, HsLevel
from matchmaker.reference.tables import LABEL_LANGUAGES, parts, rows

EVERYDAY_NAME: Final = 3.0
LABEL_WEIGHTS: Final = {HsLevel.CHAPTER: 0.8, HsLevel.HEADING: 1.3, HsLevel.SUBHEADING: 1.2}
OWN_LANGUAGE: Final = 1.1
LEAST_COVERAGE: Final = 0.5
HEADING: Final = 4
SHORTEST_BEGINNING: Final = 3
MOST_BEGINNINGS: Final = 200
BEGINNING_VALUE: Final = 0.6
AS_TYPED: Final = 1.2
MISREAD: Final = 0.5
"""The share for a wording that has the words as folded only, where another language spells them so and does not mean the
heading: "ball" is not Turkish "bal", honey."""

_DIGITS = re.compile(r"[\d.\s]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class HsHit:
    """A code that was found, the text it was found by and how well it fits (higher is better)."""

    code: HsCode
    found_by: str
    score: float


@dataclass(frozen=True, slots=True)
class Wording:
    """One searchable text of a code: its label or an everyday name in one language."""

    code: str
    language: str
    text: str
    weight: float
    skeletons: tuple[str, ...]
    spellings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordIndex:
    """All wordings with the places of each term; `terms` is sorted so that beginnings can be looked up."""

    wordings: tuple[Wording, ...]
    places: dict[str, list[int]]
    terms: tuple[str, ...]

    def beginning_with(self, beginning: str) -> list[str]:
        """The terms that begin with what was typed so far, at most MOST_BEGINNINGS."""
        start = bisect_left(self.terms, beginning)
        found = []
        for term in islice(self.terms, start, start + MOST_BEGINNINGS):
            if not term.startswith(beginning):
                break
            found.append(term)
        return found


def _texts() -> list[tuple[str, str, str, float]]:
    found = [
        (row["code"], language, name, EVERYDAY_NAME)
        for row in rows("hs_words")
        for language in LABEL_LANGUAGES
        for name in parts(row[f"words_{language}"])
    ]
    for one in hs.all_codes().values():
        weight = LABEL_WEIGHTS.get(one.level)
        if weight is None:
            continue
        found += [
            (one.code, language, text, weight)
            for language in LABEL_LANGUAGES
            if (text := one.labels.own(language))
        ]
    return found


@cache
def index() -> WordIndex:
    """The index over labels and everyday names, built once in a process."""
    wordings: list[Wording] = []
    places: dict[str, list[int]] = defaultdict(list)
    for code, language, text, weight in _texts():
        written = words(text)
        terms = {term for word in written for term in folded_stems(word, word_language(word, language))}
        for term in terms:
            places[term].append(len(wordings))
        spellings = tuple(intern(lower(word, word_language(word, language))) for word in written)
        wordings.append(Wording(code, language, text, weight, tuple(map(fold_word, written)), spellings))
    return WordIndex(tuple(wordings), dict(places), tuple(sorted(places)))


def find_hs(query: str, language: str, limit: int = 12) -> list[HsHit]:
    """The codes that a typed word, phrase or number means, best first; the same input always in the same order."""
    typed = query.strip()
    if not typed:
        return []
    if _DIGITS.fullmatch(typed):
        return _by_digits(hs.clean(typed), limit)
    return _by_words(typed, language, limit)


def _by_digits(digits: str, limit: int) -> list[HsHit]:
    while digits:
        below = [one for code, one in hs.all_codes().items() if code.startswith(digits)]
        if below:
            shown = sorted(below, key=lambda one: (one.level, one.code))
            return [HsHit(one, digits, 1.0) for one in shown[:limit]]
        digits = digits[:-1]
    return []


def _begun(skeleton: str, known: WordIndex, before: Iterable[int]) -> Iterable[int]:
    """The wordings with a word that begins so; a letter or two are looked for where the words before them were found."""
    if len(skeleton) >= SHORTEST_BEGINNING:
        return (place for term in known.beginning_with(skeleton) for place in known.places[term])
    return (
        place for place in before if any(one.startswith(skeleton) for one in known.wordings[place].skeletons)
    )


def _matches(word: QueryWord, known: WordIndex, last: bool, before: Iterable[int]) -> dict[int, float]:
    """The wordings that have the word, with how surely: fully, or as a beginning of a word still being typed."""
    found = dict.fromkeys(_begun(word.skeleton, known, before), BEGINNING_VALUE) if last else {}
    for term in word.alternatives:
        found.update(dict.fromkeys(known.places.get(term, ()), 1.0))
    return found


def _by_words(query: str, language: str, limit: int) -> list[HsHit]:
    known, typed = index(), query_words(query)
    skeletons = tuple(word.skeleton for word in typed)
    gained: dict[int, float] = defaultdict(float)
    number: dict[int, int] = defaultdict(int)
    whole, folded = 0.0, set[int]()
    for position, word in enumerate(typed):
        matches = _matches(word, known, position == len(typed) - 1, gained)
        rarity = log(1 + len(known.wordings) / (1 + len(matches)))
        whole += rarity
        for place, value in matches.items():
            gained[place] += rarity * value
            number[place] += 1
        full = {place for place, value in matches.items() if value == 1.0}
        folded = folded & full if position else full
    misread = _misread([known.wordings[place] for place in folded], typed)
    best: dict[str, tuple[float, str]] = {}
    for place, gain in gained.items():
        if gain / whole < LEAST_COVERAGE:
            continue
        wording = known.wordings[place]
        score = _score(wording, gain / whole, number[place], language)
        if wording.skeletons == skeletons:
            score *= AS_TYPED
        if wording in misread:
            score *= MISREAD
        if score > best.get(wording.code, (0.0, ""))[0]:
            best[wording.code] = (score, wording.text)
    ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))
    return [HsHit(hs.all_codes()[code], text, score) for code, (score, text) in ranked[:limit]]


def _misread(folded: Iterable[Wording], typed: Iterable[QueryWord]) -> frozenset[Wording]:
    """Those of some wordings that have all words typed whose language spells none so, and whose heading is not named in one
    that does.
    """
    wordings = list(folded)
    languages = {
        one.language
        for one in wordings
        if all(set(word.spellings).intersection(one.spellings) for word in typed)
    }
    named = {one.code[:HEADING] for one in wordings if one.language in languages}
    return frozenset(one for one in wordings if languages and one.code[:HEADING] not in named)


def _score(wording: Wording, coverage: float, matched: int, language: str) -> float:
    """How well a wording answers: how much of the query it has, and how little else it says."""
    fullness = min(1.0, matched / len(wording.skeletons))
    own = OWN_LANGUAGE if wording.language == language else 1.0
    return wording.weight * own * (0.7 * coverage + 0.3 * fullness)
