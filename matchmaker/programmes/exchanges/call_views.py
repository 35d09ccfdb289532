"""What a call asks for, and applying to it; both belong to the page of a programme."""

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.programmes import queries as programme_queries
from matchmaker.programmes.enums import ProgrammeKind
from matchmaker.programmes.exchanges import application_services, call_services, pages, queries, rules
from matchmaker.programmes.exchanges.blueprint import bp
from matchmaker.programmes.exchanges.forms import ApplicationForm, CallForm
from matchmaker.programmes.forms import unless_conflict
from matchmaker.programmes.models import Programme
from matchmaker.programmes.pages import ProgrammePanel, add_panel

add_panel(
    ProgrammePanel(
        "exchanges/panel.html", rules.may_see_call, pages.call_panel, 20, (ProgrammeKind.EXCHANGE,)
    )
)


@bp.route("/programmes/<int:programme_id>/call", methods=["GET", "POST"])
@access(rules.may_edit_call, load=programme_queries.programme)
def call(programme: Programme) -> Response:
    """Say what the call asks for."""
    form = CallForm(programme=programme, call=queries.call_of(programme.id))
    if form.validate_on_submit():
        try:
            call_services.save_call(current_actor(), programme, form.plan())
        except DomainError as error:
            form.refuse(unless_conflict(error))
        else:
            return done(_("Saved."), to=url_for("programmes.show", programme_id=programme.id))
    status = 422 if form.is_submitted() else 200
    return render("exchanges/call.html", fragment="call", form=form, programme=programme, status=status)


@bp.route("/programmes/<int:programme_id>/application", methods=["GET", "POST"])
@access(rules.may_apply, load=programme_queries.programme)
def apply(programme: Programme) -> Response:
    """Apply as an expert."""
    actor = current_actor()
    expert, asked = queries.expert_of(actor.person_id), queries.call_of(programme.id)
    form = ApplicationForm(colleagues=queries.replacements_for(expert) if expert else [])
    if form.validate_on_submit():
        try:
            sent = application_services.apply(actor, programme, form.wish())
        except DomainError as error:
            form.refuse(unless_conflict(error))
        else:
            told = _("The application is sent. Your institution decides first.")
            return done(told, to=url_for("exchanges.show", application_id=sent.sign_up_id))
    return render(
        "exchanges/apply.html",
        fragment="apply",
        form=form,
        programme=programme,
        expert=expert,
        facts=pages.call_facts(asked) if asked else [],
        status=422 if form.is_submitted() else 200,
    )
