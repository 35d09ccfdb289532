"""Why a suggestion is not relevant."""

from enum import StrEnum


class Irrelevance(StrEnum):
    """What a firm names as the reason; the last two are about that one firm and lower no other."""

    GOODS = "goods"
    PARTNERSHIP = "partnership"
    SECTOR = "sector"
    SIZE = "size"
    KNOWN = "known"
    OTHER = "other"
