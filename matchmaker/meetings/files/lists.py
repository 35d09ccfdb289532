"""The lists of a day as columns and rows; headings are the same in every language, so that a file comes back in."""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import Final

from matchmaker.core.sheets_out import Cell
from matchmaker.meetings import queries
from matchmaker.meetings.models import B2bDay
from matchmaker.meetings.plan import queries as plan_queries
from matchmaker.meetings.wishes import queries as wish_queries

Rows = list[Sequence[Cell]]


class ListKind(StrEnum):
    """What a list is of."""

    FIRMS = "firms"
    WISHES = "wishes"
    TABLES = "tables"
    INTERPRETERS = "interpreters"
    MEETINGS = "meetings"


COLUMNS: Final[dict[ListKind, tuple[str, ...]]] = {
    ListKind.FIRMS: (
        "firm_id", "firm", "country", "people", "languages", "arrives", "leaves", "closed", "least", "most",
    ),
    ListKind.WISHES: ("firm_id", "firm", "other_id", "other", "wish"),
    ListKind.TABLES: ("number", "room", "languages", "host_id", "host", "closed"),
    ListKind.INTERPRETERS: ("name", "pairs", "phone", "closed"),
    ListKind.MEETINGS: (
        "from", "until", "table", "room", "firms", "people", "interpreter", "state", "must", "fit",
    ),
}  # fmt: skip
IMPORTED: Final = (ListKind.FIRMS, ListKind.WISHES, ListKind.TABLES, ListKind.INTERPRETERS)
"""The lists that come back in; meetings follow from wishes and the timetable."""
KEYS: Final[dict[ListKind, tuple[str, ...]]] = {
    ListKind.FIRMS: ("firm_id",),
    ListKind.WISHES: ("firm_id", "other_id", "wish"),
    ListKind.TABLES: ("number",),
    ListKind.INTERPRETERS: ("name", "pairs"),
}
"""The columns without which a line says nothing."""


def rows_of(day: B2bDay, kind: ListKind) -> Rows:
    """The rows of one list."""
    return list(_MAKERS[kind](day))


def _firms(day: B2bDay) -> Iterable[Sequence[Cell]]:
    for one in queries.participants(day.id):
        people = "; ".join(person.name for person in one.people if person.left_at is None)
        yield (
            one.firm_id,
            one.firm.name,
            one.firm.country,
            people,
            " ".join(one.languages),
            f"{day.clock(one.arrives_at):%H:%M}" if one.arrives_at else "",
            f"{day.clock(one.leaves_at):%H:%M}" if one.leaves_at else "",
            times_of(day, one.closed),
            one.least,
            one.most,
        )


def _wishes(day: B2bDay) -> Iterable[Sequence[Cell]]:
    firms = {one.id: one.firm for one in queries.participants(day.id)}
    said = wish_queries.said_of_day(day.id)
    for (one, other), kind in sorted(said.items()):
        yield firms[one].id, firms[one].name, firms[other].id, firms[other].name, kind.value


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
    slots, tables = {one.id: one for one in day.slots}, {one.id: one for one in day.tables}
    interpreters = {one.id: one.name for one in day.interpreters}
    rows = plan_queries.rows(day)
    firms = {one.id: one for one in rows.participants}
    names = {person.id: person.name for one in rows.participants for person in one.people}
    for one in sorted(rows.meetings, key=lambda row: (row.slot_id or 2**31, row.table_id or 0, row.id)):
        slot, table = slots.get(one.slot_id or 0), tables.get(one.table_id or 0)
        booked = [row for row in one.bookings if row.person_id or row.interpreter_id]
        yield (
            f"{day.clock(slot.starts_at):%H:%M}" if slot else "",
            f"{day.clock(slot.ends_at):%H:%M}" if slot else "",
            table.number if table else None,
            table.room if table else "",
            "; ".join(firms[party.participant_id].firm.name for party in one.parties),
            "; ".join(names[row.person_id] for row in booked if row.person_id in names),
            "; ".join(
                interpreters[row.interpreter_id] for row in booked if row.interpreter_id in interpreters
            ),
            one.state.value,
            one.must,
            one.weight,
        )


def times_of(day: B2bDay, positions: Iterable[int]) -> str:
    """Positions of slots as the times at which they begin."""
    return " ".join(
        f"{day.clock(one.starts_at):%H:%M}" for one in day.slots if one.position in set(positions)
    )


_MAKERS: Final[dict[ListKind, Callable[[B2bDay], Iterable[Sequence[Cell]]]]] = {
    ListKind.FIRMS: _firms,
    ListKind.WISHES: _wishes,
    ListKind.TABLES: _tables,
    ListKind.INTERPRETERS: _interpreters,
    ListKind.MEETINGS: _meetings,
}
