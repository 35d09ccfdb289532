"""Reads of what a day is set up from."""

from typing import TypeVar

from sqlalchemy import select

from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import existing
from matchmaker.meetings import queries as day_queries
from matchmaker.meetings import rules as day_rules
from matchmaker.meetings.models import (
    B2bDay,
    DayBlock,
    DayInterpreter,
    DayParticipant,
    DayTable,
    Meeting,
    MeetingBooking,
)
from matchmaker.meetings.setup.rules import Part
from matchmaker.programmes.models import Programme
from matchmaker.programmes.trips import frame_queries
from matchmaker.programmes.trips.enums import ItemKind
from matchmaker.programmes.trips.models import TripItem

Row = TypeVar("Row", DayBlock, DayTable, DayInterpreter)


def block(block_id: int) -> Part[DayBlock]:
    """A block with its day; raises NotFound."""
    return _part(DayBlock, block_id)


def table(table_id: int) -> Part[DayTable]:
    """A table with its day; raises NotFound."""
    return _part(DayTable, table_id)


def interpreter(interpreter_id: int) -> Part[DayInterpreter]:
    """An interpreter with the day; raises NotFound."""
    return _part(DayInterpreter, interpreter_id)


def _part(kind: type[Row], number: int) -> Part[Row]:
    found = existing(db.session.get(kind, number))
    return Part(day_queries.day(found.day_id), found)


def days_of_programme(programme_id: int) -> list[B2bDay]:
    """The days of a trip, the first first."""
    found = select(B2bDay).where(B2bDay.programme_id == programme_id).order_by(B2bDay.held_on, B2bDay.id)
    return list(db.session.scalars(found))


def takes_part(actor: Actor, programme_id: int) -> bool:
    """Whether a firm of the actor takes part in a day of the trip that is open to firms."""
    firms = [one.firm_id for one in actor.memberships]
    found = (
        select(DayParticipant.id)
        .join(B2bDay, B2bDay.id == DayParticipant.day_id)
        .where(
            B2bDay.programme_id == programme_id,
            B2bDay.state.in_(day_rules.SHOWN_TO_FIRMS),
            DayParticipant.firm_id.in_(firms),
        )
        .limit(1)
    )
    return bool(firms) and db.session.scalar(found) is not None


def free_items(programme: Programme, but: int | None = None) -> list[TripItem]:
    """The items of a trip for meetings of firms that have no day yet, or the one with the number `but`."""
    taken = set(db.session.scalars(select(B2bDay.item_id).where(B2bDay.programme_id == programme.id))) - {but}
    return [
        one
        for one in frame_queries.items(programme.id)
        if one.kind is ItemKind.B2B and one.cancelled_at is None and one.id not in taken
    ]


def slots_in_use(day_id: int) -> set[int]:
    """The numbers of slots at which a meeting is placed, was told or is fixed."""
    rows = db.session.execute(
        select(Meeting.slot_id, Meeting.told_slot_id, Meeting.fixed_slot_id).where(Meeting.day_id == day_id)
    )
    return {number for row in rows for number in row if number is not None}


def interpreters_in_use(day_id: int) -> dict[int, set[int]]:
    """The slots at which each interpreter is at a meeting, by numbers."""
    rows = (
        select(DayInterpreter.id, MeetingBooking.slot_id)
        .join(MeetingBooking, MeetingBooking.interpreter_id == DayInterpreter.id)
        .where(DayInterpreter.day_id == day_id)
    )
    found: dict[int, set[int]] = {}
    for number, slot in db.session.execute(rows):
        found.setdefault(number, set()).add(slot)
    return found


def tables_in_use(day_id: int) -> dict[int, set[int]]:
    """The slots at which meetings are at each table, by numbers; told places as well."""
    rows = db.session.execute(
        select(Meeting.table_id, Meeting.slot_id, Meeting.told_table_id, Meeting.told_slot_id).where(
            Meeting.day_id == day_id
        )
    )
    found: dict[int, set[int]] = {}
    for table_id, slot_id, told_table, told_slot in rows:
        for one, slot in ((table_id, slot_id), (told_table, told_slot)):
            if one is not None and slot is not None:
                found.setdefault(one, set()).add(slot)
    return found
