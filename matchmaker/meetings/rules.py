"""Decisions about who may see and do what at a B2B day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from matchmaker.core.actor import Actor
from matchmaker.meetings.enums import DayState, DayVerb
from matchmaker.programmes import rules as programme_rules
from matchmaker.programmes.trips import rules as trip_rules

if TYPE_CHECKING:
    from matchmaker.meetings.models import B2bDay, DayParticipant
    from matchmaker.programmes.models import Programme

SHOWN_TO_FIRMS = frozenset(
    {DayState.WISHES, DayState.PLANNING, DayState.PUBLISHED, DayState.RUNNING, DayState.DONE}
)

BEFORE_EVENT: Final = frozenset({DayState.DRAFT, DayState.WISHES, DayState.PLANNING, DayState.PUBLISHED})
ENDED: Final = frozenset({DayState.DONE, DayState.CANCELLED})


@dataclass(frozen=True, slots=True)
class DayStep:
    """One step of the table: from where, by what, to where."""

    before: DayState
    verb: DayVerb
    after: DayState


DAY_STEPS: Final = (
    DayStep(DayState.DRAFT, DayVerb.OPEN, DayState.WISHES),
    DayStep(DayState.WISHES, DayVerb.CLOSE, DayState.PLANNING),
    DayStep(DayState.PLANNING, DayVerb.REOPEN, DayState.WISHES),
    DayStep(DayState.PLANNING, DayVerb.PUBLISH, DayState.PUBLISHED),
    DayStep(DayState.PUBLISHED, DayVerb.START, DayState.RUNNING),
    DayStep(DayState.RUNNING, DayVerb.FINISH, DayState.DONE),
    *(DayStep(before, DayVerb.CANCEL, DayState.CANCELLED) for before in sorted(BEFORE_EVENT)),
)
BUTTONS: Final = (DayVerb.OPEN, DayVerb.CLOSE, DayVerb.REOPEN)
"""The steps that need nothing but a press; the others belong to pages that do more than the step."""


def day_step(before: DayState, verb: DayVerb) -> DayStep | None:
    """The step of the table, if there is one."""
    return next((one for one in DAY_STEPS if one.before is before and one.verb is verb), None)


def day_verbs(before: DayState) -> tuple[DayVerb, ...]:
    """What moves a day on from a state."""
    return tuple(one.verb for one in DAY_STEPS if one.before is before)


def rank(state: DayState, held_on: date, number: int) -> tuple[bool, bool, int, int]:
    """Where a day stands in a list: what goes on, then the next first, then what is over with the last first."""
    over = state in ENDED
    turn = -1 if over else 1
    return over, state is not DayState.RUNNING, turn * held_on.toordinal(), turn * number


@dataclass(frozen=True, slots=True)
class OpenDay:
    """A day with the firms that take part, by which its readers are told apart."""

    day: B2bDay
    firm_ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class DayToMove:
    """A day and the step that a button asks for."""

    day: B2bDay
    verb: DayVerb


def may_list_days(actor: Actor) -> bool:
    """Staff see the days of their programmes, the people of firms those at which their firm takes part."""
    return actor.is_staff or bool(actor.memberships)


def may_set_up(actor: Actor, programme: Programme) -> bool:
    """Staff and coordinators of the organiser and of the host of the programme."""
    return trip_rules.may_run(actor, programme)


def may_run(actor: Actor, day: B2bDay) -> bool:
    """Like setting it up: both institutions plan the day and run it together."""
    return may_set_up(actor, day.programme)


def may_see_as_staff(actor: Actor, day: B2bDay) -> bool:
    """Everybody of the institutions who sees the people of the programme."""
    return may_run(actor, day) or programme_rules.may_see_people(actor, day.programme)


def may_see_day(actor: Actor, opened: OpenDay) -> bool:
    """Staff of the day, and the people of the firms that take part once the day is opened to firms."""
    own = any(one.firm_id in opened.firm_ids for one in actor.memberships)
    return (own and opened.day.state in SHOWN_TO_FIRMS) or may_see_as_staff(actor, opened.day)


def may_press(actor: Actor, asked: DayToMove) -> bool:
    """Whoever runs the day moves it on; the table decides about the step itself."""
    return may_run(actor, asked.day)


def speaks_for(actor: Actor, participant: DayParticipant) -> bool:
    """The people of the firm, whatever their role there: whoever travels says whom to meet."""
    return any(one.firm_id == participant.firm_id for one in actor.memberships)


def may_see_participant(actor: Actor, participant: DayParticipant) -> bool:
    """The firm itself once the day is opened to firms, and staff of the day."""
    own = speaks_for(actor, participant) and participant.day.state in SHOWN_TO_FIRMS
    return own or may_see_as_staff(actor, participant.day)
