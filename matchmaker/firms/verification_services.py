"""Decisions of staff about firms: one step of the state table with method, evidence and reason on record."""

from dataclasses import dataclass

from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.files import store_document
from matchmaker.firms import notices, queries, rules, verification_queries
from matchmaker.firms.enums import StateVerb, VerificationDecision, VerificationMethod
from matchmaker.firms.models import Firm, FirmReview
from matchmaker.firms.registers.lookup import needs_compliance
from matchmaker.firms.services import set_state

OUTCOMES: dict[StateVerb, VerificationDecision] = {
    StateVerb.VERIFY: VerificationDecision.VERIFIED,
    StateVerb.HOLD: VerificationDecision.ON_HOLD,
    StateVerb.SUSPEND: VerificationDecision.SUSPENDED,
    StateVerb.ARCHIVE: VerificationDecision.ARCHIVED,
    StateVerb.REINSTATE: VerificationDecision.REINSTATED,
    StateVerb.RESTORE: VerificationDecision.REINSTATED,
}


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a decision stands on."""

    method: VerificationMethod | None = None
    reason: str = ""
    evidence: FileStorage | None = None


def decide(actor: Actor, firm: Firm, verb: StateVerb, grounds: Grounds, *, version: int | None) -> FirmReview:
    """Decide about a firm as it was shown; tells its people.

    `version` is that of the firm when the page was shown. Raises Conflict when it changed or was decided since,
    NotAllowed for who may not decide, DomainError at the input that is missing or stands in the way.
    """
    firm = queries.firm_for_change(firm.id)
    _refuse_unless(rules.may_verify(actor, firm), actor, firm, verb.value)
    _refuse_outdated(actor, firm, version, verb.value)
    if verb is StateVerb.VERIFY:
        _refuse_unverifiable(actor, firm, grounds)
    set_state(actor, firm, verb, reason=grounds.reason)
    review = _keep(actor, firm, OUTCOMES[verb], grounds)
    if verb is StateVerb.VERIFY:
        _settle(firm, review)
    db.session.flush()
    notices.tell_owners(firm, review.id, review.reason)
    return review


def decide_region(actor: Actor, firm: Firm, *, cleared: bool, reason: str, version: int | None) -> FirmReview:
    """Record what compliance decides about a region outside ISO 3166-2; staff can verify the firm only once it is cleared.

    Raises Conflict when the region is mapped or the firm changed since it was shown, DomainError without a reason.
    """
    firm = queries.firm_for_change(firm.id)
    _refuse_unless(rules.may_decide_region(actor, firm), actor, firm, "decide_region")
    _refuse_outdated(actor, firm, version, "decide_region")
    if not region_needs_decision(firm):
        raise Conflict(_("The region of this firm is mapped. There is nothing to decide."))
    if not reason.strip():
        raise DomainError(_("Give a reason; staff read it."), "reason")
    decision = VerificationDecision.REGION_CLEARED if cleared else VerificationDecision.REGION_REFUSED
    review = _keep(actor, firm, decision, Grounds(reason=reason))
    # The next decision has to be made by somebody who has seen this one.
    firm.updated_at = clock.now()
    audit.record(
        actor, "decide_region", "firm", firm.id, after={"decision": decision.value, "reason": review.reason}
    )
    db.session.flush()
    return review


def region_needs_decision(firm: Firm) -> bool:
    """Whether the region that the firm or its register entry names is none of ISO 3166-2."""
    entry = verification_queries.register_entry_of(firm)
    return not rules.is_region_mapped(firm) or (entry is not None and needs_compliance(entry))


def _refuse_unless(allowed: bool, actor: Actor, firm: Firm, deed: str) -> None:
    if not allowed:
        audit.record_refusal(actor, deed, "firm", firm.id, "not permitted")
        raise NotAllowed(_("You do not have permission for this."))


def _refuse_outdated(actor: Actor, firm: Firm, version: int | None, deed: str) -> None:
    if firm.version != version:
        audit.record_refusal(actor, deed, "firm", firm.id, "the firm changed since it was shown")
        raise Conflict(
            _("This firm was changed or decided by somebody else meanwhile. Look at it again, then decide.")
        )


def _refuse_unverifiable(actor: Actor, firm: Firm, grounds: Grounds) -> None:
    if region_needs_decision(firm):
        decided = verification_queries.region_decision(firm.id)
        if decided is None or decided.decision is not VerificationDecision.REGION_CLEARED:
            audit.record_refusal(actor, "verify", "firm", firm.id, "region without compliance decision")
            raise DomainError(
                _("The region of this firm is not mapped. A compliance officer has to clear it first."),
                "verb",
            )
    if grounds.method is None:
        raise DomainError(_("Choose how you checked the firm."), "method")
    if grounds.method is VerificationMethod.DOCUMENT and not grounds.evidence:
        raise DomainError(_("Attach the document you checked."), "evidence")


def _keep(actor: Actor, firm: Firm, decision: VerificationDecision, grounds: Grounds) -> FirmReview:
    stored = store_document(actor, grounds.evidence, "evidence") if grounds.evidence else None
    review = FirmReview(
        firm_id=firm.id,
        officer_id=actor.person_id,
        decision=decision,
        method=grounds.method,
        reason=grounds.reason.strip(),
        evidence_id=stored.id if stored else None,
    )
    db.session.add(review)
    db.session.flush()
    return review


def _settle(firm: Firm, review: FirmReview) -> None:
    """The numbers count as checked today, and what changed counts as decided."""
    for identifier in firm.identifiers:
        identifier.verified_on = clock.today()
    while (change := queries.open_change(firm.id)) is not None:
        change.decided_at, change.review_id = clock.now(), review.id
        db.session.flush()
