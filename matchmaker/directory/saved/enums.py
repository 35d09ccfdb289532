"""How often a saved search sends a mail."""

from enum import StrEnum


class Frequency(StrEnum):
    """Never, every day, or once a week; in each case only when there is something new."""

    NONE = "none"
    DAILY = "daily"
    WEEKLY = "weekly"
