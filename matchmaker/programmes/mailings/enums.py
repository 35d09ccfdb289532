"""Why somebody of a group gets no mail."""

from enum import StrEnum


class LeftOut(StrEnum):
    """The reasons, in the order in which they are looked at."""

    NO_ADDRESS = "no_address"
    CLOSED = "closed"
    TWICE = "twice"
