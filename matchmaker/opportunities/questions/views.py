"""Pages of questions about opportunities: asking, one of them, what its owner and an institution do."""

from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.core.i18n import language
from matchmaker.core.versions import ChangedMeanwhile
from matchmaker.opportunities import queries as opportunities
from matchmaker.opportunities.blueprint import questions_bp as bp
from matchmaker.opportunities.models import Opportunity
from matchmaker.opportunities.notices import title_of
from matchmaker.opportunities.questions import pages, queries, rules, services
from matchmaker.opportunities.questions.enums import HiddenPart
from matchmaker.opportunities.questions.forms import AnswerForm, DeclineForm, HideForm, QuestionForm
from matchmaker.opportunities.questions.models import OpportunityQuestion

__all__ = ["bp"]


@bp.route("/opportunities/<int:opportunity_id>/questions/new", methods=["GET", "POST"])
@access(rules.may_ask, load=opportunities.opportunity)
def ask(opportunity: Opportunity) -> AnyResponse:
    """Ask the owner of an opportunity, without one's name."""
    form = QuestionForm()
    if form.validate_on_submit():
        try:
            text, written = form.text.data or "", form.language.data
            question = services.ask(current_actor(), opportunity, text, written)
            message = _("Your question is sent. The firm does not learn who asks.")
            return done(message, to=_page_of(question))
        except DomainError as error:
            _refuse(form, error)
    return _form_page(form, opportunity, None)


@bp.get("/opportunity-questions/<int:question_id>")
@access(rules.may_see, load=queries.question)
def show(question: OpportunityQuestion) -> Response:
    """A question for the firm that asked, the one that answers, and the institutions."""
    return _page(question)


@bp.route("/opportunity-questions/<int:question_id>/change", methods=["GET", "POST"])
@access(rules.writes_for_asker, load=queries.question)
def change(question: OpportunityQuestion) -> AnyResponse:
    """Put a question in other words, before it is answered."""
    services.require_changeable(current_actor(), question)
    form = QuestionForm()
    if form.validate_on_submit():
        try:
            text, written, seen = form.text.data or "", form.language.data, form.version.data
            services.change(current_actor(), question, text, written, version=seen)
            return done(_("Your question is changed."), to=_page_of(question))
        except DomainError as error:
            _refuse(form, error)
    elif not form.is_submitted():
        form.show(question)
    return _form_page(form, question.opportunity, question)


@bp.post("/opportunity-questions/<int:question_id>/withdraw")
@access(rules.writes_for_asker, load=queries.question)
def withdraw(question: OpportunityQuestion) -> AnyResponse:
    """Take a question back, before it is answered."""
    services.withdraw(current_actor(), question)
    return done(_("Your question is withdrawn."), to=_page_of(question))


@bp.post("/opportunity-questions/<int:question_id>/answer")
@access(rules.writes_for_owner, load=queries.question)
def answer(question: OpportunityQuestion) -> AnyResponse:
    """Answer for the owner, or correct the answer."""
    form = AnswerForm()
    if form.validate_on_submit():
        try:
            text, written, seen = form.text.data or "", form.language.data, form.version.data
            services.answer(current_actor(), question, text, written, version=seen)
            return done(_("Your answer is sent."), to=_page_of(question))
        except DomainError as error:
            _refuse(form, error)
    return _page(question, form)


@bp.post("/opportunity-questions/<int:question_id>/decline")
@access(rules.writes_for_owner, load=queries.question)
def decline(question: OpportunityQuestion) -> AnyResponse:
    """Say for the owner that a question is not answered."""
    form = DeclineForm()
    if form.validate_on_submit():
        try:
            reason, seen = form.reason.data or "", form.version.data
            services.decline(current_actor(), question, reason, language(), version=seen)
            return done(_("The question is declined. The firm that asked reads why."), to=_page_of(question))
        except DomainError as error:
            _refuse(form, error)
    return _page(question, form)


@bp.post("/opportunity-questions/<int:question_id>/hide")
@access(rules.may_hide, load=queries.question)
def hide(question: OpportunityQuestion) -> AnyResponse:
    """Hide a question or its answer for an institution."""
    form = HideForm(question)
    if form.validate_on_submit():
        try:
            part, reason, seen = HiddenPart(form.part.data), form.reason.data or "", form.version.data
            services.hide(current_actor(), question, part, reason, language(), version=seen)
            return done(_("It is hidden. The firm that wrote it reads why."), to=_page_of(question))
        except DomainError as error:
            _refuse(form, error)
    return _page(question, form)


@bp.post("/opportunity-questions/<int:question_id>/reveal")
@access(rules.may_hide, load=queries.question)
def reveal(question: OpportunityQuestion) -> AnyResponse:
    """Show again what was hidden."""
    services.reveal(current_actor(), question)
    return done(_("It is shown again."), to=_page_of(question))


def _page_of(question: OpportunityQuestion) -> str:
    return url_for("opportunity_questions.show", question_id=question.id)


def _refuse(form: Any, error: DomainError) -> None:
    """Show what a form can show, also that somebody was faster with other words; the rest becomes a page of its own."""
    if error.status != DomainError.status and not isinstance(error, ChangedMeanwhile):
        raise error
    form.refuse(error)


def _form_page(
    form: QuestionForm, opportunity: Opportunity, question: OpportunityQuestion | None
) -> Response:
    return render(
        "opportunities/question_form.html",
        form=form,
        opportunity=opportunity,
        question=question,
        title=title_of(opportunity, language()),
        status=422 if form.is_submitted() else 200,
    )


def _page(question: OpportunityQuestion, sent: Any = None) -> Response:
    actor = current_actor()
    title, title_lang = pages.title_of(question.opportunity)
    return render(
        "opportunities/question.html",
        question=question,
        title=title,
        title_lang=title_lang,
        badge=pages.badge_of(question),
        forms=pages.forms_of(actor, question, sent),
        reads=pages.reads_of(actor, question),
        status=200 if sent is None else 422,
    )
