"""Reads of what a cancellation leaves free; each as narrow as its answer."""

from collections.abc import Collection, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Text, case, cast, func, or_, select

from matchmaker.core.db import db
from matchmaker.matching.enums import WishKind
from matchmaker.meetings.enums import MeetingState, ParticipantState
from matchmaker.meetings.models import (
    B2bDay,
    DayParticipant,
    DayPerson,
    DayTable,
    DayWish,
    Meeting,
    MeetingOrder,
    MeetingParty,
)
from matchmaker.meetings.plan import reading
from matchmaker.meetings.plan.problem import PLANNED
from matchmaker.meetings.plan.rows import AwayRow, OrderRow, Rows, TableRow, WishRow

COLUMN: Final = Meeting.__table__.c
"""Columns as such: thousands of rows are read without what makes objects of them."""


def _stands() -> ColumnElement[bool]:
    """Meetings that have time and table, as in the problem of the day: not those that were missed and given up."""
    missed = (Meeting.state == MeetingState.NOT_HELD) & Meeting.bookings.any()
    return Meeting.slot_id.is_not(None) & (
        Meeting.state.in_((MeetingState.PLACED, MeetingState.HELD)) | missed
    )


def held_by(participant_id: int) -> Sequence[Any]:
    """The meetings of a firm with slot and table."""
    own = select(MeetingParty.meeting_id).where(MeetingParty.participant_id == participant_id)
    return db.session.execute(
        select(COLUMN.id, COLUMN.slot_id, COLUMN.table_id)
        .where(Meeting.id.in_(own), _stands())
        .order_by(Meeting.id)
    ).all()


def waiting(day_id: int) -> Sequence[Any]:
    """Wishes without a place with the numbers of their firms, those before that are placed first."""
    return db.session.execute(
        select(COLUMN.id, COLUMN.living_key)
        .where(
            Meeting.day_id == day_id,
            Meeting.state == MeetingState.WISHED,
            Meeting.slot_id.is_(None),
        )
        .order_by(Meeting.must.desc(), Meeting.weight.desc(), Meeting.id)
    ).all()


def taken(slots: Collection[int], but: Collection[int]) -> Sequence[Any]:
    """Who and what is taken at some times, but for some meetings: one row for each slot.

    Its words are lists with commas, or None: the firms of the meetings as numbers in one word each, tables, and the
    numbers of meetings that need an interpreter and of those whose firms are in no word.
    """
    number = cast(COLUMN.id, Text)
    return db.session.execute(
        select(
            COLUMN.slot_id,
            _list(COLUMN.living_key).label("firms"),
            _list(cast(COLUMN.table_id, Text)).label("tables"),
            _list(case((COLUMN.pair != "", number))).label("interpreted"),
            _list(case((COLUMN.living_key.is_(None), number))).label("wordless"),
        )
        .where(Meeting.slot_id.in_(slots), _stands(), Meeting.id.not_in(but))
        .group_by(COLUMN.slot_id)
    ).all()


def _list(word: ColumnElement[Any]) -> ColumnElement[str]:
    return func.aggregate_strings(word, ",")


def of_firms(firms: Collection[int], slots: Collection[int]) -> Sequence[int]:
    """The meetings of some firms at some times."""
    own = select(MeetingParty.meeting_id).where(MeetingParty.participant_id.in_(firms))
    return db.session.scalars(
        select(Meeting.id).where(Meeting.id.in_(own), Meeting.slot_id.in_(slots), _stands())
    ).all()


def sending_several(day_id: int) -> frozenset[int]:
    """Firms of which more than one person is there, who can have several meetings at a time."""
    found = (
        select(DayPerson.participant_id)
        .join(DayParticipant, DayParticipant.id == DayPerson.participant_id)
        .where(DayParticipant.day_id == day_id, DayPerson.left_at.is_(None))
        .group_by(DayPerson.participant_id)
        .having(func.count() > 1)
    )
    return frozenset(db.session.scalars(found))


def away(day_id: int) -> list[AwayRow]:
    """The firms that come and are not there all day or have something else."""
    of = DayParticipant.__table__.c
    at_times = or_(of.arrives_at.is_not(None), of.leaves_at.is_not(None), cast(of.closed, Text) != "[]")
    found = select(*(of[name] for name in AwayRow._fields)).where(
        of.day_id == day_id, of.state == ParticipantState.EXPECTED, at_times
    )
    return [AwayRow(*row) for row in db.session.execute(found)]


def held(day_id: int) -> dict[int, int]:
    """How many meetings of each firm stand in the timetable."""
    found = (
        select(MeetingParty.participant_id, func.count())
        .join(Meeting, Meeting.id == MeetingParty.meeting_id)
        .where(Meeting.day_id == day_id, _stands())
        .group_by(MeetingParty.participant_id)
    )
    return {row[0]: row[1] for row in db.session.execute(found)}


def parties_of(meetings: Collection[int]) -> Sequence[int]:
    """The firms of some meetings, once for each meeting."""
    found = select(MeetingParty.participant_id).where(MeetingParty.meeting_id.in_(meetings))
    return db.session.scalars(found).all()


def orders(day_id: int) -> list[OrderRow]:
    """Which meetings of a day come after which."""
    found = (
        select(MeetingOrder.meeting_id, MeetingOrder.earlier_id)
        .join(Meeting, Meeting.id == MeetingOrder.meeting_id)
        .where(Meeting.day_id == day_id)
        .order_by(MeetingOrder.id)
    )
    return [OrderRow(*row) for row in db.session.execute(found)]


def tables(day_id: int, but: Collection[int]) -> tuple[TableRow, ...]:
    """The tables of a day, by number; without some that are not their host's."""
    of = DayTable.__table__.c
    wanted = of.day_id == day_id, of.id.not_in(but) | of.host_id.is_not(None)
    found = select(*(of[name] for name in TableRow._fields)).where(*wanted).order_by(of.number)
    return tuple(TableRow(*row) for row in db.session.execute(found))


def rows(
    day: B2bDay,
    wishes: Collection[int],
    placed: Collection[int],
    orders: Collection[OrderRow],
    tables: tuple[TableRow, ...],
) -> Rows:
    """Wishes and placed ones of some meetings with their firms and whoever is at home at a table, as the rows of a day."""
    has_place = Meeting.id.in_(placed) & Meeting.slot_id.is_not(None)
    found = reading.meetings([Meeting.id.in_(wishes) | has_place, Meeting.state.in_(PLANNED)])
    firms = {party.participant_id for one in found for party in one.parties}
    firms |= {one.host_id for one in tables if one.host_id is not None}
    refused = select(DayWish.from_id, DayWish.to_id, DayWish.kind).where(
        DayWish.day_id == day.id, DayWish.kind == WishKind.NO_THANKS
    )
    return Rows(
        day,
        reading.participants(day.id, firms),
        found,
        tuple(orders),
        tuple(WishRow(*row) for row in db.session.execute(refused)),
        tables,
    )
