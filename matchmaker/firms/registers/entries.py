"""What the reader of the official register yields: an entry, or a finding that says why there is none."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from matchmaker.firms.enums import RegisterKind


class SizeCategory(StrEnum):
    """Category that the register itself assigns, КатСубМСП of the official form."""

    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"


class Reason(StrEnum):
    """Why a part of the file gave no entry; the part is one entry unless it stands in MEMBER_REASONS."""

    BROKEN_XML = "broken_xml"
    UNCLOSED = "unclosed"
    CUT_OFF = "cut_off"
    TOO_LARGE = "too_large"
    UNKNOWN_KIND = "unknown_kind"
    UNKNOWN_CATEGORY = "unknown_category"
    MISSING_IDENTIFIER = "missing_identifier"
    BAD_IDENTIFIER = "bad_identifier"
    BAD_REGISTRATION = "bad_registration"
    MISSING_NAME = "missing_name"
    TOO_LONG = "too_long"
    BAD_DATE = "bad_date"
    BAD_ACTIVITY = "bad_activity"
    NOT_XML = "not_xml"
    ENCRYPTED = "encrypted"
    COMPRESSION = "compression"
    DAMAGED = "damaged"
    DOCUMENT_TYPE = "document_type"
    ENCODING = "encoding"
    NOT_A_REGISTER = "not_a_register"
    FORM_VERSION = "form_version"
    UNSOUND = "unsound"
    COUNT_DIFFERS = "count_differs"


MEMBER_REASONS = frozenset(
    {
        Reason.NOT_XML,
        Reason.ENCRYPTED,
        Reason.COMPRESSION,
        Reason.DAMAGED,
        Reason.DOCUMENT_TYPE,
        Reason.ENCODING,
        Reason.NOT_A_REGISTER,
        Reason.FORM_VERSION,
        Reason.UNSOUND,
        Reason.COUNT_DIFFERS,
    }
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: member of the zip (from 0), record in it (from 1), first byte in the unpacked member."""

    member: int
    number: int
    offset: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One firm of the register, checked; texts as the register spells them, codes as text, empty where not given."""

    place: Place
    kind: RegisterKind
    category: SizeCategory
    identifier: str
    registration: str
    name: str
    short_name: str
    region_code: str
    region: str
    town: str
    activity: str
    activity_revision: str
    other_activities: tuple[str, ...]
    new: bool
    social: bool
    listed_on: date
    state_on: date


@dataclass(frozen=True, slots=True)
class Malformed:
    """A part of the file that gave no entry: why, what was found there, and the identifier where it could be read."""

    place: Place
    member_name: str
    reason: Reason
    detail: str
    identifier: str = ""

    @property
    def is_entry(self) -> bool:
        """Whether it stands for one entry of the register, not for a whole member of the zip."""
        return self.reason not in MEMBER_REASONS


Record = Entry | Malformed
