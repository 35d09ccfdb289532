"""The form by which a firm calls a suggestion not relevant."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField
from wtforms.validators import InputRequired, Length

from matchmaker.core.forms import BaseForm
from matchmaker.matching.relevance.rules import LONGEST_NOTE
from matchmaker.matching.relevance.words import REASONS


class NotRelevantForm(BaseForm):
    """Why a suggestion is not relevant."""

    reason = RadioField(
        _l("Why is this firm not relevant?"),
        choices=[(reason.value, label) for reason, label in REASONS.items()],
        validators=[InputRequired(_l("Choose a reason."))],
    )
    note = StringField(
        _l("Note"),
        validators=[Length(max=LONGEST_NOTE, message=_l("Write at most %(max)d letters."))],
        description=_l("The institutions may read it; the other firm never does."),
    )
