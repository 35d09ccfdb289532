"""What the page of reminders shows."""

from dataclasses import dataclass
from datetime import datetime

from matchmaker.core.i18n import language
from matchmaker.programmes.capacity import quota_name
from matchmaker.programmes.enums import SignUpState
from matchmaker.programmes.mailings import pages
from matchmaker.programmes.mailings import reminder_services as services
from matchmaker.programmes.mailings.models import ProgrammeReminder
from matchmaker.programmes.mailings.reminder_forms import FORMS
from matchmaker.programmes.models import Programme
from matchmaker.programmes.words import SIGN_UP_STATES
from matchmaker.reference import countries


@dataclass(frozen=True, slots=True)
class Listed:
    """One reminder: when it goes, to whom, and how many people it would reach now."""

    reminder: ProgrammeReminder
    subject: str
    moment: datetime
    group: str
    people: int


def listed(programme: Programme) -> list[Listed]:
    """The reminders of a programme."""
    return [
        Listed(
            one,
            pages.subject_for_reader(one),
            services.moment_of(programme, one),
            _group(programme, one),
            len(services.reached_now(programme, one).recipients),
        )
        for one in services.reminders(programme.id)
    ]


def _group(programme: Programme, one: ProgrammeReminder) -> str:
    names = {str(quota.id): quota_name(quota) for quota in programme.quotas}
    country, form = one.filters.get("country", ""), one.filters.get("form", "")
    parts = [
        *(str(SIGN_UP_STATES[SignUpState(state)][0]) for state in one.states),
        names.get(one.filters.get("quota", ""), ""),
        countries.label(country, language()) if country else "",
        str(FORMS[form]) if form else "",
    ]
    return ", ".join(part for part in parts if part)
