"""Tells the readiness of a trip how many meetings each firm has agreed on at its days."""

from sqlalchemy import func, select

from matchmaker.core.db import db
from matchmaker.meetings.enums import MeetingState
from matchmaker.meetings.models import B2bDay, DayParticipant, Meeting, MeetingParty
from matchmaker.programmes.trips.readiness_queries import add_meetings

AGREED = (MeetingState.WISHED, MeetingState.PLACED, MeetingState.HELD)


def meetings_by_firm(programme_id: int) -> dict[int, int]:
    """Meetings of the days of a trip that both firms want, by firm."""
    rows = db.session.execute(
        select(DayParticipant.firm_id, func.count())
        .join(MeetingParty, MeetingParty.participant_id == DayParticipant.id)
        .join(Meeting, Meeting.id == MeetingParty.meeting_id)
        .join(B2bDay, B2bDay.id == Meeting.day_id)
        .where(B2bDay.programme_id == programme_id, Meeting.state.in_(AGREED))
        .group_by(DayParticipant.firm_id)
    )
    return {row[0]: row[1] for row in rows}


add_meetings(meetings_by_firm)
