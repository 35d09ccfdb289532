"""From meetings that a firm missed at earlier days to the limit proposed for the next one; what a day says of the points.

Limits: two numbers, both of the meetings that were promised to the firm and whose time is over, m missed of n:

    chance = sum over i = m..n of C(n, i) * b^i * (1 - b)^(n - i)
    expected = (m + K * b) / (n + K)

`chance` is how likely a firm that is as reliable as usual misses so many or more (the exact binomial test), with b = 0.2, the
share that is usual by the benchmark of 80 per cent kept. `expected` is the firm's share drawn towards the usual one with the
weight of K = 4 meetings. A limit is proposed only where chance is below 5 per cent: nobody is limited by bad luck. It is the
limit of before times (1 - expected), rounded up, never below the guaranteed minimum nor 1.

Points: what firms say of the meetings they held is evidence of the calibration of the fit (matching.quality.calibration has
the model), in which a firm's word counts as yes where it found the meeting useful enough to go on.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from matchmaker.core.actor import Actor
from matchmaker.matching.weighing.rules import may_try, sees_weights
from matchmaker.meetings import rules as day_rules
from matchmaker.meetings.enums import DayState, Outcome

if TYPE_CHECKING:
    from matchmaker.meetings.models import B2bDay

USUAL: Final = 0.2
PRIOR: Final = 4
UNLIKELY: Final = 0.05


FOUND_USEFUL: Final = frozenset({Outcome.COOPERATION_POSSIBLE, Outcome.NEXT_STEP_AGREED})
"""What a firm says of a meeting that the points should have foreseen."""
FIRST_PLACES: Final = 5
"""So many firms from the top of a list of wishes are compared: as many as a firm can wish to meet by all means."""


@dataclass(frozen=True, slots=True)
class Record:
    """Meetings of earlier days that a firm was promised, and those to which it did not come."""

    promised: int
    missed: int


@dataclass(frozen=True, slots=True)
class Lesson:
    """The limit proposed for a firm beside that of now, how likely its record is by chance, the share it will miss."""

    record: Record
    chance: float
    expected: float
    now: int
    proposed: int


def chance(record: Record) -> float:
    """How likely a firm as reliable as usual misses so many of its meetings, or more."""
    n = record.promised
    return sum(math.comb(n, at) * USUAL**at * (1 - USUAL) ** (n - at) for at in range(record.missed, n + 1))


def expected_share(record: Record) -> float:
    """The share that it will miss, as far as few meetings can say it."""
    return (record.missed + PRIOR * USUAL) / (record.promised + PRIOR)


def lesson(record: Record, limit: int, least: int) -> Lesson | None:
    """What is proposed for a firm with a limit and a guaranteed minimum; None where there is nothing to learn."""
    likely, expected = chance(record), expected_share(record)
    proposed = max(1, least, math.ceil(round(limit * (1 - expected), 9)))
    if likely >= UNLIKELY or proposed >= limit:
        return None
    return Lesson(record, likely, expected, limit, proposed)


@dataclass(frozen=True, slots=True)
class Kept:
    """Meetings of a day that were promised: held, not held, and of these missed because a firm did not come."""

    held: int
    missed: int
    not_held: int


class Finding(StrEnum):
    """What a day says of the points: not over, too few answers, answers of one kind, points as they are, other points."""

    NOT_OVER = "not_over"
    TOO_FEW = "too_few"
    ALIKE = "alike"
    AS_NOW = "as_now"
    OTHERS = "others"


def event_name(held_on: date, earlier: int) -> str:
    """How a set of points learned from a day is called: "B2B 2026-11-12", with a number after other days of that date."""
    name = f"B2B {held_on.isoformat()}"
    return f"{name}/{earlier + 1}" if earlier else name


def may_see_points(actor: Actor, day: B2bDay) -> bool:
    """Those of the institutions who see the day and read sets of points, once there is something to learn."""
    seen = day.state in (DayState.RUNNING, DayState.DONE)
    return seen and sees_weights(actor) and day_rules.may_see_as_staff(actor, day)


def may_keep_points(actor: Actor, day: B2bDay) -> bool:
    """Those who run the day and may try points out."""
    return may_try(actor) and day_rules.may_run(actor, day)
