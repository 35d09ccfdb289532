"""A group of those who signed up, in words."""

from collections.abc import Mapping

from flask_babel import gettext as _

from matchmaker.core.i18n import language
from matchmaker.programmes import participants
from matchmaker.programmes.capacity import quota_name
from matchmaker.programmes.models import Programme
from matchmaker.programmes.words import SIGN_UP_STATES
from matchmaker.reference import countries


def group_words(programme: Programme, filters: Mapping[str, str]) -> str:
    """The filters of the participants table that are kept with a message or a list."""
    asked = participants.wanted(filters)
    names = {one.id: quota_name(one) for one in programme.quotas}
    state = _("To be decided") if asked.state == participants.TO_DECIDE else _("Every state")
    if len(asked.states) == 1:
        state = str(SIGN_UP_STATES[asked.states[0]][0])
    country = countries.label(asked.country, language()) if asked.country else ""
    return ", ".join(
        part for part in (state, names.get(asked.quota_id or 0, ""), country, asked.text) if part
    )
