"""Pages of opportunities: the list, one of them, what a firm writes, what institutions decide."""

from flask import Response, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.core import clock
from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError, NotFound
from matchmaker.core.htmx import done, go_to, render
from matchmaker.core.navigation import Place, add_place
from matchmaker.core.requests import asked_page
from matchmaker.opportunities import listeners, pages, queries, review_views, rules, services, words
from matchmaker.opportunities.blueprint import bp, interests_bp, questions_bp, words_bp
from matchmaker.opportunities.checks import views as word_views
from matchmaker.opportunities.enums import OpportunityKind, OpportunityState, OpportunityVerb
from matchmaker.opportunities.forms import OpportunityForm
from matchmaker.opportunities.interests import views as interest_views
from matchmaker.opportunities.models import Opportunity
from matchmaker.opportunities.questions import views as question_views
from matchmaker.opportunities.questions.queries import waiting_for
from matchmaker.opportunities.services import Incomplete

__all__ = [
    "bp",
    "interest_views",
    "interests_bp",
    "listeners",
    "question_views",
    "questions_bp",
    "review_views",
    "word_views",
    "words_bp",
]

add_place(Place("opportunities.index", _l("Opportunities"), "bookmark", rules.may_read, order=25))


def kind_named(kind: str) -> OpportunityKind:
    """The kind that an address names; raises NotFound."""
    if kind not in set(OpportunityKind):
        raise NotFound
    return OpportunityKind(kind)


def moved(opportunity_id: int, verb: str) -> tuple[Opportunity, OpportunityVerb]:
    """An opportunity with what its firm does to it; raises NotFound."""
    if verb not in {one.value for one in rules.FIRM_VERBS}:
        raise NotFound
    return queries.opportunity(opportunity_id), OpportunityVerb(verb)


@bp.get("")
@access(rules.may_read)
def index() -> Response:
    """What firms of both sides offer and look for; the filters are the address."""
    actor, wanted = current_actor(), pages.asked()
    found = queries.listed(actor, wanted, asked_page())
    return render(
        "opportunities/index.html",
        fragment="opportunities",
        listed=pages.listing(actor, found, **pages.query_of(wanted)),
        filters=pages.filters(actor),
        wanted=wanted,
    )


@bp.get("/mine")
@access(rules.has_own)
def mine() -> Response:
    """The opportunities of the reader's firms, in every state."""
    actor = current_actor()
    found = queries.of_firms([item.firm_id for item in actor.memberships], asked_page())
    today = clock.today()
    listed = [one.id for one in found.items if rules.is_listed(one, today)]
    return render("opportunities/mine.html", listed=pages.listing(actor, found), asked=waiting_for(listed))


@bp.get("/new")
@access(rules.may_write)
def choose_kind() -> Response:
    """Which of the five kinds to write."""
    return render("opportunities/kinds.html", words=words)


@bp.route("/new/<string:kind>", methods=["GET", "POST"])
@access(rules.may_write)
def new(kind: str) -> AnyResponse:
    """Write an opportunity of a kind."""
    return _edit(kind_named(kind), None)


@bp.get("/<int:opportunity_id>")
@access(rules.may_see, load=queries.opportunity)
def show(opportunity: Opportunity) -> Response:
    """One opportunity, with what its reader may do."""
    return review_views.page(opportunity)


@bp.route("/<int:opportunity_id>/change", methods=["GET", "POST"])
@access(rules.may_edit, load=queries.opportunity)
def change(opportunity: Opportunity) -> AnyResponse:
    """Change a draft."""
    return _edit(opportunity.kind, opportunity)


@bp.post("/<int:opportunity_id>/moves/<string:verb>")
@access(lambda actor, found: rules.may_move(actor, found[0]), load=moved)
def move(found: tuple[Opportunity, OpportunityVerb]) -> AnyResponse:
    """Send, take back, renew, change or withdraw; what is missing is asked for where it is written."""
    opportunity, verb = found
    try:
        opportunity = services.MOVES[verb](current_actor(), opportunity)
    except Incomplete as error:
        form = _form(opportunity.kind, opportunity, shown=True)
        form.refuse(error)
        return _form_page(form, opportunity, 422)
    return _moved(opportunity, verb)


def _moved(opportunity: Opportunity, verb: OpportunityVerb | None) -> AnyResponse:
    """To its page, which tells why a draft was given back instead of being sent."""
    where = url_for("opportunities.show", opportunity_id=opportunity.id)
    if verb is OpportunityVerb.SUBMIT and opportunity.state is OpportunityState.DRAFT:
        flash(_("It is kept as a draft and was not sent. Read why."), "danger")
        return go_to(where)
    return done(str(words.DONE[verb]) if verb else _("The draft is saved."), to=where)


def _form(kind: OpportunityKind, opportunity: Opportunity | None, *, shown: bool = False) -> OpportunityForm:
    country = opportunity.firm.country if opportunity else _own_country()
    options = {"formdata": None} if shown else {}
    form = OpportunityForm(kind, queries.partner_countries(country), **options)
    if opportunity and (shown or not form.is_submitted()):
        form.show(opportunity)
    return form


def _own_country() -> str:
    actor = current_actor()
    membership = actor.membership(rules.writing_firm_id(actor) or 0)
    return membership.country if membership else ""


def _edit(kind: OpportunityKind, opportunity: Opportunity | None) -> AnyResponse:
    form = _form(kind, opportunity)
    if form.validate_on_submit():
        try:
            kept = _save(form, kind, opportunity)
        except DomainError as error:
            form.refuse(error)
        else:
            return _moved(kept, OpportunityVerb.SUBMIT if "send" in request.form else None)
    return _form_page(form, opportunity, 422 if form.is_submitted() else 200)


def _save(form: OpportunityForm, kind: OpportunityKind, opportunity: Opportunity | None) -> Opportunity:
    """Keep a draft, and send it where that button was pressed."""
    actor = current_actor()
    if opportunity is None:
        kept = services.begin(actor, kind, form.content())
    else:
        kept = services.change(actor, opportunity, form.content(), version=form.version.data)
    return services.submit(actor, kept) if "send" in request.form else kept


def _form_page(form: OpportunityForm, opportunity: Opportunity | None, status: int) -> Response:
    return render(
        "opportunities/form.html",
        form=form,
        opportunity=opportunity,
        words=words,
        today=clock.today(),
        status=status,
    )
