"""What the institutions decide about a match on which both firms agreed."""

from enum import StrEnum

from flask_babel import gettext as _

from matchmaker.compliance.services import screen
from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor, InstitutionRole
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.firms import queries as firms
from matchmaker.matching import checks, gates, notices, queries, rules
from matchmaker.matching.enums import (
    ComplianceOutcome,
    DecisionKind,
    FlagCode,
    MatchState,
    MatchVerb,
    ReasonCode,
    Weight,
)
from matchmaker.matching.introductions import open_contacts
from matchmaker.matching.models import ComplianceReview, Match, MatchDecision
from matchmaker.matching.moves import check, move
from matchmaker.matching.words import flag_word
from matchmaker.mous.services import require_cover

VERBS = {
    DecisionKind.APPROVE: MatchVerb.APPROVE,
    DecisionKind.DECLINE: MatchVerb.DECLINE,
    DecisionKind.QUESTION: MatchVerb.QUESTION,
}

NEWS = {DecisionKind.DECLINE: "approval_declined", DecisionKind.QUESTION: "approval_question"}


class Effect(StrEnum):
    """What became of a decision; held means that a fresh check found something and nothing was decided."""

    RECORDED = "recorded"
    INTRODUCED = "introduced"
    HELD = "held"


def decide(
    actor: Actor,
    match: Match,
    kind: DecisionKind,
    *,
    note: str = "",
    code: ReasonCode | None = None,
    override_reason: str = "",
) -> Effect:
    """Decide for one's own side; the approval that completes both introduces the firms in the same transaction.

    The match is locked first, so of two decisions at the same moment the second sees the first. An approval needs a
    memorandum in force with the scope area or a logged reason to go on without, and every flag that holds it up cleared or overridden by compliance; both
    firms are screened afresh before. Raises Conflict where the side has approved already or the match has moved on,
    NotAllowed for another side, DomainError for what is missing.
    """
    match = queries.locked_match(match.id)
    after = MatchState.REFUSED if kind is DecisionKind.DECLINE else MatchState.AGREED
    check(actor, match, VERBS[kind], after)
    country = _side(actor, match)
    words = checked_words(kind, note, code)
    if kind is DecisionKind.APPROVE and not _clear(actor, match):
        return Effect.HELD
    if kind is DecisionKind.APPROVE:
        cover(actor, match, override_reason)
    _keep(actor, match, country, kind, words, code)
    move(actor, match, VERBS[kind], after, note=words, code=code)
    if kind is DecisionKind.APPROVE:
        return introduce(match)
    if kind is DecisionKind.DECLINE:
        notices.tell_firms(match, "match_declined")
    notices.tell_coordinators(match, rules.countries(match), NEWS[kind], but=actor.person_id)
    return Effect.RECORDED


def cover(actor: Actor, match: Match, override_reason: str) -> None:
    """Let the memorandum of the pair cover an introduction today, or a reason; raises DomainError where neither does."""
    mou = checks.mou_between(match.asker, match.answerer)
    if mou is None:
        raise DomainError(_("There is no signed memorandum between these two countries."))
    require_cover(
        actor, mou, checks.AREA, override_reason=override_reason, subject="match", subject_id=match.id
    )


def introduce(match: Match) -> Effect:
    """Introduce the firms once both sides approved; does nothing before. The gates were checked by the approval."""
    if rules.waits_for(match):
        notices.tell_firms(match, "match_approved")
        notices.tell_coordinators(match, rules.waits_for(match), "approval_waiting")
        return Effect.RECORDED
    facts = checks.facts_of(match)
    match.mou_id, match.area = facts.mou_id, checks.AREA
    match.introduced_at, match.expires_at = clock.now(), None
    move(None, match, MatchVerb.INTRODUCE, MatchState.INTRODUCED)
    opened = open_contacts(match, facts)
    notices.tell_firms(match, "match_introduced" if opened else "match_introduced_first")
    return Effect.INTRODUCED


