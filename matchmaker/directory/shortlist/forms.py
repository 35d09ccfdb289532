"""The form of a note."""

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from wtforms import TextAreaField
from wtforms.validators import Length

from matchmaker.core.forms import BaseForm
from matchmaker.directory.shortlist.rules import LONGEST_NOTE


class NoteForm(BaseForm):
    """What the own people should know of a firm."""

    note = TextAreaField(
        lazy_pgettext("shortlist", "Note"),
        validators=[Length(max=LONGEST_NOTE, message=_l("Write at most %(max)d letters."))],
        description=_l("Only the people of your firm read it."),
        render_kw={"rows": 5},
    )
