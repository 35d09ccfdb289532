"""Random small days with every kind of rule, the same for the same seed."""

import random
from itertools import combinations, product

from matchmaker.engines.timetable.check import check_placements, count_breaks
from matchmaker.engines.timetable.day import Day, Firm, Meeting, Place, Pool, Slot, Table
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
