"""How a match moves, who may move it and who may see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from matchmaker.core.actor import Actor, FirmRole, InstitutionRole
from matchmaker.firms.enums import FirmState
from matchmaker.matching.enums import (
    DecisionKind,
    MatchActor,
    MatchState,
    MatchVerb,
)

if TYPE_CHECKING:
    from matchmaker.firms.models import Firm
    from matchmaker.matching.models import Match

S, V, W = MatchState, MatchVerb, MatchActor

REMIND_BEFORE = timedelta(days=3)
DECISION_TIME = timedelta(days=90)
SHORTEST_TEXT, LONGEST_TEXT, LONGEST_NOTE = 20, 1500, 1000


@dataclass(frozen=True, slots=True)
class Transition:
    """One permitted step; `before` is None where the match begins."""

    before: MatchState | None
    verb: MatchVerb
    after: MatchState
    who: frozenset[MatchActor]


def _step(before: MatchState | None, verb: MatchVerb, after: MatchState, *who: MatchActor) -> Transition:
    return Transition(before, verb, after, frozenset(who))


TRANSITIONS: tuple[Transition, ...] = (
    _step(None, V.ASK, S.ASKED, W.ASKER),
    _step(None, V.PROPOSE, S.PROPOSED, W.STAFF),
    # One of the two firms said yes to a proposal; the other one's yes makes it agreed.
    _step(S.PROPOSED, V.AGREE, S.PROPOSED, W.FIRM),
    _step(S.PROPOSED, V.AGREE, S.AGREED, W.FIRM),
    _step(S.PROPOSED, V.REFUSE, S.REFUSED, W.FIRM),
    _step(S.PROPOSED, V.WITHDRAW, S.WITHDRAWN, W.STAFF, W.SYSTEM),
    _step(S.PROPOSED, V.EXPIRE, S.EXPIRED, W.SYSTEM),
    _step(S.ASKED, V.AGREE, S.AGREED, W.ANSWERER),
    _step(S.ASKED, V.REFUSE, S.REFUSED, W.ANSWERER),
    _step(S.ASKED, V.WITHDRAW, S.WITHDRAWN, W.ASKER, W.SYSTEM),
    _step(S.ASKED, V.EXPIRE, S.EXPIRED, W.SYSTEM),
    _step(S.AGREED, V.REFUSE, S.REFUSED, W.ANSWERER),
    _step(S.AGREED, V.WITHDRAW, S.WITHDRAWN, W.ASKER, W.SYSTEM),
    _step(S.AGREED, V.EXPIRE, S.EXPIRED, W.SYSTEM),
    _step(S.AGREED, V.APPROVE, S.AGREED, W.COORDINATOR),
    _step(S.AGREED, V.QUESTION, S.AGREED, W.COORDINATOR),
    _step(S.AGREED, V.DECLINE, S.REFUSED, W.COORDINATOR),
    _step(S.AGREED, V.REVIEW, S.AGREED, W.COMPLIANCE),
    _step(S.AGREED, V.INTRODUCE, S.INTRODUCED, W.SYSTEM),
    _step(S.INTRODUCED, V.START_TALKS, S.IN_TALKS, W.FIRM),
    _step(S.INTRODUCED, V.CLOSE, S.CLOSED, W.FIRM, W.SYSTEM),
    _step(S.IN_TALKS, V.PARTNER, S.PARTNERSHIP, W.FIRM),
    _step(S.IN_TALKS, V.CLOSE, S.CLOSED, W.FIRM, W.SYSTEM),
)

BEFORE_INTRODUCTION = frozenset({S.PROPOSED, S.ASKED, S.AGREED})
TOGETHER = frozenset({S.INTRODUCED, S.IN_TALKS, S.PARTNERSHIP})
LIVING = BEFORE_INTRODUCTION | TOGETHER
ENDED = frozenset(MatchState) - LIVING
GONE = frozenset({FirmState.SUSPENDED, FirmState.ARCHIVED})


def allowed(
    before: MatchState | None, verb: MatchVerb, after: MatchState, parts: Iterable[MatchActor]
) -> bool:
    """Whether the table has this step for somebody who acts in one of the parts."""
    acting = frozenset(parts)
    return any(
        step.before == before and step.verb is verb and step.after is after and step.who & acting
        for step in TRANSITIONS
    )


def verbs(before: MatchState | None, parts: Iterable[MatchActor]) -> frozenset[MatchVerb]:
    """What may be done next by somebody who acts in these parts."""
    acting = frozenset(parts)
    return frozenset(step.verb for step in TRANSITIONS if step.before == before and step.who & acting)


# ---------------------------------------------------------------- who may do what


def acts_for(actor: Actor, firm_id: int) -> bool:
    """A firm is spoken for by its administrators and editors; other members read."""
    membership = actor.membership(firm_id)
    return membership is not None and membership.role in (FirmRole.ADMINISTRATOR, FirmRole.EDITOR)


def is_member(actor: Actor, match: Match) -> bool:
    """Whether the actor belongs to one of the two firms."""
    return any(actor.membership(firm_id) for firm_id in (match.asker_id, match.answerer_id))


def countries(match: Match) -> tuple[str, str]:
    """The countries of asker and answerer."""
    return match.asker.country, match.answerer.country


def own_countries(actor: Actor, match: Match, *roles: InstitutionRole) -> tuple[str, ...]:
    """The sides of the match for which the actor holds one of the roles."""
    return tuple(country for country in countries(match) if actor.has(*roles, country=country))


def parts_of(actor: Actor, match: Match) -> frozenset[MatchActor]:
    """In which parts the actor may move the match; nobody is the system, and nobody decides on a firm of their own."""
    parts: set[MatchActor] = set()
    for firm_id, part in ((match.asker_id, W.ASKER), (match.answerer_id, W.ANSWERER)):
        if acts_for(actor, firm_id):
            parts |= {part, W.FIRM}
    if is_member(actor, match):
        return frozenset(parts)
    if own_countries(actor, match, InstitutionRole.STAFF, InstitutionRole.COORDINATOR):
        parts.add(W.STAFF)
    if own_countries(actor, match, InstitutionRole.COORDINATOR):
        parts.add(W.COORDINATOR)
    if own_countries(actor, match, InstitutionRole.COMPLIANCE):
        parts.add(W.COMPLIANCE)
    return frozenset(parts)


STAFF_ROLES = (InstitutionRole.STAFF, InstitutionRole.COORDINATOR, InstitutionRole.COMPLIANCE)


def has_matches(actor: Actor) -> bool:
    """Members of a firm have a list of their matches."""
    return bool(actor.memberships)


def may_see(actor: Actor, match: Match) -> bool:
    """The members of both firms, and the institutions of both countries."""
    return is_member(actor, match) or bool(own_countries(actor, match, *STAFF_ROLES))


def may_move(actor: Actor, match: Match) -> bool:
    """Who speaks for one of the firms, or staff of a side; the table decides about the step itself."""
    return bool(parts_of(actor, match))


def asking_firm_id(actor: Actor, firm: Firm) -> int | None:
    """The actor's firm that asks: the first of another country for which the actor speaks."""
    return next(
        (
            item.firm_id
            for item in actor.memberships
            if acts_for(actor, item.firm_id) and item.country != firm.country
        ),
        None,
    )


