"""Pages of compliance: hits of screening, one hit with its decision, the register of transfers."""

from flask import Blueprint, current_app, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from matchmaker.compliance import listeners, queries, rules, services, tasks, words
from matchmaker.compliance.enums import HitState
from matchmaker.compliance.forms import DecisionForm
from matchmaker.compliance.lists.ages import ages
from matchmaker.compliance.models import ScreeningHit
from matchmaker.core import audit
from matchmaker.core.access import access, current_actor
from matchmaker.core.actor import Actor
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.core.navigation import Place, add_place
from matchmaker.core.paging import Paging
from matchmaker.core.requests import asked_page

__all__ = ["bp", "listeners", "tasks"]

bp = Blueprint("compliance", __name__)
TABS = {"open": (HitState.OPEN,), "decided": (HitState.CLEARED, HitState.CONFIRMED)}


def waiting_hits(actor: Actor) -> int:
    """How many hits wait for the actor's decision."""
    return queries.open_hits(rules.screening_countries(actor))


add_place(
    Place("compliance.screening", _l("Screening"), "shield-check", rules.may_screen, 15, badge=waiting_hits)
)
add_place(Place("compliance.transfers", _l("Transfers"), "file-text", rules.may_read_transfers, 70))


@bp.get("/screening")
@access(rules.may_screen)
def screening() -> Response:
    """The hits of the officer's country, and what firms are compared with."""
    actor, page = current_actor(), asked_page()
    countries = rules.screening_countries(actor)
    tab = request.args.get("tab", "open")
    tab = tab if tab in TABS else "open"
    shown, total = queries.hits(countries, TABS[tab], page)
    audit.record_reading(actor, "screening_hit", None, ["name", "identifiers"])
    return render(
        "compliance/screening.html",
        hits=shown,
        tab=tab,
        counts={name: queries.hits(countries, states)[1] for name, states in TABS.items()},
        paging=Paging(page, queries.PAGE, total),
        lists=queries.current_lists(),
        ages=ages(current_app.config["SCREENING_LIST_DAYS"]),
        firms=queries.count_to_screen(countries),
        compared=queries.count_compared(countries),
        words=words,
    )


@bp.route("/screening/<int:hit_id>", methods=["GET", "POST"])
@access(rules.may_decide, load=queries.hit)
def hit(hit: ScreeningHit) -> Response:
    """One hit beside the firm it is about, and the decision."""
    actor, form = current_actor(), DecisionForm(seen=hit.state.value)
    if form.validate_on_submit():
        try:
            outcome = HitState(form.outcome.data)
            services.decide_hit(actor, hit, outcome, form.reason.data or "", seen=form.seen_state())
            return done(_("The decision is recorded."), to=url_for("compliance.screening"))
        except DomainError as error:
            form.refuse(error)
    person = hit.screening.delegate_id
    record = ("firm", hit.screening.firm_id) if person is None else ("delegate", person)
    audit.record_reading(actor, *record, ["name", "identifiers"])
    status = 422 if form.is_submitted() else 200
    return render("compliance/hit.html", hit=hit, form=form, words=words, status=status)


@bp.post("/screening/again")
@access(rules.may_screen)
def screen_again() -> Response:
    """Have all firms compared with the current lists."""
    services.rescreen_later(current_actor())
    return done(_("All firms are being compared with the current lists."), to=url_for("compliance.screening"))


@bp.get("/transfers")
@access(rules.may_read_transfers)
def transfers() -> Response:
    """The register of disclosures across the border; reading it is logged."""
    actor, page = current_actor(), asked_page()
    shown, total = queries.transfers(rules.transfer_countries(actor), page)
    audit.record_reading(actor, "transfer_record", None, ["contact", "recipient", "fields", "basis"])
    return render(
        "compliance/transfers.html", transfers=shown, paging=Paging(page, queries.PAGE, total), words=words
    )
