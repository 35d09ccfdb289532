"""Tables: for each slot the assignment that lets most firms stay where they sat before."""

import numpy as np
from ortools.graph.python.linear_sum_assignment import SimpleLinearSumAssignment

from matchmaker.engines.timetable.board import host_table, hosted_tables
from matchmaker.engines.timetable.day import Day, Meeting, Placement, Table


def seat(day: Day, slot_of: dict[int, int]) -> tuple[tuple[Placement, ...], tuple[int, ...]]:
    """A table for each meeting that has a slot, and the meetings for which there is none.

    Locked meetings keep their table, firms with a table of their own stay there, languages are kept.
    """
    meetings = {meeting.id: meeting for meeting in day.meetings}
    hosts = hosted_tables(day)
    sat_at: dict[int, int] = {}
    placements: list[Placement] = []
    homeless: list[int] = []
    for slot in range(len(day.slots)):
        held = [meetings[number] for number in sorted(slot_of) if slot_of[number] == slot]
        taken = _settled(held, hosts)
        walking = [meeting for meeting in held if meeting.id not in taken]
        tables = [
            table
            for table in day.tables
            if table.host is None and slot not in table.blocked and table.id not in taken.values()
        ]
        taken |= _assign(walking, tables, sat_at)
        homeless += [meeting.id for meeting in walking if meeting.id not in taken]
        for meeting in held:
            if meeting.id in taken:
                placements.append(Placement(meeting.id, slot, taken[meeting.id]))
                sat_at |= dict.fromkeys(meeting.firms, taken[meeting.id])
    return tuple(sorted(placements, key=lambda placed: (placed.slot, placed.table))), tuple(homeless)


def _settled(held: list[Meeting], hosts: dict[int, Table]) -> dict[int, int]:
    """Meetings whose table is not open to choice."""
    settled: dict[int, int] = {}
    for meeting in held:
        home = host_table(meeting, hosts)
        if meeting.locked is not None and meeting.locked.table is not None:
            settled[meeting.id] = meeting.locked.table
        elif home is not None:
            settled[meeting.id] = home.id
    return settled


def _assign(walking: list[Meeting], tables: list[Table], sat_at: dict[int, int]) -> dict[int, int]:
    """The assignment with the fewest changes; when not all can sit, as many as possible do.

    A square problem: rows are meetings, then nobody; columns are tables, then standing, which is dearer than any walk.
    """
    size = max(len(walking), len(tables))
    if not walking:
        return {}
    standing, unfit = 1000, 100000
    cost = np.zeros((size, size), dtype=np.int64)
    cost[: len(walking), len(tables) :] = standing
    column = {table.id: at for at, table in enumerate(tables)}
    for row, meeting in enumerate(walking):
        known = [sat_at[firm] for firm in meeting.firms if firm in sat_at]
        cost[row, : len(tables)] = len(known)
        for table in known:
            if table in column:
                cost[row, column[table]] -= 1
        if meeting.language:
            closed = [
                at for at, t in enumerate(tables) if t.languages and meeting.language not in t.languages
            ]
            cost[row, closed] = unfit
    solver = SimpleLinearSumAssignment()
    rows, columns = np.divmod(np.arange(size * size), size)
    solver.add_arcs_with_cost(rows, columns, cost.ravel())
    if solver.solve() != solver.OPTIMAL:
        return {}
    mates = [solver.right_mate(row) for row in range(len(walking))]
    return {
        meeting.id: tables[at].id
        for row, (meeting, at) in enumerate(zip(walking, mates, strict=True))
        if at < len(tables) and cost[row, at] < unfit
    }
