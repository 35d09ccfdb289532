"""A plan in use: who is where, what is free, and what a meeting would displace; cheap enough for one click."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from matchmaker.engines.timetable.board import host_table, hosted_tables
from matchmaker.engines.timetable.day import Day, Meeting, Placement, Table
from matchmaker.engines.timetable.pairing import matching


class Live:
    """The placements of a day, changed by ``take`` and ``put``; both are undone by the other."""

    def __init__(self, day: Day, placements: Iterable[Placement]) -> None:
        self.day = day
        self.meetings = {meeting.id: meeting for meeting in day.meetings}
        self.firms = {firm.id: firm for firm in day.firms}
        self.pools = {pool.id: pool for pool in day.pools}
        self.hosts = hosted_tables(day)
        self.placed: dict[int, Placement] = {}
        self.seen: dict[tuple[int, int], list[int]] = defaultdict(list)
        self.at_table: dict[tuple[int, int], int] = {}
        self.used: dict[tuple[int, int], int] = defaultdict(int)
        self.held: dict[int, int] = defaultdict(int)
        self.later: dict[int, list[int]] = defaultdict(list)
        for meeting in day.meetings:
            for earlier in meeting.after:
                self.later[earlier].append(meeting.id)
        for one in placements:
            self.put(one)

    def put(self, one: Placement) -> None:
        """Hold a meeting that has no place."""
        meeting = self.meetings[one.meeting]
        self.placed[one.meeting] = one
        self.at_table[one.table, one.slot] = one.meeting
        for firm in meeting.firms:
            self.seen[firm, one.slot].append(one.meeting)
            self.held[firm] += 1
        for pool in meeting.pools:
            self.used[pool, one.slot] += 1

    def take(self, number: int) -> Placement:
        """Hold it no longer; where it was."""
        one = self.placed.pop(number)
        del self.at_table[one.table, one.slot]
        for firm in self.meetings[number].firms:
            self.seen[firm, one.slot].remove(number)
            self.held[firm] -= 1
        for pool in self.meetings[number].pools:
            self.used[pool, one.slot] -= 1
        return one

    def allowed(self, meeting: Meeting, slot: int) -> bool:
        """Whether the slot is open to a wish and in the order of those that are held, whoever else is busy."""
        return self.open_to(meeting, slot) and self._in_order(meeting, slot)

    def open_to(self, meeting: Meeting, slot: int) -> bool:
        """Whether the firms are there and the wish itself leaves the slot open."""
        return (
            (meeting.fixed is None or meeting.fixed == slot)
            and (not meeting.session or self.day.slots[slot].session == meeting.session)
            and all(slot not in self.firms[firm].blocked for firm in meeting.firms)
        )

    def _in_order(self, meeting: Meeting, slot: int) -> bool:
        sooner = (self.placed[e].slot for e in meeting.after if e in self.placed)
        after = (self.placed[e].slot for e in self.later[meeting.id] if e in self.placed)
        return all(one < slot for one in sooner) and all(one > slot for one in after)

    def in_the_way(self, meeting: Meeting, slot: int) -> list[int]:
        """Meetings whose firms are needed in the slot and have nobody else to send."""
        found: list[int] = []
        for firm in meeting.firms:
            busy = self.seen.get((firm, slot), [])
            if len(busy) >= self.firms[firm].representatives:
                found += busy[: 1 + len(busy) - self.firms[firm].representatives]
        return sorted(set(found))

    def lacks_interpreter(self, meeting: Meeting, slot: int) -> bool:
        """Whether all interpreters of some pool that it needs are taken."""
        return any(self.used[pool, slot] >= self.pools[pool].size_at(slot) for pool in meeting.pools)

    def table(self, meeting: Meeting, slot: int) -> int | None:
        """A free table that takes the meeting, one at which its firms sit just before or after if there is one."""
        near = self._near(meeting, slot)
        return min(self._tables(meeting, slot), key=lambda number: (number not in near, number), default=None)

    def tables(self, meeting: Meeting, slot: int) -> list[int]:
        """All free tables that take the meeting, those near its firms first."""
        near = self._near(meeting, slot)
        return sorted(self._tables(meeting, slot), key=lambda number: (number not in near, number))

    def _tables(self, meeting: Meeting, slot: int) -> list[int]:
        home = host_table(meeting, self.hosts)
        if home is not None:
            return [home.id] if slot not in home.blocked and (home.id, slot) not in self.at_table else []
        return [table.id for table in self.day.tables if self._takes(table, meeting, slot)]

    def _near(self, meeting: Meeting, slot: int) -> set[int]:
        """Where its firms sit just before and after."""
        return {
            self.placed[number].table
            for firm in meeting.firms
            for at in (slot - 1, slot + 1)
            for number in self.seen.get((firm, at), [])
        }

    def _takes(self, table: Table, meeting: Meeting, slot: int) -> bool:
        return (
            table.host is None
            and slot not in table.blocked
            and (table.id, slot) not in self.at_table
            and (not meeting.language or not table.languages or meeting.language in table.languages)
        )

    def place_in(self, meeting: Meeting, slot: int) -> Placement | None:
        """Where the meeting can be held in a slot as everything stands; None when it cannot."""
        if (
            not self.allowed(meeting, slot)
            or self.in_the_way(meeting, slot)
            or self.lacks_interpreter(meeting, slot)
        ):
            return None
        table = self.table(meeting, slot)
        return None if table is None else Placement(meeting.id, slot, table)

    def seat(self, slots: Mapping[int, int]) -> list[Placement] | None:
        """Put meetings without a place into slots, each at a free table near the one before; None, and none put, where a
        slot has no table for one.
        """
        found: list[Placement] = []
        for slot in sorted(set(slots.values())):
            here = [number for number, at in slots.items() if at == slot]
            tables = matching({number: self.tables(self.meetings[number], slot) for number in here})
            if len(tables) < len(here):
                for one in found:
                    self.take(one.meeting)
                return None
            for number in here:
                found.append(Placement(number, slot, tables[number]))
                self.put(found[-1])
        return found

    def next_place(self, meeting: Meeting, now: int) -> Placement | None:
        """The first place from a slot on."""
        return next(self.places(meeting, now), None)

    def places(self, meeting: Meeting, now: int) -> Iterator[Placement]:
        """All slots from one on in which it can be held, each with a table."""
        for slot in range(max(0, now), len(self.day.slots)):
            one = self.place_in(meeting, slot)
            if one is not None:
                yield one

    def waiting(self) -> list[Meeting]:
        """Wishes that could still be held, must-meets and the heaviest first; firms at their limit wait for nothing."""
        found = [
            meeting
            for meeting in self.day.meetings
            if meeting.id not in self.placed and not meeting.declined and meeting.locked is None
        ]
        return sorted(found, key=lambda meeting: (not meeting.must, -meeting.weight, meeting.id))

    def wants_more(self, meeting: Meeting) -> bool:
        """Whether none of its firms has as many meetings as it wants."""
        limits = ((self.firms[firm].most, self.held[firm]) for firm in meeting.firms)
        return all(most is None or held < most for most, held in limits)
