"""Forms of the steps of a profile that ask for single values."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional, Regexp, ValidationError
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from matchmaker.core import clock
from matchmaker.core.actor import Actor
from matchmaker.core.errors import DomainError
from matchmaker.core.forms import BaseForm
from matchmaker.core.i18n import language, order_countries
from matchmaker.firms import identity_services, profile_services, rules
from matchmaker.firms.fields import Between, QuantityField, WholeNumberField
from matchmaker.firms.models import Firm
from matchmaker.firms.profile_services import Figures, Names, Place
from matchmaker.firms.schemes import leading
from matchmaker.reference import countries, identifiers, languages, legal_forms, regions, size_rules

OLDEST_YEAR = 1600
NO_RULE_CURRENCIES = ("EUR", "USD")


class StepForm(BaseForm):
    """A form of one step: filled from the firm, and applied to it; `version` is that of the firm when it was shown."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])

    def __init__(self, firm: Firm, **options: Any) -> None:
        self.firm = firm
        super().__init__(data={"version": firm.version} | self.values(firm), **options)
        self.prepare()

    def values(self, firm: Firm) -> dict[str, Any]:
        """What the fields hold before anything is typed."""
        return {}

    def prepare(self) -> None:
        """Set the choices that depend on the firm or the reader."""

    def apply(self, actor: Actor) -> None:
        """Do what the step is for; raises DomainError."""
        raise NotImplementedError

    def renew_version(self) -> None:
        """After a conflict: the next attempt is made knowing the present state."""
        self.version.raw_data = None
        self.version.data = self.firm.version


def country_choices() -> list[tuple[str, str]]:
    """The countries whose numbers are known, in the order of the alternat."""
    known = {scheme.country for scheme in identifiers.all_schemes().values() if scheme.country}
    return [(code, countries.label(code, language())) for code in order_countries(sorted(known))]


def country_notes() -> dict[str, str]:
    """For each country the number that will be asked for."""
    return {
        code: " / ".join(one.label(language()) for one in leading(code)) for code, _name in country_choices()
    }


class CountryForm(BaseForm):
    country = RadioField(
        _l("Country of registration"),
        validators=[InputRequired(_l("Choose the country your firm is registered in."))],
    )

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.country.choices = country_choices()


class CountryStepForm(StepForm):
    country = RadioField(
        _l("Country of registration"),
        validators=[InputRequired(_l("Choose the country your firm is registered in."))],
    )

    def values(self, firm: Firm) -> dict[str, Any]:
        return {"country": firm.country}

    def prepare(self) -> None:
        self.country.choices = country_choices()

    def apply(self, actor: Actor) -> None:
        profile_services.set_country(actor, self.firm, self.version.data, self.country.data)


class NamesForm(StepForm):
    legal_name = StringField(
        _l("Registered name"),
        [InputRequired(_l("Enter the name as it stands in the register.")), Length(max=200)],
        description=_l("In the script of the register, with the legal form."),
    )
    name_romanised = StringField(
        lazy_pgettext("firm", "Name in Latin letters"),
        [
            Length(max=200),
            Optional(),
            Regexp(r"^[^\u0400-\u04ff]*$", message=_l("Write this name in Latin letters.")),
        ],
        description=_l("Leave it empty and we spell it for you; you can change it afterwards."),
    )
    trade_name = StringField(
        _l("Trade name"), [Length(max=200)], description=_l("If you are known by another name.")
    )
    legal_form = SelectField(_l("Legal form"), [InputRequired(_l("Choose the legal form."))])

    def values(self, firm: Firm) -> dict[str, Any]:
        return {
            "legal_name": firm.legal_name,
            "name_romanised": firm.name_romanised,
            "trade_name": firm.trade_name,
            "legal_form": firm.legal_form or self.guessed_form(firm),
        }

    def guessed_form(self, firm: Firm) -> str:
        """The legal form that the name itself bears, if any."""
        name = f" {firm.legal_name.casefold()} "
        for form in legal_forms.of_country(firm.country):
            if any(f" {spelling.casefold()} " in name for spelling in form.spellings):
                return form.code
        return ""

    def prepare(self) -> None:
        forms = legal_forms.of_country(self.firm.country)
        self.legal_form.choices = [("", _("Choose")), *((one.code, one.label(language())) for one in forms)]

    def apply(self, actor: Actor) -> None:
        legal = " ".join((self.legal_name.data or "").split())
        names = Names(
            legal_name=legal,
            name_romanised=(self.name_romanised.data or "").strip() or identity_services.romanised(legal),
            trade_name=(self.trade_name.data or "").strip(),
            legal_form=self.legal_form.data,
        )
        profile_services.set_names(actor, self.firm, self.version.data, names)


