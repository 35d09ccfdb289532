"""Moments that come again: every day or once a week, by the clock of a place."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class Rhythm(StrEnum):
    """Every day, or once a week."""

    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class Schedule:
    """How often, on which day of the week (Monday is 0) where it is weekly, and at what time of the place (HH:MM)."""

    rhythm: Rhythm
    weekday: int
    clock_time: str


NIGHT_WINDOW = timedelta(hours=3)
LONGEST_WITHOUT = timedelta(hours=36)


def is_night_due(schedule: Schedule, zone: str, now: datetime, last: datetime | None) -> bool:
    """Whether nightly work has to begin: in the hours after its moment, or at any hour when a night was missed."""
    night = last_moment(schedule, zone, now)
    in_window = now - night < NIGHT_WINDOW and (last is None or last < night)
    return in_window or (last is not None and last < now - LONGEST_WITHOUT)


def last_moment(schedule: Schedule, zone: str, now: datetime) -> datetime:
    """The latest moment of a schedule that has come, by the clock of the place."""
    here = now.astimezone(ZoneInfo(zone))
    moment = datetime.combine(here.date(), time.fromisoformat(schedule.clock_time), here.tzinfo)
    if schedule.rhythm is Rhythm.WEEKLY:
        moment -= timedelta(days=(here.weekday() - schedule.weekday) % 7)
    step = timedelta(days=7 if schedule.rhythm is Rhythm.WEEKLY else 1)
    return moment if moment <= now else moment - step
