"""The form by which the cap is set."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from matchmaker.core.forms import BaseForm
from matchmaker.firms.fields import Between, WholeNumberField
from matchmaker.matching.weighing.rules import LONGEST_REASON


class CapForm(BaseForm):
    """The most per cent of lists, and why."""

    share = WholeNumberField(
        _l("Largest share of lists for one firm, per cent"),
        validators=[InputRequired(_l("Enter a number.")), Between(1, 100)],
        description=_l("100 means no cap. Never less than what each firm would get if all were shown alike."),
    )
    reason = TextAreaField(
        _l("Reason"),
        validators=[
            InputRequired(_l("Write the reason.")),
            Length(max=LONGEST_REASON, message=_l("Write at most %(max)d letters.")),
        ],
        description=_l("All sides read it."),
        render_kw={"rows": 3},
    )
