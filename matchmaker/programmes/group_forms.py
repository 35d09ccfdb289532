"""The fields that choose a group of those who signed up: the filters of the participants table."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import Length

from matchmaker.core.forms import BaseForm
from matchmaker.programmes.capacity import quota_name
from matchmaker.programmes.enums import SignUpState
from matchmaker.programmes.models import Programme
from matchmaker.programmes.participants import TO_DECIDE, Wanted, named_countries
from matchmaker.programmes.words import SIGN_UP_STATES


class PartForm(BaseForm):
    """Those of one quota or one country."""

    quota = SelectField(_l("Quota"))
    country = SelectField(_l("Country"))

    def name_parts(self, programme: Programme) -> None:
        """Offer the quotas of a programme and the countries from which somebody signed up."""
        self.quota.choices = [
            ("", _("Any quota")),
            *((str(one.id), quota_name(one)) for one in programme.quotas),
        ]
        self.country.choices = [("", _("Every country")), *named_countries(programme)]


class GroupForm(PartForm):
    """A group, at first the one that the address names."""

    state = SelectField(_l("State"))
    q = StringField(
        _l("Firm or person"), validators=[Length(max=80, message=_l("Write at most %(max)d letters."))]
    )

    def __init__(self, *args: Any, programme: Programme, asked: Wanted, **kwargs: Any) -> None:
        data = {"state": asked.state, "quota": asked.quota, "country": asked.country, "q": asked.text}
        super().__init__(*args, data=data, **kwargs)
        self.state.choices = [
            ("", _("Every state")),
            (TO_DECIDE, _("To be decided")),
            *(
                (state.value, str(word))
                for state, (word, _kind) in SIGN_UP_STATES.items()
                if state is not SignUpState.DRAFT
            ),
        ]
        self.name_parts(programme)

    def filters(self) -> dict[str, str]:
        """The group as an address of the participants table names it."""
        return {name: self[name].data or "" for name in ("state", "quota", "country", "q")}
