"""The form of a message."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import HiddenField, TextAreaField
from wtforms.validators import InputRequired, Length

from matchmaker.core.forms import BaseForm
from matchmaker.messages.rules import LONGEST


class MessageForm(BaseForm):
    """A message to the other firm, with files."""

    text = TextAreaField(
        _l("Your message"),
        validators=[
            InputRequired(_l("Write a message.")),
            Length(max=LONGEST, message=_l("Shorten the message.")),
        ],
        render_kw={"rows": 4, "maxlength": LONGEST},
    )
    files = MultipleFileField(
        _l("Files"),
        description=_l("PDF, PNG, JPEG, DOCX or XLSX, at most five files"),
        render_kw={"multiple": True},
    )


class ReadForm(BaseForm):
    """Up to which message the reader has seen the conversation."""

    message_id = HiddenField()
