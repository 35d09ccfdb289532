"""What the timetable of a day is made of, as plain records: a large day is read for every click at the desk.

They hold what planning, repairing and showing need and nothing else, and cannot be written back: who changes a meeting
reads its own row.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from matchmaker.firms.names import FirmName
    from matchmaker.matching.enums import WishKind
    from matchmaker.meetings.enums import MeetingOrigin, MeetingState, ParticipantState
    from matchmaker.meetings.models import B2bDay, DayTable, Meeting


class PersonRow(NamedTuple):
    """Somebody whom a firm sends."""

    id: int
    participant_id: int
    name: str
    languages: list[str]
    left_at: datetime | None


class ParticipantRow(NamedTuple):
    """A firm at the day with its people."""

    id: int
    firm: FirmName
    state: ParticipantState
    languages: list[str]
    least: int | None
    most: int | None
    arrives_at: datetime | None
    leaves_at: datetime | None
    closed: list[int]
    people: tuple[PersonRow, ...] = ()


class AwayRow(NamedTuple):
    """When a firm is not there or not free."""

    id: int
    arrives_at: datetime | None
    leaves_at: datetime | None
    closed: list[int]


class PartyRow(NamedTuple):
    """A firm of a meeting."""

    participant_id: int


class BookingRow(NamedTuple):
    """A person or an interpreter whom a meeting takes in its slot; its table stands with the meeting."""

    person_id: int | None
    interpreter_id: int | None


class MeetingRow(NamedTuple):
    """A meeting with its firms and what it takes; the fields are those of the table."""

    id: int
    state: MeetingState
    origin: MeetingOrigin
    weight: int
    must: bool
    block_id: int | None
    fixed_slot_id: int | None
    locked: bool
    language: str
    pair: str
    slot_id: int | None
    table_id: int | None
    told_slot_id: int | None
    told_table_id: int | None
    parties: tuple[PartyRow, ...] = ()
    bookings: tuple[BookingRow, ...] = ()

    @classmethod
    def of(cls, meeting: Meeting) -> MeetingRow:
        """A meeting that is not stored yet, beside those that are."""
        fields = cls._fields[: -len(cls._field_defaults)]
        return cls._make(
            (
                *(getattr(meeting, name) for name in fields),
                tuple(PartyRow(one.participant_id) for one in meeting.parties),
                tuple(
                    BookingRow(one.person_id, one.interpreter_id)
                    for one in meeting.bookings
                    if one.table_id is None
                ),
            )
        )


class TableRow(NamedTuple):
    """A table of the day; the fields are those of the table in the database."""

    id: int
    number: int
    languages: list[str]
    host_id: int | None
    closed: list[int]


class OrderRow(NamedTuple):
    """One meeting that comes after another."""

    meeting_id: int
    earlier_id: int


class WishRow(NamedTuple):
    """What one firm wishes of another."""

    from_id: int
    to_id: int
    kind: WishKind
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """What the timetable of a day is made of, each in the order of its numbers.

    `read_tables` are its tables where the day was read without them.
    """

    day: B2bDay
    participants: tuple[ParticipantRow, ...]
    meetings: tuple[MeetingRow, ...]
    orders: tuple[OrderRow, ...] = ()
    wishes: tuple[WishRow, ...] = ()
    read_tables: tuple[TableRow, ...] | None = None

    @property
    def tables(self) -> Sequence[DayTable | TableRow]:
        """The tables of the day, by number."""
        return self.day.tables if self.read_tables is None else self.read_tables

    def with_meetings(self, meetings: Iterable[MeetingRow]) -> Rows:
        """The same day with other meetings."""
        return replace(self, meetings=tuple(meetings))
