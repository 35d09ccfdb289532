"""Counts of true literals for a set of clauses that grows between questions."""

from itertools import pairwise
from typing import Protocol


class Clauses(Protocol):
    """Where clauses and new literals come from."""

    def new_literal(self) -> int:
        """A literal that no clause has yet."""
        ...

    def add(self, *literals: int) -> None:
        """One more clause."""
        ...


class Count:
    """How many of some literals are true, up to a number: literal k of `at_least` says that k + 1 are.

    It grows with each literal. It is bound upwards: so many true make the literal true; `downwards` the other way.
    """

    def __init__(self, clauses: Clauses, most: int, *, downwards: bool = False) -> None:
        self.clauses, self.most, self.downwards = clauses, most, downwards
        self.at_least: list[int] = []

    def count(self, literal: int) -> None:
        """One more literal that counts."""
        old, add = self.at_least, self.clauses.add
        new = [self.clauses.new_literal() for _ in range(min(self.most, len(old) + 1))]
        for place, now in enumerate(new):
            same = [old[place]] if place < len(old) else []
            below = [old[place - 1]] if place else []
            if self.downwards:
                add(-now, literal, *same)
                if below:
                    add(-now, *below, *same)
            else:
                add(-literal, *(-one for one in below), now)
                for one in same:
                    add(-one, now)
        self.at_least = new


class Groups:
    """How many are true in each of some groups, and in all together: literal k says that k + 1 are.

    ``of`` are the literals of the groups, which are bound from outside and stay the same; ``at_least`` those of the sum,
    which the groups make true. So a solver adds up what several groups need before it knows which of their members.
    """

    def __init__(self, clauses: Clauses, groups: int, most: int) -> None:
        self.of = [[clauses.new_literal() for _ in range(most)] for _ in range(groups)]
        self.at_least: list[int] = []
        for group in self.of:
            for less, more in pairwise(group):
                clauses.add(-more, less)
            self.at_least = _sum(clauses, self.at_least, group, most)


def _sum(clauses: Clauses, some: list[int], more: list[int], most: int) -> list[int]:
    total = [clauses.new_literal() for _ in range(min(most, len(some) + len(more)))]
    for first in range(len(some) + 1):
        for second in range(max(0, 1 - first), min(len(more), len(total) - first) + 1):
            given = [-one[number - 1] for one, number in ((some, first), (more, second)) if number]
            clauses.add(*given, total[first + second - 1])
    return total
