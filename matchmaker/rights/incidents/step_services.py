"""Writes of steps: the draft of a notice, a step with its number, a measure, the correction of any of them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError
from matchmaker.core.versions import require_version
from matchmaker.reference.breach_clocks import notice_items
from matchmaker.rights.incidents import queries
from matchmaker.rights.incidents.enums import ClockOutcome, EntryKind
from matchmaker.rights.incidents.models import Incident, IncidentClock, IncidentEntry
from matchmaker.rights.incidents.writing import Written, still_open, write

KINDS = {ClockOutcome.DONE: EntryKind.STEP, ClockOutcome.NOT_REQUIRED: EntryKind.NOT_REQUIRED}


@dataclass(frozen=True, slots=True)
class Step:
    """How a clock was stopped: when, under which number at the authority, in which words, with what in the notice."""

    outcome: ClockOutcome
    at: datetime
    reference: str = ""
    text: str = ""
    checklist: dict[str, Any] = field(default_factory=dict)


def keep_checklist(
    actor: Actor, incident_id: int, clock_id: int, checklist: dict[str, Any], *, seen: int | None
) -> IncidentClock:
    """Keep the draft of a notice; raises Conflict once its step is recorded, ChangedMeanwhile where another draft was kept."""
    _incident, one = _open_clock(incident_id, clock_id)
    require_version(one.version, seen)
    before = {"items": _ticked(one.checklist)}
    one.checklist = _known(one.rule, checklist)
    after = {"rule": one.rule, "items": _ticked(one.checklist)}
    audit.record(actor, "keep_checklist", "incident", incident_id, before, after)
    db.session.flush()
    return one


def record_step(actor: Actor, incident_id: int, clock_id: int, step: Step) -> IncidentEntry:
    """Stop a clock by the step that was taken, or by the reason why it is not required.

    Raises Conflict where somebody else stopped it meanwhile, DomainError at `at` or `text`.
    """
    incident, one = _open_clock(incident_id, clock_id)
    _check(incident, step)
    checklist = _known(one.rule, step.checklist)
    one.checklist = checklist
    said = Written(step.at, step.text, one.rule, step.reference, checklist)
    entry = write(actor, incident, KINDS[step.outcome], said)
    one.outcome, one.done_at = step.outcome, step.at
    after = {
        "rule": one.rule,
        "outcome": step.outcome.value,
        "at": step.at.isoformat(),
        "number": entry.reference,
    }
    audit.record(actor, "record_step", "incident", incident_id, after=after)
    db.session.flush()
    return entry


def record_measure(actor: Actor, incident_id: int, *, at: datetime, text: str) -> IncidentEntry:
    """Write down what was done against the incident and its effects; raises DomainError at `at`, Conflict when closed."""
    incident = still_open(queries.locked(incident_id))
    _check_moment(at)
    entry = write(actor, incident, EntryKind.MEASURE, Written(at, text))
    audit.record(actor, "record_measure", "incident", incident_id, after={"at": at.isoformat()})
    db.session.flush()
    return entry


def correct_entry(actor: Actor, incident_id: int, entry_id: int, step: Step, reason: str) -> IncidentEntry:
    """Put a further entry in the place of one that was wrong, which stays readable.

    Raises Conflict where it was corrected already, DomainError at `at` or `text`.
    """
    incident, old, one = _to_correct(incident_id, entry_id)
    if old.kind is EntryKind.MEASURE:
        _check_moment(step.at)
    else:
        _check(incident, step)
    said = Written(
        step.at, step.text, old.rule, step.reference, old.checklist, {"reason": reason.strip()}, old.id
    )
    kind = old.kind if old.kind is EntryKind.MEASURE else KINDS[step.outcome]
    entry = write(actor, incident, kind, said)
    if one is not None:
        one.outcome, one.done_at = step.outcome, step.at
    _log_correction(actor, old, entry)
    return entry


def void_entry(actor: Actor, incident_id: int, entry_id: int, reason: str) -> IncidentEntry:
    """Say that what an entry tells did not happen; its clock runs again. Raises Conflict where it was corrected already."""
    incident, old, one = _to_correct(incident_id, entry_id)
    said = Written(clock.now(), reason, old.rule, corrects_id=old.id)
    entry = write(actor, incident, EntryKind.VOID, said)
    if one is not None:
        one.outcome = one.done_at = None
    _log_correction(actor, old, entry)
    return entry


def _log_correction(actor: Actor, old: IncidentEntry, entry: IncidentEntry) -> None:
    before = {"number": old.number, "kind": old.kind.value, "at": old.at.isoformat()}
    after = {"number": entry.number, "kind": entry.kind.value, "at": entry.at.isoformat()}
    audit.record(actor, "correct_entry", "incident", old.incident_id, before, after)
    db.session.flush()


def _open_clock(incident_id: int, clock_id: int) -> tuple[Incident, IncidentClock]:
    incident = still_open(queries.locked(incident_id))
    one = next((item for item in incident.clocks if item.id == clock_id), None)
    if one is None or one.outcome is not None:
        raise Conflict(_("Somebody else has recorded this step meanwhile. Load the page again."))
    return incident, one


def _to_correct(incident_id: int, entry_id: int) -> tuple[Incident, IncidentEntry, IncidentClock | None]:
    incident = still_open(queries.locked(incident_id))
    old = next(item for item in incident.entries if item.id == entry_id)
    if queries.is_corrected(entry_id):
        raise Conflict(_("This entry was corrected already. Load the page again."))
    return incident, old, next((item for item in incident.clocks if old.rule and item.rule == old.rule), None)


def _check(incident: Incident, step: Step) -> None:
    _check_moment(step.at)
    if step.at < incident.discovered_at:
        raise DomainError(_("This is before the incident was discovered."), "at")
    if step.outcome is ClockOutcome.NOT_REQUIRED and not step.text.strip():
        raise DomainError(_("Write why it is not required."), "text")


def _check_moment(at: datetime) -> None:
    if at > clock.now():
        raise DomainError(_("This moment has not come yet."), "at")


def _known(rule: str, checklist: dict[str, Any]) -> dict[str, Any]:
    """What was ticked or noted, of the items that the notice has to hold."""
    return {item: checklist[item] for item in notice_items(rule) if item in checklist}


def _ticked(checklist: dict[str, Any]) -> list[str]:
    return [item for item, said in checklist.items() if said.get("done")]
