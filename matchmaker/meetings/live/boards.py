"""Screens in the room: what is on and what comes next, by table, as firms were told."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from matchmaker.core import clock
from matchmaker.core.i18n import language
from matchmaker.core.paging import Paging
from matchmaker.firms.names import ShownName
from matchmaker.meetings import parties
from matchmaker.meetings.live import queries, rules
from matchmaker.meetings.models import B2bDay, DaySlot, DayTable, Meeting
from matchmaker.meetings.words import block_name

LARGE: Final = 6
"""Tables that a screen shows in one column, in letters that are read from afar."""
COLUMN: Final = 12
MOST_COLUMNS: Final = 3
"""More tables than fit into these columns are shown in turns."""


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One table of a room: who sits there, who is next."""

    table: int
    now: list[ShownName]
    next: list[ShownName]


@dataclass(frozen=True, slots=True)
class Board:
    """A room; now and next are the times, empty where nothing is on or nothing comes; between is a break by name.

    `columns` are the tables of one screen, `paging` which of all they are.
    """

    day: B2bDay
    room: str
    rooms: list[str]
    now: str
    next: str
    between: str
    columns: list[Sequence[BoardLine]]
    paging: Paging
    free: list[int]


@dataclass(frozen=True, slots=True)
class TableScreen:
    """One table: the meeting that is on and those that come."""

    day: B2bDay
    table: DayTable
    now: list[ShownName]
    until: str
    coming: list[tuple[str, list[ShownName]]]


def mark(day: B2bDay, *what: str) -> str:
    """Changes whenever a screen would: with a step of the timetable, an event of a meeting, or the hands of the clock."""
    hands = rules.hands(day.slots, clock.now())
    parts = (day.id, day.version, day.plan_step, queries.last_event(day.id), hands, language(), *what)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:20]


def board(day: B2bDay, room: str, part: int) -> Board:
    """Put a room together; an empty name shows all tables. `part` is the screen, from 1, where one does not hold them."""
    hands = rules.hands(day.slots, clock.now())
    rooms = list(dict.fromkeys(one.room for one in day.tables if one.room))
    tables = [one for one in day.tables if not room or one.room == room]
    on, coming = _slot(day, hands.now), _slot(day, hands.next)
    meetings = queries.meetings_in(day.id, [one.id for one in (on, coming) if one])
    now, later = _by_table(meetings, on), _by_table(meetings, coming)
    lines = [
        BoardLine(one.number, now.get(one.id, []), later.get(one.id, []))
        for one in tables
        if one.id in now or one.id in later
    ]
    paging = Paging.near(part, COLUMN * MOST_COLUMNS, len(lines))
    return Board(
        day=day,
        room=room,
        rooms=rooms,
        now=_span(day, on),
        next=_span(day, coming),
        between="" if on else _between(day),
        columns=_columns(paging.of(lines)),
        paging=paging,
        free=[one.number for one in tables if on and one.id not in now and on.position not in one.closed],
    )


def _columns(lines: Sequence[BoardLine]) -> list[Sequence[BoardLine]]:
    """The tables of a screen, in as few columns as hold them and of about the same length."""
    number = 1 if len(lines) <= LARGE else max(2, -(-len(lines) // COLUMN))
    length = max(1, -(-len(lines) // number))
    return [lines[start : start + length] for start in range(0, len(lines), length)]


def table_screen(day: B2bDay, table: DayTable) -> TableScreen:
    """Put the screen of a table together."""
    hands = rules.hands(day.slots, clock.now())
    on = _slot(day, hands.now)
    coming = [one for one in day.slots if one.position >= hands.first_open]
    meetings = [
        one
        for one in queries.meetings_in(day.id, [one.id for one in (on, *coming) if one])
        if one.told_table_id == table.id
    ]
    at = {one.told_slot_id: parties.names(one) for one in meetings}
    return TableScreen(
        day=day,
        table=table,
        now=at.get(on.id, []) if on else [],
        until=day.time_of(on.ends_at) if on else "",
        coming=[(day.time_of(one.starts_at), at[one.id]) for one in coming if one.id in at],
    )


def _slot(day: B2bDay, position: int | None) -> DaySlot | None:
    return None if position is None else day.slots[position]


def _span(day: B2bDay, slot: DaySlot | None) -> str:
    return f"{day.time_of(slot.starts_at)}–{day.time_of(slot.ends_at)}" if slot else ""


def _between(day: B2bDay) -> str:
    now = clock.now()
    block = next((one for one in day.blocks if one.starts_at <= now < one.ends_at), None)
    return block_name(block, language()) if block and block.kind.value == "break" else ""


def _by_table(meetings: Sequence[Meeting], slot: DaySlot | None) -> dict[int, list[ShownName]]:
    return {
        one.told_table_id: parties.names(one)
        for one in meetings
        if slot is not None and one.told_slot_id == slot.id and one.told_table_id is not None
    }
