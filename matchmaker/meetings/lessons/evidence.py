"""What firms said after meetings, as evidence of how well the points of the fit foresee a useful meeting.

A meeting that was held and of which a firm says that cooperation is possible or a next step agreed was useful to it; one of
which it says no interest, or useful without a plan, was not. A meeting that was not held, whoever did not come, says nothing
of the fit and is counted apart. Only meetings of two firms of two sides count: the fit is that of a pair across the border.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from matchmaker.core.db import db
from matchmaker.firms.models import Firm
from matchmaker.matching.quality.evidence import Said, add_source
from matchmaker.meetings.enums import DayState, MeetingState
from matchmaker.meetings.lessons.rules import FOUND_USEFUL, Kept
from matchmaker.meetings.models import B2bDay, DayParticipant, Meeting, MeetingOutcome, MeetingParty
from matchmaker.meetings.outcomes.rules import WORTH

MOST: Final = 5000
"""The newest judgements that all days together add to a calibration."""


def event_of(day_id: int) -> str:
    """The event of a day, under which its judgements stand."""
    return f"b2b_day:{day_id}"


def of_day(day_id: int) -> list[Said]:
    """What the firms of a day said of the meetings they held, in the order in which it was said first."""
    return _told(_statement().where(Meeting.day_id == day_id))


def of_all_days() -> Sequence[Said]:
    """The newest judgements of all days that are over."""
    return _told(_statement().where(B2bDay.state == DayState.DONE))


def kept_of(day_id: int) -> Kept:
    """Meetings that firms were promised and whose time is over: held, and not held because somebody did not come."""
    counted: Counter[tuple[MeetingState, bool]] = Counter()
    absent = Meeting.absent_id.is_not(None)
    states: Collection[MeetingState] = (MeetingState.HELD, MeetingState.NOT_HELD)
    rows = db.session.execute(
        select(Meeting.state, absent, func.count())
        .where(Meeting.day_id == day_id, Meeting.state.in_(states))
        .group_by(Meeting.state, absent)
    )
    for state, somebody, count in rows:
        counted[state, bool(somebody)] += count
    missed = counted[MeetingState.NOT_HELD, True]
    return Kept(
        held=counted[MeetingState.HELD, False] + counted[MeetingState.HELD, True],
        missed=missed,
        not_held=missed + counted[MeetingState.NOT_HELD, False],
    )


def _statement() -> Select[int, int, int, str, int]:
    """Who said what of whom and where, the newest first."""
    own, other = aliased(DayParticipant), aliased(DayParticipant)
    own_firm, other_firm = aliased(Firm), aliased(Firm)
    theirs = aliased(MeetingParty)
    parties = select(func.count()).where(MeetingParty.meeting_id == Meeting.id).correlate(Meeting)
    return (
        select(own.firm_id, other.firm_id, Meeting.day_id, MeetingOutcome.outcome, MeetingOutcome.id)
        .join(Meeting, Meeting.id == MeetingOutcome.meeting_id)
        .join(B2bDay, B2bDay.id == Meeting.day_id)
        .join(own, own.id == MeetingOutcome.participant_id)
        .join(theirs, (theirs.meeting_id == Meeting.id) & (theirs.participant_id != own.id))
        .join(other, other.id == theirs.participant_id)
        .join(own_firm, own_firm.id == own.firm_id)
        .join(other_firm, other_firm.id == other.firm_id)
        .where(
            Meeting.state == MeetingState.HELD,
            MeetingOutcome.outcome.in_(WORTH),
            own_firm.country != other_firm.country,
            parties.scalar_subquery() == 2,
        )
        .order_by(MeetingOutcome.id.desc())
        .limit(MOST)
    )


def _told(statement: Select[int, int, int, str, int]) -> list[Said]:
    rows = db.session.execute(statement).all()
    return [
        Said(own, other, outcome in FOUND_USEFUL, event_of(day))
        for own, other, day, outcome, _id in reversed(rows)
    ]


add_source("b2b_days", of_all_days)
