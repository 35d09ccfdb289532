"""How attendance was taken."""

from enum import StrEnum


class AttendanceWay(StrEnum):
    """Staff ticked a list, or the participant typed or scanned the code of the session."""

    LIST = "list"
    CODE = "code"
