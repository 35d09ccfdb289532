"""The form of a merge."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from matchmaker.core.forms import BaseForm
from matchmaker.firms.duplicates.forms import LONGEST


class MergeForm(BaseForm):
    """Which firm stays, and why the two are one."""

    keep = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    reason = TextAreaField(
        _l("Why they are the same"),
        [
            InputRequired(_l("Give a reason.")),
            Length(max=LONGEST, message=_l("Use at most %(most)s characters.", most=LONGEST)),
        ],
        description=_l("It stands in the history of both firms, and their people read it."),
        render_kw={"rows": 3},
    )
