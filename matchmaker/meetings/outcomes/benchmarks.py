"""The four figures of a day beside the benchmarks of events of this kind, and what outcomes say about fit.

The benchmarks are those that organisers of matchmaking events publish: 40 to 60 per cent of requests accepted, at least two
meetings a firm, 80 per cent of meetings kept, 20 to 30 per cent leading to a second meeting.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from matchmaker.meetings.outcomes.rules import WORTH, leads_on

if TYPE_CHECKING:
    from matchmaker.meetings.enums import Outcome


class Figure(StrEnum):
    """What is compared."""

    ACCEPTED = "accepted"
    PER_FIRM = "per_firm"
    KEPT = "kept"
    SECOND = "second"


class Standing(StrEnum):
    """Where a figure is beside its benchmark."""

    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"
    UNKNOWN = "unknown"


BENCHMARKS: Final = {
    Figure.ACCEPTED: (0.4, 0.6),
    Figure.PER_FIRM: (2.0, None),
    Figure.KEPT: (0.8, None),
    Figure.SECOND: (0.2, 0.3),
}
"""The least and, where there is one, the most of the usual range."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What happened at a day.

    asked and accepted are pairs of firms; promised are meetings whose time is over and that their firms were told of,
    held those of them that took place; second those of the held ones that lead on.
    """

    asked: int
    accepted: int
    firms: int
    promised: int
    held: int
    seats_held: int
    second: int


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure; value None where there is nothing to divide by."""

    figure: Figure
    value: float | None
    part: int
    whole: int

    @property
    def standing(self) -> Standing:
        """Beside the benchmark."""
        least, most = BENCHMARKS[self.figure]
        if self.value is None:
            return Standing.UNKNOWN
        if self.value < least:
            return Standing.BELOW
        return Standing.ABOVE if most is not None and self.value > most else Standing.WITHIN


def measured(counts: Counts) -> list[Measured]:
    """The four figures of a day. A meeting counts for each firm at it where meetings of a firm are counted."""
    pairs = {
        Figure.ACCEPTED: (counts.accepted, counts.asked),
        Figure.PER_FIRM: (counts.seats_held, counts.firms),
        Figure.KEPT: (counts.held, counts.promised),
        Figure.SECOND: (counts.second, counts.held),
    }
    return [
        Measured(figure, part / whole if whole else None, part, whole)
        for figure, (part, whole) in pairs.items()
    ]


@dataclass(frozen=True, slots=True)
class Judged:
    """A meeting that was held with its fit, 0 to 100, and what its sides said."""

    fit: int
    said: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """Meetings of similar fit: how many were judged, their mean worth (0 to 3) and how many lead on."""

    least: int
    most: int
    judged: int
    mean: float | None
    second: int


class Lesson(StrEnum):
    """What the bands say about fit."""

    TOO_FEW = "too_few"
    FIT_TELLS = "fit_tells"
    FIT_MISLEADS = "fit_misleads"
    NO_DIFFERENCE = "no_difference"


EDGES: Final = ((80, 100), (60, 79), (40, 59), (0, 39))
ENOUGH: Final = 8
"""Judged meetings that each of two compared groups needs: below that chance alone makes such differences."""
NOTABLE: Final = 0.4
"""Difference of means, in steps of the scale, that is worth a word."""


def bands(meetings: Sequence[Judged]) -> list[Band]:
    """Judged meetings by fit, the best first; meetings nobody judged are left out."""
    found = []
    for least, most in EDGES:
        here = [one for one in meetings if least <= one.fit <= most and _worths(one)]
        worths = [sum(_worths(one)) / len(_worths(one)) for one in here]
        mean = sum(worths) / len(worths) if worths else None
        found.append(Band(least, most, len(here), mean, sum(leads_on(one.said) for one in here)))
    return found


def lesson(meetings: Sequence[Judged]) -> Lesson:
    """Whether the better fitting half of the judged meetings came out better than the other half."""
    judged = sorted((one for one in meetings if _worths(one)), key=lambda one: one.fit)
    if not judged:
        return Lesson.TOO_FEW
    # Meetings of the fit in the middle belong to neither half, however many they are.
    below, above = judged[(len(judged) - 1) // 2].fit, judged[len(judged) // 2].fit
    low = [one for one in judged if one.fit < above]
    high = [one for one in judged if one.fit > below]
    if min(len(low), len(high)) < ENOUGH:
        return Lesson.TOO_FEW
    gap = _mean(high) - _mean(low)
    if abs(gap) < NOTABLE:
        return Lesson.NO_DIFFERENCE
    return Lesson.FIT_TELLS if gap > 0 else Lesson.FIT_MISLEADS


def _mean(meetings: Sequence[Judged]) -> float:
    return sum(sum(_worths(one)) / len(_worths(one)) for one in meetings) / len(meetings)


def _worths(one: Judged) -> list[int]:
    return [WORTH[said] for said in one.said if said in WORTH]
