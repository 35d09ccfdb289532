"""The form of a message."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import Length

from matchmaker.core.forms import BaseForm
from matchmaker.programmes.group_forms import GroupForm
from matchmaker.programmes.mailings.services import Words

TOO_LONG = _l("Write at most %(max)d letters.")
SUBJECT, TEXT = 150, 5000


def _subject(label: Any) -> StringField:
    return StringField(label, validators=[Length(max=SUBJECT, message=TOO_LONG)])


def _text(label: Any) -> TextAreaField:
    return TextAreaField(label, validators=[Length(max=TEXT, message=TOO_LONG)], render_kw={"rows": 5})


class WordsForm(BaseForm):
    """Subject and text in three languages."""

    subject_tr = _subject(_l("Subject in Turkish"))
    text_tr = _text(_l("Text in Turkish"))
    subject_ru = _subject(_l("Subject in Russian"))
    text_ru = _text(_l("Text in Russian"))
    subject_en = _subject(_l("Subject in English"))
    text_en = _text(_l("Text in English"))

    def words(self) -> Words:
        """The words as typed, without blanks around them."""
        return Words(
            **{
                f"{part}_{code}": (self[f"{part}_{code}"].data or "").strip()
                for part in ("subject", "text")
                for code in ("tr", "ru", "en")
            }
        )


class MessageForm(GroupForm, WordsForm):
    """A message and the group it goes to."""
