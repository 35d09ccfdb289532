"""Pages on which staff check the firms of their country."""

from dataclasses import dataclass

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.core import audit
from matchmaker.core.access import access, current_actor
from matchmaker.core.actor import Actor
from matchmaker.core.errors import DomainError, NotFound
from matchmaker.core.files import send_stored
from matchmaker.core.htmx import done, render
from matchmaker.core.i18n import language
from matchmaker.core.navigation import Place, add_place
from matchmaker.core.requests import asked_page
from matchmaker.firms import queries, rules, verification_services
from matchmaker.firms.blueprint import bp
from matchmaker.firms.enums import FirmSource
from matchmaker.firms.models import Firm, FirmReview
from matchmaker.firms.people_words import ROLES
from matchmaker.firms.verification_forms import DecisionForm, RegionForm
from matchmaker.firms.verification_page import review_page
from matchmaker.firms.verification_queries import (
    CheckTab,
    Filters,
    Reach,
    count_waiting,
    counts,
    regions_waiting,
    review,
    waiting,
    waiting_requests,
)
from matchmaker.firms.verification_words import CHOICES, SOURCES
from matchmaker.reference import identifiers, regions

LONGEST_QUERY = 120
TAB_NAMES = {
    CheckTab.TO_VERIFY: _l("To verify"),
    CheckTab.CHANGES: _l("Profile changes"),
    CheckTab.ON_HOLD: _l("On hold"),
    CheckTab.JOIN_REQUESTS: _l("Join requests"),
    CheckTab.OUT_OF_USE: _l("Suspended and archived"),
}
add_place(
    Place(
        "firms.to_verify",
        _l("Firms to verify"),
        "shield-check",
        rules.may_see_checks,
        35,
        badge=count_waiting,
    )
)


def chosen_tab() -> CheckTab:
    """The list that the address names; the first for a word that is none."""
    word = request.args.get("tab", "")
    return CheckTab(word) if word in set(CheckTab) else CheckTab.TO_VERIFY


def chosen_filters() -> Filters:
    """What the address narrows the list by."""
    source = request.args.get("source", "")
    return Filters(
        text=request.args.get("q", "").strip()[:LONGEST_QUERY],
        region=request.args.get("region", "")[:8],
        source=FirmSource(source) if source in set(FirmSource) else None,
    )


def chosen_page() -> int:
    """The page of the list, from 1."""
    return asked_page()


@bp.get("/firms/to-verify")
@access(rules.may_see_checks)
def to_verify() -> Response:
    """What waits for staff: firms, changed profiles, requests to join."""
    tab, filters, number = chosen_tab(), chosen_filters(), chosen_page()
    reach = Reach.of(current_actor())
    asked = tab is CheckTab.JOIN_REQUESTS
    found = waiting_requests(reach, number) if asked else waiting(reach, tab, filters, number)
    names = {code: regions.label(code, language()) for code in regions_waiting(reach, [tab]) if not asked}
    return render(
        "firms/verification/index.html",
        fragment="rows",
        tab=tab,
        tab_names=TAB_NAMES,
        counts=counts(reach),
        filters=filters,
        found=found,
        regions=names,
        sources=SOURCES,
        schemes=identifiers.all_schemes(),
        roles=ROLES,
    )


@bp.get("/firms/<int:firm_id>/review", endpoint="review")
@access(rules.may_review, load=queries.firm)
def review_firm(firm: Firm) -> Response:
    """The record of a firm with its checks and what can be decided."""
    actor = current_actor()
    audit.record_reading(actor, "firm", firm.id, ["identifiers"])
    return show_record(firm, DecisionForm(actor, firm, formdata=None), RegionForm(firm, formdata=None), 200)


def show_record(firm: Firm, form: DecisionForm, region_form: RegionForm, status: int) -> Response:
    """The record page; `form` and `region_form` keep what was typed."""
    return render(
        "firms/verification/record.html",
        fragment="record",
        status=status,
        form=form,
        region_form=region_form,
        failed=bool(form.errors or region_form.errors),
        notes={verb.value: choice.note for verb, choice in CHOICES.items()},
        **review_page(firm),
    )


@bp.post("/firms/<int:firm_id>/review")
@access(rules.may_verify, load=queries.firm_for_change)
def decide(firm: Firm) -> AnyResponse:
    """Decide about a firm."""
    form, status = DecisionForm(current_actor(), firm), 422
    if form.validate_on_submit():
        try:
            verification_services.decide(
                current_actor(), firm, form.verb.data, form.grounds(), version=form.version.data
            )
            return done(_("Your decision is recorded. The firm is told."), to=url_for("firms.to_verify"))
        except DomainError as error:
            form.refuse_in(firm, error)
            status = error.status
    return show_record(firm, form, RegionForm(firm, formdata=None), status)


@bp.post("/firms/<int:firm_id>/region-decision")
@access(rules.may_decide_region, load=queries.firm_for_change)
def decide_region(firm: Firm) -> AnyResponse:
    """Decide about a region that is not mapped."""
    form, status = RegionForm(firm), 422
    if form.validate_on_submit():
        try:
            verification_services.decide_region(
                current_actor(),
                firm,
                cleared=form.cleared.data == "yes",
                reason=form.reason.data or "",
                version=form.version.data,
            )
            return done(_("Your decision is recorded."), to=url_for("firms.review", firm_id=firm.id))
        except DomainError as error:
            form.refuse_in(firm, error)
            status = error.status
    return show_record(firm, DecisionForm(current_actor(), firm, formdata=None), form, status)


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """A decision and the firm it is about."""

    review: FirmReview
    firm: Firm


def evidence_of(review_id: int) -> EvidencePage:
    """A decision that has evidence; raises NotFound."""
    found = review(review_id)
    if found.evidence is None:
        raise NotFound
    return EvidencePage(found, queries.firm(found.firm_id))


def may_read_evidence(actor: Actor, page: EvidencePage) -> bool:
    """Evidence is read by whoever checks firms of the country."""
    return rules.may_review(actor, page.firm)


@bp.get("/firm-reviews/<int:review_id>/evidence")
@access(may_read_evidence, load=evidence_of)
def evidence(page: EvidencePage) -> Response:
    """The file that a decision stands on."""
    audit.record_reading(current_actor(), "firm_review", page.review.id, ["evidence"])
    if page.review.evidence is None:
        raise NotFound
    return send_stored(page.review.evidence)
