"""Forms of the dated tables: rules of entry and schemes of co-financing."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from matchmaker.core.forms import BaseForm
from matchmaker.core.i18n import language
from matchmaker.firms.fields import Between, DayField, QuantityField, WholeNumberField
from matchmaker.institutions.models import Institution
from matchmaker.programmes.trips import words
from matchmaker.programmes.trips.enums import CostKind, EntryPath, PaperKind
from matchmaker.programmes.trips.models import EntryRule, SupportScheme
from matchmaker.programmes.trips.table_services import EntryTerms, SchemeTerms
from matchmaker.reference import countries, regions

CURRENCIES = ("TRY", "RUB", "EUR", "USD")
MOST_DAYS = 3650
LARGEST_SUM = 10**12
NAME = Length(max=200, message=_l("Write at most %(max)d letters."))
LINE = Length(max=500, message=_l("Write at most %(max)d letters."))


class EntryRuleForm(BaseForm):
    """One rule of entry."""

    nationality = SelectField(_l("Nationals of"), [InputRequired(_l("Choose a country."))])
    destination = SelectField(_l("Who travel to"), [InputRequired(_l("Choose a country."))])
    path = SelectField(
        _l("They need"), choices=[(path.value, label) for path, label in words.ENTRY_PATHS.items()]
    )
    lead_days = WholeNumberField(
        _l("Days from asking to having the papers"),
        [InputRequired(_l("Enter the number of days, 0 where nothing is needed.")), Between(0, MOST_DAYS)],
        description=_l("Calendar days. A trip that is closer warns its staff and its firms."),
    )
    longest_stay_days = WholeNumberField(
        _l("Longest stay in days"),
        [Between(1, MOST_DAYS)],
        description=_l("Leave empty where the source names none."),
    )
    valid_from = DayField(_l("Valid from"), [InputRequired(_l("Enter the date, day first."))])
    source_note = StringField(
        _l("Source"),
        [DataRequired(_l("Say where the rule was read.")), LINE],
        description=_l("Document or page with its date, so that a colleague can check it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _l("Choose a country")), *countries.names(language()).items()]
        self.nationality.choices = self.destination.choices = choices

    @classmethod
    def of(cls, rule: EntryRule | None) -> "EntryRuleForm":
        """The form with what is recorded."""
        form = cls(obj=rule)
        if rule is not None and not form.is_submitted():
            form.path.data = rule.path.value
        return form

    def terms(self) -> EntryTerms:
        """What the service needs."""
        return EntryTerms(
            nationality=self.nationality.data,
            destination=self.destination.data,
            path=EntryPath(self.path.data),
            lead_days=self.lead_days.data,
            longest_stay_days=self.longest_stay_days.data,
            valid_from=self.valid_from.data,
            source_note=(self.source_note.data or "").strip(),
        )


class BoxesField(SelectMultipleField):
    """Several of a list, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class SchemeForm(BaseForm):
    """One scheme of co-financing, without its rates."""

    institution = SelectField(_l("Institution"), coerce=int)
    name_tr = StringField(_l("Name in Turkish"), [DataRequired(_l("Enter the name.")), NAME])
    name_ru = StringField(_l("Name in Russian"), [DataRequired(_l("Enter the name.")), NAME])
    name_en = StringField(_l("Name in English"), [DataRequired(_l("Enter the name.")), NAME])
    currency = SelectField(_l("Currency"), choices=[(code, code) for code in CURRENCIES])
    cost_kinds = BoxesField(
        _l("Costs that count"),
        [InputRequired(_l("Choose at least one kind of cost."))],
        choices=[(kind.value, label) for kind, label in words.COST_KINDS.items()],
    )
    paper_kinds = BoxesField(
        _l("Papers that a claim needs"),
        choices=[(kind.value, label) for kind, label in words.PAPER_KINDS.items()],
    )
    valid_from = DayField(_l("Valid from"), [InputRequired(_l("Enter the date, day first."))])
    valid_to = DayField(_l("Valid until"))
    source_note = StringField(_l("Source"), [LINE])

    def __init__(self, *args: Any, institutions: list[Institution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.institution.choices = [(one.id, one.short_name) for one in institutions]

    def terms(self) -> SchemeTerms:
        """What the service needs."""
        return SchemeTerms(
            name_tr=(self.name_tr.data or "").strip(),
            name_ru=(self.name_ru.data or "").strip(),
            name_en=(self.name_en.data or "").strip(),
            currency=self.currency.data,
            cost_kinds=[CostKind(one) for one in self.cost_kinds.data or ()],
            paper_kinds=[PaperKind(one) for one in self.paper_kinds.data or ()],
            valid_from=self.valid_from.data,
            valid_to=self.valid_to.data,
            source_note=(self.source_note.data or "").strip(),
        )


class RateForm(BaseForm):
    """The share and the cap for one region."""

    region_code = SelectField(_l("Region"))
    percent = QuantityField(
        _l("Share in per cent"),
        [InputRequired(_l("Enter a number between 1 and 100.")), Between(1, 100)],
    )
    cap = QuantityField(
        _l("Cap for one firm and trip"),
        [InputRequired(_l("Enter the cap.")), Between(1, LARGEST_SUM)],
    )

    def __init__(self, *args: Any, scheme: SupportScheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = regions.of_country(scheme.institution.country or "", language())
        self.region_code.choices = [
            ("", words.region_name("")),
            *((one.code, one.label(language())) for one in mine),
        ]
