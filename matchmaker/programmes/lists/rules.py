"""When a list goes out, and who may plan one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from matchmaker.core.actor import Actor
from matchmaker.programmes import rules as programme_rules

if TYPE_CHECKING:
    from matchmaker.programmes.lists.models import ScheduledList
    from matchmaker.programmes.models import Programme

LATEST = timedelta(hours=12)
"""A list that could not go out for so long after its moment waits for the next one."""


def is_due(moment: datetime, planned_at: datetime, sent_for: datetime | None, now: datetime) -> bool:
    """Whether a list goes out for a moment: not for one before it was planned, not twice, and not much too late."""
    return planned_at <= moment and (sent_for is None or sent_for < moment) and now < moment + LATEST


@dataclass(frozen=True, slots=True)
class ScheduleOf:
    """A schedule with its programme."""

    programme: Programme
    scheduled: ScheduledList


def may_change(actor: Actor, asked: ScheduleOf) -> bool:
    """Who changes a programme plans its lists."""
    return programme_rules.may_edit(actor, asked.programme)
