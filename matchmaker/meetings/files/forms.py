"""The form by which a list comes in."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, SelectField

from matchmaker.core.forms import BaseForm
from matchmaker.meetings.files.words import LISTS, WHOLE_DAY

WHOLE = "day"
"""The choice of all lists in one document."""


class ImportForm(BaseForm):
    """A list as a file."""

    kind = SelectField(
        _l("List"), choices=[(WHOLE, WHOLE_DAY), *((kind.value, word) for kind, word in LISTS.items())]
    )
    file = FileField(
        _l("File"), [FileRequired(_l("Choose the file."))], render_kw={"accept": ".csv,.xlsx,.json"}
    )
    write = BooleanField(
        _l("Write the lines"),
        description=_l(
            "Without this the file is only checked: you see what would change, and every error with its place."
        ),
    )
