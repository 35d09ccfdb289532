"""The desk of an institution: requests for erasure with the clock of the law, the decision, who has to be told."""

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.core import audit, clock
from matchmaker.core.access import access, current_actor
from matchmaker.core.actor import Actor
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.core.navigation import Place, add_place
from matchmaker.core.paging import Paging
from matchmaker.core.requests import asked_page
from matchmaker.rights import erasure, erasure_queries, erasure_services, rules, words
from matchmaker.rights.blueprint import bp
from matchmaker.rights.erasure_pages import days_left, part_titles
from matchmaker.rights.forms import DecisionForm
from matchmaker.rights.models import ErasureRecipient, ErasureRequest


def waiting(actor: Actor) -> int:
    """How many requests wait for the actor's institution."""
    return erasure_queries.count_open(rules.handled_countries(actor))


add_place(Place("rights.requests", _l("Erasure requests"), "file-text", rules.handles, 75, badge=waiting))


@bp.get("/erasure-requests")
@access(rules.handles)
def requests() -> Response:
    """The requests of the institution's country, the first due above."""
    actor, page = current_actor(), asked_page()
    is_open = request.args.get("tab") != "answered"
    countries = rules.handled_countries(actor)
    shown, total = erasure_queries.requests(countries, is_open=is_open, page=page)
    return render(
        "rights/requests.html",
        requests=shown,
        is_open=is_open,
        paging=Paging(page, erasure_queries.PAGE, total),
        waiting=waiting(actor),
        today=clock.today(),
        overdue=rules.is_overdue,
        days_left=days_left,
        words=words,
    )


@bp.route("/erasure-requests/<int:request_id>", methods=["GET", "POST"])
@access(rules.may_handle, load=erasure_queries.request)
def erasure_case(asked: ErasureRequest) -> AnyResponse:
    """One request with its clock, who received the data, what stands in the way, and the decision."""
    form = DecisionForm()
    if form.validate_on_submit():
        try:
            erasure_services.decide(current_actor(), asked.id, form.decision())
        except DomainError as error:
            form.refuse(error)
        else:
            return done(
                _("The decision is recorded."), to=url_for("rights.erasure_case", request_id=asked.id)
            )
    audit.record_reading(current_actor(), "erasure_request", asked.id, ["name", "email"])
    return _case(asked, form, 422 if form.is_submitted() else 200)


def _case(asked: ErasureRequest, form: DecisionForm, status: int) -> Response:
    is_open = asked.open_person is not None
    return render(
        "rights/request.html",
        status=status,
        asked=asked,
        form=form,
        is_open=is_open,
        is_erased=asked.state in rules.ERASED,
        days_left=days_left,
        obstacles=erasure.obstacles(asked.person_id) if is_open else [],
        disclosures=erasure_queries.disclosed_to(asked.person) if is_open else [],
        overdue=rules.is_overdue(asked, clock.today()),
        part_titles=part_titles,
        words=words,
    )


@bp.post("/erasure-requests/<int:request_id>/recipients/<int:recipient_id>/told")
@access(rules.may_tell, load=erasure_queries.recipient)
def recipient_told(recipient: ErasureRecipient) -> AnyResponse:
    """Note that a firm without an account was told in writing."""
    erasure_services.note_told(current_actor(), recipient)
    to = url_for("rights.erasure_case", request_id=recipient.request_id)
    return done(_("It is noted that the firm was told."), to=to)
