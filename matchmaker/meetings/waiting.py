"""What a B2B day asks of the people of a firm, for the page on which everything that waits for them stands."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import or_, select

from matchmaker.core import clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.meetings import queries
from matchmaker.meetings.enums import DayState, ParticipantState
from matchmaker.meetings.live.next_page import unsaid
from matchmaker.meetings.models import B2bDay, DayParticipant
from matchmaker.meetings.setup.rules import takes_wishes

ASKED_FOR: Final = timedelta(days=30)
"""So long after a day its firms are asked what came of their meetings."""


class Ask(StrEnum):
    """A day that goes on, one that is over and of which something was not said, one that takes wishes."""

    TODAY = "today"
    OUTCOMES = "outcomes"
    WISHES = "wishes"


@dataclass(frozen=True, slots=True)
class WaitingDay:
    """What a day asks of a firm; `meetings` are those of which it could say what came of them and has not."""

    participant: DayParticipant
    ask: Ask
    meetings: list[int]


def waiting_days(actor: Actor) -> list[WaitingDay]:
    """The days that ask something of the actor's firms: those that go on first, then by date."""
    firms = [one.firm_id for one in actor.memberships]
    if not firms:
        return []
    since = clock.today() - ASKED_FOR
    numbers = db.session.scalars(
        select(DayParticipant.id)
        .join(B2bDay, B2bDay.id == DayParticipant.day_id)
        .where(
            DayParticipant.firm_id.in_(firms),
            DayParticipant.state == ParticipantState.EXPECTED,
            or_(
                B2bDay.state.in_((DayState.RUNNING, DayState.WISHES)),
                (B2bDay.state == DayState.DONE) & (B2bDay.held_on >= since),
            ),
        )
        .order_by(B2bDay.held_on, DayParticipant.id)
    )
    found = [one for number in numbers if (one := _asked(queries.participant(number)))]
    return sorted(found, key=lambda one: one.ask is not Ask.TODAY)


def _asked(participant: DayParticipant) -> WaitingDay | None:
    day, now = participant.day, clock.now()
    if day.state is DayState.WISHES:
        silent = participant.wishes_saved_at is None and takes_wishes(day, now)
        return WaitingDay(participant, Ask.WISHES, []) if silent else None
    meetings = unsaid(participant, now)
    if day.state is DayState.RUNNING:
        return WaitingDay(participant, Ask.TODAY, meetings)
    return WaitingDay(participant, Ask.OUTCOMES, meetings) if meetings else None
