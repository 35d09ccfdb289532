"""Who is told of an incident: its officers when it is recorded, before each clock ends and when one is late."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from matchmaker.accounts.models import Person
from matchmaker.core import clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.i18n import in_language
from matchmaker.institutions.queries import officers, officers_of, operators
from matchmaker.notifications.enums import NoticeCategory
from matchmaker.notifications.kinds import add_kind
from matchmaker.notifications.services import notify
from matchmaker.rights.incidents import queries, rules
from matchmaker.rights.incidents.enums import ClockState, IncidentState
from matchmaker.rights.incidents.models import Incident, IncidentClock, IncidentReport
from matchmaker.rights.incidents.words import clock_word

RECORDED, REPORTED, ANSWERED = "incident_recorded", "incident_reported", "incident_report_answered"
SOON, LATE = "incident_clock_soon", "incident_clock_late"
WORK: Final = NoticeCategory.WORK
add_kind(
    RECORDED,
    WORK,
    _l("Data incident %(subject)s was recorded. Its clocks are running."),
    _l("A data incident was recorded. Its clocks are running."),
)
add_kind(
    REPORTED,
    WORK,
    _l("Somebody suspects a data incident: report %(subject)s. Look into it now: clocks may be running."),
    _l("Somebody suspects a data incident. Look into it now: clocks may be running."),
)
add_kind(
    SOON,
    WORK,
    _l("A clock of data incident %(subject)s ends soon."),
    _l("A clock of a data incident ends soon."),
)
add_kind(
    LATE,
    WORK,
    _l("A clock of data incident %(subject)s has run out and its step is not recorded."),
    _l("A clock of a data incident has run out and its step is not recorded."),
)
add_kind(
    ANSWERED,
    NoticeCategory.FIRM,
    _l("Your report %(subject)s of a data incident was looked into."),
    _l("Your report of a data incident was looked into."),
)
REGISTER, REPORTS, OWN = "/incidents", "/incident-reports", "/incident-reports/new"


def tell_recorded(actor: Actor, incident: Incident) -> None:
    """Tell all officers but the one who recorded it."""
    for person in _officers(incident):
        if person.id != actor.person_id:
            path = f"{REGISTER}/{incident.id}"
            notify(person.id, RECORDED, str(incident.id), path, f"incident {incident.id}")


def tell_reported(report: IncidentReport) -> None:
    """Tell the officers of the side, the operator where there are none."""
    found = officers(report.country, *rules.OFFICERS) if report.country else []
    for person in found or operators():
        path = f"{REPORTS}/{report.id}"
        notify(person.id, REPORTED, str(report.id), path, f"incident report {report.id}")


def tell_answered(report: IncidentReport) -> None:
    """Tell the person who reported that it was looked into; nothing of the register."""
    notify(report.person_id, ANSWERED, str(report.id), OWN, f"incident answer {report.id}")


def tell_of_clocks() -> int:
    """Tell the officers of every clock that ends soon or has run out, once each; answers how many clocks that were."""
    now = clock.now()
    return sum(_tell_of(number, now) for number in queries.to_tell(now))


def _tell_of(incident_id: int, now: datetime) -> int:
    """Look again with the incident locked: its step may have been recorded meanwhile."""
    incident = queries.locked(incident_id)
    if incident.state is not IncidentState.OPEN:
        return 0
    told = 0
    for one in incident.clocks:
        state = rules.state_of(one, now)
        if state is ClockState.SOON and one.soon_told_at is None:
            one.soon_told_at = now
            told += _tell(incident, one, SOON)
        elif state is ClockState.LATE and one.late_told_at is None:
            one.soon_told_at = one.soon_told_at or now
            one.late_told_at = now
            told += _tell(incident, one, LATE)
    db.session.flush()
    return told


def _tell(incident: Incident, one: IncidentClock, kind: str) -> int:
    due = one.due_at.isoformat() if one.due_at else ""
    for person in _officers(incident):
        with in_language(person.language):
            subject = _("%(number)s (%(clock)s)", number=incident.id, clock=clock_word(one))
        path = f"{REGISTER}/{incident.id}"
        notify(person.id, kind, subject, path, f"{kind} {one.id} {due}")
    return 1


def _officers(incident: Incident) -> Iterable[Person]:
    """Each once."""
    found = [
        person for one in incident.institutions for person in officers_of(one.id, *rules.OFFICERS)
    ] + operators()
    return {person.id: person for person in found}.values()
