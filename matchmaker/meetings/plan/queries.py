"""Reads for the timetable of a B2B day."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from matchmaker.core.db import db
from matchmaker.core.jobs import Job, JobState
from matchmaker.meetings import queries as day_queries
from matchmaker.meetings.models import B2bDay, DayWish, Meeting, MeetingOrder, PlanStep, TimetableRun
from matchmaker.meetings.plan.problem import PLANNED, Problem, Rows, problem_of


def rows(day: B2bDay) -> Rows:
    """What the timetable of a day is made of, read afresh."""
    meetings = db.session.scalars(
        select(Meeting)
        .where(Meeting.day_id == day.id, Meeting.state.in_(PLANNED))
        .options(selectinload(Meeting.parties), selectinload(Meeting.bookings))
        .order_by(Meeting.id)
        .execution_options(populate_existing=True)
    ).all()
    orders = db.session.scalars(
        select(MeetingOrder)
        .join(Meeting, Meeting.id == MeetingOrder.meeting_id)
        .where(Meeting.day_id == day.id)
        .order_by(MeetingOrder.id)
    )
    wishes = db.session.scalars(select(DayWish).where(DayWish.day_id == day.id).order_by(DayWish.id))
    participants = sorted(day_queries.participants(day.id), key=lambda one: one.id)
    return Rows(day, tuple(participants), tuple(meetings), tuple(orders), tuple(wishes))


def problem(day: B2bDay, keep: Collection[int] = (), *, keep_all: bool = False) -> Problem:
    """The day as the engine sees it now, see `problem_of`."""
    return problem_of(rows(day), keep, keep_all=keep_all)


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
    """Whether a step still stands."""
    return (
        db.session.scalar(
            select(PlanStep.id).where(PlanStep.day_id == day_id, PlanStep.undone_at.is_(None)).limit(1)
        )
        is not None
    )