class PlaceForm(StepForm):
    region_code = SelectField(_l("Region"))
    town = StringField(_l("Town"), [InputRequired(_l("Enter the town.")), Length(max=200)])
    address = StringField(
        _l("Address"),
        [Length(max=500)],
        description=_l("Shown to introduced firms only, unless you decide otherwise."),
    )
    postcode = StringField(_l("Postcode"), [Length(max=16)], render_kw={"autocomplete": "postal-code"})
    website = StringField(
        _l("Website"),
        [
            Length(max=500),
            Optional(),
            Regexp(
                r"^(https?://)?[^\s/:@]+\.[^\s@]+$", message=_l("Enter an address such as www.example.com.")
            ),
        ],
        render_kw={"inputmode": "url", "autocomplete": "url"},
    )

    def values(self, firm: Firm) -> dict[str, Any]:
        names = ("region_code", "town", "address", "postcode", "website")
        return {name: getattr(firm, name) for name in names}

    def prepare(self) -> None:
        known = regions.of_country(self.firm.country, language())
        self.region_code.choices = [("", _("Choose")), *((one.code, one.label(language())) for one in known)]
        if not rules.is_region_mapped(self.firm):
            del self.region_code

    def validate_region_code(self, field: SelectField) -> None:
        if not field.data and regions.of_country(self.firm.country, language()):
            raise ValidationError(_("Choose the region."))

    def apply(self, actor: Actor) -> None:
        typed = {name: (self.data.get(name) or "").strip() for name in self.values(self.firm)}
        if typed["website"] and "://" not in typed["website"]:
            typed["website"] = f"https://{typed['website']}"
        profile_services.set_place(actor, self.firm, self.version.data, Place(**typed))


class SizeForm(StepForm):
    founded_year = WholeNumberField(_l("Founding year"), [Optional()], thousands=False)
    headcount = WholeNumberField(
        _l("People employed"),
        [InputRequired(_l("Enter the number of people employed.")), Between(0, 10_000_000)],
        description=_l("The average of the last year, owners who work in the firm included."),
    )
    turnover = QuantityField(
        _l("Turnover of the last year"),
        [InputRequired(_l("Enter the turnover.")), Between(0, 10**15)],
        description=_l("Without VAT, in whole units, such as 12 500 000."),
    )
    turnover_currency = SelectField(_l("Currency"), [InputRequired(_l("Choose the currency."))])
    turnover_year = WholeNumberField(
        _l("Year of these figures"), [InputRequired(_l("Enter the year of these figures."))], thousands=False
    )
    balance = QuantityField(_l("Balance sheet total"), [Optional(), Between(0, 10**15)])
    public = QuantityField(
        _l("Share of public owners, per cent"),
        [Optional(), Between(0, 100)],
        description=_l("State, regions, municipalities, public funds and associations together."),
    )
    foreign_or_large = QuantityField(
        _l("Share of foreign and large owners, per cent"),
        [Optional(), Between(0, 100)],
        description=_l("Foreign firms and firms that are not SMEs together."),
    )

    def values(self, firm: Firm) -> dict[str, Any]:
        names = ("founded_year", "headcount", "turnover", "turnover_currency", "balance")
        shares = {name: firm.ownership.get(name) for name in ("public", "foreign_or_large")}
        year = firm.turnover_year or clock.today().year - 1
        return {name: getattr(firm, name) for name in names} | {"turnover_year": year} | shares

    def prepare(self) -> None:
        today = clock.today()
        limits = size_rules.limits(self.firm.country, today)
        currencies = (limits[0].currency,) if limits else NO_RULE_CURRENCIES
        self.turnover_currency.choices = [(code, code) for code in currencies]
        if not size_rules.asks_ownership(self.firm.country, today):
            del self.public, self.foreign_or_large

    def validate_founded_year(self, field: WholeNumberField) -> None:
        self._check_year(field, OLDEST_YEAR)

    def validate_turnover_year(self, field: WholeNumberField) -> None:
        self._check_year(field, 1990)

    def _check_year(self, field: WholeNumberField, first: int) -> None:
        last = clock.today().year
        if field.data is not None and not first <= field.data <= last:
            raise ValidationError(_("Enter a year between %(first)s and %(last)s.", first=first, last=last))

    def figures(self) -> Figures:
        """What was typed; what the form does not ask stays as the firm has it."""
        shares = {name: self.data[name] for name in ("public", "foreign_or_large") if name in self.data}
        return Figures(
            founded_year=self.data.get("founded_year", self.firm.founded_year),
            headcount=self.headcount.data,
            turnover=self.turnover.data,
            turnover_currency=self.turnover_currency.data,
            turnover_year=self.turnover_year.data,
            balance=self.data.get("balance", self.firm.balance),
            ownership={name: format(share, "f") for name, share in shares.items() if share is not None},
        )

    def apply(self, actor: Actor) -> None:
        profile_services.set_figures(actor, self.firm, self.version.data, self.figures())


class LanguagesForm(StepForm):
    languages = SelectMultipleField(
        _l("Languages"),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        description=_l("In which somebody of your firm can write and speak about business."),
    )

    def values(self, firm: Firm) -> dict[str, Any]:
        return {"languages": [item.language for item in firm.languages]}

    def prepare(self) -> None:
        self.languages.choices = list(languages.names(language()).items())

    def apply(self, actor: Actor) -> None:
        profile_services.set_languages(actor, self.firm, self.version.data, self.languages.data or [])


class PassStepForm(StepForm):
    """A step that only shows what is kept elsewhere and goes on."""

    shown = HiddenField()

    def apply(self, actor: Actor) -> None:
        if not rules.may_edit(actor, self.firm):
            raise DomainError(_("You do not have permission for this."))


class JoinForm(BaseForm):
    note = TextAreaField(
        _l("Who are you in this firm?"),
        [InputRequired(_l("Write who you are, so that the firm can recognise you.")), Length(max=1000)],
        description=_l("The administrators of the firm and its institution read this."),
        render_kw={"rows": 4},
    )
