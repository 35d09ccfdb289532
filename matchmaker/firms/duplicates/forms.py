"""Forms of suspected pairs."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from matchmaker.core.forms import BaseForm

LONGEST = 1000


class PutAsideForm(BaseForm):
    """Why two firms are not the same."""

    reason = TextAreaField(
        _l("Why they are not the same"),
        [
            InputRequired(_l("Give a reason.")),
            Length(max=LONGEST, message=_l("Use at most %(most)s characters.", most=LONGEST)),
        ],
        description=_l("Colleagues read it; the firms do not."),
        render_kw={"rows": 3},
    )
