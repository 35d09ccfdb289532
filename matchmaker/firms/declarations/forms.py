"""Forms of declarations of size."""

from typing import Any

from babel.dates import get_month_names
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from matchmaker.core import clock
from matchmaker.core.actor import Actor
from matchmaker.core.forms import BaseForm
from matchmaker.core.i18n import language
from matchmaker.firms.declarations import rules, words
from matchmaker.firms.declarations.services import TermToRecord
from matchmaker.firms.fields import Between, DayField, WholeNumberField, reader_locale
from matchmaker.firms.forms import SizeForm
from matchmaker.firms.models import Firm
from matchmaker.reference import countries, size_rules


class DeclarationForm(SizeForm):
    """The figures of a declaration, filled with the last ones; what the rule of the country does not ask is left out."""

    def values(self, firm: Firm) -> dict[str, Any]:
        return {name: value for name, value in super().values(firm).items() if name != "founded_year"}

    def prepare(self) -> None:
        super().prepare()
        del self.founded_year
        if not any(one.balance for one in size_rules.limits(self.firm.country, clock.today())):
            del self.balance


class AskForm(BaseForm):
    """Why a firm should declare its size anew."""

    reason = TextAreaField(
        _l("Reason"),
        [
            InputRequired(_l("Give a reason; the firm reads it.")),
            Length(max=rules.LONGEST_REASON, message=_l("Write at most %(max)d letters.")),
        ],
        description=_l("The firm reads it."),
        render_kw={"rows": 3},
    )


class TermForm(BaseForm):
    """Until which day of the year declarations count."""

    country = SelectField(_l("Country"))
    holder = SelectField(_l("Which firms"), choices=list(words.HOLDERS.items()))
    day = WholeNumberField(_l("Day"), [InputRequired(_l("Enter the day of the month.")), Between(1, 31)])
    month = SelectField(_l("Month"), coerce=int)
    valid_from = DayField(_l("For declarations made from"), [InputRequired(_l("Enter the date, day first."))])
    source_note = StringField(
        _l("Source"),
        [
            DataRequired(_l("Say where the rule was read.")),
            Length(max=500, message=_l("Write at most %(max)d letters.")),
        ],
        description=_l("Document or page with its date, so that a colleague can check it."),
    )

    def __init__(self, actor: Actor, **options: Any) -> None:
        super().__init__(**options)
        own = sorted(rules.officer_countries(actor))
        self.country.choices = [(code, countries.label(code, language())) for code in own]
        names = get_month_names("wide", context="stand-alone", locale=reader_locale())
        self.month.choices = [(number, names[number]) for number in range(1, 13)]

    def term(self) -> TermToRecord:
        """What the service needs."""
        return TermToRecord(
            country=self.country.data,
            holder=self.holder.data,
            month=self.month.data,
            day=self.day.data,
            valid_from=self.valid_from.data,
            source_note=(self.source_note.data or "").strip(),
        )
