"""Reads of the running day."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from matchmaker.core.db import db
from matchmaker.core.errors import existing
from matchmaker.meetings import queries as day_queries
from matchmaker.meetings.enums import DayState, MeetingState, MeetingVerb, RepairState
from matchmaker.meetings.live.rules import TableOf
from matchmaker.meetings.models import (
    B2bDay,
    CheckIn,
    CheckPoint,
    DayParticipant,
    DayPerson,
    DayRepair,
    DaySlot,
    DayTable,
    Meeting,
    MeetingEvent,
    MeetingParty,
)
from matchmaker.meetings.outcomes.queries import WITH_PLACE, meetings
from matchmaker.mous.models import Mou
from matchmaker.programmes.models import Programme


def running_days() -> Sequence[int]:
    """The days that go on now."""
    return db.session.scalars(
        select(B2bDay.id).where(B2bDay.state == DayState.RUNNING).order_by(B2bDay.id)
    ).all()


def placed(day_id: int, slots: Collection[int] | None = None) -> Sequence[Meeting]:
    """Meetings that have a place and no end yet, all or those in some slots by number, with their parties."""
    chosen = [] if slots is None else [Meeting.slot_id.in_(slots)]
    return db.session.scalars(
        select(Meeting)
        .where(Meeting.day_id == day_id, Meeting.state == MeetingState.PLACED, *chosen)
        .options(selectinload(Meeting.parties))
        .order_by(Meeting.id)
    ).all()


def firms_here(day_id: int) -> frozenset[int] | None:
    """Participants of which somebody was checked in; None where the day has not checked anybody in."""
    found = db.session.scalars(
        select(DayPerson.participant_id)
        .distinct()
        .join(CheckIn, CheckIn.person_id == DayPerson.id)
        .join(CheckPoint, CheckPoint.id == CheckIn.point_id)
        .where(CheckPoint.day_id == day_id, CheckIn.undone_at.is_(None))
    ).all()
    return frozenset(found) or None


def repair(repair_id: int) -> DayRepair:
    """One proposed repair with its day; raises NotFound."""
    return existing(db.session.scalar(_repairs().where(DayRepair.id == repair_id)))


def table(table_id: int) -> TableOf:
    """One table with its day; raises NotFound."""
    found = existing(db.session.get(DayTable, table_id))
    return TableOf(day_queries.day(found.day_id), found)


def open_repairs(day_id: int) -> Sequence[DayRepair]:
    """Repairs that wait for a decision, the newest first."""
    return db.session.scalars(
        _repairs()
        .where(DayRepair.day_id == day_id, DayRepair.state == RepairState.PROPOSED)
        .order_by(DayRepair.id.desc())
    ).all()


def proposals_for(participant_id: int) -> Sequence[DayRepair]:
    """What was proposed for a firm and waits for a decision, alone."""
    return db.session.scalars(
        select(DayRepair).where(
            DayRepair.participant_id == participant_id, DayRepair.state == RepairState.PROPOSED
        )
    ).all()


def _repairs() -> Select[DayRepair]:
    day = joinedload(DayRepair.day)
    programme = day.joinedload(B2bDay.programme)
    return select(DayRepair).options(
        programme.joinedload(Programme.mou).selectinload(Mou.parties),
        programme.joinedload(Programme.institution),
        programme.joinedload(Programme.host_institution),
        day.selectinload(B2bDay.slots),
        day.selectinload(B2bDay.tables),
        day.selectinload(B2bDay.interpreters),
        joinedload(DayRepair.participant).joinedload(DayParticipant.firm),
    )


def offered(day_id: int) -> Sequence[Meeting]:
    """Meetings that wait for the answers of their firms, the soonest first."""
    return db.session.scalars(_offered(day_id)).all()


def offered_to(participant: DayParticipant, now: datetime) -> Sequence[Meeting]:
    """Those of one firm whose time to answer has not passed."""
    own = Meeting.parties.any(MeetingParty.participant_id == participant.id)
    return db.session.scalars(_offered(participant.day_id).where(own, Meeting.answer_due_at > now)).all()


def _offered(day_id: int) -> Select[Meeting]:
    return (
        meetings()
        .options(joinedload(Meeting.offered_slot))
        .where(
            Meeting.day_id == day_id,
            Meeting.state == MeetingState.WISHED,
            Meeting.offered_slot_id.is_not(None),
        )
        .order_by(Meeting.answer_due_at, Meeting.id)
    )


def lapsed(day_id: int, now: datetime) -> Sequence[int]:
    """Offers that nobody answered in time."""
    return db.session.scalars(
        select(Meeting.id)
        .where(
            Meeting.day_id == day_id,
            Meeting.state == MeetingState.WISHED,
            Meeting.offered_slot_id.is_not(None),
            Meeting.answer_due_at <= now,
        )
        .order_by(Meeting.id)
    ).all()


def by_number(numbers: Sequence[int]) -> dict[int, Meeting]:
    """Meetings with everything that pages show of them."""
    found = db.session.scalars(meetings().where(Meeting.id.in_(numbers)).order_by(Meeting.id))
    return {one.id: one for one in found}


def with_parties(numbers: Collection[int]) -> Sequence[Meeting]:
    """Meetings with nothing but the numbers of their firms."""
    return db.session.scalars(
        select(Meeting)
        .where(Meeting.id.in_(numbers))
        .options(selectinload(Meeting.parties))
        .order_by(Meeting.id)
    ).all()


def firms_of_people(people: Collection[int]) -> Sequence[DayParticipant]:
    """The firms of some people at a day, with all of their people."""
    firms = select(DayPerson.participant_id).where(DayPerson.id.in_(people))
    return db.session.scalars(_peopled().where(DayParticipant.id.in_(firms))).all()


def with_people(participants: Collection[int]) -> Sequence[DayParticipant]:
    """Some firms at a day with their people."""
    return db.session.scalars(_peopled().where(DayParticipant.id.in_(participants))).all()


def _peopled() -> Select[DayParticipant]:
    return select(DayParticipant).options(selectinload(DayParticipant.people)).order_by(DayParticipant.id)


def offered_for(meeting_id: int) -> int:
    """The participant for whom the last offer of a meeting was made; 0 where there is none."""
    note = db.session.scalar(
        select(MeetingEvent.note)
        .where(MeetingEvent.meeting_id == meeting_id, MeetingEvent.verb == MeetingVerb.OFFER)
        .order_by(MeetingEvent.id.desc())
        .limit(1)
    )
    return int(note) if note and note.isdigit() else 0


def turned_down(day_id: int) -> frozenset[int]:
    """Meetings of a day that were offered and not taken: they are not offered again."""
    found = db.session.scalars(
        select(MeetingEvent.meeting_id)
        .join(Meeting, Meeting.id == MeetingEvent.meeting_id)
        .where(Meeting.day_id == day_id, MeetingEvent.verb == MeetingVerb.DECLINE)
    )
    return frozenset(found)


def not_to_offer(day_id: int) -> frozenset[int]:
    """Meetings that nobody is asked about now: those that were not taken, and those whose firms are asked already."""
    asked = db.session.scalars(
        select(Meeting.id).where(
            Meeting.day_id == day_id,
            Meeting.state == MeetingState.WISHED,
            Meeting.offered_slot_id.is_not(None),
        )
    )
    return turned_down(day_id) | frozenset(asked)


def no_shows(day_id: int) -> dict[int, int]:
    """How many meetings each firm did not come to; for staff only."""
    found = (
        select(Meeting.absent_id, func.count())
        .where(Meeting.day_id == day_id, Meeting.absent_id.is_not(None))
        .group_by(Meeting.absent_id)
    )
    return {number: count for number, count in db.session.execute(found) if number is not None}


def last_event(day_id: int) -> int:
    """The number of the last thing that happened to a meeting of the day, by which a board knows that it is old."""
    # From the newest event back: on a running day it is among the first, and nobody counts thousands for every screen.
    return (
        db.session.scalar(
            select(MeetingEvent.id)
            .join(Meeting, Meeting.id == MeetingEvent.meeting_id)
            .where(Meeting.day_id == day_id)
            .order_by(MeetingEvent.id.desc())
            .limit(1)
        )
        or 0
    )


def states(day_id: int) -> Counter[MeetingState]:
    """How many meetings of a day are in each state."""
    counted = select(Meeting.state, func.count()).where(Meeting.day_id == day_id).group_by(Meeting.state)
    return Counter({row[0]: row[1] for row in db.session.execute(counted)})


def still_to_come(day_id: int, now: datetime) -> int:
    """How many meetings have a place whose time has not begun."""
    return _placed(day_id, DaySlot.starts_at > now)


def left_unsaid(day_id: int, now: datetime) -> int:
    """How many meetings are over by their time, and nobody has said whether they were held."""
    return _placed(day_id, DaySlot.ends_at <= now)


def _placed(day_id: int, *when: ColumnElement[bool]) -> int:
    placed = Meeting.day_id == day_id, Meeting.state == MeetingState.PLACED
    found = select(func.count(Meeting.id)).join(DaySlot, DaySlot.id == Meeting.slot_id).where(*placed, *when)
    return db.session.scalar(found) or 0


def sittings(slots: Collection[int]) -> Sequence[Meeting]:
    """The meetings that have or had a place in some slots."""
    return db.session.scalars(
        meetings().where(Meeting.slot_id.in_(slots), Meeting.state.in_(WITH_PLACE)).order_by(Meeting.id)
    ).all()


def meetings_in(day_id: int, slots: Sequence[int]) -> Sequence[Meeting]:
    """Meetings that firms were told of in some slots, by table; those that were not held or cancelled are left out."""
    return db.session.scalars(
        meetings()
        .where(
            Meeting.day_id == day_id,
            Meeting.told_slot_id.in_(slots),
            Meeting.state.in_((MeetingState.PLACED, MeetingState.HELD)),
        )
        .order_by(Meeting.told_slot_id, Meeting.told_table_id, Meeting.id)
    ).all()


def living(day_id: int, key: str) -> Meeting | None:
    """The meeting of these firms that lives, by their numbers joined in rising order."""
    return db.session.scalar(meetings().where(Meeting.day_id == day_id, Meeting.living_key == key))
