"""Free places for meetings that only have to go: those that are named, and anybody of a slot that lacks a table.

Nobody else makes way for them. Tables are counted here; which one it is comes later.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count, islice
from typing import Final

from matchmaker.engines.timetable.day import Placement
from matchmaker.engines.timetable.live import Live
from matchmaker.engines.timetable.rooms import Rooms

TRIES: Final = 400
"""Places that are tried before it is given up."""
ALIKE: Final = 6
"""Meetings of a slot that are tried for the same free place."""


Ways = dict[int, list[int]]
"""Where somebody who leaves may go: by free slot, meetings of which one could take it."""


class Vacating:
    """Looks for free places while some meetings have new slots; the plan is as before afterwards."""

    def __init__(self, live: Live, rooms: Rooms, now: int, movable: Callable[[int], bool]) -> None:
        self.live, self.rooms, self.now, self.movable = live, rooms, now, movable
        self.left = 0
        self.room: dict[int, int] = {}
        self.moved: set[int] = set()
        # Tables that do not exist: where meetings are that have a slot and no table yet.
        self.nowhere = count(min((table.id for table in live.day.tables), default=0) - 1, -1)

    def found(
        self, plan: Mapping[int, int], adrift: Sequence[int], lacking: Mapping[int, int]
    ) -> dict[int, int] | None:
        """New slots of those who are adrift, and of as many of each slot as it lacks tables; None where not found."""
        with self._seated(plan, adrift) as old:
            coming = Counter(slot for number, slot in plan.items() if self.rooms.walks(number))
            self.room = {
                slot: self.rooms.free(self.rooms.tables_at(slot)) - coming[slot]
                for slot in range(self.now, len(self.live.day.slots))
            }
            self.moved = {*plan}
            leaving = [self._ways([number], old[number]) for number in adrift]
            for slot, number in lacking.items():
                users = self.rooms.users(self.rooms.tables_at(slot))
                here = [one for one in users if one not in plan and self.movable(one)]
                leaving += [self._ways(here, slot)] * number
            self.left = TRIES
            return self._placed(sorted(leaving, key=len))

    @contextmanager
    def _seated(self, plan: Mapping[int, int], adrift: Sequence[int]) -> Iterator[dict[int, int]]:
        """The plan with new slots for some, at tables that do not exist; the old slots of all that moved or go."""
        live = self.live
        old = [live.take(number) for number in (*plan, *adrift) if number in live.placed]
        for number, slot in plan.items():
            live.put(Placement(number, slot, next(self.nowhere)))
        try:
            yield {one.meeting: one.slot for one in old}
        finally:
            for number in plan:
                live.take(number)
            for one in old:
                live.put(one)

    def _ways(self, candidates: Sequence[int], old: int) -> Ways:
        """The free places of each slot, for a few of those who could take it."""
        ways: Ways = {}
        for slot in range(self.now, len(self.live.day.slots)):
            if slot != old:
                fit = (number for number in candidates if self._fits(number, slot))
                some = list(islice(fit, ALIKE))
                if some:
                    ways[slot] = some
        return ways

    def _fits(self, number: int, slot: int) -> bool:
        live, meeting = self.live, self.live.meetings[number]
        return (
            (self.room[slot] > 0 or not self.rooms.walks(number))
            and live.allowed(meeting, slot)
            and not live.in_the_way(meeting, slot)
            and not live.lacks_interpreter(meeting, slot)
        )

    def _placed(self, leaving: list[Ways]) -> dict[int, int] | None:
        """A place for each, trying those with the fewest places first."""
        if not leaving:
            return {}
        first, *rest = leaving
        for slot, some in first.items():
            for number in some:
                self.left -= 1
                if self.left < 0:
                    return None
                if number not in self.moved and self._fits(number, slot):
                    found = self._with(number, slot, rest)
                    if found is not None:
                        return found
        return None

    def _with(self, number: int, slot: int, rest: list[Ways]) -> dict[int, int] | None:
        """The others placed too, where this one has a slot."""
        live = self.live
        old = live.take(number) if number in live.placed else None
        live.put(Placement(number, slot, next(self.nowhere)))
        taken = int(self.rooms.walks(number))
        self.room[slot] -= taken
        self.moved.add(number)
        found = self._placed(rest)
        self.moved.remove(number)
        self.room[slot] += taken
        live.take(number)
        if old is not None:
            live.put(old)
        return None if found is None else {number: slot, **found}
