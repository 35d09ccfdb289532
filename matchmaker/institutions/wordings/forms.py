"""The form of a mail's words."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from matchmaker.core.forms import BaseForm
from matchmaker.core.versions import VersionedForm
from matchmaker.core.wordings import Wording
from matchmaker.institutions.wordings.rules import clean

TOO_LONG = _l("Write at most %(max)d letters.")
SUBJECT, TEXT = 150, 5000


class WordingForm(VersionedForm):
    subject = StringField(
        _l("Subject"),
        validators=[InputRequired(_l("Write the subject.")), Length(max=SUBJECT, message=TOO_LONG)],
    )
    text = TextAreaField(
        _l("Text"),
        validators=[InputRequired(_l("Write the text.")), Length(max=TEXT, message=TOO_LONG)],
        render_kw={"rows": 14},
    )

    def wording(self) -> Wording:
        """What was typed."""
        return clean(self.subject.data or "", self.text.data or "")


class BackForm(BaseForm):
    number = IntegerField(validators=[InputRequired()])
    version = IntegerField(validators=[InputRequired()])
