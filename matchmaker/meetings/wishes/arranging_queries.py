"""Reads of meetings that staff arranged, and of those that they can come after."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from matchmaker.core.db import db
from matchmaker.core.errors import NotFound
from matchmaker.meetings import queries as day_queries
from matchmaker.meetings.enums import MeetingOrigin
from matchmaker.meetings.models import B2bDay, DayParticipant, Meeting, MeetingParty


def living(day_id: int) -> Sequence[Meeting]:
    """All meetings of a day that live, with their firms, in order of their numbers."""
    party = selectinload(Meeting.parties).joinedload(MeetingParty.participant)
    return db.session.scalars(
        select(Meeting)
        .where(Meeting.day_id == day_id, Meeting.living_key.is_not(None))
        .options(party.joinedload(DayParticipant.firm), joinedload(Meeting.slot), joinedload(Meeting.table))
        .order_by(Meeting.id)
    ).all()


def living_keys(day_id: int, keys: Collection[str]) -> set[str]:
    """Those of some keys that meetings of a day have."""
    wanted = select(Meeting.living_key).where(Meeting.day_id == day_id, Meeting.living_key.in_(keys))
    return {key for key in db.session.scalars(wanted) if key is not None}


def arranged(day_id: int, meeting_id: int) -> Meeting:
    """A living meeting of a day that staff arranged; raises NotFound."""
    found = next((one for one in living(day_id) if one.id == meeting_id), None)
    if found is None or found.origin is not MeetingOrigin.STAFF:
        raise NotFound
    return found


def meeting_of_day(day_id: int, meeting_id: int) -> tuple[B2bDay, Meeting]:
    """A day and a meeting of it that staff arranged; raises NotFound."""
    return day_queries.day(day_id), arranged(day_id, meeting_id)
