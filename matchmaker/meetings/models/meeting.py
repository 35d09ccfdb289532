"""Meetings with their parties, their order, what they take in a slot, and their history."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Person
from matchmaker.core import clock
from matchmaker.core.db import Base, BigKey, Entity, Language, Line, Prose
from matchmaker.matching.models import Match
from matchmaker.meetings.enums import MeetingOrigin, MeetingState, MeetingVerb, Outcome
from matchmaker.meetings.models.day import B2bDay, DayInterpreter, DaySlot, DayTable
from matchmaker.meetings.models.people import DayParticipant, DayPerson


class Meeting(Entity):
    """A meeting of two firms or more at a B2B day, from wish to outcome; it stays the same row wherever it moves.

    living_key joins the numbers of its firms in rising order while it lives and is None afterwards, so that the same
    firms meet once a day. weight is the mutual fit, 0 to 100, as chosen, by the set of points named in points_set (empty
    where a file brought the weight); must puts it before all that are not. block_id and fixed_slot_id narrow its slots,
    locked keeps its place. language is the one spoken, pair the languages an interpreter is needed for ("ru-tr"), empty
    where none is. slot_id and table_id are where the working timetable has it; told_slot_id and told_table_id are what
    its firms were told last, told_before_id the slot before that.
    offered_slot_id is the time that a pending one proposes, which blocks nothing. cause is why it is not placed, as
    engines.timetable.day.Cause. sequence counts what calendars were told.
    """

    __tablename__ = "meeting"
    __table_args__ = (
        UniqueConstraint("day_id", "living_key"),
        CheckConstraint("(slot_id IS NULL) = (table_id IS NULL)", name="slot_with_table"),
        CheckConstraint("weight BETWEEN 0 AND 1000", name="weight_in_range"),
        Index("ix_meeting_day_id_state", "day_id", "state"),
    )
    day_id: Mapped[int] = mapped_column(ForeignKey("b2b_day.id", ondelete="CASCADE"))
    living_key: Mapped[str | None] = mapped_column(String(80))
    state: Mapped[MeetingState]
    origin: Mapped[MeetingOrigin]
    match_id: Mapped[int | None] = mapped_column(ForeignKey("match.id", ondelete="SET NULL"), index=True)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("day_participant.id", ondelete="SET NULL"))
    topic: Mapped[Line] = mapped_column(default="")
    weight: Mapped[int] = mapped_column(default=0)
    points_set: Mapped[str] = mapped_column(String(40), default="")
    must: Mapped[bool] = mapped_column(default=False)
    block_id: Mapped[int | None] = mapped_column(ForeignKey("day_block.id", ondelete="SET NULL"))
    fixed_slot_id: Mapped[int | None] = mapped_column(ForeignKey("day_slot.id", ondelete="SET NULL"))
    locked: Mapped[bool] = mapped_column(default=False)
    language: Mapped[Language] = mapped_column(default="")
    pair: Mapped[str] = mapped_column(String(20), default="")
    slot_id: Mapped[int | None] = mapped_column(ForeignKey("day_slot.id"), index=True)
    table_id: Mapped[int | None] = mapped_column(ForeignKey("day_table.id"))
    told_slot_id: Mapped[int | None] = mapped_column(ForeignKey("day_slot.id"), index=True)
    told_table_id: Mapped[int | None] = mapped_column(ForeignKey("day_table.id"))
    told_before_id: Mapped[int | None] = mapped_column(ForeignKey("day_slot.id"))
    offered_slot_id: Mapped[int | None] = mapped_column(ForeignKey("day_slot.id", ondelete="SET NULL"))
    answer_due_at: Mapped[datetime | None]
    cause: Mapped[dict[str, Any]] = mapped_column(default=dict)
    absent_id: Mapped[int | None] = mapped_column(ForeignKey("day_participant.id", ondelete="SET NULL"))
    end_note: Mapped[Prose] = mapped_column(default="")
    ended_at: Mapped[datetime | None]
    sequence: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    day: Mapped[B2bDay] = relationship(lazy="raise")
    match: Mapped[Match | None] = relationship(lazy="raise")
    slot: Mapped[DaySlot | None] = relationship(lazy="raise", foreign_keys=[slot_id])
    table: Mapped[DayTable | None] = relationship(lazy="raise", foreign_keys=[table_id])
    told_slot: Mapped[DaySlot | None] = relationship(lazy="raise", foreign_keys=[told_slot_id])
    told_table: Mapped[DayTable | None] = relationship(lazy="raise", foreign_keys=[told_table_id])
    told_before: Mapped[DaySlot | None] = relationship(lazy="raise", foreign_keys=[told_before_id])
    offered_slot: Mapped[DaySlot | None] = relationship(lazy="raise", foreign_keys=[offered_slot_id])
    parties: Mapped[list["MeetingParty"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="MeetingParty.id", back_populates="meeting"
    )
    bookings: Mapped[list["MeetingBooking"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="MeetingBooking.id", back_populates="meeting"
    )
    outcomes: Mapped[list["MeetingOutcome"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="MeetingOutcome.id"
    )


class MeetingParty(Entity):
    """A firm of a meeting; person_id is who of its people goes, None until it is placed."""

    __tablename__ = "meeting_party"
    __table_args__ = (UniqueConstraint("meeting_id", "participant_id"),)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("day_participant.id", ondelete="CASCADE"), index=True
    )
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("day_person.id", ondelete="SET NULL"), index=True
    )
    accepted_at: Mapped[datetime | None]
    meeting: Mapped[Meeting] = relationship(lazy="raise", back_populates="parties")
    participant: Mapped[DayParticipant] = relationship(lazy="raise")
    person: Mapped[DayPerson | None] = relationship(lazy="raise")


class MeetingBooking(Entity):
    """One table, one person or one interpreter taken by a meeting in a slot.

    The three unique constraints are the guarantee that nothing and nobody is booked twice in a slot, whoever writes and
    in whatever order.
    """

    __tablename__ = "meeting_booking"
    __table_args__ = (
        UniqueConstraint("slot_id", "table_id"),
        UniqueConstraint("slot_id", "person_id"),
        UniqueConstraint("slot_id", "interpreter_id"),
        CheckConstraint(
            "(CASE WHEN table_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN person_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN interpreter_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_thing",
        ),
    )
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey("day_slot.id"))
    table_id: Mapped[int | None] = mapped_column(ForeignKey("day_table.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("day_person.id"))
    interpreter_id: Mapped[int | None] = mapped_column(ForeignKey("day_interpreter.id"))
    meeting: Mapped[Meeting] = relationship(lazy="raise", back_populates="bookings")
    interpreter: Mapped[DayInterpreter | None] = relationship(lazy="raise")


class MeetingLeaver(Entity):
    """Somebody who was told of a meeting and does not go to it any more, for a calendar that has to strike it out."""

    __tablename__ = "meeting_leaver"
    __table_args__ = (UniqueConstraint("meeting_id", "person_id"),)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("day_person.id", ondelete="CASCADE"), index=True)


class MeetingOrder(Entity):
    """One meeting that is held strictly after another, if both are held."""

    __tablename__ = "meeting_order"
    __table_args__ = (
        UniqueConstraint("meeting_id", "earlier_id"),
        CheckConstraint("meeting_id <> earlier_id", name="two_meetings"),
    )
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    earlier_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)


class MeetingOutcome(Entity):
    """What one side says came of a meeting; the two sides may disagree."""

    __tablename__ = "meeting_outcome"
    __table_args__ = (UniqueConstraint("meeting_id", "participant_id"),)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    participant_id: Mapped[int] = mapped_column(ForeignKey("day_participant.id", ondelete="CASCADE"))
    outcome: Mapped[Outcome]
    next_step: Mapped[Line] = mapped_column(default="")
    note: Mapped[Prose] = mapped_column(default="")
    said_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class MeetingEvent(Base):
    """One step of a meeting, kept for its history."""

    __tablename__ = "meeting_event"
    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    verb: Mapped[MeetingVerb]
    state: Mapped[MeetingState]
    before_slot_id: Mapped[int | None] = mapped_column(ForeignKey("day_slot.id", ondelete="SET NULL"))
    after_slot_id: Mapped[int | None] = mapped_column(ForeignKey("day_slot.id", ondelete="SET NULL"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[Prose] = mapped_column(default="")
    person: Mapped[Person | None] = relationship(lazy="raise")
