"""Days of the kinds that the engines are measured on, the same for the same seed."""

import random
from dataclasses import replace
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


WISHES: Final = (
    (30, 12, 24, 14.9, 5),
    (100, 12, 60, 16.6, 5),
    (200, 12, 150, 17.2, 5),
    (500, 16, 300, 20.9, 5),
)
"""Firms of each side, slots, tables, wishes for each firm and guaranteed minimum where not all wishes fit."""

EVENTS: Final = (
    (42, 125, 8, 21), (42, 125, 8, 18), (42, 125, 8, 17), (47, 180, 11, 21), (47, 180, 11, 20),
    (47, 180, 12, 18), (52, 168, 12, 18), (52, 168, 12, 16), (78, 250, 12, 27), (60, 154, 10, 18),
    (60, 190, 14, 16), (60, 220, 15, 18), (64, 225, 16, 17), (68, 240, 16, 18), (70, 154, 16, 12),
    (70, 184, 15, 15), (74, 260, 18, 18), (76, 250, 20, 15), (78, 302, 22, 22), (78, 302, 22, 17),
)  # fmt: skip
"""Firms, meetings, slots and tables of the days that are proven: the size of events that were published."""


def event(firms: int, meetings: int, slots: int, tables: int, seed: int = 1) -> Day:
    """A day of one crowd, some sought by many; sessions, a tenth of the slots forbidden, some fixed and some in order.

    A plan that is thrown away makes sure that there is one: wishes are drawn slot by slot.
    """
    chance = random.Random(f"event {firms} {meetings} {slots} {tables} {seed}")  # noqa: S311
    away = [_absence(chance, slots) for _ in range(firms)]
    appeal = [chance.choice((1, 1, 2, 2, 3, 5)) for _ in range(firms)]
    drawn: dict[tuple[int, int], int] = {}
    for _ in range(200):
        if len(drawn) == meetings:
            break
        drawn = _crowd(chance, away, appeal, meetings, tables, slots)
    if len(drawn) < meetings:
        raise ValueError("no room for so many meetings")
    people = [Firm(at + 1, blocked=frozenset(gone)) for at, gone in enumerate(away)]
    plain = _day(people, sorted(drawn), [1] * meetings, slots, tables)
    morning = (slots + 1) // 2
    wishes = [_narrowed(chance, m, drawn[m.firms[0] - 1, m.firms[1] - 1], morning) for m in plain.meetings]
    named = tuple(Slot(session="morning" if slot < morning else "afternoon") for slot in range(slots))
    return replace(plain, meetings=tuple(wishes), slots=named)


def _absence(chance: random.Random, slots: int) -> set[int]:
    """A third comes late or leaves early, a tenth has something else in between: a tenth of all slots together."""
    gone = {chance.randrange(slots)} if chance.random() < 0.1 else set()
    if chance.random() < 0.33:
        some = chance.randint(1, slots // 2)
        gone |= set(range(some)) if chance.random() < 0.5 else set(range(slots - some, slots))
    return gone


def _crowd(
    chance: random.Random, away: list[set[int]], appeal: list[int], meetings: int, tables: int, slots: int
) -> dict[tuple[int, int], int]:
    """Pairs with a slot in which both are there and a table is free; fewer than asked when this try led nowhere."""
    drawn: dict[tuple[int, int], int] = {}
    load, present = [0] * slots, [{f for f, gone in enumerate(away) if t not in gone} for t in range(slots)]
    for _ in range(100 * meetings):
        slot = min(range(slots), key=lambda t: (load[t] >= tables, load[t] + chance.random() * 3))
        here = sorted(present[slot])
        if len(drawn) == meetings or load[slot] >= tables or len(here) < 2:
            break
        a, b = sorted(chance.choices(here, [appeal[firm] for firm in here], k=2))
        if a != b and (a, b) not in drawn:
            drawn[a, b] = slot
            load[slot] += 1
            present[slot] -= {a, b}
    return drawn


def _narrowed(chance: random.Random, meeting: Meeting, slot: int, morning: int) -> Meeting:
    """One wish in seven is for a session, one in fifty for a slot."""
    if chance.random() < 0.02:
        return replace(meeting, fixed=slot)
    if chance.random() < 0.15:
        return replace(meeting, session="morning" if slot < morning else "afternoon")
    return meeting


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
        blocked |= set(range(chance.randint(1, max(1, slots // 5))))
    if chance.random() < 0.2:
        blocked |= set(range(slots - chance.randint(1, max(1, slots // 5)), slots))
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
