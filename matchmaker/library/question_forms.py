"""Forms of questions between institutions."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from werkzeug.datastructures import FileStorage
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from matchmaker.core.forms import BaseForm
from matchmaker.core.i18n import language
from matchmaker.firms.fields import DayField
from matchmaker.institutions.models import Institution
from matchmaker.library.note_forms import NAME, PROSE
from matchmaker.mous.models import Mou


class FilesForm(BaseForm):
    """A form that may carry files."""

    files = MultipleFileField(
        _l("Files"), description=_l("PDF, PNG, JPEG, DOCX or XLSX"), render_kw={"multiple": True}
    )

    def uploads(self) -> list[FileStorage]:
        """The files that were chosen."""
        return [upload for upload in self.files.data or [] if upload and upload.filename]


class QuestionForm(FilesForm):
    """A question to another party of a memorandum."""

    mou_id = SelectField(_l("Under the memorandum"), coerce=int)
    from_institution_id = SelectField(_l("Asking institution"), coerce=int)
    to_institution_id = SelectField(_l("Asked institution"), coerce=int)
    title = StringField(
        _l("Question in one line"), [InputRequired(_l("Enter the question in one line.")), NAME]
    )
    text = TextAreaField(
        _l("What you want to know, and what for"),
        [InputRequired(_l("Write what you want to know.")), PROSE],
        render_kw={"rows": 6},
    )
    due_on = DayField(_l("Answer wanted by"), [InputRequired(_l("Enter the date, day first."))])

    def __init__(self, *args: Any, mous: Sequence[Mou], own: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken = language()
        parties: dict[int, Institution] = {
            party.institution_id: party.institution for mou in mous for party in mou.parties
        }
        self.mou_id.choices = [(mou.id, mou.title(spoken)) for mou in mous]
        self.from_institution_id.choices = [
            (number, one.name(spoken)) for number, one in parties.items() if number in own
        ]
        self.to_institution_id.choices = [
            (number, one.name(spoken)) for number, one in parties.items() if len(own) > 1 or number not in own
        ]


class AnswerForm(FilesForm):
    """The answer to a question."""

    answer = TextAreaField(
        _l("Answer"), [InputRequired(_l("Write the answer.")), PROSE], render_kw={"rows": 8}
    )
