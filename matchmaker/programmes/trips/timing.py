"""Days and overlaps of items. Plain decisions about moments."""

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from matchmaker.programmes.trips.models import TripItem


def day_of(moment: datetime, zone: str) -> date:
    """The calendar day of a moment in a zone."""
    return moment.astimezone(ZoneInfo(zone)).date()


def overlap(one: "TripItem", other: "TripItem") -> bool:
    """Whether two items claim the same time; one may begin when the other ends."""
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at
