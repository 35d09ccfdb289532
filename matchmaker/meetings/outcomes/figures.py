"""What B2B days count under a memorandum: meetings held, and those that lead to a second one."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import selectinload

from matchmaker.core.db import db
from matchmaker.firms.names import reader_name
from matchmaker.meetings.enums import MeetingState, Outcome
from matchmaker.meetings.models import B2bDay, DayParticipant, Meeting, MeetingOutcome, MeetingParty
from matchmaker.meetings.outcomes.rules import leads_on
from matchmaker.mous.figures import Figure, FigureRow, add_figure
from matchmaker.programmes.models import Programme

CONTRADICTING: Final = tuple(one for one in Outcome if not leads_on([Outcome.NEXT_STEP_AGREED, one]))
"""What the other side must not say where a next step counts as agreed."""
Rows = Callable[[int, date, date], Sequence[FigureRow]]
Totals = Callable[[date | None], Mapping[int, Decimal]]


def _said(outcomes: Sequence[Outcome]) -> ColumnElement[bool]:
    said = select(MeetingOutcome.id).where(
        MeetingOutcome.meeting_id == Meeting.id, MeetingOutcome.outcome.in_(outcomes)
    )
    return said.exists()


HELD: Final = (Meeting.state == MeetingState.HELD,)
LEADS_ON: Final = (*HELD, _said([Outcome.NEXT_STEP_AGREED]), ~_said(CONTRADICTING))


def _counted(conditions: Sequence[ColumnElement[bool]]) -> tuple[Rows, Totals]:
    """Meetings under these conditions, each on the day it was held."""

    def rows(mou_id: int, since: date, until: date) -> list[FigureRow]:
        party = selectinload(Meeting.parties).joinedload(MeetingParty.participant)
        found = (
            select(Meeting, B2bDay.held_on)
            .join(B2bDay, B2bDay.id == Meeting.day_id)
            .join(Programme, Programme.id == B2bDay.programme_id)
            .where(Programme.mou_id == mou_id, B2bDay.held_on.between(since, until), *conditions)
            .options(party.joinedload(DayParticipant.firm))
            .order_by(B2bDay.held_on, Meeting.id)
        )
        return [_row(meeting, held_on) for meeting, held_on in db.session.execute(found)]

    def totals(since: date | None) -> dict[int, Decimal]:
        found = (
            select(Programme.mou_id, func.count())
            .join(B2bDay, B2bDay.programme_id == Programme.id)
            .join(Meeting, Meeting.day_id == B2bDay.id)
            .where(*conditions)
            .group_by(Programme.mou_id)
        )
        if since is not None:
            found = found.where(B2bDay.held_on >= since)
        return {number: Decimal(count) for number, count in db.session.execute(found)}

    return rows, totals


def _row(meeting: Meeting, held_on: date) -> FigureRow:
    names = ", ".join(reader_name(one.participant.firm) for one in meeting.parties)
    return FigureRow(held_on, Decimal(1), names, f"/b2b-days/{meeting.day_id}/results")


add_figure(Figure("b2b_meetings", _l("Meetings held at B2B days"), "", *_counted(HELD)))
add_figure(Figure("second_meetings", _l("Meetings that lead to a second one"), "", *_counted(LEADS_ON)))
