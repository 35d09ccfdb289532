"""Forms of interests."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from matchmaker.core.forms import BaseForm
from matchmaker.opportunities.interests import rules
from matchmaker.opportunities.interests.words import ANSWER_NOTES

TOO_LONG = _l("Write at most %(max)d letters.")


class InterestForm(BaseForm):
    """What a firm writes to the owner."""

    text = TextAreaField(
        _l("What you offer or need"),
        validators=[
            InputRequired(_l("Write what you offer or need.")),
            Length(max=rules.LONGEST_TEXT, message=TOO_LONG),
        ],
        description=_l("The owner and both institutions read it. Write no address and no telephone number."),
        render_kw={"rows": 6},
    )


class AnswerForm(BaseForm):
    """The owner's one answer."""

    answer = RadioField(
        _l("Your answer"),
        choices=[(one.value, note) for one, note in ANSWER_NOTES.items()],
        validators=[InputRequired(_l("Choose one."))],
    )
    note = TextAreaField(
        _l("Note"),
        validators=[Optional(), Length(max=rules.LONGEST_NOTE, message=TOO_LONG)],
        description=_l("The interested firm reads it. Needed where you ask for more."),
        render_kw={"rows": 3},
    )
