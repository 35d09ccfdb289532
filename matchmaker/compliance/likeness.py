"""How alike a firm and a listed party are: numbers first, then whole and partial names over all spellings.

Whole names are compared as everywhere (engines.text.likeness). A name is part of another when all its words stand in it;
that counts PARTIAL of 100, and only for names of two words or of a word that is long enough to tell something.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from rapidfuzz import fuzz, process

from matchmaker.compliance.enums import EntryKind
from matchmaker.engines.text.likeness import SAME, least_score, name_words, number_of, sorted_key
from matchmaker.engines.text.names import name_key

PARTIAL: Final = 90
LONG_WORD: Final = 7


@dataclass(frozen=True, slots=True)
class ListedParty:
    """One entry of a list: all its names, and its numbers as printed."""

    entry_id: int
    list_name: str
    list_version: str
    reference: str
    names: tuple[str, ...]
    numbers: tuple[str, ...] = ()
    kind: EntryKind = EntryKind.OTHER


PEOPLE = frozenset({EntryKind.PERSON, EntryKind.OTHER})


@dataclass(frozen=True, slots=True)
class Subject:
    """What is compared: names in all scripts, and numbers; a person only with listed people and what is not said."""

    names: tuple[str, ...]
    numbers: tuple[str, ...] = ()
    person: bool = False


@dataclass(frozen=True, slots=True)
class Likeness:
    """A listed party that resembles the firm, by which of its names, and how much from 0 to 100."""

    party: ListedParty
    name: str
    score: int
    by_identifier: bool


@dataclass(frozen=True, slots=True)
class _Name:
    party: int
    text: str
    words: frozenset[str]


@dataclass(slots=True)
class Listed:
    """The parties of all current lists, prepared for comparison; never changed after it was built."""

    parties: tuple[ListedParty, ...]
    _names: list[_Name] = field(default_factory=list)
    _keys: list[str] = field(default_factory=list)
    _sorted: list[str] = field(default_factory=list)
    _by_word: Mapping[str, list[int]] = field(default_factory=dict)
    _by_number: Mapping[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        by_word: dict[str, list[int]] = defaultdict(list)
        by_number: dict[str, list[int]] = defaultdict(list)
        for place, party in enumerate(self.parties):
            for number in filter(None, map(number_of, party.numbers)):
                by_number[number].append(place)
            for text in dict.fromkeys(party.names):
                if not (key := name_key(text)):
                    continue
                parts = name_words(text)
                for part in parts:
                    by_word[part].append(len(self._names))
                self._names.append(_Name(place, text, parts))
                self._keys.append(key)
                self._sorted.append("".join(sorted(parts)))
        self._by_word, self._by_number = by_word, by_number

    def like(self, subject: Subject) -> list[Likeness]:
        """The parties that the subject resembles, each once by its best reason; decisive ones first."""
        best: dict[int, Likeness] = {}
        for number in filter(None, map(number_of, subject.numbers)):
            for place in self._by_number.get(number, ()):
                party = self.parties[place]
                best[place] = Likeness(party, party.names[0] if party.names else "", SAME, True)
        for name in dict.fromkeys(subject.names):
            for place, score in self._names_like(name):
                found = self._names[place]
                known = best.get(found.party)
                if known is None or (not known.by_identifier and known.score < score):
                    best[found.party] = Likeness(self.parties[found.party], found.text, score, False)
        return sorted(
            (one for one in best.values() if not subject.person or one.party.kind in PEOPLE),
            key=lambda one: (
                not one.by_identifier,
                -one.score,
                one.party.list_name,
                one.party.reference,
                one.name,
            ),
        )

    def _names_like(self, name: str) -> Iterable[tuple[int, int]]:
        key = name_key(name)
        if not key or not self._keys:
            return
        for wanted, keys in ((key, self._keys), (sorted_key(name), self._sorted)):
            least = least_score(wanted)
            scores = process.cdist([wanted], keys, scorer=fuzz.ratio, score_cutoff=least, dtype=np.float32)[0]
            for place in np.flatnonzero(scores):
                yield int(place), int(scores[place])
        yield from self._parts_like(name_words(name))

    def _parts_like(self, parts: frozenset[str]) -> Iterable[tuple[int, int]]:
        near = {place for part in parts for place in self._by_word.get(part, ())}
        for place in sorted(near):
            other = self._names[place].words
            shorter = parts if len(parts) <= len(other) else other
            if shorter <= parts and shorter <= other and _tells(shorter):
                yield place, PARTIAL


def _tells(parts: frozenset[str]) -> bool:
    """Whether these words are enough to mean one party rather than many."""
    return len(parts) > 1 or any(len(part) >= LONG_WORD for part in parts)
