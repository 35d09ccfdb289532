"""When a reminder is due, and who may change one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from matchmaker.core.actor import Actor
from matchmaker.programmes import rules as programme_rules
from matchmaker.programmes.mailings.enums import FormState, ReminderAnchor

if TYPE_CHECKING:
    from matchmaker.programmes.mailings.models import ProgrammeReminder
    from matchmaker.programmes.models import Programme

LATEST = timedelta(days=1)
"""A reminder that could not be sent for so long after its moment is of no use any more."""


@dataclass(frozen=True, slots=True)
class Timing:
    """When a reminder is sent: so many days from the anchor, or on a day, at a time of day of the venue (HH:MM)."""

    anchor: ReminderAnchor
    days: int
    day: date | None
    clock_time: str


def due_at(timing: Timing, starts_at: datetime, ends_at: datetime, zone: str) -> datetime:
    """The moment by the clock of the venue; whole days are counted there, so a change of clocks does not shift it."""
    venue = ZoneInfo(zone)
    first, last = (moment.astimezone(venue).date() for moment in (starts_at, ends_at))
    distance = timedelta(days=timing.days)
    days = {
        ReminderAnchor.BEFORE_START: first - distance,
        ReminderAnchor.BEFORE_END: last - distance,
        ReminderAnchor.AFTER_END: last + distance,
    }
    day = timing.day or days[timing.anchor]
    return datetime.combine(day, time.fromisoformat(timing.clock_time), venue)


def is_due(moment: datetime, sent_for: datetime | None, now: datetime) -> bool:
    """Whether the moment has come and it was not sent for it; moved dates make a new moment."""
    return sent_for != moment and moment <= now < moment + LATEST


def fits_form(wanted: str, answered: Collection[str], asked: Collection[str]) -> bool:
    """Whether somebody who answered these of the questions that have to be answered is meant; empty means everybody."""
    filled = set(asked) <= set(answered)
    return not wanted or filled == (wanted == FormState.FILLED)


@dataclass(frozen=True, slots=True)
class ReminderOf:
    """A reminder with its programme."""

    programme: Programme
    reminder: ProgrammeReminder


def may_change(actor: Actor, asked: ReminderOf) -> bool:
    """Who changes a programme changes its reminders."""
    return programme_rules.may_edit(actor, asked.programme)
