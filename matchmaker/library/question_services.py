"""Writes of questions between institutions, and the reminder of those that wait too long."""

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.files import store_document
from matchmaker.institutions.queries import officers_of
from matchmaker.library import rules
from matchmaker.library.models import Question, QuestionFile
from matchmaker.library.question_queries import locked_question, overdue
from matchmaker.mous import rules as mou_rules
from matchmaker.mous.enums import ScopeArea
from matchmaker.mous.models import Mou
from matchmaker.notifications.services import notify


def ask(
    actor: Actor,
    mou: Mou,
    *,
    from_institution_id: int,
    to_institution_id: int,
    title: str,
    text: str,
    due_on: date,
    files: Sequence[FileStorage] = (),
) -> Question:
    """Ask another party of a memorandum that covers the sharing of information; its people are told.

    Raises NotAllowed for another institution than one's own, DomainError at the field.
    """
    parties = {party.institution_id for party in mou.parties}
    if from_institution_id not in set(rules.institutions_of(actor, *rules.WRITERS)) & parties:
        raise NotAllowed(_("You ask for your own institution."))
    if to_institution_id not in parties - {from_institution_id}:
        raise DomainError(_("Choose the other party of this memorandum."), "to_institution_id")
    if not mou_rules.covers(mou, ScopeArea.INFORMATION_SHARING, clock.today()):
        raise DomainError(_("This memorandum does not cover the sharing of information today."), "mou_id")
    if due_on <= clock.today():
        raise DomainError(_("Choose a day that leaves time for an answer."), "due_on")
    question = Question(
        mou_id=mou.id,
        from_institution_id=from_institution_id,
        to_institution_id=to_institution_id,
        asker_id=actor.person_id,
        language=actor.language,
        title=title.strip(),
        text=text.strip(),
        asked_on=clock.today(),
        due_on=due_on,
    )
    db.session.add(question)
    db.session.flush()
    _attach(actor, question, files, of_answer=False)
    after = {"mou": mou.id, "to": to_institution_id, "due": due_on.isoformat()}
    audit.record(actor, "ask", "question", question.id, after=after)
    for person in officers_of(to_institution_id, *rules.WRITERS):
        notify(person.id, "question_asked", question.title, path_of(question), f"question {question.id}")
    db.session.flush()
    return question


def answer(actor: Actor, question: Question, text: str, files: Sequence[FileStorage] = ()) -> Question:
    """Answer for the asked institution, once; the delay follows from the days. Raises Conflict, DomainError."""
    question = locked_question(question.id)
    if not rules.may_answer(actor, question):
        raise Conflict(_("This question is answered already, or not asked of your institution."))
    if not text.strip():
        raise DomainError(_("Write the answer."), "answer")
    question.answer, question.answer_language = text.strip(), actor.language
    question.answered_on, question.answerer_id = clock.today(), actor.person_id
    _attach(actor, question, files, of_answer=True)
    delay = rules.delay_days(question, clock.today())
    audit.record(actor, "answer", "question", question.id, after={"delay_days": delay})
    notify(
        question.asker_id,
        "question_answered",
        question.title,
        path_of(question),
        f"question {question.id} answered",
    )
    db.session.flush()
    return question


def remind_of_overdue() -> int:
    """Tell the coordinators of the asked institution, once, that an answer is overdue; answers how many wait."""
    waiting = overdue(clock.today())
    for question in waiting:
        for person in officers_of(question.to_institution_id, *rules.APPROVERS):
            key = f"question {question.id} overdue"
            notify(person.id, "question_overdue", question.title, path_of(question), key)
    return len(waiting)


def path_of(question: Question) -> str:
    """The page of a question, for notices."""
    return f"/library/questions/{question.id}"


def _attach(actor: Actor, question: Question, files: Sequence[FileStorage], *, of_answer: bool) -> None:
    if len(files) > rules.MOST_FILES:
        raise DomainError(_("Attach at most %(most)s files.", most=rules.MOST_FILES), "files")
    for upload in files:
        stored = store_document(actor, upload, "files")
        db.session.add(QuestionFile(question_id=question.id, file_id=stored.id, of_answer=of_answer))
    db.session.flush()
