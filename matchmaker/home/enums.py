"""The kinds of work of an officer."""

from enum import StrEnum


class TaskKind(StrEnum):
    """The kinds of work of an officer."""

    VERIFY = "verify"
    CHANGE = "change"
    JOIN = "join"
    DUPLICATE = "duplicate"
    OPPORTUNITY = "opportunity"
    FROM_ABROAD = "from_abroad"
    UNANSWERED = "unanswered"
    APPROVE = "approve"
    SCREEN = "screen"
    ERASE = "erase"
    INCIDENT = "incident"
    INCIDENT_REPORT = "incident_report"
