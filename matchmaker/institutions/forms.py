"""Forms of institutions' people."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import InputRequired

from matchmaker.accounts.forms import (
    email_field,
    language_field,
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
