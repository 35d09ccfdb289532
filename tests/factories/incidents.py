"""Incidents with personal data, their clocks, and reports."""

from datetime import datetime, timedelta
from typing import Any

from matchmaker.accounts.models import Person
from matchmaker.core import clock
from matchmaker.core.actor import InstitutionRole
from matchmaker.core.db import db
from matchmaker.institutions.models import Institution
from matchmaker.rights.incidents import queries
from matchmaker.rights.incidents.enums import IncidentState
from matchmaker.rights.incidents.models import Incident, IncidentReport
from matchmaker.rights.incidents.services import Facts, record_incident
from matchmaker.rights.incidents.step_services import record_measure
from tests.factories.institutions import official
from tests.matching.world import actor_of


def facts_of(*institutions: Institution, **changed: Any) -> Facts:
    """An incident of people of Türkiye and Russia, discovered two hours ago."""
    known: dict[str, Any] = {
        "title": "List sent to the wrong firm",
        "what": "A list of participants went to another firm.",
        "discovered_at": clock.now().replace(second=0, microsecond=0) - timedelta(hours=2),
        "occurred_at": None,
        "zone": "Europe/Istanbul",
        "data_classes": ("mails",),
        "persons": {"TR": 12, "RU": None},
        "institution_ids": tuple(one.id for one in institutions),
    }
    return Facts(**(known | changed))


def incident_of(institution: Institution, officer: Person | None = None, **changed: Any) -> Incident:
    """A recorded incident of an institution with one measure."""
    by = actor_of(officer or official(institution, InstitutionRole.COMPLIANCE))
    made = record_incident(by, facts_of(institution, **changed))
    record_measure(by, made.id, at=clock.now() - timedelta(minutes=5), text="The recipient deleted the list.")
    return made


def report_by(person_id: int, country: str = "TR", at: datetime | None = None) -> IncidentReport:
    """A report that nobody has looked into."""
    made = IncidentReport(
        person_id=person_id,
        country=country,
        text="I received a list that is not mine.",
        created_at=at or clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    return made


def incident_arguments(institution: Institution, person_id: int) -> dict[str, Any]:
    """An open incident of an institution, a closed one, and a report of somebody of its country."""
    made, closed = incident_of(institution), incident_of(institution)
    closed.state, closed.closed_at = IncidentState.CLOSED, clock.now()
    db.session.flush()
    entries = queries.locked(made.id).entries
    return {
        "incident_id": made.id,
        "rights.reopen_incident:incident_id": closed.id,
        "clock_id": made.clocks[0].id,
        "rights.correct_entry:entry_id": entries[-1].id,
        "rights.incident_report:report_id": report_by(person_id).id,
        "rights.incident_hours:key": "ru_inquiry",
    }
