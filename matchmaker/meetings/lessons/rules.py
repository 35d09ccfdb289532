"""From meetings that a firm missed at earlier days to the limit proposed for the next one.

Two numbers, both of the meetings that were promised to the firm and whose time is over, m missed of n:

    chance = sum over i = m..n of C(n, i) * b^i * (1 - b)^(n - i)
    expected = (m + K * b) / (n + K)

`chance` is how likely a firm that is as reliable as usual misses so many or more (the exact binomial test), with b = 0.2, the
share that is usual by the benchmark of 80 per cent kept. `expected` is the firm's share drawn towards the usual one with the
weight of K = 4 meetings. A limit is proposed only where chance is below 5 per cent: nobody is limited by bad luck. It is the
limit of before times (1 - expected), rounded up, never below the guaranteed minimum nor 1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

USUAL: Final = 0.2
PRIOR: Final = 4
UNLIKELY: Final = 0.05


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
