"""Writes of incidents: recorded, facts corrected, closed with a conclusion, opened again; and the hours of a clock."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db, insert_new
from matchmaker.core.errors import Conflict, DomainError
from matchmaker.core.retention import data_classes
from matchmaker.core.versions import require_version
from matchmaker.institutions.models import Institution
from matchmaker.reference.breach_clocks import BreachClock
from matchmaker.rights.incidents import notices, queries, rules
from matchmaker.rights.incidents.enums import EntryKind, IncidentState
from matchmaker.rights.incidents.models import Incident, IncidentClock, IncidentTerm
from matchmaker.rights.incidents.writing import Written, still_open, write


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an incident; `persons` is how many people of which country, None where that is not known yet."""

    title: str
    what: str
    discovered_at: datetime
    occurred_at: datetime | None
    zone: str
    data_classes: tuple[str, ...]
    persons: dict[str, int | None]
    institution_ids: tuple[int, ...]


def record_incident(actor: Actor, facts: Facts) -> Incident:
    """Record an incident; its clocks run from the moment of its discovery.

    Raises DomainError at a field for a moment that has not come, an occurrence after the discovery, no institution of one's
    own, or a class of data that is not known.
    """
    concerned = _check(actor, facts)
    incident = Incident(recorded_by_id=actor.person_id, institutions=concerned, clocks=[], entries=[])
    _take_over(incident, facts)
    db.session.add(incident)
    db.session.flush()
    _set_clocks(incident, answered=())
    write(actor, incident, EntryKind.RECORDED, Written(at=facts.discovered_at))
    audit.record(actor, "record", "incident", incident.id, after=_logged(incident))
    notices.tell_recorded(actor, incident)
    db.session.flush()
    return incident


def correct_facts(actor: Actor, incident_id: int, facts: Facts, reason: str, *, seen: int | None) -> Incident:
    """Correct what is known of an incident by a further entry that says why; the clocks follow.

    Raises as record_incident does, Conflict for a closed one, ChangedMeanwhile where somebody else wrote since it was shown.
    """
    incident = still_open(queries.locked(incident_id))
    require_version(incident.version, seen)
    concerned = _check(actor, facts)
    before = _told(incident)
    _take_over(incident, facts)
    incident.institutions = concerned
    _set_clocks(incident, answered={one.rule for one in incident.entries if one.rule})
    after = _told(incident)
    changed = {name: [before[name], after[name]] for name in before if before[name] != after[name]}
    if not changed:
        raise DomainError(_("Nothing is different from what stands there."))
    write(actor, incident, EntryKind.FACTS, Written(at=clock.now(), text=reason.strip(), changed=changed))
    audit.record(
        actor, "correct_facts", "incident", incident.id, {}, {"fields": sorted(changed), **_logged(incident)}
    )
    db.session.flush()
    return incident


def close_incident(actor: Actor, incident_id: int, conclusion: str, *, seen: int | None) -> Incident:
    """Close an incident with a conclusion; raises DomainError while a clock is open, ChangedMeanwhile, Conflict."""
    incident = still_open(queries.locked(incident_id))
    require_version(incident.version, seen)
    if any(one.outcome is None for one in incident.clocks):
        raise DomainError(_("A clock is still open. Record its step, or why it is not required."))
    incident.state, incident.closed_at = IncidentState.CLOSED, clock.now()
    write(actor, incident, EntryKind.CLOSED, Written(at=clock.now(), text=conclusion.strip()))
    audit.record(actor, "close", "incident", incident.id, {"state": "open"}, {"state": "closed"})
    db.session.flush()
    return incident


def reopen_incident(actor: Actor, incident_id: int, reason: str) -> Incident:
    """Open a closed incident again; raises Conflict for an open one."""
    incident = queries.locked(incident_id)
    if incident.state is not IncidentState.CLOSED:
        raise Conflict(_("This incident is open already."))
    incident.state, incident.closed_at = IncidentState.OPEN, None
    write(actor, incident, EntryKind.REOPENED, Written(at=clock.now(), text=reason.strip()))
    audit.record(actor, "reopen", "incident", incident.id, {"state": "closed"}, {"state": "open"})
    db.session.flush()
    return incident


