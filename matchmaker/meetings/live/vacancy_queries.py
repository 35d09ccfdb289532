"""Reads of what a cancellation leaves free; each as narrow as its answer."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, func, or_, select
from sqlalchemy.orm import selectinload

from matchmaker.core.db import db
from matchmaker.matching.enums import WishKind
from matchmaker.meetings.enums import MeetingState, ParticipantState
from matchmaker.meetings.models import (
    B2bDay,
    DayParticipant,
    DayPerson,
    DayWish,
    Meeting,
    MeetingOrder,
    MeetingParty,
)
from matchmaker.meetings.plan import reading
from matchmaker.meetings.plan.problem import PLANNED
from matchmaker.meetings.plan.rows import AwayRow, OrderRow, Rows, WishRow


def _standing(day_id: int) -> list[ColumnElement[bool]]:
    """Meetings that have time and table, as in the problem of the day: not those that were missed and given up."""
    missed = (Meeting.state == MeetingState.NOT_HELD) & Meeting.bookings.any()
    stands = Meeting.state.in_((MeetingState.PLACED, MeetingState.HELD)) | missed
    return [Meeting.day_id == day_id, Meeting.slot_id.is_not(None), stands]


def held_by(day_id: int, participant_id: int) -> Sequence[Any]:
    """The meetings of a firm with slot and table."""
    return db.session.execute(
        select(Meeting.id, Meeting.slot_id, Meeting.table_id)
        .join(MeetingParty, MeetingParty.meeting_id == Meeting.id)
        .where(MeetingParty.participant_id == participant_id, *_standing(day_id))
        .order_by(Meeting.id)
    ).all()


def waiting(day_id: int) -> Sequence[Any]:
    """Wishes without a place with the numbers of their firms, those before that are placed first."""
    return db.session.execute(
        select(Meeting.id, Meeting.living_key)
        .where(
            Meeting.day_id == day_id,
            Meeting.state == MeetingState.WISHED,
            Meeting.slot_id.is_(None),
        )
        .order_by(Meeting.must.desc(), Meeting.weight.desc(), Meeting.id)
    ).all()


def taken(day_id: int, slots: Collection[int]) -> Sequence[Any]:
    """Who is where at some times: tables, firms as their numbers in one word, and languages that need an interpreter."""
    return db.session.execute(
        select(Meeting.id, Meeting.table_id, Meeting.slot_id, Meeting.pair, Meeting.living_key).where(
            *_standing(day_id), Meeting.slot_id.in_(slots)
        )
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
    at_times = or_(
        DayParticipant.arrives_at.is_not(None),
        DayParticipant.leaves_at.is_not(None),
        cast(DayParticipant.closed, Text) != "[]",
    )
    found = select(
        DayParticipant.id, DayParticipant.arrives_at, DayParticipant.leaves_at, DayParticipant.closed
    ).where(DayParticipant.day_id == day_id, DayParticipant.state == ParticipantState.EXPECTED, at_times)
    return [AwayRow(*row) for row in db.session.execute(found)]


def held(day_id: int) -> dict[int, int]:
    """How many meetings of each firm stand in the timetable."""
    found = (
        select(MeetingParty.participant_id, func.count())
        .join(Meeting, Meeting.id == MeetingParty.meeting_id)
        .where(*_standing(day_id))
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


def complete(day: B2bDay) -> None:
    """Read the tables and interpreters of a day of which only the times were read."""
    db.session.scalar(
        select(B2bDay)
        .where(B2bDay.id == day.id)
        .options(selectinload(B2bDay.tables), selectinload(B2bDay.interpreters))
    )


def rows(day: B2bDay, wishes: Collection[int], placed: Collection[int], orders: Collection[OrderRow]) -> Rows:
    """Wishes and placed ones of some meetings with their firms and whoever is at home at a table, as the rows of a day."""
    has_place = Meeting.id.in_(placed) & Meeting.slot_id.is_not(None)
    found = reading.meetings([Meeting.id.in_(wishes) | has_place, Meeting.state.in_(PLANNED)])
    firms = {party.participant_id for one in found for party in one.parties}
    firms |= {one.host_id for one in day.tables if one.host_id is not None}
    refused = select(DayWish.from_id, DayWish.to_id, DayWish.kind).where(
        DayWish.day_id == day.id, DayWish.kind == WishKind.NO_THANKS
    )
    return Rows(
        day,
        reading.participants(day.id, firms),
        found,
        tuple(orders),
        tuple(WishRow(*row) for row in db.session.execute(refused)),
    )
