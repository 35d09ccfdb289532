"""One exchange: decisions, agreement, agenda, beginning and end."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.programmes.exchanges import (
    agreement_services,
    application_services,
    pages,
    paper_services,
    queries,
    rules,
)
from matchmaker.programmes.exchanges.blueprint import bp
from matchmaker.programmes.exchanges.fields import typed
from matchmaker.programmes.exchanges.forms import (
    AgendaForm,
    DecisionForm,
    HostingForm,
    TermsForm,
    terms_values,
)
from matchmaker.programmes.exchanges.models import ExchangeApplication
from matchmaker.programmes.forms import unless_conflict


@bp.get("/exchanges")
@access(rules.has_exchanges)
def index() -> Response:
    """The exchanges that concern the reader."""
    actor = current_actor()
    rows = [pages.row(application) for application in queries.listed(actor)]
    return render("exchanges/index.html", rows=rows, rules=rules, record=queries.expert_of(actor.person_id))


@bp.get("/exchanges/<int:application_id>")
@access(rules.may_see, load=queries.application)
def show(application: ExchangeApplication) -> Response:
    """One exchange."""
    return shown(application)


def shown(application: ExchangeApplication, status: int = 200, **forms: Any) -> Response:
    """The page of an exchange, with a form that was refused where there is one."""
    people = queries.people_of_host(application.call, but=current_actor().person_id)
    fresh = {
        "sending": DecisionForm(formdata=None),
        "hosting": HostingForm(formdata=None, people=people),
        "agenda": AgendaForm(formdata=None, application=application),
    }
    page = pages.exchange_page(current_actor(), application)
    return render(
        "exchanges/show.html", fragment="exchange", status=status, page=page, forms={**fresh, **forms}
    )


def back(application: ExchangeApplication, told: str) -> Response:
    """The page of the exchange again, with a message."""
    return done(told, to=url_for("exchanges.show", application_id=application.sign_up_id))


@bp.post("/exchanges/<int:application_id>/sending")
@access(rules.may_decide_sending, load=queries.application)
def sending(application: ExchangeApplication) -> Response:
    """The decision of the sending institution."""
    form = DecisionForm()
    if form.validate_on_submit():
        endorse = form.decision.data == "endorse"
        try:
            application_services.decide_sending(
                current_actor(), application, endorse=endorse, note=typed(form.note)
            )
        except DomainError as error:
            form.refuse(unless_conflict(error))
        else:
            return back(application, _("The decision is recorded."))
    return shown(queries.application(application.sign_up_id), 422, sending=form)


@bp.post("/exchanges/<int:application_id>/hosting")
@access(rules.may_decide_hosting, load=queries.application)
def hosting(application: ExchangeApplication) -> Response:
    """The decision of the host."""
    actor = current_actor()
    form = HostingForm(people=queries.people_of_host(application.call, but=actor.person_id))
    if form.validate_on_submit():
        try:
            if form.decision.data == "accept":
                application_services.accept(actor, application, form.hosting())
            else:
                application_services.decline(actor, application, note=typed(form.note))
        except DomainError as error:
            form.refuse(unless_conflict(error))
        else:
            return back(application, _("The decision is recorded."))
    return shown(queries.application(application.sign_up_id), 422, hosting=form)


@bp.post("/exchanges/<int:application_id>/withdraw")
@access(rules.is_the_expert, load=queries.application)
def withdraw(application: ExchangeApplication) -> Response:
    """The expert steps back."""
    application_services.withdraw(current_actor(), application)
    return back(application, _("The application is withdrawn."))


@bp.post("/exchanges/<int:application_id>/replace")
@access(rules.may_decide_sending, load=queries.application)
def replace(application: ExchangeApplication) -> Response:
    """The named colleague goes instead."""
    application_services.send_replacement(current_actor(), application)
    return back(
        application, _("The replacement candidate goes now; the agreement has to be confirmed again.")
    )


@bp.route("/exchanges/<int:application_id>/agreement", methods=["GET", "POST"])
@access(rules.may_agree, load=queries.application)
def agreement(application: ExchangeApplication) -> Response:
    """Write the agreement."""
    terms = application.agreement
    form = TermsForm(data=terms_values(terms) if terms else {})
    if form.validate_on_submit():
        try:
            version = request.form.get("version", type=int)
            agreement_services.change_terms(current_actor(), application, form.terms(), version=version)
        except DomainError as error:
            form.refuse(unless_conflict(error))
        else:
            return back(application, _("The agreement is saved; the four confirm it now."))
    status = 422 if form.is_submitted() else 200
    return render(
        "exchanges/agreement.html",
        fragment="agreement",
        form=form,
        application=application,
        terms=terms,
        status=status,
    )


@bp.post("/exchanges/<int:application_id>/confirm")
@access(rules.may_agree, load=queries.application)
def confirm(application: ExchangeApplication) -> Response:
    """Say yes to the agreement."""
    version = request.form.get("version", 0, type=int)
    agreement_services.confirm(current_actor(), application, version=version)
    return back(application, _("You have confirmed the agreement."))


@bp.post("/exchanges/<int:application_id>/agenda")
@access(rules.may_run, load=queries.application)
def agenda(application: ExchangeApplication) -> Response:
    """Put an item on the agenda."""
    form = AgendaForm(application=application)
    if form.validate_on_submit():
        try:
            agreement_services.add_item(current_actor(), application, **form.values())
        except DomainError as error:
            form.refuse(unless_conflict(error))
        else:
            return back(application, _("The item is on the agenda."))
    return shown(queries.application(application.sign_up_id), 422, agenda=form)


@bp.post("/exchanges/<int:application_id>/agenda/<int:item_id>/remove")
@access(rules.may_run, load=lambda application_id, item_id: queries.application(application_id))
def remove_item(application: ExchangeApplication) -> Response:
    """Take an item off the agenda."""
    number = (request.view_args or {})["item_id"]
    agreement_services.remove_item(current_actor(), application, number)
    return back(application, _("The item is off the agenda."))


@bp.post("/exchanges/<int:application_id>/start")
@access(rules.may_run, load=queries.application)
def start(application: ExchangeApplication) -> Response:
    """Begin the exchange."""
    agreement_services.start(current_actor(), application)
    return back(application, _("The exchange has started."))


@bp.post("/exchanges/<int:application_id>/finish")
@access(rules.may_run, load=queries.application)
def finish(application: ExchangeApplication) -> Response:
    """End the exchange."""
    agreement_services.finish(current_actor(), application)
    return back(application, _("The exchange has ended. Report and evaluations are due now."))


@bp.post("/exchanges/<int:application_id>/note")
@access(rules.may_offer_note, load=queries.application)
def note(application: ExchangeApplication) -> Response:
    """Let the report become a practice note."""
    paper_services.offer_note(current_actor(), application)
    return back(application, _("The report is offered as a practice note."))
