"""The form of a firm's numbers, made for each country from its schemes."""

from functools import cache
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from matchmaker.core.actor import Actor
from matchmaker.core.i18n import language
from matchmaker.firms import code_services, identity_services
from matchmaker.firms.enums import FirmState
from matchmaker.firms.forms import StepForm
from matchmaker.firms.models import Firm
from matchmaker.firms.schemes import checked, further, leading
from matchmaker.reference.identifiers import IdentifierError
from matchmaker.reference.wording import identifier_message

DIGITS = {"inputmode": "numeric", "autocomplete": "off"}
ANY_SIGN = {"autocomplete": "off"}


class IdentifiersForm(StepForm):
    """The tax number, and the further numbers as fields called scheme_<code>."""

    number = StringField(
        _l("Tax number"), [InputRequired(_l("Enter the tax number.")), Length(max=60)], render_kw=DIGITS
    )
    code = StringField(
        _l("Invitation code"),
        [Length(max=40)],
        description=_l(
            "Only if your institution wrote to you: with the code of its letter your firm is verified at once."
        ),
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )
    schemes: tuple[str, ...] = ()

    def values(self, firm: Firm) -> dict[str, Any]:
        have = {item.scheme: item.value for item in firm.identifiers}
        number = next((have[one.code] for one in leading(firm.country) if one.code in have), "")
        others = {f"scheme_{code}": have.get(code, "") for code in self.schemes}
        return {"number": number, "tax_office": firm.tax_office} | others

    def prepare(self) -> None:
        if self.firm.state is not FirmState.DRAFT:
            del self.code
        asked = leading(self.firm.country)
        self.number.label.text = _(" or ").join(one.label(language()) for one in asked)
        lengths = _(" or ").join(str(one.longest) for one in asked)
        self.number.description = _(
            "%(count)s characters. You can type it with or without spaces.", count=lengths
        )
        for scheme in further(self.firm.country):
            self[f"scheme_{scheme.code}"].label.text = scheme.label(language())
        self.numbers: dict[str, str] = {}

    def validate(self, extra_validators: Any = None) -> bool:
        """Check digits and the agreement of the numbers with each other."""
        valid = bool(super().validate(extra_validators))
        if not valid:
            return False
        others = {code: self[f"scheme_{code}"].data or "" for code in self.schemes}
        try:
            self.numbers = checked(self.firm.country, self.number.data or "", others)
        except IdentifierError as error:
            code = error.scheme.code
            field = self[f"scheme_{code}"] if code in self.schemes else self.number
            field.errors = [*field.errors, identifier_message(error, language())]
            return False
        return True

    def apply(self, actor: Actor) -> None:
        office = (self.data.get("tax_office") or "").strip()
        identity_services.set_identifiers(actor, self.firm, self.version.data, self.numbers, office)
        typed = (self.data.get("code") or "").strip()
        if typed:
            code_services.claim(actor, self.firm, typed, self.numbers)


@cache
def form_for(country: str) -> type[IdentifiersForm]:
    """The form with the fields of a country."""
    codes = tuple(one.code for one in further(country))
    fields: dict[str, Any] = {"schemes": codes}
    for scheme in further(country):
        fields[f"scheme_{scheme.code}"] = StringField(
            scheme.code, [Length(max=60)], render_kw=ANY_SIGN if scheme.pattern else DIGITS
        )
    fields["tax_office"] = StringField(_l("Tax office"), [Length(max=200)])
    return type(f"IdentifiersForm{country}", (IdentifiersForm,), fields)


def identifiers_form(firm: Firm, **options: Any) -> IdentifiersForm:
    """The form of the firm's country."""
    return form_for(firm.country)(firm, **options)
