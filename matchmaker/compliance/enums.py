"""States of screening."""

from enum import StrEnum


class HitState(StrEnum):
    """What became of a likeness with a listed name."""

    OPEN = "open"
    CLEARED = "cleared"
    CONFIRMED = "confirmed"


class ScreeningState(StrEnum):
    """Where the screening of a firm stands; unscreened is never taken for clear."""

    UNSCREENED = "unscreened"
    CLEAR = "clear"
    HIT = "hit"
