"""Pages of questions between institutions."""

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.core import audit, clock
from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError
from matchmaker.core.files import send_stored
from matchmaker.core.htmx import done, render
from matchmaker.library import question_queries, question_services, rules, words
from matchmaker.library.blueprint import bp
from matchmaker.library.enums import QuestionStatus
from matchmaker.library.filters import asked_kind
from matchmaker.library.models import Question, QuestionFile
from matchmaker.library.question_forms import AnswerForm, QuestionForm


@bp.get("/questions")
@access(rules.may_read_library)
def questions() -> Response:
    """The questions that the reader's institution asked or was asked."""
    wanted, today = asked_kind(QuestionStatus, "status"), clock.today()
    return render(
        "library/questions.html",
        questions=question_queries.questions(current_actor(), wanted, today),
        wanted=wanted,
        today=today,
        library_rules=rules,
        words=words,
    )


@bp.route("/questions/new", methods=["GET", "POST"])
@access(rules.may_ask)
def ask_question() -> AnyResponse:
    """Ask another institution."""
    actor = current_actor()
    own = rules.institutions_of(actor, *rules.WRITERS)
    mous = question_queries.asking_mous(own)
    form = QuestionForm(mous=mous, own=own)
    if form.validate_on_submit():
        try:
            question = question_services.ask(
                actor,
                next(mou for mou in mous if mou.id == form.mou_id.data),
                from_institution_id=form.from_institution_id.data,
                to_institution_id=form.to_institution_id.data,
                title=form.title.data or "",
                text=form.text.data or "",
                due_on=form.due_on.data,
                files=form.uploads(),
            )
            return done(_("The question is sent."), to=url_for("library.question", question_id=question.id))
        except DomainError as error:
            form.refuse(error)
    return render("library/ask.html", form=form, mous=mous, status=422 if form.is_submitted() else 200)


@bp.get("/questions/<int:question_id>")
@access(rules.may_read_question, load=question_queries.question)
def question(question: Question) -> Response:
    """One question with its answer; that it was read is logged."""
    audit.record_reading(current_actor(), "question", question.id, ["text"])
    return _page(question, AnswerForm(formdata=None), 200)


@bp.post("/questions/<int:question_id>/answer")
@access(rules.is_asked, load=question_queries.question)
def answer_question(question: Question) -> AnyResponse:
    """Answer for the asked institution."""
    form = AnswerForm()
    if form.validate_on_submit():
        try:
            question_services.answer(current_actor(), question, form.answer.data or "", form.uploads())
            return done(_("The answer is sent."), to=url_for("library.question", question_id=question.id))
        except DomainError as error:
            if error.status == 409:
                raise
            form.refuse(error)
    return _page(question, form, 422)


@bp.get("/question-files/<int:file_id>")
@access(rules.may_read_question_file, load=question_queries.question_file)
def question_file(file: QuestionFile) -> Response:
    """A file of a question; that it was read is logged."""
    audit.record_reading(current_actor(), "question", file.question_id, [f"file {file.id}"])
    return send_stored(file.file)


def _page(question: Question, form: AnswerForm, status: int) -> Response:
    today = clock.today()
    return render(
        "library/question.html",
        question=question,
        form=form,
        question_status=rules.question_status(question, today),
        delay=rules.delay_days(question, today),
        words=words,
        status=status,
    )
