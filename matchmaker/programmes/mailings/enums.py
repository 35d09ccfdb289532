"""Why somebody of a group gets no mail, and what reminders count from."""

from enum import StrEnum


class LeftOut(StrEnum):
    """The reasons, in the order in which they are looked at."""

    NO_ADDRESS = "no_address"
    CLOSED = "closed"
    TWICE = "twice"


class ReminderAnchor(StrEnum):
    """What the day of a reminder is counted from."""

    BEFORE_START = "before_start"
    BEFORE_END = "before_end"
    AFTER_END = "after_end"
    DAY = "day"


class FormState(StrEnum):
    """Whether the form that comes after acceptance is filled: each question that has to be answered is."""

    OPEN = "open"
    FILLED = "filled"
