"""One opportunity, the queue of an institution, and what it decides."""

from flask import Response, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.core import clock
from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.core.i18n import language
from matchmaker.core.requests import asked_page
from matchmaker.core.versions import ChangedMeanwhile
from matchmaker.opportunities import pages, queries, reviews, rules, words
from matchmaker.opportunities.blueprint import bp
from matchmaker.opportunities.checks.pages import checks_for, told_to
from matchmaker.opportunities.enums import OpportunityVerb
from matchmaker.opportunities.forms import AnswerForm, ReviewForm
from matchmaker.opportunities.interests import queries as interests
from matchmaker.opportunities.interests import rules as interest_rules
from matchmaker.opportunities.interests import words as interest_words
from matchmaker.opportunities.models import Opportunity
from matchmaker.opportunities.questions.pages import questions_of

TABS = {"review": queries.to_review, "answer": queries.to_answer, "all": queries.under_way}


@bp.get("/queue")
@access(rules.has_queue)
def queue() -> Response:
    """What waits for the institution's review, what the other side announces, and everything under way."""
    actor, tab = current_actor(), request.args.get("tab", "review")
    tab = tab if tab in TABS else "review"
    countries = rules.officer_countries(actor, *rules.OFFICERS)
    counts = {name: found(countries).paging.total for name, found in TABS.items() if name != "all"}
    listed = pages.listing(actor, TABS[tab](countries, asked_page()), tab=tab)
    return render("opportunities/queue.html", listed=listed, tab=tab, counts=counts)


@bp.post("/<int:opportunity_id>/review")
@access(rules.may_review, load=queries.opportunity)
def review(opportunity: Opportunity) -> AnyResponse:
    """Decide for the firm's institution."""
    form = ReviewForm(rules.REVIEW_VERBS)
    if form.validate_on_submit():
        try:
            verb = OpportunityVerb(form.decision.data)
            note, override = form.note.data or "", form.override_reason.data or ""
            reviews.review(
                current_actor(),
                opportunity,
                verb,
                note=note,
                override_reason=override,
                version=form.version.data,
            )
            return done(str(words.DONE[verb]), to=url_for("opportunities.queue"))
        except DomainError as error:
            _refuse(form, error)
    return page(opportunity, review_form=form, status=422)


@bp.post("/<int:opportunity_id>/answer")
@access(rules.may_answer, load=queries.opportunity)
def answer(opportunity: Opportunity) -> AnyResponse:
    """Say for the institution of a country reached whether it objects."""
    form = AnswerForm()
    if form.validate_on_submit():
        try:
            verb = OpportunityVerb(form.decision.data)
            note, seen = form.note.data or "", form.version.data
            reviews.answer(current_actor(), opportunity, verb, note=note, version=seen)
            return done(str(words.DONE[verb]), to=url_for("opportunities.queue", tab="answer"))
        except DomainError as error:
            _refuse(form, error)
    return page(opportunity, answer_form=form, status=422)


def _refuse(form: ReviewForm | AnswerForm, error: DomainError) -> None:
    """Show what a form can show, also that it reads otherwise by now; the rest becomes a page of its own."""
    if error.status != DomainError.status and not isinstance(error, ChangedMeanwhile):
        raise error
    form.refuse(error)


def page(
    opportunity: Opportunity,
    *,
    review_form: ReviewForm | None = None,
    answer_form: AnswerForm | None = None,
    status: int = 200,
) -> Response:
    """The page of an opportunity, with the forms of those who decide."""
    actor, today = current_actor(), clock.today()
    verbs = rules.allowed_reviews(actor, opportunity)
    if verbs and review_form is None:
        review_form = ReviewForm(verbs, formdata=None, data={"version": opportunity.version})
    reach = rules.answered_reach(actor, opportunity) if rules.may_answer(actor, opportunity) else None
    if reach and rules.waits_for_answer(opportunity, reach) and answer_form is None:
        answer_form = AnswerForm(formdata=None, data={"version": opportunity.version})
    text = rules.in_language(opportunity, language())
    own_firm = interest_rules.interested_firm_id(actor, opportunity)
    own_interest = interests.last_of(opportunity.id, own_firm) if own_firm else None
    return render(
        "opportunities/show.html",
        opportunity=opportunity,
        text=text,
        others=[one for one in opportunity.texts if one is not text and one.title],
        owner=pages.publisher(actor, opportunity, pages.closeness(actor, [opportunity])),
        facts=pages.facts_of(opportunity),
        listed_goods=pages.listed_goods_of(actor, opportunity),
        badge=pages.badge_of(opportunity),
        checks=checks_for(actor, opportunity),
        told=told_to(actor, opportunity),
        moves=rules.allowed_moves(actor, opportunity, today),
        insider=rules.is_insider(actor, opportunity),
        review_form=review_form if verbs else None,
        answer_form=answer_form,
        error_form=(review_form or answer_form) if status == 422 else None,
        title=text.title if text else _("Opportunity"),
        own_interest=own_interest,
        may_express=interest_rules.may_express(actor, opportunity)
        and interest_rules.may_write_again(own_interest),
        interests=pages.interests_in(actor, opportunity),
        questions=questions_of(actor, opportunity),
        interest_words=interest_words,
        words=words,
        status=status,
    )
