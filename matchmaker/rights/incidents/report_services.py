"""Writes of reports: somebody noticed something; officers answer that there was nothing, or record an incident from it."""

from flask_babel import gettext as _

from matchmaker.accounts import queries as accounts
from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict
from matchmaker.rights.erasure_queries import firm_country
from matchmaker.rights.incidents import notices, queries
from matchmaker.rights.incidents.enums import ReportState
from matchmaker.rights.incidents.models import Incident, IncidentReport
from matchmaker.rights.incidents.services import Facts, record_incident


def report_incident(actor: Actor, text: str, noticed: str) -> IncidentReport:
    """Keep what somebody noticed, and tell the officers of that person's side, the operator where there are none."""
    person = accounts.person(actor.person_id)
    country = actor.country or person.country or firm_country(person.id)
    report = IncidentReport(person_id=person.id, country=country, text=text.strip(), noticed=noticed.strip())
    db.session.add(report)
    db.session.flush()
    audit.record(actor, "report", "incident_report", report.id, after={"country": country})
    notices.tell_reported(report)
    db.session.flush()
    return report


def dismiss_report(actor: Actor, report_id: int, answer: str) -> IncidentReport:
    """Answer the person that there was no incident; raises Conflict where somebody else answered meanwhile."""
    report = _open(report_id)
    report.answer = answer.strip()
    _decide(actor, report, ReportState.DISMISSED)
    audit.record(actor, "dismiss_report", "incident_report", report.id, after={"state": "dismissed"})
    return report


def take_report(actor: Actor, report_id: int, facts: Facts) -> Incident:
    """Record an incident from a report; raises as record_incident does, Conflict where it was answered meanwhile."""
    report = _open(report_id)
    incident = record_incident(actor, facts)
    report.incident_id = incident.id
    _decide(actor, report, ReportState.TAKEN)
    audit.record(actor, "take_report", "incident_report", report.id, after={"incident": incident.id})
    return incident


def _open(report_id: int) -> IncidentReport:
    report = queries.locked_report(report_id)
    if report.state is not ReportState.OPEN:
        raise Conflict(_("Somebody else has answered this report meanwhile."))
    return report


def _decide(actor: Actor, report: IncidentReport, state: ReportState) -> None:
    report.state, report.decided_by_id, report.decided_at = state, actor.person_id, clock.now()
    db.session.flush()
    notices.tell_answered(report)
