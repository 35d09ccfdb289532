"""Forms of institutions' people."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField, StringField
from wtforms.validators import InputRequired, Length, Optional

from matchmaker.accounts.forms import (
    email_field,
    language_field,
    name_field,
    new_password_field,
    refuse_weak,
    trimmed,
)
from matchmaker.core.actor import InstitutionRole
from matchmaker.core.forms import BaseForm
from matchmaker.institutions.role_names import ROLE_NAMES


class InviteForm(BaseForm):
    """Whom to invite to which role."""

    email = email_field()
    role = RadioField(
        _l("Role"),
        [InputRequired(_l("Choose a role."))],
        choices=[(str(role), name) for role, name in ROLE_NAMES.items()],
        coerce=InstitutionRole,
    )
    language = language_field()


class AcceptForm(BaseForm):
    """The acceptance by somebody who has an account."""


class NewAccountForm(BaseForm):
    """The acceptance by somebody who has no account yet."""

    name = name_field()
    name_romanised = StringField(
        _l("Name in Latin letters"),
        [Optional(), Length(max=200, message=_l("Use at most 200 characters."))],
        filters=[trimmed],
        description=_l("As in your passport. Partners of the other side read it."),
    )
    password = new_password_field()

    def __init__(self, email: str = "", **values: Any) -> None:
        super().__init__(**values)
        self.address = email

    def validate_password(self, field: Field) -> None:
        """Refuse a password that would be guessed first."""
        refuse_weak(field, self.address)
