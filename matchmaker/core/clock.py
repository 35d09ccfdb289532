"""The one place that asks the time; tests replace it by moving the clock."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def today(zone: str = "Europe/Istanbul") -> date:
    """The calendar day in a zone; Türkiye and Moscow share UTC+3 all year."""
    return now().astimezone(ZoneInfo(zone)).date()
