"""Pages of interests: writing one, reading and answering it."""

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.core.i18n import language
from matchmaker.firms.signals import introduced_among
from matchmaker.opportunities import pages
from matchmaker.opportunities import queries as opportunities
from matchmaker.opportunities.blueprint import interests_bp as bp
from matchmaker.opportunities.interests import queries, rules, services, words
from matchmaker.opportunities.interests.enums import Answer
from matchmaker.opportunities.interests.forms import AnswerForm, InterestForm
from matchmaker.opportunities.interests.models import Interest
from matchmaker.opportunities.models import Opportunity
from matchmaker.opportunities.notices import title_of

__all__ = ["bp"]


@bp.route("/opportunities/<int:opportunity_id>/interest", methods=["GET", "POST"])
@access(rules.may_express, load=opportunities.opportunity)
def express(opportunity: Opportunity) -> AnyResponse:
    """Say that one's own firm is interested."""
    form = InterestForm()
    if form.validate_on_submit():
        try:
            interest = services.express(current_actor(), opportunity, form.text.data or "")
            message = _("Your interest is sent. The firm is reminded if it does not answer.")
            return done(message, to=url_for("opportunity_interests.show", interest_id=interest.id))
        except DomainError as error:
            _refuse(form, error)
    return render(
        "opportunities/interest_form.html",
        form=form,
        opportunity=opportunity,
        title=title_of(opportunity, language()),
        status=422 if form.is_submitted() else 200,
    )


@bp.get("/opportunity-interests/<int:interest_id>")
@access(rules.may_see, load=queries.interest)
def show(interest: Interest) -> Response:
    """An interest with its answer, or the form of the answer."""
    return _page(interest, AnswerForm(formdata=None), 200)


@bp.post("/opportunity-interests/<int:interest_id>/answer")
@access(rules.is_owner, load=queries.interest)
def answer(interest: Interest) -> AnyResponse:
    """Answer for the owner; “suitable” leads to the match."""
    form = AnswerForm()
    if form.validate_on_submit():
        try:
            given = Answer(form.answer.data)
            match_id = services.answer(current_actor(), interest, given, form.note.data or "")
        except DomainError as error:
            _refuse(form, error)
        else:
            page = url_for("opportunity_interests.show", interest_id=interest.id)
            to = url_for("matching.show", match_id=match_id) if match_id else page
            return done(_("Your answer is sent."), to=to)
    return _page(interest, form, 422)


def _refuse(form: InterestForm | AnswerForm, error: DomainError) -> None:
    """Show what a form can show; a conflict or a missing right becomes a page of its own."""
    if error.status != DomainError.status:
        raise error
    form.refuse(error)


def _page(interest: Interest, form: AnswerForm, status: int) -> Response:
    actor = current_actor()
    return render(
        "opportunities/interest.html",
        interest=interest,
        form=form if rules.may_answer(actor, interest) else None,
        failed=status == 422,
        title=title_of(interest.opportunity, language()),
        asker=pages.owner_of(actor, interest.firm, introduced_among([interest.firm_id], actor.firm_id)),
        badge=words.ANSWERS[interest.answer] if interest.answer else words.WAITING,
        again=rules.may_express(actor, interest.opportunity) and rules.may_write_again(interest),
        status=status,
    )
