"""Weighted scores of applications: two assessors, criteria with weights, one ranking. Plain numbers, no database."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

ASSESSORS = 2
MOST_POINTS = 5
"""Each criterion is scored from 0 to 5 by each assessor."""
SCALE = 100


@dataclass(frozen=True, slots=True)
class Ranked:
    """One place of the ranking; score is out of 100, `number` that of the sign-up, `fits` says a place is there for it."""

    place: int
    number: int
    score: Fraction
    fits: bool = False
    short_of: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A scored application as the ranking needs it: the quotas it counts against, people it brings, when it came."""

    number: int
    score: Fraction
    people: int = 1
    quotas: tuple[str, ...] = ()
    arrived: int = 0


def weighted(points: Mapping[int, int], weights: Mapping[int, int]) -> Fraction:
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


def ranking(candidates: Iterable[Candidate], left: int, quotas: Mapping[str, int]) -> list[Ranked]:
    """All candidates from the best, each with whether it fits what is left in all and in its quotas.

    Better scores come first; among equal ones the earlier application. A candidate that does not fit is passed over,
    and a later one that needs less may still fit: `short_of` names the quota, or `all`.
    """
    rest, rest_of = left, dict(quotas)
    found = []
    ordered = sorted(candidates, key=lambda one: (-one.score, one.arrived, one.number))
    for place, one in enumerate(ordered, start=1):
        short = _short_of(one, rest, rest_of)
        if not short:
            rest -= one.people
            for quota in one.quotas:
                if quota in rest_of:
                    rest_of[quota] -= one.people
        found.append(Ranked(place, one.number, one.score, not short, short))
    return found


def _short_of(one: Candidate, rest: int, rest_of: Mapping[str, int]) -> str:
    full = next((quota for quota in one.quotas if rest_of.get(quota, one.people) < one.people), "")
    return full or ("all" if one.people > rest else "")


def fitting(ranked: Iterable[Ranked], chosen: Collection[int]) -> tuple[list[int], list[int]]:
    """Of the chosen, the numbers that fit and those that are left out, both in the order of the ranking."""
    mine = [one for one in ranked if one.number in chosen]
    return [one.number for one in mine if one.fits], [one.number for one in mine if not one.fits]
