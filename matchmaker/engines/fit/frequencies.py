"""What most firms of some countries have: read off the lists, for questions such as which entry would help a firm most.

Counted over the lists as they were built, changed firms included twice; an order of frequency is all it is for.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Final

import numpy as np

from matchmaker.engines.fit.columns import WORD, Vocabularies
from matchmaker.engines.fit.segment import Segment

_SPARE: Final = 4
"""Headings looked at beyond those asked for, because one firm may have several goods under one heading."""


class Common:
    """The frequencies of codes in segments, each beside its vocabularies."""

    def __init__(self, segments: Iterable[tuple[Segment, Vocabularies]]) -> None:
        self._segments = tuple(segments)

    def codes(self, kind: str, most: int) -> list[str]:
        """Languages, partnerships or certificates that most firms have, equal ones by code."""
        return self._ranked((_set_counts(segment, known, kind) for segment, known in self._segments), most)

    def required(self, most: int) -> list[str]:
        """Certificates that most lines sought require."""
        return self._ranked((_required_counts(segment, known) for segment, known in self._segments), most)

    def headings(self, side: str, most: int) -> list[str]:
        """Headings under which most firms offer or seek goods."""
        found = (_heading_counts(segment, side, most) for segment, _known in self._segments)
        return self._ranked(found, most)

    @staticmethod
    def _ranked(counted: Iterable[Counter[str]], most: int) -> list[str]:
        whole: Counter[str] = Counter()
        for some in counted:
            whole.update(some)
        ranked = sorted(whole.items(), key=lambda item: (-item[1], item[0]))
        return [code for code, count in ranked if count][:most]


# Segments never change and live as long as the lists they belong to; a few are in use at a time.
@lru_cache(maxsize=64)
def _set_counts(segment: Segment, known: Vocabularies, kind: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for number, code in enumerate(known[kind].codes):
        word = segment.arrays.get(f"{kind}.{number // WORD}")
        if word is not None:
            counts[code] = int(np.count_nonzero(word & np.uint64(1 << number % WORD)))
    return counts


@lru_cache(maxsize=16)
def _required_counts(segment: Segment, known: Vocabularies) -> Counter[str]:
    counts: Counter[str] = Counter()
    for number, lines in enumerate(np.bincount(segment.arrays["sought.requirements"]).tolist()):
        for code in filter(None, known["requirement"].codes[number].split("\n")):
            counts[code] += lines
    return counts


@lru_cache(maxsize=32)
def _heading_counts(segment: Segment, side: str, most: int) -> Counter[str]:
    keys, starts = segment.arrays[f"{side}.keys"], segment.arrays[f"{side}.key_starts"]
    deep = keys % 8 >= 4
    lines = np.bincount(keys[deep] // 800, weights=np.diff(starts)[deep])
    often = np.argsort(-lines, kind="stable")[: most * _SPARE]
    return Counter(
        {
            f"{heading:04}": len(np.unique(segment.between(side, heading * 800 + 4, heading * 800 + 800)))
            for heading in often.tolist()
            if lines[heading]
        }
    )


def common_of(lists: Iterable[tuple[Vocabularies, Iterable[Segment]]], countries: Collection[str]) -> Common:
    """What firms of these countries have in common."""
    return Common(
        (segment, known)
        for known, segments in lists
        for segment in segments
        if len(segment) and segment.country in countries
    )
