"""Pages of those who sign up, and the decisions of the staff on one sign-up."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.core import audit
from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError
from matchmaker.core.files import send_stored
from matchmaker.core.htmx import done, go_to, render
from matchmaker.programmes import answers, applicants, pages, queries, rules
from matchmaker.programmes import sign_up_services as services
from matchmaker.programmes.applicants import Candidate
from matchmaker.programmes.blueprint import bp
from matchmaker.programmes.enums import QuestionStage
from matchmaker.programmes.forms import unless_conflict
from matchmaker.programmes.models import Delegate, Programme, SignUp
from matchmaker.programmes.rules import AnswerFile
from matchmaker.programmes.sign_up_forms import RefuseForm, SwapForm, second_form, sign_up_form
from matchmaker.programmes.sign_up_page import conditions, sign_up_page
from matchmaker.programmes.words import sign_up_word


@bp.route("/<int:programme_id>/sign-up", methods=["GET", "POST"])
@access(rules.may_sign_up, load=queries.programme)
def sign_up(programme: Programme) -> Response:
    """Sign up a firm, or oneself."""
    if own_page := pages.sign_up_url(programme):
        return go_to(own_page)
    actor, firm = current_actor(), applicants.firm_of(current_actor())
    people = applicants.candidates(firm) if firm else None
    form = sign_up_form(programme, people)
    if form.validate_on_submit():
        try:
            asked = answers.questions_of(programme, QuestionStage.SIGN_UP)
            given = form.application(actor, people, answers.read(actor, asked, form))
            made = services.sign_up(actor, programme, firm, given)
        except DomainError as error:
            form.refuse(unless_conflict(error))
        else:
            return done(sign_up_word(made.state), to=url_for("programmes.show_sign_up", sign_up_id=made.id))
    status = 422 if form.is_submitted() else 200
    about: dict[str, Any] = {"programme": programme, "firm": firm, "conditions": conditions(actor, programme)}
    return render("programmes/sign_up.html", status=status, form=form, **about)


@bp.get("/sign-ups/<int:sign_up_id>")
@access(rules.may_see_sign_up, load=queries.sign_up)
def show_sign_up(found: SignUp) -> Response:
    """One sign-up: where it stands, who comes, what can be done."""
    return _shown(found)


def _shown(found: SignUp, status: int = 200, form: RefuseForm | None = None) -> Response:
    return render(
        "programmes/show_sign_up.html",
        status=status,
        page=sign_up_page(current_actor(), found),
        refusing=form or RefuseForm(formdata=None),
    )


def _done(found: SignUp) -> Response:
    told = _("The sign-up is now: %(state)s.", state=sign_up_word(found.state))
    return done(told, to=url_for("programmes.show_sign_up", sign_up_id=found.id))


@bp.post("/sign-ups/<int:sign_up_id>/take")
@access(rules.may_move_sign_up, load=queries.sign_up)
def take_place(found: SignUp) -> Response:
    """Take the offered place."""
    return _done(services.take(current_actor(), found))


@bp.post("/sign-ups/<int:sign_up_id>/withdraw")
@access(rules.may_move_sign_up, load=queries.sign_up)
def withdraw(found: SignUp) -> Response:
    """Give the place, the offer or the application back."""
    return _done(services.withdraw(current_actor(), found))


@bp.route("/sign-ups/<int:sign_up_id>/confirm", methods=["GET", "POST"])
@access(rules.may_move_sign_up, load=queries.sign_up)
def confirm(found: SignUp) -> Response:
    """Answer the questions that are asked after acceptance."""
    form = second_form(found.programme)
    if form.validate_on_submit():
        try:
            asked = answers.questions_of(found.programme, QuestionStage.ACCEPTED)
            return _done(services.confirm(current_actor(), found, answers.read(current_actor(), asked, form)))
        except DomainError as error:
            form.refuse(unless_conflict(error))
    return render(
        "programmes/confirm.html", status=422 if form.is_submitted() else 200, found=found, form=form
    )


@bp.route("/delegates/<int:delegate_id>/swap", methods=["GET", "POST"])
@access(rules.may_swap, load=queries.delegate)
def swap(leaving: Delegate) -> Response:
    """Send somebody else."""
    found = queries.sign_up(leaving.sign_up_id)
    form = SwapForm(candidates=_others(found))
    if form.validate_on_submit():
        coming = form.coming()
        if coming is None:
            form.refuse(DomainError(_("Choose who comes, or type a name."), "candidate"))
        else:
            services.swap(current_actor(), found, leaving, coming)
            return done(_("Saved."), to=url_for("programmes.show_sign_up", sign_up_id=found.id))
    return render(
        "programmes/swap.html",
        status=422 if form.is_submitted() else 200,
        found=found,
        leaving=leaving,
        form=form,
    )


def _others(found: SignUp) -> list[Candidate]:
    """The firm's people who are not among the delegates."""
    coming = {(one.person_id, one.contact_id) for one in found.delegates if one.left_at is None}
    people = applicants.candidates_of(found.firm_id)
    return [one for one in people if (one.person_id, one.contact_id) not in coming]


@bp.post("/sign-ups/<int:sign_up_id>/accept")
@access(rules.may_move_sign_up, load=queries.sign_up)
def accept(found: SignUp) -> Response:
    """Give a place."""
    return _done(services.accept(current_actor(), found))


@bp.post("/sign-ups/<int:sign_up_id>/list")
@access(rules.may_move_sign_up, load=queries.sign_up)
def put_on_list(found: SignUp) -> Response:
    """Put on the waiting list."""
    return _done(services.put_on_list(current_actor(), found))


@bp.post("/sign-ups/<int:sign_up_id>/refuse")
@access(rules.may_move_sign_up, load=queries.sign_up)
def refuse(found: SignUp) -> Response:
    """Decline with a reason."""
    form = RefuseForm()
    if not form.validate_on_submit():
        return _shown(found, 422, form)
    return _done(services.refuse(current_actor(), found, reason=form.reason.data or ""))


@bp.get("/sign-ups/<int:sign_up_id>/files/<int:file_id>")
@access(rules.may_see_answer, load=queries.answer_file)
def answer_file(answer: AnswerFile) -> Response:
    """A file that answers a question."""
    audit.record_reading(current_actor(), "sign_up", answer.sign_up.id, [f"file {answer.file_id}"])
    return send_stored(queries.stored_file(answer.file_id))
