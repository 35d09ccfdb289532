"""Reads for the timetable of a B2B day."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Select, false, or_, select
from sqlalchemy.orm import defer, joinedload, selectinload

from matchmaker.accounts.models import Person
from matchmaker.core.db import db
from matchmaker.core.errors import existing
from matchmaker.core.i18n import DEFAULT_LANGUAGE
from matchmaker.core.jobs import Job, JobState
from matchmaker.meetings import places
from matchmaker.meetings import queries as day_queries
from matchmaker.meetings.models import (
    B2bDay,
    DayParticipant,
    DayPerson,
    DayVersion,
    Meeting,
    MeetingBooking,
    MeetingLeaver,
    MeetingParty,
    PlanStep,
    TimetableRun,
)
from matchmaker.meetings.plan.problem import PLANNED, Problem, problem_of
from matchmaker.meetings.plan.reading import meetings, participants, rows_of
from matchmaker.meetings.plan.rows import ParticipantRow, Rows


def rows(day: B2bDay) -> Rows:
    """What the timetable of a day is made of, read afresh."""
    return rows_of(day, PLANNED)


def firms(day_id: int) -> tuple[ParticipantRow, ...]:
    """The firms of a day with their people, by number."""
    return participants(day_id)


def problem(day: B2bDay, keep: Collection[int] = (), *, keep_all: bool = False) -> Problem:
    """The day as the engine sees it now, see `problem_of`."""
    return problem_of(rows(day), keep, keep_all=keep_all)


def renewed(problem: Problem, changed: Collection[int]) -> Problem:
    """The day as the engine sees it after some meetings, by number, have got other places."""
    return problem.renewed(meetings([Meeting.id.in_(changed)])) if changed else problem


def topics(day_id: int) -> dict[int, str]:
    """What the meetings of a day are about, where somebody said it."""
    found = select(Meeting.id, Meeting.topic).where(Meeting.day_id == day_id, Meeting.topic != "")
    return {row.id: row.topic for row in db.session.execute(found)}


def last_run(day_id: int) -> TimetableRun | None:
    """The run that was asked for last."""
    return db.session.scalar(
        select(TimetableRun).where(TimetableRun.day_id == day_id).order_by(TimetableRun.id.desc()).limit(1)
    )


def active_run(day_id: int) -> TimetableRun | None:
    """The run that waits or is going on."""
    return db.session.scalar(
        select(TimetableRun)
        .join(Job, Job.id == TimetableRun.job_id)
        .where(TimetableRun.day_id == day_id, Job.state.in_((JobState.QUEUED, JobState.RUNNING)))
        .order_by(TimetableRun.id.desc())
        .limit(1)
    )


def stored_run(day_id: int) -> TimetableRun | None:
    """The run whose plan was stored last."""
    return db.session.scalar(
        select(TimetableRun)
        .where(TimetableRun.day_id == day_id, TimetableRun.stored_at.is_not(None))
        .order_by(TimetableRun.stored_at.desc(), TimetableRun.id.desc())
        .limit(1)
    )


def job_of(run: TimetableRun) -> Job | None:
    """The job of a run."""
    return db.session.get(Job, run.job_id) if run.job_id else None


def can_undo(day_id: int) -> bool:
    """Whether the last step that stands can be taken back: none of its meetings is locked, held or ended since."""
    last = (
        select(PlanStep.id)
        .where(PlanStep.day_id == day_id, PlanStep.undone_at.is_(None))
        .order_by(PlanStep.number.desc())
        .limit(1)
    )
    step = db.session.scalar(last)
    if step is None:
        return False
    held_fast = or_(Meeting.locked, Meeting.state.not_in(places.MOVABLE))
    settled = set(db.session.scalars(select(Meeting.id).where(Meeting.day_id == day_id, held_fast)))
    # What a plan of a large day changed is a megabyte; it is read only where something could be in the way.
    if not settled:
        return True
    changes = db.session.scalars(select(PlanStep.changes).where(PlanStep.id == step)).one()
    return settled.isdisjoint(one["meeting"] for one in changes)


def all_meetings(day_id: int, only: Collection[int] | None = None) -> list[Meeting]:
    """Every meeting of a day or `only` some by number, ended ones too, with parties and bookings, read afresh."""
    some = [] if only is None else [Meeting.id.in_(only)]
    return list(
        db.session.scalars(
            select(Meeting)
            .where(Meeting.day_id == day_id, *some)
            .options(selectinload(Meeting.parties), selectinload(Meeting.bookings))
            .order_by(Meeting.id)
            .execution_options(populate_existing=True)
        )
    )


def every_row(day: B2bDay) -> Rows:
    """The rows of a day with every meeting, for names."""
    return rows_of(day)


def version_numbers(day_id: int) -> Sequence[int]:
    """The numbers of the released versions, the newest first."""
    numbers = select(DayVersion.number).where(DayVersion.day_id == day_id)
    return db.session.scalars(numbers.order_by(DayVersion.number.desc())).all()


def some_versions(day_id: int, numbers: Collection[int], *, whole: bool = False) -> list[DayVersion]:
    """Some released versions, the newest first; without all their places, half a megabyte each, unless asked for."""
    found = (
        select(DayVersion)
        .where(DayVersion.day_id == day_id, DayVersion.number.in_(numbers))
        .options(joinedload(DayVersion.released_by))
        .order_by(DayVersion.number.desc())
    )
    return list(
        db.session.scalars(found if whole else found.options(defer(DayVersion.places, raiseload=True)))
    )


def some_rows(day: B2bDay, some: Collection[int], firms: Collection[int]) -> Rows:
    """The rows of some meetings and firms by number, for names; numbers that the day does not have are left out."""
    found = meetings([Meeting.day_id == day.id, Meeting.id.in_(some)])
    known = {*firms, *(party.participant_id for one in found for party in one.parties)}
    return Rows(day, participants(day.id, known), found, (), ())


def last_version(day_id: int) -> DayVersion | None:
    """The version that was released last."""
    return db.session.scalar(
        select(DayVersion).where(DayVersion.day_id == day_id).order_by(DayVersion.number.desc()).limit(1)
    )


def language_of(person_id: int) -> str:
    """The language in which a person is written to."""
    return db.session.scalar(select(Person.language).where(Person.id == person_id)) or DEFAULT_LANGUAGE


def _told() -> Select[Meeting]:
    party = selectinload(Meeting.parties).joinedload(MeetingParty.participant)
    return select(Meeting).options(
        party.joinedload(DayParticipant.firm),
        party.selectinload(DayParticipant.people),
        selectinload(Meeting.bookings),
        joinedload(Meeting.told_slot),
        joinedload(Meeting.told_table),
        joinedload(Meeting.told_before),
    )


def told_meetings(participant_id: int, *, with_lost: bool = False) -> list[Meeting]:
    """The meetings that a firm was told of, by time; with those that lost their place since where these are asked for."""
    mine = select(MeetingParty.meeting_id).where(MeetingParty.participant_id == participant_id)
    told = Meeting.told_slot_id.is_not(None)
    lost = Meeting.told_before_id.is_not(None) if with_lost else false()
    found = db.session.scalars(_told().where(Meeting.id.in_(mine), told | lost))
    return sorted(found, key=lambda one: (_told_at(one) or one.created_at, one.id))


def _told_at(meeting: Meeting) -> datetime | None:
    slot = meeting.told_slot or meeting.told_before
    return slot.starts_at if slot else None


def meetings_of_person(person_id: int) -> list[Meeting]:
    """The meetings of released versions that a person with an account goes to, those taken out again included."""
    mine = (
        select(MeetingParty.meeting_id)
        .join(DayPerson, DayPerson.id == MeetingParty.person_id)
        .where(DayPerson.person_id == person_id)
    )
    booked = (
        select(MeetingBooking.meeting_id)
        .join(DayPerson, DayPerson.id == MeetingBooking.person_id)
        .where(DayPerson.person_id == person_id)
    )
    left = (
        select(MeetingLeaver.meeting_id)
        .join(DayPerson, DayPerson.id == MeetingLeaver.person_id)
        .where(DayPerson.person_id == person_id)
    )
    found = db.session.scalars(
        _told()
        .where(Meeting.id.in_(mine) | Meeting.id.in_(booked) | Meeting.id.in_(left), Meeting.sequence > 0)
        .options(joinedload(Meeting.day).joinedload(B2bDay.programme))
        .order_by(Meeting.id)
    )
    return list(found)


def people_in(meeting: Meeting) -> list[DayPerson]:
    """The people who go to a meeting, as booked now."""
    booked = {one.person_id for one in meeting.bookings}
    return [person for party in meeting.parties for person in party.participant.people if person.id in booked]


def agenda_participant(participant_id: int) -> DayParticipant:
    """A firm at a day with everything that its agenda shows; raises NotFound."""
    participant = day_queries.participant(participant_id)
    day_queries.day(participant.day_id)
    return participant


def meeting_to_take_over(meeting_id: int) -> Meeting:
    """A meeting with its day and firms; raises NotFound."""
    found = existing(
        db.session.scalar(_told().where(Meeting.id == meeting_id).options(joinedload(Meeting.day)))
    )
    day_queries.day(found.day_id)
    return found
