"""Reads of questions between institutions."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import joinedload, selectinload

from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import existing
from matchmaker.library import rules
from matchmaker.library.enums import QuestionStatus
from matchmaker.library.models import Question, QuestionFile
from matchmaker.mous.models import Mou, MouParty


def _loaded() -> Select[Question]:
    return select(Question).options(
        joinedload(Question.from_institution),
        joinedload(Question.to_institution),
        joinedload(Question.asker),
        joinedload(Question.answerer),
        joinedload(Question.mou),
        selectinload(Question.files).joinedload(QuestionFile.file),
    )


def question(question_id: int) -> Question:
    """A question with its files and both institutions; raises NotFound."""
    return existing(db.session.scalar(_loaded().where(Question.id == question_id)))


def locked_question(question_id: int) -> Question:
    """The question as it is now, nobody else answering it until this transaction ends; raises NotFound."""
    statement = _loaded().where(Question.id == question_id).with_for_update(of=Question)
    return existing(db.session.scalar(statement.execution_options(populate_existing=True)))


def question_file(file_id: int) -> QuestionFile:
    """A file with the question that decides who reads it; raises NotFound."""
    return existing(
        db.session.get(
            QuestionFile, file_id, options=[joinedload(QuestionFile.file), joinedload(QuestionFile.question)]
        )
    )


def questions(actor: Actor, wanted: QuestionStatus | None, today: date) -> Sequence[Question]:
    """The questions of the actor's institutions: those without an answer first, the most urgent on top."""
    own = rules.institutions_of(actor)
    found = _loaded().where(or_(Question.from_institution_id.in_(own), Question.to_institution_id.in_(own)))
    if wanted:
        found = found.where(*_with_status(wanted, today))
    ordered = found.order_by(Question.answered_on.is_not(None), Question.due_on, Question.id)
    return db.session.scalars(ordered).all()


def _with_status(wanted: QuestionStatus, today: date) -> tuple[ColumnElement[bool], ...]:
    open_ = Question.answered_on.is_(None)
    return {
        QuestionStatus.OPEN: (open_, Question.due_on >= today),
        QuestionStatus.OVERDUE: (open_, Question.due_on < today),
        QuestionStatus.ANSWERED: (Question.answered_on <= Question.due_on,),
        QuestionStatus.ANSWERED_LATE: (Question.answered_on > Question.due_on,),
    }[wanted]


def overdue(today: date) -> Sequence[Question]:
    """The questions whose day has passed without an answer."""
    found = _loaded().where(*_with_status(QuestionStatus.OVERDUE, today))
    return db.session.scalars(found.order_by(Question.id)).all()


def asking_mous(institution_ids: Sequence[int]) -> Sequence[Mou]:
    """The memorandums of the institutions with parties and areas, newest first."""
    under = select(MouParty.mou_id).where(MouParty.institution_id.in_(institution_ids))
    found = select(Mou).where(Mou.id.in_(under)).order_by(Mou.id.desc())
    loaded = found.options(
        selectinload(Mou.parties).selectinload(MouParty.institution), selectinload(Mou.areas)
    )
    return db.session.scalars(loaded).all()
