"""Forms of deals."""

from typing import Any

from babel import Locale
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from matchmaker.core.forms import BaseForm
from matchmaker.core.i18n import language
from matchmaker.firms.fields import DayField, QuantityField
from matchmaker.firms.list_forms import unknown_good
from matchmaker.matching.deals.enums import Currency, DealKind
from matchmaker.matching.deals.rules import LONGEST_NOTE, SHARES
from matchmaker.matching.deals.services import DealFacts
from matchmaker.matching.deals.words import KINDS, goods_text, share_text
from matchmaker.reference import hs

TOO_LONG = _l("Write at most %(max)d letters.")


class DealForm(BaseForm):
    """What a firm reports of a deal."""

    kind = RadioField(
        _l("What did you agree on?"),
        choices=[(kind.value, label) for kind, label in KINDS.items()],
        validators=[InputRequired(_l("Choose what you agreed on."))],
    )
    amount = QuantityField(
        _l("Amount"),
        validators=[Optional()],
        description=_l("Only the two firms and the institutions of both sides see it."),
    )
    currency = SelectField(_l("Currency"), validators=[Optional()])
    hs_code = StringField(
        _l("Code of the good (HS)"),
        validators=[Length(max=200, message=TOO_LONG)],
        description=_l("Type a word or the first digits, then choose."),
    )
    signed_on = DayField(_l("Signed on"), validators=[Optional()])
    expected_on = DayField(
        _l("Expected on"), validators=[Optional()], description=_l("If it is not signed yet.")
    )
    share_without = SelectField(
        _l("How much of it would have come without the programme?"),
        validators=[Optional()],
        description=_l("Your estimate. Reports show the results with this share and without it."),
    )
    note = TextAreaField(
        _l("Note"),
        validators=[Optional(), Length(max=LONGEST_NOTE, message=TOO_LONG)],
        render_kw={"rows": 3},
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        shares = [(str(one), share_text(one)) for one in SHARES]
        self.share_without.choices = [("", _l("Not stated")), *shares]
        names = Locale.parse(language()).currencies
        self.currency.choices = [
            ("", _l("Choose")),
            *((one.value, f"{one.value} – {names.get(one.value, one.value)}") for one in Currency),
        ]

    def validate_hs_code(self, field: StringField) -> None:
        """Refuse an unknown code with the nearest ones."""
        typed = (field.data or "").strip()
        if typed and hs.get(hs.clean(typed)) is None:
            raise ValidationError(unknown_good(typed))

    @property
    def chosen(self) -> str:
        """What the typed code stands for."""
        return goods_text(hs.clean(self.hs_code.data or ""))

    def facts(self) -> DealFacts:
        """What the service needs."""
        typed = (self.hs_code.data or "").strip()
        return DealFacts(
            kind=DealKind(self.kind.data),
            amount=self.amount.data,
            currency=Currency(self.currency.data) if self.currency.data else None,
            hs_code=hs.clean(typed) if typed else "",
            expected_on=self.expected_on.data,
            signed_on=self.signed_on.data,
            note=self.note.data or "",
            share_without=int(self.share_without.data) if self.share_without.data else None,
        )


class RefusalForm(BaseForm):
    """Why a firm does not confirm a deal."""

    reason = TextAreaField(
        _l("Why do you not confirm it?"),
        validators=[
            InputRequired(_l("Say why you do not confirm it.")),
            Length(max=LONGEST_NOTE, message=TOO_LONG),
        ],
        description=_l("The other firm and the institutions read this."),
        render_kw={"rows": 3},
    )
