"""What a B2B day asks of the people of a firm, for the page on which everything that waits for them stands."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from matchmaker.core import clock
from matchmaker.core.actor import Actor
from matchmaker.meetings import queries
from matchmaker.meetings.enums import DayState
from matchmaker.meetings.live.next_page import unsaid
from matchmaker.meetings.live.pages import offers_to
from matchmaker.meetings.models import DayParticipant
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
    """What a day asks of a firm; `meetings` are those of which it could say what came of them and has not.

    `offers` counts the meetings that are offered to it and that it has not answered.
    """

    participant: DayParticipant
    ask: Ask
    meetings: list[int]
    offers: int = 0


def waiting_days(actor: Actor) -> list[WaitingDay]:
    """The days that ask something of the actor's firms: those that go on first, then by date."""
    firms = [one.firm_id for one in actor.memberships]
    if not firms:
        return []
    asked = queries.asked_participants(firms, clock.today() - ASKED_FOR)
    found = [one for participant in asked if (one := _asked(participant))]
    return sorted(found, key=lambda one: one.ask is not Ask.TODAY)


def _asked(participant: DayParticipant) -> WaitingDay | None:
    day, now = participant.day, clock.now()
    if day.state is DayState.WISHES:
        silent = participant.wishes_saved_at is None and takes_wishes(day, now)
        return WaitingDay(participant, Ask.WISHES, []) if silent else None
    meetings = unsaid(participant, now)
    if day.state is DayState.RUNNING:
        return WaitingDay(participant, Ask.TODAY, meetings, _unanswered(participant))
    return WaitingDay(participant, Ask.OUTCOMES, meetings) if meetings else None


def _unanswered(participant: DayParticipant) -> int:
    sides = (side for one in offers_to(participant) for side in one.sides)
    return sum(number == participant.id and not yes for number, _name, yes in sides)
