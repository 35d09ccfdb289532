"""Writes of claims for co-financing: costs, papers, sending, deciding."""

from decimal import Decimal

from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.files import remove_stored, store_document
from matchmaker.programmes import rules as programme_rules
from matchmaker.programmes.models import SignUp
from matchmaker.programmes.trips import claim_queries, claims, rules
from matchmaker.programmes.trips.claims import Cost
from matchmaker.programmes.trips.enums import ClaimState, CostKind, PaperKind
from matchmaker.programmes.trips.models import ClaimCost, ClaimPaper, SupportScheme, TripClaim

ENTITY = "trip_claim"


def add_cost(actor: Actor, sign_up: SignUp, *, kind: CostKind, amount: Decimal, note: str) -> ClaimCost:
    """Add a cost to the claim; raises NotAllowed, Conflict, DomainError at `kind` for what the scheme does not share."""
    claim = _draft(actor, sign_up)
    if kind.value not in claim.scheme.cost_kinds:
        raise DomainError(_("The scheme does not share this kind of cost."), "kind")
    cost = ClaimCost(kind=kind, amount=amount, note=note)
    claim.costs.append(cost)
    db.session.flush()
    audit.record(actor, "add_cost", ENTITY, claim.id, after={"kind": kind.value, "amount": str(amount)})
    db.session.flush()
    return cost


def remove_cost(actor: Actor, sign_up: SignUp, cost_id: int) -> None:
    """Take a cost away; raises NotAllowed, Conflict."""
    claim = _draft(actor, sign_up)
    cost = next((one for one in claim.costs if one.id == cost_id), None)
    if cost is None:
        raise Conflict(_("This cost is gone already."))
    audit.record(actor, "remove_cost", ENTITY, claim.id, {"amount": str(cost.amount)})
    claim.costs.remove(cost)
    db.session.flush()


def add_paper(actor: Actor, sign_up: SignUp, *, kind: PaperKind, upload: FileStorage) -> ClaimPaper:
    """Add a paper; raises NotAllowed, Conflict, DomainError at `file`."""
    claim = _draft(actor, sign_up)
    stored = store_document(actor, upload, "file")
    paper = ClaimPaper(kind=kind, file_id=stored.id)
    claim.papers.append(paper)
    db.session.flush()
    audit.record(actor, "add_paper", ENTITY, claim.id, after={"kind": kind.value, "sha256": stored.sha256})
    db.session.flush()
    return paper


def remove_paper(actor: Actor, sign_up: SignUp, paper_id: int) -> None:
    """Take a paper away with its file; raises NotAllowed, Conflict."""
    claim = _draft(actor, sign_up)
    paper = next((one for one in claim.papers if one.id == paper_id), None)
    if paper is None:
        raise Conflict(_("This paper is gone already."))
    audit.record(actor, "remove_paper", ENTITY, claim.id, {"kind": paper.kind.value})
    claim.papers.remove(paper)
    remove_stored(paper.file)
    db.session.flush()


def submit(actor: Actor, sign_up: SignUp) -> TripClaim:
    """Send the claim; it opens only when attendance and papers are complete, and its terms are fixed then.

    Raises NotAllowed, Conflict, DomainError that says what is missing.
    """
    claim = _draft(actor, sign_up)
    found = claims.gaps(claim_queries.facts(sign_up, claim.scheme, claim))
    if found:
        raise DomainError(_("The claim is not complete yet: see what is missing."))
    rate = claims.rate_for(claim.scheme.rates, sign_up.region_code)
    if rate is None:
        raise DomainError(_("The scheme has no rate for your region. Ask your institution."))
    costs = [Cost(one.kind.value, one.amount) for one in claim.costs]
    claim.percent, claim.cap = rate.percent, rate.cap
    claim.amount = claims.amount(costs, claim.scheme.cost_kinds, rate.percent, rate.cap)
    claim.submitted_at, claim.reason = clock.now(), ""
    _move(actor, claim, ClaimState.SUBMITTED)
    return claim


def decide(actor: Actor, sign_up: SignUp, state: ClaimState, reason: str = "") -> TripClaim:
    """Approve, refuse, give back or mark as paid; the institution of the scheme does.

    Raises NotAllowed, Conflict, DomainError at `reason` where a refusal or return has none.
    """
    claim = claim_queries.claim_of(sign_up)
    if claim is None:
        raise Conflict(_("There is no claim yet."))
    if not actor.has(*rules.OFFICERS, institution_id=claim.scheme.institution_id):
        raise NotAllowed(_("The institution whose scheme it is decides on claims."))
    if state in (ClaimState.REFUSED, ClaimState.DRAFT) and not reason.strip():
        raise DomainError(_("Give the reason for your decision."), "reason")
    claim.decided_at, claim.decided_by_id, claim.reason = clock.now(), actor.person_id, reason.strip()
    _move(actor, claim, state)
    return claim


def _move(actor: Actor, claim: TripClaim, state: ClaimState) -> None:
    if state not in claims.NEXT[claim.state]:
        raise Conflict(_("This claim is in another state meanwhile."))
    before = {"state": claim.state.value}
    claim.state = state
    amount = str(claim.amount) if claim.amount is not None else None
    audit.record(actor, state.value, ENTITY, claim.id, before, {"state": state.value, "amount": amount})
    db.session.flush()


def _draft(actor: Actor, sign_up: SignUp) -> TripClaim:
    if not programme_rules.is_own(actor, sign_up):
        raise NotAllowed(_("A firm makes its own claim."))
    claim = claim_queries.claim_of(sign_up)
    if claim is None:
        scheme = claim_queries.scheme_for(sign_up)
        if scheme is None:
            raise Conflict(_("This trip has no co-financing scheme."))
        claim = _new(sign_up, scheme)
    if claim.state is not ClaimState.DRAFT:
        raise Conflict(_("This claim was sent already and is not changed any more."))
    return claim


def _new(sign_up: SignUp, scheme: SupportScheme) -> TripClaim:
    claim = TripClaim(sign_up_id=sign_up.id, scheme_id=scheme.id, costs=[], papers=[], state=ClaimState.DRAFT)
    claim.scheme = scheme
    db.session.add(claim)
    db.session.flush()
    return claim