def review_compliance(
    actor: Actor, match: Match, outcome: ComplianceOutcome, *, reason: str
) -> ComplianceReview:
    """Clear, override or block the flags that stand now, as a compliance officer of either side; a reason is needed.

    Later findings are not covered. Raises DomainError without a reason or where there is nothing to clear.
    """
    match = queries.locked_match(match.id)
    check(actor, match, MatchVerb.REVIEW, MatchState.AGREED)
    words = reason.strip()
    if not words:
        raise DomainError(_("Give the reason for your decision."), "reason")
    found = [flag for flag in gates.flags(checks.facts_of(match)) if flag.weight is Weight.REVIEW]
    if not found and outcome is not ComplianceOutcome.BLOCK and not gates.is_blocked(match.reviews):
        raise DomainError(_("There is nothing to clear on this match."))
    review = ComplianceReview(
        match_id=match.id,
        officer_id=actor.person_id,
        outcome=outcome,
        reason=words,
        flags=[flag.key for flag in found],
    )
    match.reviews.append(review)
    audit.record(actor, outcome.value, "match", match.id, after={"flags": review.flags, "reason": words})
    move(actor, match, MatchVerb.REVIEW, MatchState.AGREED)
    notices.tell_coordinators(match, rules.countries(match), "approval_reviewed", but=actor.person_id)
    return review


def screen_both(match: Match) -> None:
    """Compare both firms with the current lists now."""
    for firm in firms.firms({match.asker_id, match.answerer_id}).values():
        screen(firm)


def _clear(actor: Actor, match: Match) -> bool:
    """Whether nothing holds up an approval; False where the fresh screening itself found what was not known before."""
    known = {flag.key for flag in gates.flags(checks.facts_of(match))}
    screen_both(match)
    holding = gates.holding(gates.flags(checks.facts_of(match)), match.reviews)
    fresh = [flag for flag in holding if flag.code is FlagCode.LISTED_NAME and flag.key not in known]
    if fresh:
        audit.record_refusal(actor, "approve", "match", match.id, "fresh screening found a likeness")
        notices.tell_compliance(match, "match_blocked")
        db.session.flush()
        return False
    if holding or gates.is_blocked(match.reviews):
        names = ", ".join(dict.fromkeys(flag_word(flag) for flag in holding)) or _("blocked by compliance")
        audit.record_refusal(actor, "approve", "match", match.id, names)
        raise DomainError(
            _("This match cannot be approved yet: %(flags)s. See the checks for what to do.", flags=names)
        )
    return True


def _side(actor: Actor, match: Match) -> str:
    """The side the actor decides for: the one still open where the actor coordinates both."""
    own = rules.own_countries(actor, match, InstitutionRole.COORDINATOR)
    standing = {item.country: item for item in match.decisions}
    waiting = [country for country in own if country in rules.waits_for(match)]
    if waiting:
        return waiting[0]
    if not own:
        raise NotAllowed(_("Coordinators decide for their own country only."))
    decision = standing[own[0]]
    raise Conflict(_("Your side has decided already: approved by %(name)s.", name=decision.officer.name))


def checked_words(kind: DecisionKind, note: str, code: ReasonCode | None) -> str:
    """The note for the file; raises DomainError where it is too long, or a question or the reason to decline is missing."""
    words = note.strip()
    if len(words) > rules.LONGEST_NOTE:
        raise DomainError(_("Write at most %(n)s letters.", n=rules.LONGEST_NOTE), "note")
    if kind is DecisionKind.QUESTION and not words:
        raise DomainError(_("Write your question in the note."), "note")
    if kind is DecisionKind.DECLINE and code is None:
        raise DomainError(_("Choose a reason."), "reason")
    return words


def _keep(
    actor: Actor, match: Match, country: str, kind: DecisionKind, note: str, code: ReasonCode | None
) -> None:
    decision = next((item for item in match.decisions if item.country == country), None)
    if decision is None:
        decision = MatchDecision(match_id=match.id, country=country, officer_id=actor.person_id, kind=kind)
        match.decisions.append(decision)
    decision.officer_id, decision.kind, decision.note, decision.reason = actor.person_id, kind, note, code
    decision.decided_at = clock.now()
    db.session.flush()
