"""Why a badge is not let through."""

from enum import StrEnum


class Refusal(StrEnum):
    """What a check says no for."""

    UNKNOWN = "unknown"
    REPLACED = "replaced"
    CANCELLED = "cancelled"
    PASSED = "passed"
    NOT_OPEN = "not_open"
