"""The meetings of a day with what their sides said, as plain columns: a large day has thousands of them on one page."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, select

from matchmaker.core.db import db
from matchmaker.firms.columns import NAMED
from matchmaker.firms.models import Firm
from matchmaker.firms.names import FirmName
from matchmaker.meetings.enums import MeetingState, Outcome
from matchmaker.meetings.models import DayParticipant, DaySlot, Meeting, MeetingOutcome, MeetingParty
from matchmaker.meetings.outcomes.queries import WITH_PLACE

TOLD_ONCE: Final = (*WITH_PLACE, MeetingState.CANCELLED)
"""States of meetings of which firms were told at some time."""


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One meeting: its firms by number of the participant, and what they said; `was_told` whether they had it in their agenda."""

    id: int
    state: MeetingState
    weight: int
    points_set: str
    absent_id: int | None
    was_told: bool
    firms: tuple[int, ...]
    said: dict[int, Outcome]

    @property
    def is_held(self) -> bool:
        """Whether it took place."""
        return self.state is MeetingState.HELD

    @property
    def is_lost(self) -> bool:
        """Not held although its firms had been told of it."""
        cancelled = self.state is MeetingState.CANCELLED and self.was_told
        return self.state is MeetingState.NOT_HELD or cancelled

    @property
    def answers(self) -> tuple[Outcome, ...]:
        """What its sides said."""
        return tuple(self.said.values())


def results(day_id: int) -> list[ResultRow]:
    """The meetings of a day that had a place, by time and number."""
    chosen = (Meeting.day_id == day_id, Meeting.state.in_(TOLD_ONCE))
    firms, said = _firms(chosen), _said(chosen)
    told = Meeting.told_slot_id.is_not(None) | Meeting.told_before_id.is_not(None)
    rows = db.session.execute(
        select(Meeting.id, Meeting.state, Meeting.weight, Meeting.points_set, Meeting.absent_id, told)
        .outerjoin(DaySlot, DaySlot.id == Meeting.slot_id)
        .where(*chosen)
        .order_by(DaySlot.position, Meeting.id)
    )
    return [
        ResultRow(
            number, state, weight, name, absent, bool(was_told), tuple(firms[number]), said.get(number, {})
        )
        for number, state, weight, name, absent, was_told in rows
    ]


def _firms(chosen: tuple[ColumnElement[bool], ...]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    rows = db.session.execute(
        select(MeetingParty.meeting_id, MeetingParty.participant_id)
        .join(Meeting, Meeting.id == MeetingParty.meeting_id)
        .where(*chosen)
        .order_by(MeetingParty.id)
    )
    for meeting, firm in rows:
        found[meeting].append(firm)
    return found


def _said(chosen: tuple[ColumnElement[bool], ...]) -> dict[int, dict[int, Outcome]]:
    found: dict[int, dict[int, Outcome]] = defaultdict(dict)
    rows = db.session.execute(
        select(MeetingOutcome.meeting_id, MeetingOutcome.participant_id, MeetingOutcome.outcome)
        .join(Meeting, Meeting.id == MeetingOutcome.meeting_id)
        .where(*chosen)
        .order_by(MeetingOutcome.id)
    )
    for meeting, firm, outcome in rows:
        found[meeting][firm] = outcome
    return found


def firm_names(day_id: int) -> dict[int, FirmName]:
    """What the firms of a day are called, by number of the participant."""
    rows = db.session.execute(
        select(DayParticipant.id, *NAMED)
        .join(Firm, Firm.id == DayParticipant.firm_id)
        .where(DayParticipant.day_id == day_id)
    )
    return {row[0]: FirmName(*row[1:]) for row in rows}