def may_ask(actor: Actor, firm: Firm) -> bool:
    """Somebody who speaks for a firm of another country may ask a listed firm."""
    return firm.state is FirmState.VERIFIED and asking_firm_id(actor, firm) is not None


def sees_approvals(actor: Actor) -> bool:
    """Staff, coordinators and compliance officers of a country see the approvals."""
    return bool(approval_countries(actor))


def approval_countries(actor: Actor) -> tuple[str, ...]:
    """For which countries the actor sees approvals."""
    found = {grant.country for grant in actor.grants if grant.role in STAFF_ROLES and grant.country}
    return tuple(sorted(found))


def may_see_approval(actor: Actor, match: Match) -> bool:
    """Both institutions see the same record once both firms have agreed."""
    return match.agreed_at is not None and bool(own_countries(actor, match, *STAFF_ROLES))


def may_decide(actor: Actor, match: Match) -> bool:
    """A coordinator decides for the coordinator's own side only."""
    return may_see_approval(actor, match) and W.COORDINATOR in parts_of(actor, match)


def decides(actor: Actor) -> bool:
    """Whether the actor is a coordinator of any country."""
    return any(grant.role is InstitutionRole.COORDINATOR and grant.country for grant in actor.grants)


def may_review(actor: Actor, match: Match) -> bool:
    """A compliance officer of either side may clear, override or block."""
    return may_see_approval(actor, match) and W.COMPLIANCE in parts_of(actor, match)


def may_propose(actor: Actor) -> bool:
    """Staff and coordinators of a country may propose a pair to both firms."""
    return any(
        grant.role in (InstitutionRole.STAFF, InstitutionRole.COORDINATOR) and grant.country
        for grant in actor.grants
    )


def may_propose_for(actor: Actor, firm: Firm) -> bool:
    """Staff and coordinators of the firm's country."""
    return actor.has(InstitutionRole.STAFF, InstitutionRole.COORDINATOR, country=firm.country)


def other_firm_id(match: Match, firm_id: int) -> int:
    """The number of the counterpart."""
    return match.answerer_id if firm_id == match.asker_id else match.asker_id


def has_agreed(match: Match, firm_id: int) -> bool:
    """Whether this firm said yes."""
    return match.asker_agreed if firm_id == match.asker_id else match.answerer_agreed


def pair_key(one: int, other: int) -> str:
    """The key of a pair whatever its order."""
    return f"{min(one, other)}-{max(one, other)}"


def waits_for(match: Match) -> tuple[str, ...]:
    """The countries whose coordinators have not approved an agreed match yet."""
    if match.state is not S.AGREED:
        return ()
    approved = {item.country for item in match.decisions if item.kind is DecisionKind.APPROVE}
    return tuple(country for country in countries(match) if country not in approved)
