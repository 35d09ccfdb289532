"""Forms of questions about opportunities."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from matchmaker.core.i18n import language
from matchmaker.core.versions import VersionedForm
from matchmaker.opportunities.questions import rules
from matchmaker.opportunities.questions.models import OpportunityQuestion
from matchmaker.opportunities.questions.words import PARTS
from matchmaker.opportunities.writing import LANGUAGES
from matchmaker.reference import languages

TOO_LONG = _l("Write at most %(max)d letters.")


class WrittenForm(VersionedForm):
    """Words in a language that their writer chooses; the one of the page to begin with."""

    language = SelectField(_l("Language"))

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        spoken = language()
        self.language.choices = [(code, languages.title(code, spoken)) for code in LANGUAGES]
        if self.language.data is None:
            self.language.data = spoken if spoken in LANGUAGES else LANGUAGES[-1]


class QuestionForm(WrittenForm):
    """What a firm wants to know."""

    text = TextAreaField(
        _l("Your question"),
        validators=[
            InputRequired(_l("Write your question.")),
            Length(max=rules.LONGEST_TEXT, message=TOO_LONG),
        ],
        description=_l("Write no name, no address and no telephone number."),
        render_kw={"rows": 4},
    )
    language = SelectField(_l("Language of the question"))

    def show(self, question: OpportunityQuestion) -> None:
        """Fill in what is asked now."""
        self.text.data, self.language.data = question.text, question.language
        self.version.data = question.version


class AnswerForm(WrittenForm):
    """The owner's one answer."""

    text = TextAreaField(
        _l("Your answer"),
        validators=[
            InputRequired(_l("Write your answer.")),
            Length(max=rules.LONGEST_ANSWER, message=TOO_LONG),
        ],
        description=_l(
            "All firms that see the opportunity read it. Write no address and no telephone number."
        ),
        render_kw={"rows": 5},
    )
    language = SelectField(_l("Language of the answer"))

    def show(self, question: OpportunityQuestion) -> None:
        """Fill in what is answered now."""
        self.version.data = question.version
        if question.answer:
            self.text.data, self.language.data = question.answer, question.answer_language


class DeclineForm(VersionedForm):
    """Why a question is not answered."""

    reason = TextAreaField(
        _l("Reason"),
        validators=[
            InputRequired(_l("Give the reason.")),
            Length(max=rules.LONGEST_REASON, message=TOO_LONG),
        ],
        description=_l("Only the firm that asked reads it."),
        render_kw={"rows": 3},
    )


class HideForm(VersionedForm):
    """What an institution takes off the page, and why."""

    part = RadioField(_l("What is hidden"), validators=[InputRequired(_l("Choose one."))])
    reason = TextAreaField(
        _l("Reason"),
        validators=[
            InputRequired(_l("Give the reason.")),
            Length(max=rules.LONGEST_REASON, message=TOO_LONG),
        ],
        description=_l("The firm that wrote it and the institutions read it."),
        render_kw={"rows": 3},
    )

    def __init__(self, question: OpportunityQuestion, **options: Any) -> None:
        super().__init__(**options)
        found = rules.hidden_parts(question)
        self.part.choices = [(part.value, PARTS[part]) for part in found]
