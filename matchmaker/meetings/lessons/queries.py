"""Reads of what earlier days of the same memorandum say about the firms of a day."""

from sqlalchemy import case, func, select

from matchmaker.core.db import db
from matchmaker.meetings import queries
from matchmaker.meetings.enums import DayState, MeetingState, ParticipantState
from matchmaker.meetings.lessons.rules import Lesson, Record, lesson
from matchmaker.meetings.models import B2bDay, DayParticipant, Meeting, MeetingParty
from matchmaker.programmes.models import Programme

JUDGED = (MeetingState.HELD, MeetingState.NOT_HELD)


def records(day: B2bDay) -> dict[int, Record]:
    """Meetings promised and missed at days that are over, by number of the firm."""
    missed = case((Meeting.absent_id == MeetingParty.participant_id, 1), else_=0)
    found = (
        select(DayParticipant.firm_id, func.count(), func.sum(missed))
        .join(MeetingParty, MeetingParty.participant_id == DayParticipant.id)
        .join(Meeting, Meeting.id == MeetingParty.meeting_id)
        .join(B2bDay, B2bDay.id == Meeting.day_id)
        .join(Programme, Programme.id == B2bDay.programme_id)
        .where(
            Programme.mou_id == day.programme.mou_id,
            B2bDay.state == DayState.DONE,
            B2bDay.id != day.id,
            Meeting.state.in_(JUDGED),
        )
        .group_by(DayParticipant.firm_id)
    )
    return {row[0]: Record(row[1], row[2]) for row in db.session.execute(found)}


def lessons(day: B2bDay) -> list[tuple[DayParticipant, Lesson]]:
    """The limits that are proposed for the firms of a day, in the order of its firms."""
    known = records(day)
    found = []
    for one in queries.participants(day.id):
        if one.state is ParticipantState.EXPECTED and one.firm_id in known:
            limits = [value for value in (one.most, day.most, len(day.slots)) if value is not None]
            least = day.least if one.least is None else one.least
            told = lesson(known[one.firm_id], min(limits), least)
            found += [(one, told)] if told else []
    return found
