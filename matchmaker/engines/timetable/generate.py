"""Days of the kinds that the engines are measured on, the same for the same seed."""

import random
from dataclasses import replace
from typing import Final, NamedTuple

from matchmaker.engines.timetable.day import Day, Firm, Meeting, Slot, Table

TRIPS: Final = ((30, 16, 20, 280), (100, 20, 60, 1006), (200, 24, 100, 2007), (500, 24, 250, 5006))
"""Firms of each side, slots, tables and meetings of the measured trips on which all wishes fit."""


def trip(firms: int, slots: int, tables: int, meetings: int, seed: int = 1) -> Day:
    """Two sides of so many firms; each wants 8 to 12 meetings; late arrivals, early departures, blocked slots."""
    chance = random.Random(f"trip {firms} {slots} {tables} {seed}")  # noqa: S311 - no secret
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


class Event(NamedTuple):
    """What an event was like: its size, its morning slots, per cent of the meetings for the morning and the afternoon."""

    firms: int
    meetings: int
    slots: int
    tables: int
    morning: int
    early: int = 0
    late: int = 0


EVENTS: Final = (
    *(Event(42, 125, 8, tables, 8) for tables in (21, 16)),
    Event(47, 180, 10, 21, 10), Event(46, 184, 10, 21, 10), Event(47, 180, 10, 19, 10),
    *(Event(60, 237, 10, tables, 10) for tables in (27, 25)), Event(60, 236, 10, 25, 10),
    *(Event(60, 237, 10, tables, 10) for tables in (27, 25)), *(Event(60, 236, 10, tables, 10) for tables in (25, 24)),
    Event(70, 154, 21, 14, 13, 59, 3), Event(76, 195, 22, 14, 12, 33, 16), Event(70, 154, 21, 12, 13, 59, 3),
    Event(78, 302, 22, 22, 12, 22, 1), Event(70, 154, 21, 14, 13, 59, 3), Event(76, 195, 22, 14, 12, 33, 16),
    Event(70, 154, 21, 12, 13, 59, 3), Event(78, 302, 22, 22, 12, 22, 1),
)  # fmt: skip
"""The twenty events that were published with the benchmark (docs/timetable.md), by their measured sizes and sessions."""
APPEAL: Final = (1, 1, 1, 2, 2, 3, 4, 8)
"""How much firms are sought: at the published events the most sought has three times the meetings of the average."""
ABSENT: Final = 0.1
"""Share of all slots of all firms that is forbidden; at the published events it is 0 to 0.07."""
AT_AN_END: Final = 1 / 8
"""Share of the absences that are a late arrival or an early departure; measured: 11 of 95, of up to half the day."""
INSIDE: Final = (1, 1, 1, 1, 1, 1, 2, 3, 3)
"""Slots of an absence inside the day; measured: 54 of one slot, 9 of two, 19 of three, 2 longer."""


def event(shape: Event, seed: int = 1) -> Day:
    """A day of one crowd like an event, some firms sought by many.

    Sessions are asked for by firms: whoever comes for the morning asks it of all its meetings. A plan that is thrown away
    makes sure that there is one: wishes are drawn slot by slot. docs/timetable.md says where days differ from events.
    """
    chance = random.Random(f"event {tuple(shape)} {seed}")  # noqa: S311 - no secret
    firms, meetings, slots = shape.firms, shape.meetings, range(shape.slots)
    halves = {"morning": slots[: shape.morning], "afternoon": slots[shape.morning :]}
    for _ in range(400):
        away = _absences(chance, firms, shape.slots)
        asks = [_session(chance, gone, shape, halves) for gone in away]
        elsewhere = [
            gone | (set(slots) - set(halves[asked]) if asked else set())
            for gone, asked in zip(away, asks, strict=True)
        ]
        appeal = [chance.choice(APPEAL) for _ in range(firms)]
        drawn = _crowd(chance, elsewhere, appeal, meetings, shape.tables, shape.slots)
        if len(drawn) == meetings:
            break
    else:
        raise ValueError("no room for so many meetings")
    people = [Firm(at + 1, blocked=frozenset(gone)) for at, gone in enumerate(away)]
    plain = _day(people, sorted(drawn), [1] * meetings, shape.slots, shape.tables)
    wishes = [replace(meeting, session=_asked(meeting, asks)) for meeting in plain.meetings]
    named = tuple(Slot(session="morning" if slot < shape.morning else "afternoon") for slot in slots)
    return replace(plain, meetings=tuple(wishes), slots=named)


def _session(chance: random.Random, gone: set[int], shape: Event, halves: dict[str, range]) -> str:
    """The half of the day for which a firm comes, or none; more firms than meetings, as they are there for fewer."""
    asked = shape.early + shape.late
    if chance.random() >= 1 - (1 - asked / 100) ** 0.7:
        return ""
    half = "morning" if chance.random() * asked < shape.early else "afternoon"
    return half if set(halves[half]) - gone else ""


def _absences(chance: random.Random, firms: int, slots: int) -> list[set[int]]:
    """Slots in which each firm is away: absences of the measured kinds until a tenth of all slots is forbidden."""
    away: list[set[int]] = [set() for _ in range(firms)]
    left = round(firms * slots * ABSENT)
    while left:
        if chance.random() < AT_AN_END:
            some = min(left, chance.randint(1, slots // 2))
            first = chance.choice((0, slots - some))
        else:
            some = min(left, chance.choice(INSIDE))
            first = chance.randint(1, slots - 1 - some)
        gone = away[chance.randrange(firms)]
        left += len(gone)
        gone |= set(range(first, first + some))
        left -= len(gone)
    return away


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


def _asked(meeting: Meeting, asks: list[str]) -> str:
    """The session that one of the firms of a meeting asks for."""
    return next((asks[firm - 1] for firm in meeting.firms if asks[firm - 1]), "")


def wishes(firms: int, slots: int, tables: int, per_firm: float, seed: int = 1) -> Day:
    """More wishes than places: ``per_firm`` for each firm of a side on average, weights 1 to 5."""
    chance = random.Random(f"wishes {firms} {slots} {tables} {seed}")  # noqa: S311 - no secret
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
