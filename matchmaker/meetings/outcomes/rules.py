"""Decisions about outcomes: who says one and when, what two sides say together."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from matchmaker.core.actor import Actor
from matchmaker.meetings import rules
from matchmaker.meetings.enums import DayState, MeetingState, Outcome

if TYPE_CHECKING:
    from matchmaker.meetings.models import B2bDay, DayParticipant, Meeting

WORTH: Final = {
    Outcome.NO_INTEREST: 0,
    Outcome.USEFUL: 1,
    Outcome.COOPERATION_POSSIBLE: 2,
    Outcome.NEXT_STEP_AGREED: 3,
}
"""How far a meeting that was held led; the scale on which means and disagreements are counted."""
APART: Final = 2
"""Steps of the scale from which two sides disagree: one may see a little more in a meeting than the other."""
SAID_IN: Final = frozenset({DayState.RUNNING, DayState.DONE})
TAKES_OUTCOME: Final = frozenset({MeetingState.PLACED, MeetingState.HELD, MeetingState.NOT_HELD})


@dataclass(frozen=True, slots=True)
class Side:
    """One firm at one of its meetings."""

    meeting: Meeting
    participant: DayParticipant


def may_say(actor: Actor, side: Side) -> bool:
    """The people of the firm, and those who run the day where a firm tells them at the desk."""
    return rules.speaks_for(actor, side.participant) or rules.may_run(actor, side.participant.day)


@dataclass(frozen=True, slots=True)
class ResultsAs:
    """The results of a day as a file of some kind."""

    day: B2bDay
    kind: str


def may_export(actor: Actor, asked: ResultsAs) -> bool:
    """Whoever sees the results may take them away."""
    return rules.may_see_as_staff(actor, asked.day)


def may_see_results(actor: Actor, day: B2bDay) -> bool:
    """Staff, once there is something to see."""
    return day.state in SAID_IN and rules.may_see_as_staff(actor, day)


def may_see_outcomes(actor: Actor, participant: DayParticipant) -> bool:
    """The firm, once its day runs."""
    return participant.day.state in SAID_IN and rules.may_see_participant(actor, participant)


def may_settle(actor: Actor, meeting: Meeting) -> bool:
    """Those who run the day."""
    return rules.may_run(actor, meeting.day)


def is_open(day_state: DayState, state: MeetingState, starts_at: datetime | None, now: datetime) -> bool:
    """Whether an outcome can be said: the day runs or is over, and the meeting's time has begun."""
    begun = starts_at is not None and starts_at <= now
    return day_state in SAID_IN and state in TAKES_OUTCOME and begun


def disagree(said: Collection[Outcome]) -> bool:
    """Whether the sides contradict each other: on whether they met at all, or by two steps of the scale or more."""
    held = [WORTH[one] for one in said if one is not Outcome.NOT_HELD]
    if len(held) not in (0, len(said)):
        return True
    return bool(held) and max(held) - min(held) >= APART


def state_after(said: Collection[Outcome]) -> MeetingState:
    """What a meeting became by what its sides say: held as soon as one says so, which the other may contradict."""
    if all(one is Outcome.NOT_HELD for one in said):
        return MeetingState.NOT_HELD
    return MeetingState.HELD


def leads_on(said: Collection[Outcome]) -> bool:
    """Whether there will be a second meeting: a side says that a next step is agreed and nobody contradicts."""
    return Outcome.NEXT_STEP_AGREED in said and not disagree(said)
