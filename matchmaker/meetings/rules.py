"""Decisions about who may see and do what at a B2B day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matchmaker.core.actor import Actor
from matchmaker.meetings.enums import DayState
from matchmaker.programmes import rules as programme_rules
from matchmaker.programmes.trips import rules as trip_rules

if TYPE_CHECKING:
    from matchmaker.meetings.models import B2bDay, DayParticipant
    from matchmaker.programmes.models import Programme

SHOWN_TO_FIRMS = frozenset(
    {DayState.WISHES, DayState.PLANNING, DayState.PUBLISHED, DayState.RUNNING, DayState.DONE}
)


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


def speaks_for(actor: Actor, participant: DayParticipant) -> bool:
    """The people of the firm, whatever their role there: whoever travels says whom to meet."""
    return any(one.firm_id == participant.firm_id for one in actor.memberships)


def may_see_participant(actor: Actor, participant: DayParticipant) -> bool:
    """The firm itself once the day is opened to firms, and staff of the day."""
    own = speaks_for(actor, participant) and participant.day.state in SHOWN_TO_FIRMS
    return own or may_see_as_staff(actor, participant.day)
