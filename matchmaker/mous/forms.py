"""Forms of memorandums."""

from typing import Any

from babel import Locale
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from matchmaker.core.forms import BaseForm
from matchmaker.core.i18n import language
from matchmaker.mous import rules
from matchmaker.mous.enums import TransferBasisKind
from matchmaker.mous.wording import BASIS_LABELS


def cover_field() -> TextAreaField:
    """The reason for publishing something that no memorandum covers; the gate asks for it where it is needed."""
    return TextAreaField(
        _l("Reason for going on without cover"),
        description=_l("It is logged with your name and shown on the memorandum."),
        validators=[
            Optional(),
            Length(max=rules.LONGEST_REASON, message=_l("Write at most %(max)d letters.")),
        ],
        render_kw={"rows": 2},
    )


class TransferBasisForm(BaseForm):
    """The ground on which contact data of a country's persons may be shown to the other side."""

    from_country = SelectField(_l("Persons of"))
    kind = SelectField(
        _l("Legal ground"),
        choices=[(kind.value, label) for kind, label in BASIS_LABELS.items()],
        description=_l("Your lawyers decide which ground applies. This page only records it."),
    )
    reference = StringField(
        _l("Document"),
        validators=[InputRequired(_l("Enter the number or title of the document.")), Length(max=500)],
        description=_l("Number, date or title by which the document can be found"),
    )
    valid_from = DateField(_l("Valid from"), validators=[InputRequired(_l("Enter the date, day first."))])
    notified_on = DateField(_l("Authority notified on"), validators=[Optional()])

    def __init__(self, *args: Any, countries: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = Locale.parse(language()).territories
        self.from_country.choices = [(code, names.get(code, code)) for code in countries]

    def values(self) -> dict[str, Any]:
        """What the service needs."""
        return {
            "from_country": self.from_country.data,
            "kind": TransferBasisKind(self.kind.data),
            "reference": self.reference.data or "",
            "valid_from": self.valid_from.data,
            "notified_on": self.notified_on.data,
        }
