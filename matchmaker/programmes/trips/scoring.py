"""Weighted scores of applications: two assessors, criteria with weights, one ranking. Plain numbers, no database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from matchmaker.programmes.places import Facts, Pool
from matchmaker.programmes.trips.enums import Criterion

ASSESSORS = 2
MOST_POINTS = 5
"""Each criterion is scored from 0 to 5 by each assessor."""
SCALE = 100
NO_FACTS = Facts()


@dataclass(frozen=True, slots=True)
class Ranked:
    """One place of the ranking; score is out of 100, `number` that of the sign-up, `fits` says a place is there for it."""

    place: int
    number: int
    score: Fraction
    fits: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A scored application as the ranking needs it: the people it brings, what quotas go by, when it came."""

    number: int
    score: Fraction
    people: int = 1
    facts: Facts = NO_FACTS
    arrived: int = 0
    on_hold: bool = False


def weighted(points: Mapping[Criterion, int], weights: Mapping[Criterion, int]) -> Fraction:
    """One assessor's score out of 100: points of 0 to 5 by criterion, weighted.

    Raises KeyError where a criterion was not scored and ValueError for weights that add up to nothing.
    """
    total = sum(weights.values())
    if total <= 0:
        raise ValueError("criteria without weight")
    gained = sum(points[criterion] * weight for criterion, weight in weights.items())
    return Fraction(gained * SCALE, MOST_POINTS * total)


def combined(scores: Sequence[Fraction]) -> Fraction | None:
    """The mean of both assessors; None until both are in."""
    if len(scores) < ASSESSORS:
        return None
    return sum(scores, Fraction(0)) / len(scores)


def far_apart(scores: Sequence[Fraction]) -> bool:
    """Whether two assessors differ by a quarter of the scale or more, so that somebody should look again."""
    return len(scores) >= ASSESSORS and max(scores) - min(scores) >= Fraction(SCALE, 4)


def ranking(candidates: Iterable[Candidate], pool: Pool) -> list[Ranked]:
    """All candidates from the best, each with whether it fits what is left in all and in its quotas.

    Better scores come first; among equal ones the earlier application. A candidate that does not fit whole is passed
    over, and a later one that needs less, or another quota, may still fit; so is one that waits for compliance.
    """
    found = []
    ordered = sorted(candidates, key=lambda one: (-one.score, one.arrived, one.number))
    for place, one in enumerate(ordered, start=1):
        seat = None if one.on_hold else pool.seat(one.facts, one.people)
        if seat is not None:
            pool = pool.with_taken(seat, one.people)
        found.append(Ranked(place, one.number, one.score, seat is not None))
    return found


USUAL_WEIGHTS: Mapping[Criterion, int] = {
    Criterion.SUITABILITY: 30,
    Criterion.POTENTIAL: 25,
    Criterion.GOALS: 20,
    Criterion.EXPERIENCE: 15,
    Criterion.SIZE: 10,
}
"""What holds where a trip sets no weights of its own; the order of importance is that of trade missions."""


def weights_of(stored: Mapping[str, int]) -> dict[Criterion, int]:
    """The weights of a trip in the order of the criteria, those without weight left out."""
    kept = {criterion: int(stored.get(criterion.value, 0)) for criterion in Criterion} if stored else {}
    chosen = kept or dict(USUAL_WEIGHTS)
    return {criterion: weight for criterion, weight in chosen.items() if weight > 0}
