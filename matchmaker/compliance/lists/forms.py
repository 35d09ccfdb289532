"""Forms of lists: a file as a new version, and the officer's word where many entries would be lost."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, DateField, SelectField, StringField
from wtforms.validators import Length, Optional

from matchmaker.compliance.lists import queries
from matchmaker.compliance.lists.services import LONGEST_VERSION, Asked
from matchmaker.core.forms import BaseForm


class UploadForm(BaseForm):
    """A file and the list it is a new version of; an empty choice is a list that is not here yet."""

    known = SelectField(_l("List"), validate_choice=True)
    name = StringField(
        _l("Name of the new list"),
        [Length(max=200, message=_l("Write at most %(max)d letters."))],
        description=_l("Only for a list that is not here yet: who publishes it, and its name."),
    )
    file = FileField(
        _l("File of the list"),
        [FileRequired(_l("Choose the file."))],
        description=_l(
            "As its publisher offers it, unpacked: XML of the UN, the EU or OFAC, targets.simple.csv of OpenSanctions, "
            "or a table with the columns below."
        ),
        render_kw={"accept": ".xml,.csv,.xlsx,.txt"},
    )
    version = StringField(
        _l("Version"),
        [Length(max=LONGEST_VERSION, message=_l("Write at most %(max)d letters."))],
        description=_l("As the publisher calls it. Left empty, the date of the file is taken."),
    )
    dated_on = DateField(
        _l("Date of the list"),
        [Optional()],
        description=_l("Left empty, the date is taken from the file where it says one."),
    )

    def offer_lists(self) -> "UploadForm":
        """Offer the lists in use; the first of them is chosen."""
        self.known.choices = [(name, name) for name in queries.list_names()] + [("", _l("A new list"))]
        return self

    def asked(self) -> Asked:
        """What the officer asks for."""
        name = self.known.data or self.name.data or ""
        return Asked(name, (self.version.data or "").strip(), self.dated_on.data)


class TakeInForm(BaseForm):
    """The officer's word that a file with holes is the right one."""

    sure = BooleanField(_l("I have looked at this, and the file is the right one."))
