"""States of a suspected pair, and what makes two firms a pair."""

from enum import StrEnum


class PairState(StrEnum):
    """Where a suspected pair stands; a pair put aside comes back only when a name or number of it changes."""

    OPEN = "open"
    PUT_ASIDE = "put_aside"
    MERGED = "merged"


class Sign(StrEnum):
    """What two firms have in common, the most telling first."""

    NUMBER = "number"
    HOST = "host"
    NAME = "name"
