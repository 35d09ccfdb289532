"""The form of a message."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import Length

from matchmaker.core.forms import BaseForm
from matchmaker.programmes.capacity import quota_name
from matchmaker.programmes.enums import SignUpState
from matchmaker.programmes.mailings.services import Words
from matchmaker.programmes.models import Programme
from matchmaker.programmes.participants import TO_DECIDE, Wanted, named_countries
from matchmaker.programmes.words import SIGN_UP_STATES

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


class MessageForm(WordsForm):
    """A message and the group it goes to: the filters of the participants table."""

    state = SelectField(_l("State"))
    quota = SelectField(_l("Quota"))
    country = SelectField(_l("Country"))
    q = StringField(_l("Firm or person"), validators=[Length(max=80, message=TOO_LONG)])

    def __init__(self, *args: Any, programme: Programme, asked: Wanted, **kwargs: Any) -> None:
        data = {"state": asked.state, "quota": asked.quota, "country": asked.country, "q": asked.text}
        super().__init__(*args, data=data, **kwargs)
        self.state.choices = [
            ("", _("Every state")),
            (TO_DECIDE, _("To be decided")),
            *(
                (state.value, str(word))
                for state, (word, _kind) in SIGN_UP_STATES.items()
                if state is not SignUpState.DRAFT
            ),
        ]
        self.quota.choices = [
            ("", _("Any quota")),
            *((str(one.id), quota_name(one)) for one in programme.quotas),
        ]
        self.country.choices = [("", _("Every country")), *named_countries(programme)]

    def filters(self) -> dict[str, str]:
        """The group as an address of the participants table names it."""
        return {name: self[name].data or "" for name in ("state", "quota", "country", "q")}
