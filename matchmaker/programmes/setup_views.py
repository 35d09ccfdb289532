"""Pages on which the organiser sets a programme up: conditions, kept places, questions, a copy."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError
from matchmaker.core.forms import BaseForm
from matchmaker.core.htmx import done, render
from matchmaker.core.i18n import language
from matchmaker.programmes import queries, rules, words
from matchmaker.programmes import setup_services as services
from matchmaker.programmes.blueprint import bp
from matchmaker.programmes.forms import unless_conflict
from matchmaker.programmes.models import Programme
from matchmaker.programmes.pages import ProgrammeTab, add_tab, tabs
from matchmaker.programmes.rules import QuestionOf
from matchmaker.programmes.setup_forms import CloneForm, ConditionsForm, QuestionForm, QuotasForm

add_tab(ProgrammeTab("programmes.conditions", _l("Who can sign up"), rules.may_edit, 70))
add_tab(ProgrammeTab("programmes.quotas", _l("Kept places"), rules.may_edit, 71))
add_tab(ProgrammeTab("programmes.questions", _l("Questions"), rules.may_edit, 72))


def form_page(programme: Programme, form: BaseForm, heading: str, **more: Any) -> Response:
    """A page of a programme that is one form."""
    return render(
        "programmes/form.html",
        status=422 if form.is_submitted() else 200,
        programme=programme,
        programme_tabs=tabs(current_actor(), programme),
        form=form,
        heading=heading,
        **more,
    )


@bp.route("/<int:programme_id>/conditions", methods=["GET", "POST"])
@access(rules.may_edit, load=queries.programme)
def conditions(programme: Programme) -> Response:
    """Say who may sign up."""
    form = ConditionsForm(programme=programme)
    if form.validate_on_submit():
        services.set_conditions(current_actor(), programme, form.eligibility())
        return done(_("Saved."), to=url_for("programmes.conditions", programme_id=programme.id))
    return form_page(programme, form, _("Who can sign up"))


@bp.route("/<int:programme_id>/kept-places", methods=["GET", "POST"])
@access(rules.may_edit, load=queries.programme)
def quotas(programme: Programme) -> Response:
    """Keep places for some."""
    form = QuotasForm(programme=programme)
    if form.validate_on_submit():
        try:
            services.set_quotas(current_actor(), programme, form.kept(), form.release_on.data)
        except DomainError as error:
            form.refuse(unless_conflict(error))
        else:
            return done(_("Saved."), to=url_for("programmes.quotas", programme_id=programme.id))
    note = _("All other places are for everybody. Leave a line empty to remove it.")
    return form_page(programme, form, _("Kept places"), note=note)


@bp.route("/<int:programme_id>/questions", methods=["GET", "POST"])
@access(rules.may_edit, load=queries.programme)
def questions(programme: Programme) -> Response:
    """The questions, and one more."""
    form = QuestionForm()
    if form.validate_on_submit():
        try:
            services.add_question(current_actor(), programme, form.question())
        except DomainError as error:
            form.refuse(unless_conflict(error))
        else:
            return done(_("Saved."), to=url_for("programmes.questions", programme_id=programme.id))
    return form_page(programme, form, _("Questions"), words=words)


@bp.post("/<int:programme_id>/questions/<int:question_id>/remove")
@access(rules.may_edit_question, load=queries.question_of)
def remove_question(asked: QuestionOf) -> Response:
    """Ask a question no more."""
    services.remove_question(current_actor(), asked.programme, asked.question_id)
    return done(_("Removed."), to=url_for("programmes.questions", programme_id=asked.programme.id))


@bp.route("/<int:programme_id>/copy", methods=["GET", "POST"])
@access(rules.may_edit, load=queries.programme)
def clone(programme: Programme) -> Response:
    """Plan the same again."""
    form = CloneForm()
    if form.validate_on_submit():
        made = services.clone(current_actor(), programme, form.days.data or 1, form.carried.data or ())
        told = _("The copy of %(title)s is a draft.", title=programme.title(language()))
        return done(told, to=url_for("programmes.edit", programme_id=made.id))
    return form_page(programme, form, _("Copy this programme"))
