"""Reads the rows of a day column by column, each table once."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import ColumnElement, select

from matchmaker.core.db import db
from matchmaker.firms.columns import NAMED
from matchmaker.firms.models import Firm
from matchmaker.firms.names import FirmName
from matchmaker.meetings.enums import MeetingState
from matchmaker.meetings.models import (
    B2bDay,
    DayParticipant,
    DayPerson,
    DayWish,
    Meeting,
    MeetingBooking,
    MeetingOrder,
    MeetingParty,
)
from matchmaker.meetings.plan.rows import (
    BookingRow,
    MeetingRow,
    OrderRow,
    ParticipantRow,
    PartyRow,
    PersonRow,
    Rows,
    WishRow,
)

PARTICIPANT = tuple(
    getattr(DayParticipant, name) for name in ParticipantRow._fields if name not in ("firm", "people")
)
PERSON = tuple(getattr(DayPerson, name) for name in PersonRow._fields)
MEETING = tuple(getattr(Meeting, name) for name in MeetingRow._fields if name not in ("parties", "bookings"))


def rows_of(day: B2bDay, states: Collection[MeetingState] | None = None) -> Rows:
    """The rows of a day as the database has them now, with the meetings in some states or all."""
    chosen = [Meeting.day_id == day.id]
    if states is not None:
        chosen.append(Meeting.state.in_(states))
    return Rows(
        day,
        participants(day.id),
        meetings(chosen),
        tuple(
            OrderRow(*row)
            for row in db.session.execute(
                select(MeetingOrder.meeting_id, MeetingOrder.earlier_id)
                .join(Meeting, Meeting.id == MeetingOrder.meeting_id)
                .where(Meeting.day_id == day.id)
                .order_by(MeetingOrder.id)
            )
        ),
        tuple(
            WishRow(*row)
            for row in db.session.execute(
                select(DayWish.from_id, DayWish.to_id, DayWish.kind, DayWish.topic)
                .where(DayWish.day_id == day.id)
                .order_by(DayWish.id)
            )
        ),
    )


def participants(day_id: int, only: Collection[int] | None = None) -> tuple[ParticipantRow, ...]:
    """The firms of a day, all or `only` some by number, with their people."""
    chosen = [DayParticipant.day_id == day_id]
    if only is not None:
        chosen.append(DayParticipant.id.in_(only))
    people: dict[int, list[PersonRow]] = defaultdict(list)
    for row in db.session.execute(
        select(*PERSON)
        .join(DayParticipant, DayParticipant.id == DayPerson.participant_id)
        .where(*chosen)
        .order_by(DayPerson.id)
    ):
        people[row.participant_id].append(PersonRow(*row))
    found = db.session.execute(
        select(*PARTICIPANT, *NAMED)
        .join(Firm, Firm.id == DayParticipant.firm_id)
        .where(*chosen)
        .order_by(DayParticipant.id)
    )
    own = len(PARTICIPANT)
    return tuple(
        ParticipantRow._make((row[0], FirmName(*row[own:]), *row[1:own], tuple(people.get(row[0], ()))))
        for row in found
    )


def meetings(chosen: Iterable[ColumnElement[bool]]) -> tuple[MeetingRow, ...]:
    """Meetings with their firms and what they take."""
    where = tuple(chosen)
    parties: dict[int, Any] = defaultdict(list)
    for number, firm in db.session.execute(
        select(MeetingParty.meeting_id, MeetingParty.participant_id)
        .join(Meeting, Meeting.id == MeetingParty.meeting_id)
        .where(*where)
        .order_by(MeetingParty.id)
    ):
        parties[number].append(PartyRow(firm))
    bookings: dict[int, Any] = defaultdict(list)
    for number, person, interpreter in db.session.execute(
        select(MeetingBooking.meeting_id, MeetingBooking.person_id, MeetingBooking.interpreter_id)
        .join(Meeting, Meeting.id == MeetingBooking.meeting_id)
        .where(*where, MeetingBooking.table_id.is_(None))
        .order_by(MeetingBooking.id)
    ):
        bookings[number].append(BookingRow(person, interpreter))
    return tuple(
        MeetingRow._make((*row, tuple(parties.get(row[0], ())), tuple(bookings.get(row[0], ()))))
        for row in db.session.execute(select(*MEETING).where(*where).order_by(Meeting.id))
    )
