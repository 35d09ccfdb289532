"""Random small days with every kind of rule, the same for the same seed."""

import random
from collections.abc import Sequence
from itertools import chain, combinations, product

from matchmaker.engines.timetable.check import check_placements, count_breaks
from matchmaker.engines.timetable.day import Day, Firm, Meeting, Place, Placement, Pool, Slot, Table
from matchmaker.engines.timetable.seat import seat


def small_day(seed: int, meetings: int, slots: int) -> Day:
    """A day of few meetings: sessions, fixed slots, orders, interpreters, languages, hosts, groups, locks by chance."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    numbers = range(1, meetings + 2)
    firms = tuple(
        Firm(
            number,
            blocked=frozenset(slot for slot in range(slots) if chance.random() < 0.1),
            representatives=chance.choice((1, 1, 1, 1, 2)),
        )
        for number in numbers
    )
    groups = [*chance.sample([*combinations(numbers, 2)], meetings - 1), tuple(chance.sample(numbers, 3))]
    wishes = [_wish(chance, at, tuple(group), slots) for at, group in enumerate(groups, start=1)]
    return Day(
        firms=firms,
        meetings=tuple(wishes),
        slots=tuple(Slot(session="am" if slot < slots // 2 else "pm") for slot in range(slots)),
        tables=(
            Table(1, languages=frozenset(chance.choice(((), ("ru",))))),
            Table(2, host=chance.choice((None, None, 1))),
            *([Table(3, blocked=frozenset({chance.randrange(slots)}))] if chance.random() < 0.7 else []),
        ),
        pools=(Pool(1, size=chance.choice((1, 2))),),
        fairness=chance.choice((2, 1, None)),
    )


def _wish(chance: random.Random, number: int, group: tuple[int, ...], slots: int) -> Meeting:
    locked = Place(chance.randrange(slots)) if number == 1 and chance.random() < 0.15 else None
    return Meeting(
        number,
        group,
        weight=chance.randint(1, 5),
        must=chance.random() < 0.1,
        session=chance.choice(("", "", "", "am", "pm")),
        fixed=chance.randrange(slots) if chance.random() < 0.06 else None,
        after=(number - 1,) if number > 1 and chance.random() < 0.15 else (),
        pools=(1,) if chance.random() < 0.3 else (),
        language=chance.choice(("", "", "", "ru", "tr")),
        locked=locked,
    )


def best_of_all(day: Day) -> int | None:
    """Fewest breaks with every meeting held, by trying everything; None when it cannot be."""
    best: int | None = None
    meetings = [meeting for meeting in day.meetings if not meeting.declined]
    for slots in product(range(len(day.slots)), repeat=len(meetings)):
        load = [slots.count(slot) for slot in range(len(day.slots))]
        if max(load, default=0) > len(day.tables):
            continue
        placements, homeless = seat(day, {m.id: slot for m, slot in zip(meetings, slots, strict=True)})
        if homeless or check_placements(day, placements):
            continue
        breaks = count_breaks(day, placements).values()
        if day.fairness is None or max(breaks) - min(breaks) <= day.fairness:
            best = sum(breaks) if best is None else min(best, sum(breaks))
    return best


def fewest_moves(
    day: Day, before: Sequence[Placement], hit: Sequence[int], now: int, most: int
) -> dict[tuple[int, ...], int]:
    """By trying everything: the meetings hit that may be given up, as few as can be, with the fewest moves of the rest.

    Up to `most` others move; who stays in a slot keeps its table. ``day`` is the disturbed one.
    """
    old, locked = {one.meeting: one for one in before}, {one.id for one in day.meetings if one.locked}
    others = [
        one.meeting
        for one in before
        if one.meeting not in hit and one.slot >= now and one.meeting not in locked
    ]
    found: dict[tuple[int, ...], int] = {}
    for number in range(len(hit) + 1):
        for lost in combinations(sorted(hit), number):
            rest = [one for one in hit if one not in lost]
            for some in chain.from_iterable(combinations(others, more) for more in range(most + 1)):
                moving = [*rest, *some]
                staying = [one for one in before if one.meeting not in moving and one.meeting not in hit]
                if _can_move(day, staying, [old[one] for one in moving], now):
                    found[lost] = len(moving)
                    break
        if found:
            break
    return found


def _can_move(day: Day, staying: list[Placement], moving: list[Placement], now: int) -> bool:
    """Whether all of these have another slot and a table there."""
    if check_placements(day, staying):
        return False
    if not moving:
        return True
    one, *rest = moving
    taken = {(other.slot, other.table) for other in staying}
    return any(
        _can_move(day, [*staying, Placement(one.meeting, slot, table.id)], rest, now)
        for slot in range(now, len(day.slots))
        for table in day.tables
        if slot != one.slot and (slot, table.id) not in taken
    )
