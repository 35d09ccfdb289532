"""The questions of the staff as fields of a form, and what was answered."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import DateField, Field, IntegerField, RadioField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from matchmaker.core.actor import Actor
from matchmaker.core.errors import DomainError
from matchmaker.core.files import store_document
from matchmaker.core.i18n import language, show_date
from matchmaker.programmes.enums import QuestionKind, QuestionStage
from matchmaker.programmes.models import Programme, ProgrammeQuestion

LONGEST_ANSWER = 2000
LARGEST_ANSWER = 10**12
MISSING = _l("Answer this question.")


def field_name(question: ProgrammeQuestion) -> str:
    """The name of the field that answers a question."""
    return f"question_{question.id}"


def questions_of(programme: Programme, stage: QuestionStage) -> list[ProgrammeQuestion]:
    """The questions that are asked at one stage, in their order."""
    return [question for question in programme.questions if question.stage is stage]


def fields_for(questions: Sequence[ProgrammeQuestion]) -> dict[str, Any]:
    """An unbound field for each question, by name."""
    return {field_name(question): _field(question) for question in questions}


def _field(question: ProgrammeQuestion) -> Any:
    label = question.text(language())
    first: list[Any] = [InputRequired(MISSING) if question.required else Optional()]
    if question.kind is QuestionKind.CHOICE:
        options = [(str(place), _option(option)) for place, option in enumerate(question.options)]
        return RadioField(label, choices=options, validators=first)
    if question.kind is QuestionKind.NUMBER:
        bounds = NumberRange(0, LARGEST_ANSWER, message=_l("Enter a whole number of 0 or more."))
        return IntegerField(label, validators=[*first, bounds])
    if question.kind is QuestionKind.DATE:
        return DateField(label, validators=first)
    if question.kind is QuestionKind.FILE:
        return FileField(label, description=_l("PDF, PNG, JPEG, DOCX or XLSX"), validators=first)
    return TextAreaField(
        label,
        validators=[*first, Length(max=LONGEST_ANSWER, message=_l("Write at most %(max)d letters."))],
        render_kw={"rows": 2},
    )


def _option(option: Mapping[str, str]) -> str:
    spoken = dict.fromkeys((language(), "en", "tr", "ru"))
    return next((option[code] for code in spoken if option.get(code)), "")


def read(actor: Actor, questions: Sequence[ProgrammeQuestion], form: Mapping[str, Field]) -> dict[str, Any]:
    """The answers by the number of the question, files stored; raises DomainError at the field of a file that will not do."""
    found: dict[str, Any] = {}
    for question in questions:
        value = form[field_name(question)].data
        if isinstance(value, FileStorage):
            if value.filename:
                stored = store_document(actor, value, field_name(question))
                found[str(question.id)] = {"file": stored.id, "name": stored.name}
        elif question.kind is QuestionKind.FILE and question.required:
            raise DomainError(str(MISSING), field_name(question))
        elif value not in (None, ""):
            found[str(question.id)] = value.isoformat() if question.kind is QuestionKind.DATE else value
    return found


def shown(question: ProgrammeQuestion, answers: Mapping[str, Any]) -> str:
    """An answer in the reader's language; empty where there is none."""
    value = answers.get(str(question.id))
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return str(value.get("name", ""))
    if question.kind is QuestionKind.CHOICE:
        place = int(value)
        return _option(question.options[place]) if place < len(question.options) else ""
    if question.kind is QuestionKind.DATE:
        return show_date(date.fromisoformat(value))
    return str(value)


def file_ids(answers: Mapping[str, Any]) -> set[int]:
    """The files among the answers."""
    return {
        int(value["file"]) for value in answers.values() if isinstance(value, Mapping) and "file" in value
    }
