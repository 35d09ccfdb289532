"""Who may be interested, who answers, who reads it, and when the owner is reminded."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from matchmaker.core import clock
from matchmaker.core.actor import Actor
from matchmaker.opportunities import rules as opportunities
from matchmaker.opportunities.interests.enums import Answer

if TYPE_CHECKING:
    from matchmaker.opportunities.interests.models import Interest
    from matchmaker.opportunities.models import Opportunity

SHORTEST_TEXT, LONGEST_TEXT, LONGEST_NOTE = 20, 1500, 1000
REMINDED_DAYS: Final = (5, 10)
ESCALATED_AFTER: Final = timedelta(days=15)
"""After two reminders without an answer, as long again, the owner's institution is told."""
NEEDS_NOTE: Final = frozenset({Answer.MORE_INFORMATION})


def interested_firm_id(actor: Actor, opportunity: Opportunity) -> int | None:
    """The actor's verified firm of another country that may read the opportunity: the first that one edits."""
    reached = {reach.country for reach in opportunities.open_reaches(opportunity)}
    found = (
        item.firm_id
        for item in actor.memberships
        if item.verified and item.role in opportunities.WRITERS and item.country in reached
    )
    return next(found, None)


def may_express(actor: Actor, opportunity: Opportunity) -> bool:
    """An editor of a verified firm of the other side, while the opportunity is listed; never for one's own."""
    own = opportunities.is_own(actor, opportunity)
    listed = opportunities.is_listed(opportunity, clock.today())
    return listed and not own and interested_firm_id(actor, opportunity) is not None


def may_write_again(last: Interest | None) -> bool:
    """The first time, and after being asked for more."""
    return last is None or last.answer is Answer.MORE_INFORMATION


def may_see(actor: Actor, interest: Interest) -> bool:
    """The two firms, and the institutions of both countries."""
    if actor.membership(interest.firm_id) or opportunities.is_own(actor, interest.opportunity):
        return True
    countries = {interest.firm.country, interest.opportunity.firm.country}
    return any(actor.has(*opportunities.OFFICERS, country=country) for country in countries)


def is_owner(actor: Actor, interest: Interest) -> bool:
    """Whether the actor writes for the firm of the opportunity."""
    return opportunities.edits_for(actor, interest.opportunity.firm_id)


def may_answer(actor: Actor, interest: Interest) -> bool:
    """The owner's editors, once."""
    return interest.answer is None and is_owner(actor, interest)


def reminder_due(asked_at: datetime, now: datetime) -> int:
    """The latest day on which the owner is reminded that has come; 0 before the first."""
    return max((days for days in REMINDED_DAYS if asked_at + timedelta(days=days) <= now), default=0)


def is_escalated(asked_at: datetime, now: datetime) -> bool:
    """Whether the owner's institution is told."""
    return asked_at + ESCALATED_AFTER <= now
