"""Writes of the tables and interpreters of a day."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from matchmaker.core import audit
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import DomainError, NotFound, existing
from matchmaker.meetings.models import (
    B2bDay,
    DayInterpreter,
    DayParticipant,
    DayTable,
    MeetingBooking,
)
from matchmaker.meetings.setup import queries as setup_queries
from matchmaker.meetings.setup.frame_services import to_change
from matchmaker.meetings.setup.rules import MOST_TABLES


@dataclass(frozen=True, slots=True)
class Table:
    """What is said of a table; closed holds positions of slots."""

    number: int
    room: str = ""
    languages: Sequence[str] = ()
    host_id: int | None = None
    closed: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Interpreter:
    """What is said of an interpreter; the first of the pairs is what the timetable counts on."""

    name: str
    pairs: Sequence[str]
    phone: str = ""
    closed: Sequence[int] = ()


def add_tables(actor: Actor, day: B2bDay, count: int, room: str, languages: Sequence[str]) -> list[DayTable]:
    """Add so many tables, numbered on from the last; raises NotAllowed, Conflict, DomainError at `count`."""
    return add_tables_behind(actor, to_change(actor, day), count, room, languages)


def add_tables_behind(
    actor: Actor, day: B2bDay, count: int, room: str, languages: Sequence[str]
) -> list[DayTable]:
    """The same for whoever has locked the day already."""
    if len(day.tables) + count > MOST_TABLES:
        raise DomainError(_("A day has at most %(most)s tables.", most=MOST_TABLES), "count")
    first = max((one.number for one in day.tables), default=0) + 1
    rows = [
        DayTable(day_id=day.id, number=number, room=room, languages=list(languages), closed=[])
        for number in range(first, first + count)
    ]
    day.tables.extend(rows)
    db.session.flush()
    audit.record(actor, "add_tables", "b2b_day", day.id, after={"first": first, "count": count, "room": room})
    db.session.flush()
    return rows


def save_table(actor: Actor, day: B2bDay, table_id: int, table: Table) -> DayTable:
    """Change a table.

    Raises NotAllowed, Conflict, NotFound, DomainError at the field: a number that another table has, a host of another
    day, or a time at which a meeting is placed there.
    """
    day = to_change(actor, day)
    row = existing(next((one for one in day.tables if one.id == table_id), None))
    if table.host_id is not None and table.host_id not in _participants(day.id):
        raise DomainError(_("This firm does not take part in the day."), "host_id")
    taken = setup_queries.tables_in_use(day.id).get(row.id, set())
    return save_table_behind(actor, day, row, table, taken)


def save_table_behind(
    actor: Actor, day: B2bDay, row: DayTable, table: Table, taken: Collection[int]
) -> DayTable:
    """The same for whoever has locked the day already and knows the host; `taken` are the slots of meetings there.

    What stands already is no news.
    """
    if any(one.number == table.number and one is not row for one in day.tables):
        raise DomainError(_("Another table has this number."), "number")
    _refuse_taken(day, set(table.closed).difference(row.closed), taken)
    before = _told_table(row)
    row.number, row.room, row.host_id = table.number, table.room, table.host_id
    row.languages, row.closed = list(table.languages), sorted(table.closed)
    if not db.session.is_modified(row):
        return row
    audit.record(actor, "change", "day_table", row.id, before, _told_table(row))
    db.session.flush()
    return row


def remove_table(actor: Actor, day: B2bDay, table_id: int) -> None:
    """Take a table away; raises NotAllowed, Conflict, NotFound, DomainError at `table` where meetings are placed there."""
    day = to_change(actor, day)
    row = existing(next((one for one in day.tables if one.id == table_id), None))
    if row.id in setup_queries.tables_in_use(day.id):
        raise DomainError(
            _("Meetings are placed at table %(number)s. Move them first.", number=row.number), "table"
        )
    day.tables.remove(row)
    audit.record(actor, "remove", "day_table", table_id, _told_table(row))
    db.session.flush()


def save_interpreter(
    actor: Actor, day: B2bDay, interpreter: Interpreter, row: DayInterpreter | None = None
) -> DayInterpreter:
    """Add an interpreter or change one; raises NotAllowed, Conflict, DomainError at the field."""
    day = to_change(actor, day)
    kept = next((one for one in day.interpreters if row and one.id == row.id), None)
    if row and kept is None:
        raise NotFound
    taken = setup_queries.interpreters_in_use(day.id)
    return save_interpreter_behind(
        actor, day, interpreter, kept, taken.get(kept.id, set()) if kept else set()
    )


def save_interpreter_behind(
    actor: Actor,
    day: B2bDay,
    interpreter: Interpreter,
    row: DayInterpreter | None,
    taken: Collection[int],
) -> DayInterpreter:
    """The same for whoever has locked the day already; `taken` are the slots at which the person interprets.

    What stands already is no news.
    """
    if not interpreter.pairs:
        raise DomainError(_("Choose the languages between which this person interprets."), "pair")
    kept = row or DayInterpreter(day_id=day.id, closed=[])
    _refuse_taken(day, set(interpreter.closed).difference(kept.closed), taken)
    before = _told_interpreter(kept) if row else {}
    kept.name, kept.phone = interpreter.name, interpreter.phone
    kept.pairs, kept.closed = list(interpreter.pairs), sorted(interpreter.closed)
    if row is not None and not db.session.is_modified(row):
        return row
    if row is None:
        day.interpreters.append(kept)
    db.session.flush()
    after = _told_interpreter(kept)
    audit.record(actor, "change" if row else "add", "day_interpreter", kept.id, before, after)
    db.session.flush()
    return kept


def remove_interpreter(actor: Actor, day: B2bDay, interpreter_id: int) -> None:
    """Take an interpreter out of the day; raises as remove_table does, at `interpreter`."""
    day = to_change(actor, day)
    row = existing(next((one for one in day.interpreters if one.id == interpreter_id), None))
    if db.session.scalar(select(MeetingBooking.id).where(MeetingBooking.interpreter_id == row.id).limit(1)):
        raise DomainError(
            _("%(name)s interprets at meetings. Move them first.", name=row.name), "interpreter"
        )
    day.interpreters.remove(row)
    audit.record(actor, "remove", "day_interpreter", interpreter_id, _told_interpreter(row))
    db.session.flush()


def _refuse_taken(day: B2bDay, closed: Collection[int], taken: Collection[int]) -> None:
    """Closing a time at which a meeting is placed would break the timetable."""
    times = [day.time_of(one.starts_at) for one in day.slots if one.position in closed and one.id in taken]
    if times:
        told = ", ".join(times)
        raise DomainError(_("Meetings are placed at %(times)s. Move them first.", times=told), "closed")


def _participants(day_id: int) -> set[int]:
    return set(db.session.scalars(select(DayParticipant.id).where(DayParticipant.day_id == day_id)))


def _told_table(row: DayTable) -> dict[str, Any]:
    names = ("number", "room", "languages", "host_id", "closed")
    return {"day": row.day_id, **{name: getattr(row, name) for name in names}}


def _told_interpreter(row: DayInterpreter) -> dict[str, Any]:
    names = ("name", "pairs", "closed")
    return {"day": row.day_id, **{name: getattr(row, name) for name in names}}
