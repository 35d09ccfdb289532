"""Forms of letters."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import Length

from matchmaker.core.forms import BaseForm
from matchmaker.core.i18n import LANGUAGE_NAMES
from matchmaker.programmes.models import Delegate
from matchmaker.programmes.trips import words
from matchmaker.programmes.trips.enums import LetterKind
from matchmaker.programmes.trips.letter_services import Order


class OrderForm(BaseForm):
    """A letter for one delegate, or for all."""

    delegate_id = SelectField(_l("Who gets a letter"))
    kind = SelectField(
        _l("Kind of letter"), choices=[(one.value, label) for one, label in words.LETTER_KINDS.items()]
    )
    language = SelectField(_l("Language"), choices=list(LANGUAGE_NAMES.items()))
    addressee = TextAreaField(
        _l("Addressee"),
        [Length(max=500, message=_l("Write at most %(max)d letters."))],
        description=_l("The consulate as it is written on the letter; empty for “to whom it may concern”."),
        render_kw={"rows": 3},
    )

    def __init__(self, *args: Any, people: Sequence[Delegate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(one.id), one.name) for one in people]
        self.delegate_id.choices = [("", _l("All delegates, with the list of scores")), *named]

    def order(self) -> Order:
        """What the service needs."""
        return Order(LetterKind(self.kind.data), self.language.data, (self.addressee.data or "").strip())


class CancelLetterForm(BaseForm):
    """Why a letter is cancelled."""

    reason = StringField(_l("Reason"), [Length(max=500, message=_l("Write at most %(max)d letters."))])