def set_hours(
    actor: Actor, rule: BreachClock, *, hours: int, valid_from: date, reason: str, seen: str
) -> IncidentTerm:
    """Set the hours of a clock for discoveries from a day on; the hours set before stay readable.

    Raises DomainError at `hours` or `valid_from`, Conflict when somebody else set hours meanwhile.
    """
    if not rules.LEAST_HOURS <= hours <= rules.MOST_HOURS:
        limits = {"least": rules.LEAST_HOURS, "most": rules.MOST_HOURS}
        raise DomainError(_("Enter a number from %(least)s to %(most)s.", **limits), "hours")
    if valid_from < clock.today():
        raise DomainError(_("Choose today or a later day."), "valid_from")
    last = queries.last_term(rule.key)
    if seen != str(last):
        raise Conflict(_overtaken())
    before = rules.hours_of(rule, queries.terms(), clock.today())
    row = {"rule": rule.key, "number": last + 1, "hours": hours, "valid_from": valid_from}
    row |= {"reason": reason.strip(), "set_by_id": actor.person_id}
    term = insert_new(IncidentTerm, row, key=("rule", "number"))
    if term is None:
        raise Conflict(_overtaken())
    after = {"rule": rule.key, "hours": hours, "from": valid_from.isoformat(), "reason": term.reason}
    audit.record(actor, "set_hours", "incident_clock", term.id, {"hours": before.hours}, after)
    return term


def _overtaken() -> str:
    return str(_("Somebody else has set a time meanwhile. Load the page again."))


def _check(actor: Actor, facts: Facts) -> list[Institution]:
    """The institutions that an incident concerns, once everything about it can be so."""
    if facts.discovered_at > clock.now():
        raise DomainError(_("This moment has not come yet."), "discovered_at")
    if facts.occurred_at is not None and facts.occurred_at > facts.discovered_at:
        raise DomainError(_("It cannot have happened after it was discovered."), "occurred_at")
    known = {one.key for one in data_classes()}
    if not known.issuperset(facts.data_classes):
        raise DomainError(_("Choose from the list."), "data_classes")
    concerned = [one for one in queries.institutions() if one.id in facts.institution_ids]
    own = rules.own_institutions(actor)
    if not concerned or (own is not None and not any(one.id in own for one in concerned)):
        raise DomainError(
            _("Choose your own institution, and others where it concerns them too."), "institution_ids"
        )
    return concerned


def _take_over(incident: Incident, facts: Facts) -> None:
    incident.title, incident.what = facts.title.strip(), facts.what.strip()
    incident.discovered_at, incident.occurred_at = facts.discovered_at, facts.occurred_at
    incident.zone, incident.data_classes = facts.zone, list(facts.data_classes)
    incident.persons = dict(facts.persons)


def _set_clocks(incident: Incident, answered: Collection[str]) -> None:
    """Give the incident the clocks of its laws; one that no longer applies stays only where it was answered."""
    day = incident.discovered_at.astimezone(ZoneInfo(incident.zone)).date()
    applied = {
        one.rule.key: one for one in rules.applying(rules.countries_of(incident), queries.terms(), day)
    }
    kept = [one for one in incident.clocks if one.rule in applied or one.rule in answered]
    found = {one.rule: one for one in kept}
    for key, one in applied.items():
        if key not in found:
            found[key] = IncidentClock(rule=key, area=one.rule.area, step=one.rule.step, law=one.rule.law)
        found[key].hours = one.hours
    for each in found.values():
        due_at = rules.deadline(incident.discovered_at, each.hours)
        if each.due_at != due_at:
            each.due_at, each.soon_told_at, each.late_told_at = due_at, None, None
    incident.clocks = list(found.values())


def _logged(incident: Incident) -> dict[str, Any]:
    """What of an incident stands in the audit log, which others read too: never its words."""
    told = _told(incident)
    return {
        "discovered": told["discovered"],
        "countries": list(told["persons"]),
        "institutions": told["institutions"],
    }


def _told(incident: Incident) -> dict[str, Any]:
    """What is known of an incident, as its own entries keep it."""
    return {
        "title": incident.title,
        "text": incident.what,
        "discovered": incident.discovered_at.isoformat(),
        "occurred": incident.occurred_at.isoformat() if incident.occurred_at else "",
        "zone": incident.zone,
        "data_classes": sorted(incident.data_classes),
        "persons": dict(sorted(incident.persons.items())),
        "institutions": sorted(one.id for one in incident.institutions),
    }
