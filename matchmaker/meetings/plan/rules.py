"""Decisions about who may plan a B2B day, release its timetable and read agendas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matchmaker.core.actor import Actor
from matchmaker.meetings import rules as day_rules
from matchmaker.meetings.enums import DayState, MeetingState

if TYPE_CHECKING:
    from matchmaker.meetings.models import B2bDay, DayParticipant, Meeting

PLANNABLE = frozenset({DayState.WISHES, DayState.PLANNING, DayState.PUBLISHED, DayState.RUNNING})
"""A draft has no wishes yet; a day that is over or cancelled keeps its timetable."""
RELEASABLE = frozenset({DayState.PLANNING, DayState.PUBLISHED, DayState.RUNNING})
RELEASED = frozenset({DayState.PUBLISHED, DayState.RUNNING, DayState.DONE})
TOLD = RELEASED | {DayState.CANCELLED}
"""A day that was called off stays in calendars, struck out."""


def may_plan(actor: Actor, day: B2bDay) -> bool:
    """Who runs the day changes its timetable while it can still be changed."""
    return day_rules.may_run(actor, day) and day.state in PLANNABLE


def may_stop(actor: Actor, day: B2bDay) -> bool:
    """Who runs the day stops a search, whatever became of the day meanwhile."""
    return day_rules.may_run(actor, day)


def may_read_agenda(actor: Actor, participant: DayParticipant) -> bool:
    """Staff of the day, and the people of the firm once a version has been released."""
    if day_rules.may_see_as_staff(actor, participant.day):
        return True
    return day_rules.speaks_for(actor, participant) and participant.day.state in RELEASED


def may_take_over(actor: Actor, meeting: Meeting) -> bool:
    """People of a firm of the meeting and who runs the day, while the meeting is still to come."""
    if meeting.state is not MeetingState.PLACED or meeting.day.state not in PLANNABLE:
        return False
    own = any(day_rules.speaks_for(actor, party.participant) for party in meeting.parties)
    return day_rules.may_run(actor, meeting.day) or (own and meeting.day.state in RELEASED)


def may_release(actor: Actor, day: B2bDay) -> bool:
    """Who runs the day releases its timetable, once wishes are closed and until it is over."""
    return day_rules.may_run(actor, day) and day.state in RELEASABLE
