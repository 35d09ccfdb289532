"""How often a list goes out, and as what."""

from enum import StrEnum


class Rhythm(StrEnum):
    """Every day, or once a week."""

    DAILY = "daily"
    WEEKLY = "weekly"


class ListFormat(StrEnum):
    """What the list is opened with."""

    XLSX = "xlsx"
    CSV = "csv"
