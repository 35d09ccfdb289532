"""The lists of a day as columns and rows; headings are the same in every language, so that a file comes back in."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final

from matchmaker.core.sheets_out import Cell
from matchmaker.meetings import queries
from matchmaker.meetings.models import B2bDay, DaySlot
from matchmaker.meetings.plan import queries as plan_queries
from matchmaker.meetings.plan.rows import MeetingRow, Rows
from matchmaker.meetings.wishes import queries as wish_queries

Table = list[Sequence[Cell]]
Key = tuple[Cell, ...]
Keyed = dict[Key, list[Sequence[Cell]]]
"""Rows by what they are known by; several where a day has, say, two people of one name."""
YES: Final = "yes"
"""How a column says that something holds; it is empty otherwise."""


class ListKind(StrEnum):
    """What a list is of, in the order in which a whole day comes in: each needs only those before it."""

    FRAME = "frame"
    BLOCKS = "blocks"
    FIRMS = "firms"
    PEOPLE = "people"
    TABLES = "tables"
    INTERPRETERS = "interpreters"
    WISHES = "wishes"
    MEETINGS = "meetings"


COLUMNS: Final[dict[ListKind, tuple[str, ...]]] = {
    ListKind.FRAME: (
        "slot_minutes", "change_minutes", "least", "most", "fairness", "host_country", "same_side", "place", "entrance",
    ),
    ListKind.BLOCKS: ("kind", "from", "until", "name_tr", "name_ru", "name_en"),
    ListKind.FIRMS: (
        "firm_id", "firm", "country", "state", "people", "languages", "arrives", "leaves", "closed", "least", "most",
    ),
    ListKind.PEOPLE: ("firm_id", "firm", "name", "name_romanised", "position", "languages"),
    ListKind.TABLES: ("number", "room", "languages", "host_id", "host", "closed"),
    ListKind.INTERPRETERS: ("name", "pairs", "phone", "closed"),
    ListKind.WISHES: ("firm_id", "firm", "other_id", "other", "wish", "topic"),
    ListKind.MEETINGS: (
        "from", "until", "table", "room", "firm_ids", "firms", "people", "interpreter", "state", "must", "fit",
        "locked", "topic", "block", "fixed", "after",
    ),
}  # fmt: skip
KEYS: Final[dict[ListKind, tuple[str, ...]]] = {
    ListKind.FRAME: ("slot_minutes", "change_minutes"),
    ListKind.BLOCKS: ("kind", "from", "until"),
    ListKind.FIRMS: ("firm_id",),
    ListKind.PEOPLE: ("firm_id", "name"),
    ListKind.TABLES: ("number",),
    ListKind.INTERPRETERS: ("name", "pairs"),
    ListKind.WISHES: ("firm_id", "other_id", "wish"),
    ListKind.MEETINGS: ("firm_ids",),
}
"""The columns without which a line says nothing."""
SAME: Final[dict[ListKind, tuple[str, ...]]] = {
    **KEYS,
    ListKind.FRAME: (),
    ListKind.BLOCKS: ("from",),
    ListKind.INTERPRETERS: ("name",),
    ListKind.WISHES: ("firm_id", "other_id"),
}
"""The columns by which a line is known again: another line of the same is a change of it."""


def rows_of(day: B2bDay, kind: ListKind) -> Table:
    """The rows of one list."""
    return list(_MAKERS[kind](day))


def keyed(day: B2bDay, kind: ListKind) -> Keyed:
    """The rows of one list by what they are known by."""
    places = [COLUMNS[kind].index(name) for name in SAME[kind]]
    found: Keyed = {}
    for row in rows_of(day, kind):
        found.setdefault(tuple(row[at] for at in places), []).append(row)
    return found


def _frame(day: B2bDay) -> Iterable[Sequence[Cell]]:
    yield tuple(
        said(value) if isinstance(value := getattr(day, name), bool) else value
        for name in COLUMNS[ListKind.FRAME]
    )


def _blocks(day: B2bDay) -> Iterable[Sequence[Cell]]:
    for one in day.blocks:
        span = (day.time_of(moment) for moment in (one.starts_at, one.ends_at))
        yield one.kind.value, *span, one.name_tr, one.name_ru, one.name_en


def _firms(day: B2bDay) -> Iterable[Sequence[Cell]]:
    for one in queries.participants(day.id):
        people = "; ".join(person.name for person in one.people if person.left_at is None)
        yield (
            one.firm_id,
            one.firm.name,
            one.firm.country,
            one.state.value,
            people,
            " ".join(one.languages),
            day.time_of(one.arrives_at) if one.arrives_at else "",
            day.time_of(one.leaves_at) if one.leaves_at else "",
            times_of(day, one.closed),
            one.least,
            one.most,
        )


def _people(day: B2bDay) -> Iterable[Sequence[Cell]]:
    for one in queries.participants(day.id):
        for who in one.people:
            if who.left_at is None:
                spoken = " ".join(who.languages)
                yield one.firm_id, one.firm.name, who.name, who.name_romanised, who.position, spoken


def _wishes(day: B2bDay) -> Iterable[Sequence[Cell]]:
    firms = {one.id: one.firm for one in queries.participants(day.id)}
    said_of, topics = wish_queries.said_of_day(day.id), wish_queries.topics_of_day(day.id)
    for (one, other), kind in sorted(said_of.items()):
        topic = topics.get((one, other), "")
        yield firms[one].id, firms[one].name, firms[other].id, firms[other].name, kind.value, topic


def _tables(day: B2bDay) -> Iterable[Sequence[Cell]]:
    firms = {one.id: one.firm for one in queries.participants(day.id)}
    for one in day.tables:
        host = firms.get(one.host_id or 0)
        yield (
            one.number,
            one.room,
            " ".join(one.languages),
            host.id if host else None,
            host.name if host else "",
            times_of(day, one.closed),
        )


def _interpreters(day: B2bDay) -> Iterable[Sequence[Cell]]:
    for one in day.interpreters:
        yield one.name, " ".join(one.pairs), one.phone, times_of(day, one.closed)


def _meetings(day: B2bDay) -> Iterable[Sequence[Cell]]:
    rows = plan_queries.rows(day)
    lines = _MeetingLines(day, rows)
    topics = plan_queries.topics(day.id)
    for one in sorted(rows.meetings, key=lambda row: (row.slot_id or 2**31, row.table_id or 0, row.id)):
        yield lines.line(one, topics.get(one.id, ""))


class _MeetingLines:
    """What names the rows of a meeting in its line."""

    def __init__(self, day: B2bDay, rows: Rows) -> None:
        self.times = {one.id: tuple(day.time_of(at) for at in _span(one)) for one in day.slots}
        self.blocks = {one.id: day.time_of(one.starts_at) for one in day.blocks}
        self.tables = {one.id: one for one in day.tables}
        self.interpreters = {one.id: one.name for one in day.interpreters}
        self.firms = {one.id: one.firm for one in rows.participants}
        self.names = {person.id: person.name for one in rows.participants for person in one.people}
        known = {one.id: self.numbers(one) for one in rows.meetings}
        self.earlier: dict[int, list[str]] = defaultdict(list)
        for order in rows.orders:
            if order.earlier_id in known:
                self.earlier[order.meeting_id].append(known[order.earlier_id])

    def numbers(self, one: MeetingRow) -> str:
        """The firms of a meeting by number, which name it."""
        return " ".join(
            str(number) for number in sorted(self.firms[party.participant_id].id for party in one.parties)
        )

    def line(self, one: MeetingRow, topic: str) -> Sequence[Cell]:
        """One meeting."""
        starts, ends = self.times.get(one.slot_id or 0, ("", ""))
        table = self.tables.get(one.table_id or 0)
        booked = [row.interpreter_id for row in one.bookings if row.interpreter_id in self.interpreters]
        people = [row.person_id for row in one.bookings if row.person_id in self.names]
        return (
            starts,
            ends,
            table.number if table else None,
            table.room if table else "",
            self.numbers(one),
            "; ".join(self.firms[party.participant_id].name for party in one.parties),
            "; ".join(self.names[number] for number in people if number),
            "; ".join(self.interpreters[number] for number in booked if number),
            one.state.value,
            said(one.must),
            one.weight,
            said(one.locked),
            topic,
            self.blocks.get(one.block_id or 0, ""),
            self.times.get(one.fixed_slot_id or 0, ("", ""))[0],
            "; ".join(sorted(self.earlier[one.id])),
        )


def _span(slot: DaySlot) -> tuple[datetime, datetime]:
    return slot.starts_at, slot.ends_at


def said(holds: bool) -> str:
    """How a column says that something holds."""
    return YES if holds else ""


def times_of(day: B2bDay, positions: Iterable[int]) -> str:
    """Positions of slots as the times at which they begin."""
    return " ".join(day.time_of(one.starts_at) for one in day.slots if one.position in set(positions))


_MAKERS: Final[dict[ListKind, Callable[[B2bDay], Iterable[Sequence[Cell]]]]] = {
    ListKind.FRAME: _frame,
    ListKind.BLOCKS: _blocks,
    ListKind.FIRMS: _firms,
    ListKind.PEOPLE: _people,
    ListKind.TABLES: _tables,
    ListKind.INTERPRETERS: _interpreters,
    ListKind.WISHES: _wishes,
    ListKind.MEETINGS: _meetings,
}
