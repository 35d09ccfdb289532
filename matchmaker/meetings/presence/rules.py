"""Decisions about checks at the doors of a B2B day."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from matchmaker.core.actor import Actor
from matchmaker.meetings import rules
from matchmaker.meetings.enums import CheckRule, DayState, ParticipantState
from matchmaker.meetings.presence.enums import Refusal

if TYPE_CHECKING:
    from matchmaker.meetings.models import B2bDay, CheckIn, CheckPoint, DayPerson

OPEN: Final = frozenset({DayState.PUBLISHED, DayState.RUNNING})
"""Desks may open before the day is started, once firms know when to come."""
LONGEST_OFFLINE: Final = timedelta(hours=36)
"""A moment further back is a device with a wrong clock rather than one without a connection."""


def may_see_check_in(actor: Actor, day: B2bDay) -> bool:
    """Those who run the day, once the timetable is out or the day is over."""
    return (day.state in OPEN or day.state is DayState.DONE) and rules.may_run(actor, day)


def may_run_point(actor: Actor, point: CheckPoint) -> bool:
    """Those who run the day."""
    return rules.may_run(actor, point.day)


def may_undo(actor: Actor, passage: CheckIn) -> bool:
    """Whoever may check people in at that point."""
    return may_run_point(actor, passage.point)


def refusal(day: B2bDay, person: DayPerson | None, *, offline: bool) -> Refusal | None:
    """Why this person does not pass whatever the point's rule is; None where nothing stands against it.

    A scan made offline while the desks were open still counts when it arrives after the end of the day.
    """
    if day.state not in OPEN and not (offline and day.state is DayState.DONE):
        return Refusal.NOT_OPEN
    if person is None:
        return Refusal.UNKNOWN
    if person.left_at is not None:
        return Refusal.REPLACED
    if person.participant.state is ParticipantState.CANCELLED:
        return Refusal.CANCELLED
    return None


def passing_key(point_id: int, rule: CheckRule, person_id: int, at: datetime, zone: str) -> str | None:
    """What only one passage that counts may have: a person at a point, by day of the venue, or nothing."""
    if rule is CheckRule.FREE:
        return None
    key = f"{point_id}:{person_id}"
    return key if rule is CheckRule.ONCE else f"{key}:{at.astimezone(ZoneInfo(zone)):%Y-%m-%d}"


def moment_of_scan(said: datetime, now: datetime) -> datetime:
    """The device's moment where it can be true, else the present one."""
    return said if now - LONGEST_OFFLINE <= said <= now else now
