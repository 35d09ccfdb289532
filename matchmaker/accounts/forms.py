"""Forms of accounts."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, Field, PasswordField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from matchmaker.accounts import rules
from matchmaker.accounts.addresses import LONGEST as LONGEST_ADDRESS
from matchmaker.accounts.addresses import parse_address
from matchmaker.accounts.passwords import LONGEST, SHORTEST
from matchmaker.core.forms import BaseForm
from matchmaker.core.i18n import LANGUAGE_NAMES, language
from matchmaker.reference import countries

PASSWORD_HINT = _l(
    "At least %(least)s characters. A sentence is easier to remember than a word.", least=SHORTEST
)


def is_address(form: BaseForm, field: Field) -> None:
    """Refuse what cannot be an e-mail address."""
    try:
        parse_address(field.data or "")
    except ValueError as error:
        raise ValidationError(_("Enter an e-mail address such as name@firm.com.")) from error


def trimmed(text: str | None) -> str | None:
    """A typed line without spaces around it and without line breaks in it."""
    return " ".join(text.split()) if text else text


def email_field() -> EmailField:
    """The address of the reader."""
    return EmailField(
        _l("E-mail"),
        [DataRequired(_l("Enter your e-mail address.")), Length(max=LONGEST_ADDRESS), is_address],
        filters=[trimmed],
        render_kw={"autocomplete": "email", "spellcheck": "false"},
    )


def name_field() -> StringField:
    """The name of the reader."""
    return StringField(
        _l("Your name"),
        [DataRequired(_l("Enter your name.")), Length(max=200, message=_l("Use at most 200 characters."))],
        filters=[trimmed],
        description=_l("As you write it, in your own script."),
        render_kw={"autocomplete": "name"},
    )


def new_password_field(label: Any = None) -> PasswordField:
    """A password to be set."""
    return PasswordField(
        label or _l("Password"),
        [
            InputRequired(_l("Choose a password.")),
            Length(min=SHORTEST, message=_l("Use at least %(least)s characters.", least=SHORTEST)),
            Length(max=LONGEST, message=_l("Use at most %(most)s characters.", most=LONGEST)),
        ],
        description=PASSWORD_HINT,
        render_kw={"autocomplete": "new-password"},
    )


def present_password_field(label: Any = None) -> PasswordField:
    """The password the reader has."""
    return PasswordField(
        label or _l("Password"),
        [
            InputRequired(_l("Enter your password.")),
            Length(max=LONGEST, message=_l("This is not your password.")),
        ],
        render_kw={"autocomplete": "current-password"},
    )


def romanised_name_field() -> StringField:
    """How a person is called by who cannot read the letters of the name."""
    return StringField(
        _l("Name in Latin letters"),
        [Optional(), Length(max=200, message=_l("Use at most 200 characters."))],
        filters=[trimmed],
        description=_l("As in your passport. Partners of the other side read it."),
    )


def language_field() -> SelectField:
    """The language of pages and mails."""
    return SelectField(
        _l("Language"),
        [InputRequired(_l("Choose a language."))],
        choices=list(LANGUAGE_NAMES.items()),
        description=_l("Pages and mails are written in it."),
        default=language,
    )


def refuse_weak(field: Field, email: str) -> None:
    """Refuse a password that would be guessed first; raises ValidationError."""
    if rules.is_weak(field.data or "", email):
        raise ValidationError(_("This password is easy to guess. Choose another one."))


class SignUpForm(BaseForm):
    """Somebody who wants an account."""

    name = name_field()
    email = email_field()
    password = new_password_field()
    language = language_field()
    country = SelectField(_l("Country"), [InputRequired(_l("Choose a country."))])

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.country.choices = [("", _l("Choose a country")), *countries.names(language()).items()]

    def validate_password(self, field: Field) -> None:
        """Refuse a password that would be guessed first."""
        refuse_weak(field, self.email.data or "")


class SignInForm(BaseForm):
    """E-mail and password."""

    email = EmailField(
        _l("E-mail"),
        [DataRequired(_l("Enter your e-mail address.")), Length(max=LONGEST_ADDRESS)],
        render_kw={"autocomplete": "username", "spellcheck": "false"},
    )
    password = present_password_field()


class CodeForm(BaseForm):
    """A code of the second factor."""

    code = StringField(
        _l("Code"),
        [DataRequired(_l("Enter the code.")), Length(max=40, message=_l("Enter the code."))],
        render_kw={"autocomplete": "one-time-code", "spellcheck": "false"},
    )


class FirstCodeForm(CodeForm):
    """The first code of an app that was just set up."""

    code = StringField(
        _l("Code from the app"),
        [DataRequired(_l("Enter the code.")), Length(max=10, message=_l("Enter the code of 6 digits."))],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"},
    )


class ForgotForm(BaseForm):
    """The address of somebody who forgot the password."""

    email = email_field()


class ConfirmForm(BaseForm):
    """The confirmation of an address; the password is asked for in a browser that did not sign up."""

    password = PasswordField(
        _l("Password"),
        [Length(max=LONGEST)],
        description=_l("The one you chose when you signed up."),
        render_kw={"autocomplete": "current-password"},
    )


class NewPasswordForm(BaseForm):
    """A new password, by a link."""

    password = new_password_field(_l("New password"))

    def __init__(self, email: str = "", **values: Any) -> None:
        super().__init__(**values)
        self.address = email

    def validate_password(self, field: Field) -> None:
        """Refuse a password that would be guessed first."""
        refuse_weak(field, self.address)


class ChangePasswordForm(NewPasswordForm):
    """A new password instead of the present one."""

    old_password = present_password_field(_l("Present password"))
    password = new_password_field(_l("New password"))


class PasswordForm(BaseForm):
    """The password again, before a change that a thief would like to make."""

    password = present_password_field(_l("Your password"))


class SettingsForm(BaseForm):
    """What a person decides about themselves."""

    name = name_field()
    name_romanised = romanised_name_field()
    language = language_field()


class AcceptForm(BaseForm):
    """The acceptance of an invitation by somebody who has an account."""


class NewAccountForm(BaseForm):
    """The acceptance of an invitation by somebody who has no account yet."""

    name = name_field()
    name_romanised = romanised_name_field()
    password = new_password_field()

    def __init__(self, email: str = "", **values: Any) -> None:
        super().__init__(**values)
        self.address = email

    def validate_password(self, field: Field) -> None:
        """Refuse a password that would be guessed first."""
        refuse_weak(field, self.address)
