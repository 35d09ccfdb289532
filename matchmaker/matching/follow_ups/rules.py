"""When introduced firms are asked, how long a link works, where an asking stands, and who sees an answer."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from matchmaker.core.actor import Actor, InstitutionRole
from matchmaker.matching import rules as matching
from matchmaker.matching.follow_ups.enums import FollowUpState

if TYPE_CHECKING:
    from matchmaker.matching.follow_ups.models import FollowUp
    from matchmaker.matching.models import Match

DAYS: Final = (30, 90, 180, 365)
"""Days after the introduction on which both firms are asked."""
CATCH_UP: Final = timedelta(days=30)
"""An asking missed for longer is left out; the next one comes at its time."""
LINK_TIME: Final = timedelta(days=30)
"""How long a link works; shorter than from one asking to the next."""
ANSWER_TIME: Final = timedelta(days=14)
"""After so long without an answer an asking is overdue."""
LONGEST_STEP: Final = 300
LONGEST_NOTE: Final = 1000
READERS: Final = (InstitutionRole.STAFF, InstitutionRole.COORDINATOR)


def due_windows(now: datetime) -> dict[int, tuple[datetime, datetime]]:
    """For each asking between which moments, the first left out, an introduction lies that is asked now."""
    return {days: (now - timedelta(days=days) - CATCH_UP, now - timedelta(days=days)) for days in DAYS}


def last_day(expires_at: datetime) -> date:
    """The last day on which a link works all day, wherever its reader lives."""
    return (expires_at - timedelta(days=1)).date()


def is_open(match: Match) -> bool:
    """Firms are asked, and answer, while they are introduced to each other."""
    return match.state in matching.TOGETHER


def state_of(follow_up: FollowUp, match: Match, now: datetime) -> FollowUpState:
    """Where an asking stands; an answer stays one whatever became of the match."""
    if follow_up.answered_at is not None:
        return FollowUpState.ANSWERED
    if not is_open(match):
        return FollowUpState.DROPPED
    if not follow_up.reached:
        return FollowUpState.UNREACHABLE
    overdue = follow_up.asked_at + ANSWER_TIME <= now
    return FollowUpState.OVERDUE if overdue else FollowUpState.ASKED


def own_countries(actor: Actor) -> frozenset[str]:
    """The countries whose firms' answers the actor reads as staff or coordinator."""
    return frozenset(grant.country for grant in actor.grants if grant.role in READERS and grant.country)


def coordinated_countries(actor: Actor) -> frozenset[str]:
    """The countries of whose matches the actor, as coordinator, reads the answers of both firms."""
    coordinator = InstitutionRole.COORDINATOR
    return frozenset(grant.country for grant in actor.grants if grant.role is coordinator and grant.country)


def sees_list(actor: Actor) -> bool:
    """Staff and coordinators of a country."""
    return bool(own_countries(actor))


def sees(actor: Actor, follow_up: FollowUp, match: Match) -> bool:
    """The firm itself, staff of its country, and the coordinators of both sides; never the other firm."""
    if matching.is_member(actor, match):
        return actor.membership(follow_up.firm_id) is not None
    firm = match.asker if follow_up.firm_id == match.asker_id else match.answerer
    coordinated = coordinated_countries(actor)
    return firm.country in own_countries(actor) or not coordinated.isdisjoint(matching.countries(match))
