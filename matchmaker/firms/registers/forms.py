"""Forms of imports: one file each."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired

from matchmaker.core.forms import BaseForm


class RegisterForm(BaseForm):
    """The official zip of the national register."""

    file = FileField(
        _l("Zip file of the register"),
        [FileRequired(_l("Choose the file."))],
        description=_l("The open data file as the tax service publishes it; do not unpack it."),
        render_kw={"accept": ".zip"},
    )


class ListForm(BaseForm):
    """An agency's own list of firms."""

    file = FileField(
        _l("List of firms"),
        [FileRequired(_l("Choose the file."))],
        description=_l("CSV or XLSX with a row of headings; at least the tax number and the name."),
        render_kw={"accept": ".csv,.xlsx,.txt"},
    )
