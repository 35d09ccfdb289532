"""Reads for the timetable of a B2B day."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from matchmaker.core.db import db
from matchmaker.meetings import queries as day_queries
from matchmaker.meetings.models import B2bDay, DayWish, Meeting, MeetingOrder
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
