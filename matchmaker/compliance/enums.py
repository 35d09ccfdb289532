"""States of screening, kinds of listed parties, forms of list files."""

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


class EntryKind(StrEnum):
    """What a listed party is."""

    PERSON = "person"
    ENTITY = "entity"
    VESSEL = "vessel"
    AIRCRAFT = "aircraft"
    OTHER = "other"


class ListForm(StrEnum):
    """The forms of list files that are understood."""

    OWN = "own"
    OPENSANCTIONS = "opensanctions"
    UN = "un"
    EU = "eu"
    OFAC = "ofac"
