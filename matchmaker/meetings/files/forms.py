"""The form by which a list comes in."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, SelectField

from matchmaker.core.forms import BaseForm
from matchmaker.meetings.files.lists import IMPORTED
from matchmaker.meetings.files.words import LISTS


class ImportForm(BaseForm):
    """A list as a file."""

    kind = SelectField(_l("List"), choices=[(kind.value, LISTS[kind]) for kind in IMPORTED])
    file = FileField(_l("File"), [FileRequired(_l("Choose the file."))], render_kw={"accept": ".csv,.xlsx"})
    write = BooleanField(
        _l("Write the lines"),
        description=_l("Without this the file is only checked and every error is told by its line."),
    )
