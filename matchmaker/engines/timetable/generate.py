"""Days of the kinds that the engines are measured on, the same for the same seed."""

import random
from typing import Final

from matchmaker.engines.timetable.day import Day, Firm, Meeting, Slot, Table

TRIPS: Final = ((30, 16, 20, 280), (100, 20, 60, 1006), (200, 24, 100, 2007), (500, 24, 250, 5006))
"""Firms of each side, slots, tables and meetings of the measured trips on which all wishes fit."""


def trip(firms: int, slots: int, tables: int, meetings: int, seed: int = 1) -> Day:
    """Two sides of so many firms; each wants 8 to 12 meetings; late arrivals, early departures, blocked slots."""
    chance = random.Random(f"trip {firms} {slots} {tables} {seed}")  # noqa: S311
    people = [_visitor(chance, number, "a" if number < firms else "b", slots) for number in range(2 * firms)]
    left, right = range(firms), range(firms, 2 * firms)
    room = [chance.randint(8, 12) for _ in people]
    for side in (left, right):
        while sum(room[firm] for firm in side) < meetings:
            room[min(chance.sample(side, 2), key=room.__getitem__)] += 1
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < meetings:
        a, b = (chance.choice([firm for firm in side if room[firm] > 0]) for side in (left, right))
        common = slots - len(people[a].blocked | people[b].blocked)
        if (a, b) in pairs or common < 3:
            a, b = chance.choice(left), firms + chance.randrange(firms)
        if (a, b) not in pairs and common > 2:
            pairs.add((a, b))
            room[a] -= 1
            room[b] -= 1
    return _day(people, sorted(pairs), [chance.randint(1, 5) for _ in pairs], slots, tables)


def wishes(firms: int, slots: int, tables: int, per_firm: float, seed: int = 1) -> Day:
    """More wishes than places: ``per_firm`` for each firm of a side on average, weights 1 to 5."""
    chance = random.Random(f"wishes {firms} {slots} {tables} {seed}")  # noqa: S311
    people = [_visitor(chance, number, "a" if number < firms else "b", slots) for number in range(2 * firms)]
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < int(firms * per_firm):
        pairs.add((chance.randrange(firms), firms + chance.randrange(firms)))
    return _day(people, sorted(pairs), [chance.randint(1, 5) for _ in pairs], slots, tables)


def _visitor(chance: random.Random, number: int, side: str, slots: int) -> Firm:
    """Every fifth comes late, every fifth leaves early, every tenth has a slot taken by something else."""
    blocked = {chance.randrange(slots)} if chance.random() < 0.1 else set()
    if chance.random() < 0.2:
        blocked |= set(range(chance.randint(1, slots // 5)))
    if chance.random() < 0.2:
        blocked |= set(range(slots - chance.randint(1, slots // 5), slots))
    return Firm(number + 1, side=side, blocked=frozenset(blocked))


def _day(
    people: list[Firm], pairs: list[tuple[int, int]], weights: list[int], slots: int, tables: int
) -> Day:
    return Day(
        firms=tuple(people),
        meetings=tuple(
            Meeting(at + 1, (a + 1, b + 1), weight=weight)
            for at, ((a, b), weight) in enumerate(zip(pairs, weights, strict=True))
        ),
        slots=tuple(Slot() for _ in range(slots)),
        tables=tuple(Table(number + 1) for number in range(tables)),
    )
