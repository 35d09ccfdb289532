"""Forms of a firm's people and contact persons."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from wtforms import BooleanField, EmailField, Field, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from matchmaker.accounts.forms import email_field, is_address, language_field, trimmed
from matchmaker.core.actor import FirmRole
from matchmaker.core.forms import BaseForm
from matchmaker.core.i18n import language
from matchmaker.firms.contact_services import ContactData
from matchmaker.firms.models import ContactPerson, Firm
from matchmaker.firms.people_words import ROLES
from matchmaker.firms.phone_numbers import example_phone, read_phone
from matchmaker.reference import languages


def role_choices() -> list[tuple[str, Any]]:
    """The roles of a firm in the order of what they may do."""
    return [(role.value, name) for role, name in ROLES.items()]


class InviteMemberForm(BaseForm):
    """Whom to invite to which role."""

    email = email_field()
    role = RadioField(
        _l("Role"), [InputRequired(_l("Choose a role."))], choices=role_choices(), coerce=FirmRole
    )
    language = language_field()

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.email.label.text = _("E-mail of your colleague")
        self.language.description = _("The invitation is written in it.")


class RoleForm(BaseForm):
    """Which role somebody gets."""

    role = SelectField(
        _l("Role"),
        [InputRequired(_l("Choose a role."))],
        choices=role_choices(),
        coerce=FirmRole,
        default=FirmRole.MEMBER,
    )


class ContactForm(BaseForm):
    """A contact person; what the person consents to is not asked here but from the person."""

    name = StringField(
        lazy_pgettext("person", "Name"),
        [InputRequired(_l("Enter the name of the person.")), Length(max=200)],
        filters=[trimmed],
        description=_l("As the person writes it, in their own script."),
        render_kw={"autocomplete": "off"},
    )
    name_romanised = StringField(
        _l("Name in Latin letters"),
        [Optional(), Length(max=200)],
        filters=[trimmed],
        description=_l("Leave it empty and we spell it for you; you can change it afterwards."),
        render_kw={"autocomplete": "off"},
    )
    position = StringField(_l("Position"), [Optional(), Length(max=200)], filters=[trimmed])
    email = EmailField(
        _l("Work e-mail"),
        [InputRequired(_l("Enter the e-mail address of the person.")), Length(max=254), is_address],
        filters=[trimmed],
        description=_l("The person gets a link here and decides who may see these data."),
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
    phone = StringField(
        _l("Work telephone"), [Optional(), Length(max=40)], filters=[trimmed], render_kw={"type": "tel"}
    )
    languages = SelectMultipleField(
        _l("Languages"), [Optional()], option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )

    def __init__(self, firm: Firm, contact: ContactPerson | None = None, **options: Any) -> None:
        self.country = firm.country
        super().__init__(obj=contact, **options)
        self.languages.choices = list(languages.names(language()).items())
        example = example_phone(firm.country)
        self.phone.description = _("Such as %(example)s.", example=example) if example else ""

    def validate_phone(self, field: Field) -> None:
        """Read the number by the plan of the firm's country; raises ValidationError."""
        if not field.data:
            return
        try:
            field.data = read_phone(field.data, self.country)
        except ValueError as error:
            raise ValidationError(
                _("Enter a telephone number that exists, with the country code if it is abroad.")
            ) from error

    def contact_data(self) -> ContactData:
        """What was typed."""
        return ContactData(
            name=self.name.data or "",
            name_romanised=self.name_romanised.data or "",
            position=self.position.data or "",
            email=self.email.data or "",
            phone=self.phone.data or "",
            languages=tuple(self.languages.data or ()),
        )


class ConsentForm(BaseForm):
    """The consent to one purpose; the box is empty until the person ticks it."""

    agreed = BooleanField(
        _l("I have read this text and give my consent."),
        [InputRequired(_l("Tick the box if you give your consent; otherwise close the page."))],
    )
