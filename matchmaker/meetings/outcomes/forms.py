"""Forms of outcomes."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField
from wtforms.validators import InputRequired, Length

from matchmaker.core.forms import BaseForm
from matchmaker.meetings.outcomes.words import OUTCOMES

LONGEST = 300


class OutcomeForm(BaseForm):
    """What came of one meeting for one side."""

    outcome = RadioField(
        _l("What came of it"),
        choices=[(one.value, word) for one, (word, _kind) in OUTCOMES.items()],
        validators=[InputRequired(_l("Choose what came of the meeting."))],
    )
    next_step = StringField(
        _l("Next step"), validators=[Length(max=LONGEST, message=_l("Write at most %(max)d letters."))]
    )


class SettleForm(BaseForm):
    """Whether a meeting was held, where its sides disagree."""

    held = RadioField(
        _l("Decision"),
        choices=[("yes", _l("It was held")), ("no", _l("It was not held"))],
        validators=[InputRequired(_l("Choose whether it was held."))],
    )
    reason = StringField(
        _l("How you know"),
        validators=[
            InputRequired(_l("Say how you know.")),
            Length(max=LONGEST, message=_l("Write at most %(max)d letters.")),
        ],
    )
