"""Pages of claims for co-financing: the firm's own, and the decision of the institution."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from matchmaker.core import audit
from matchmaker.core.access import access, current_actor
from matchmaker.core.actor import Actor
from matchmaker.core.errors import DomainError, NotFound
from matchmaker.core.files import send_stored
from matchmaker.core.htmx import done, render
from matchmaker.programmes import rules as programme_rules
from matchmaker.programmes.enums import ProgrammeKind
from matchmaker.programmes.forms import unless_conflict
from matchmaker.programmes.models import Programme, SignUp
from matchmaker.programmes.pages import ProgrammeTab, add_tab
from matchmaker.programmes.show_page import show_page
from matchmaker.programmes.trips import claim_queries, claim_services, claims, frame_queries, rules, words
from matchmaker.programmes.trips.application_views import trip_sign_up
from matchmaker.programmes.trips.blueprint import bp
from matchmaker.programmes.trips.claim_forms import CostForm, DecideClaimForm, PaperForm
from matchmaker.programmes.trips.enums import ClaimState, CostKind
from matchmaker.programmes.trips.models import ClaimPaper

add_tab(ProgrammeTab("trips.claims", _l("Co-financing"), rules.may_run, 60, (ProgrammeKind.TRIP,)))


@bp.get("/programmes/<int:programme_id>/trip/claims", endpoint="claims")
@access(rules.may_run, load=frame_queries.trip)
def claims_page(programme: Programme) -> Response:
    """The claims of a trip."""
    return render(
        "programmes/trips/claims.html",
        page=show_page(current_actor(), programme),
        claims=claim_queries.claims_of_trip(programme.id),
        words=words,
    )


@bp.get("/trip-applications/<int:sign_up_id>/claim")
@access(rules.may_see_claim, load=trip_sign_up)
def claim(found: SignUp) -> Response:
    """A firm's claim: what counts, what is missing, costs, papers, the sum."""
    return _claim(found)


def _claim(found: SignUp, status: int = 200, **forms: Any) -> Response:
    kept, actor = claim_queries.claim_of(found), current_actor()
    scheme = kept.scheme if kept else claim_queries.scheme_for(found)
    rate = claims.rate_for(scheme.rates, found.region_code) if scheme else None
    given: dict[str, Any] = {
        "costing": CostForm(formdata=None, scheme=scheme),
        "proving": PaperForm(formdata=None),
        "deciding": DecideClaimForm(formdata=None),
        "error": "",
        **forms,
    }
    return render(
        "programmes/trips/claim.html",
        status=status,
        sign_up=found,
        claim=kept,
        scheme=scheme,
        rate=rate,
        expected=claim_queries.expected_amount(kept, rate),
        gaps=claims.gaps(claim_queries.facts(found, scheme, kept)),
        own=programme_rules.is_own(actor, found),
        open=kept is None or kept.state is ClaimState.DRAFT,
        decides=scheme is not None and actor.has(*rules.OFFICERS, institution_id=scheme.institution_id),
        words=words,
        failed=status == 422,
        **given,
    )


@bp.post("/trip-applications/<int:sign_up_id>/claim/costs")
@access(programme_rules.is_own, load=trip_sign_up)
def add_cost(found: SignUp) -> Response:
    """Add a cost."""
    form = CostForm(scheme=claim_queries.scheme_for(found))
    if form.validate_on_submit():
        try:
            kind, note = CostKind(form.kind.data), (form.note.data or "").strip()
            claim_services.add_cost(current_actor(), found, kind=kind, amount=form.amount.data, note=note)
            return done(_("The cost is added."), to=_claim_url(found))
        except DomainError as error:
            form.refuse(unless_conflict(error))
    return _claim(found, 422, costing=form)


@bp.post("/trip-applications/<int:sign_up_id>/claim/costs/remove")
@access(programme_rules.is_own, load=trip_sign_up)
def remove_cost(found: SignUp) -> Response:
    """Take a cost away."""
    claim_services.remove_cost(current_actor(), found, request.form.get("cost_id", 0, type=int))
    return done(_("The cost is removed."), to=_claim_url(found))


@bp.post("/trip-applications/<int:sign_up_id>/claim/papers")
@access(programme_rules.is_own, load=trip_sign_up)
def add_claim_paper(found: SignUp) -> Response:
    """Add a paper."""
    form = PaperForm()
    if form.validate_on_submit():
        try:
            claim_services.add_paper(current_actor(), found, kind=form.kind, upload=form.file.data)
            return done(_("The paper is added."), to=_claim_url(found))
        except DomainError as error:
            form.refuse(unless_conflict(error))
    return _claim(found, 422, proving=form)


@bp.post("/trip-applications/<int:sign_up_id>/claim/papers/remove")
@access(programme_rules.is_own, load=trip_sign_up)
def remove_claim_paper(found: SignUp) -> Response:
    """Take a paper away."""
    claim_services.remove_paper(current_actor(), found, request.form.get("paper_id", 0, type=int))
    return done(_("The paper is removed."), to=_claim_url(found))


@bp.post("/trip-applications/<int:sign_up_id>/claim/send")
@access(programme_rules.is_own, load=trip_sign_up)
def send_claim(found: SignUp) -> Response:
    """Send the claim."""
    try:
        claim_services.submit(current_actor(), found)
    except DomainError as error:
        return _claim(found, 422, error=unless_conflict(error).message)
    return done(_("The claim is sent."), to=_claim_url(found))


@bp.post("/trip-applications/<int:sign_up_id>/claim/decide")
@access(rules.may_see_claim, load=trip_sign_up)
def decide_claim(found: SignUp) -> Response:
    """Decide on a claim, for the institution of the scheme."""
    form = DecideClaimForm()
    if form.validate_on_submit():
        try:
            state = ClaimState(form.state.data)
            claim_services.decide(current_actor(), found, state, form.reason.data or "")
            return done(_("The decision is kept."), to=_claim_url(found))
        except DomainError as error:
            form.refuse(unless_conflict(error))
    return _claim(found, 422, deciding=form)


def paper_of_claim(sign_up_id: int, paper_id: int) -> tuple[SignUp, ClaimPaper]:
    """A paper with the sign-up of its claim; raises NotFound where the two do not belong together."""
    found, paper = trip_sign_up(sign_up_id), claim_queries.paper(paper_id)
    kept = claim_queries.claim_of(found)
    if kept is None or paper.claim_id != kept.id:
        raise NotFound
    return found, paper


def may_load_paper(actor: Actor, loaded: tuple[SignUp, ClaimPaper]) -> bool:
    """Whoever sees the claim."""
    return rules.may_see_claim(actor, loaded[0])


@bp.get("/trip-applications/<int:sign_up_id>/claim/papers/<int:paper_id>")
@access(may_load_paper, load=paper_of_claim)
def claim_paper(loaded: tuple[SignUp, ClaimPaper]) -> Response:
    """The file of a paper; each reading is logged."""
    audit.record_reading(current_actor(), "trip_claim", loaded[1].claim_id, [f"paper {loaded[1].id}"])
    return send_stored(loaded[1].file)


def _claim_url(found: SignUp) -> str:
    return url_for("trips.claim", sign_up_id=found.id)
