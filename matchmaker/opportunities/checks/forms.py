"""Input of the page on which the list of sensitive words changes."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from matchmaker.core.forms import BaseForm
from matchmaker.core.i18n import language
from matchmaker.opportunities.checks import rules
from matchmaker.opportunities.checks.enums import WordKind
from matchmaker.opportunities.checks.word_list import Word
from matchmaker.opportunities.checks.words import WORD_KINDS
from matchmaker.opportunities.writing import LANGUAGES
from matchmaker.reference import languages

TOO_LONG = _l("Write at most %(max)d letters.")
ON, OFF = "on", "off"


class WordForm(BaseForm):
    """A word or phrase put on the list or taken off it from a day on; `seen` is the last change that its reader knew."""

    deed = RadioField(
        _l("What changes"),
        choices=[(ON, _l("Put it on the list")), (OFF, _l("Take it off the list"))],
        validators=[InputRequired(_l("Choose one."))],
    )
    language = SelectField(_l("Language"))
    phrase = StringField(
        _l("Word or phrase"),
        [InputRequired(_l("Enter a word.")), Length(max=rules.LONGEST_PHRASE, message=TOO_LONG)],
        description=_l(
            "In its basic form. Endings, capital letters and marks on letters make no difference."
        ),
    )
    kind = SelectField(_l("Kind"))
    valid_from = DateField(
        _l("Valid from"), [InputRequired(_l("Enter the date, day first."))],
        description=_l("What is sent from this day on is compared with it."),
    )  # fmt: skip
    reason = TextAreaField(
        _l("Reason"),
        [
            InputRequired(_l("Write why the list changes.")),
            Length(max=rules.LONGEST_REASON, message=TOO_LONG),
        ],
        render_kw={"rows": 3},
    )
    seen = HiddenField()

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        spoken = language()
        self.language.choices = [(code, languages.title(code, spoken)) for code in LANGUAGES]
        self.kind.choices = [(kind.value, label) for kind, label in WORD_KINDS.items()]

    @property
    def word(self) -> Word:
        """What was entered."""
        return Word(self.language.data, WordKind(self.kind.data), self.phrase.data or "")
