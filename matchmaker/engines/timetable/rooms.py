"""What only so many meetings of a slot can have, as a plan in use stands: tables, interpreters, people of a firm."""

from collections.abc import Iterable
from itertools import chain, combinations
from typing import NamedTuple

from matchmaker.engines.timetable.board import host_table
from matchmaker.engines.timetable.day import Meeting
from matchmaker.engines.timetable.live import Live


class Use(NamedTuple):
    """One kind of place in one slot: some tables, an interpreter of a pool, or somebody of a firm that sends several."""

    kind: str
    ids: frozenset[int]
    slot: int


class Rooms:
    """Counts places in a live plan; meetings that stay in their slot keep their table."""

    def __init__(self, live: Live) -> None:
        self.live = live
        self.tables = {table.id: table for table in live.day.tables}
        walking = [table for table in live.day.tables if table.host is None]
        self.everywhere = frozenset(table.id for table in walking)
        self.serving: dict[tuple[str, ...], frozenset[int]] = {}
        if any(table.languages for table in walking):
            spoken = sorted({meeting.language for meeting in live.day.meetings} - {""})
            for some in chain.from_iterable(combinations(spoken, n + 1) for n in range(len(spoken))):
                fit = (t.id for t in walking if not t.languages or t.languages & set(some))
                self.serving[some] = frozenset(fit)
        self.needed: dict[int, tuple[tuple[str, frozenset[int]], ...]] = {}

    def tables_at(self, slot: int) -> Use:
        """The tables of a slot that are nobody's own."""
        return Use("tables", self.everywhere, slot)

    def walks(self, number: int) -> bool:
        """Whether a meeting takes one of these tables."""
        return host_table(self.live.meetings[number], self.live.hosts) is None

    def wanted(self, number: int, slot: int) -> list[Use]:
        """What a meeting takes where it comes into a slot.

        Hall's theorem: those who come can be seated if for every set of languages their meetings are no more than the
        free tables that take one of them.
        """
        if number not in self.needed:
            self.needed[number] = tuple(self._needs(self.live.meetings[number]))
        return [Use(kind, ids, slot) for kind, ids in self.needed[number]]

    def _needs(self, meeting: Meeting) -> Iterable[tuple[str, frozenset[int]]]:
        home = host_table(meeting, self.live.hosts)
        if home is not None:
            yield "tables", frozenset((home.id,))
        else:
            yield "tables", self.everywhere
            for some, tables in self.serving.items():
                if meeting.language in some and tables != self.everywhere:
                    yield "tables", tables
        for pool in meeting.pools:
            yield "pool", frozenset((pool,))
        for firm in meeting.firms:
            if self.live.firms[firm].representatives > 1:
                yield "firm", frozenset((firm,))

    def free(self, use: Use) -> int:
        """How many places nobody has."""
        live, slot = self.live, use.slot
        if use.kind == "tables":
            return sum(self._open(table, slot) and (table, slot) not in live.at_table for table in use.ids)
        (one,) = use.ids
        if use.kind == "pool":
            return live.pools[one].size_at(slot) - live.used[one, slot]
        return live.firms[one].representatives - len(live.seen.get((one, slot), ()))

    def users(self, use: Use) -> list[int]:
        """Meetings that would free a place by going; in order of their numbers."""
        live, slot = self.live, use.slot
        if use.kind == "tables":
            there = (live.at_table.get((table, slot)) for table in use.ids if self._open(table, slot))
            return sorted(number for number in there if number is not None)
        (one,) = use.ids
        if use.kind == "pool":
            held = (number for (_, at), number in live.at_table.items() if at == slot)
            return sorted(number for number in held if one in live.meetings[number].pools)
        return sorted(live.seen.get((one, slot), ()))

    def in_the_way(self, number: int, slot: int) -> list[int]:
        """Meetings of its firms in a slot where a firm can hold one at a time."""
        live = self.live
        firms = live.meetings[number].firms
        alone = (firm for firm in firms if live.firms[firm].representatives == 1)
        return sorted({other for firm in alone for other in live.seen.get((firm, slot), ())} - {number})

    def _open(self, table: int, slot: int) -> bool:
        return slot not in self.tables[table].blocked
