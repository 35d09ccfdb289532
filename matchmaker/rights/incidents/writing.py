"""The one way in which an entry is added to an incident that its writer has locked."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict
from matchmaker.rights.incidents.enums import EntryKind, IncidentState
from matchmaker.rights.incidents.models import Incident, IncidentEntry


@dataclass(frozen=True, slots=True)
class Written:
    """What an entry says: when the thing was done, the clock that it answers, the number at the authority, the words."""

    at: datetime
    text: str = ""
    rule: str = ""
    reference: str = ""
    checklist: dict[str, Any] = field(default_factory=dict)
    changed: dict[str, Any] = field(default_factory=dict)
    corrects_id: int | None = None


def write(actor: Actor, incident: Incident, kind: EntryKind, said: Written) -> IncidentEntry:
    """Add an entry with the next number; two with the same number, or two corrections of one, the database refuses."""
    incident.last_number += 1
    entry = IncidentEntry(
        incident_id=incident.id,
        number=incident.last_number,
        kind=kind,
        rule=said.rule,
        at=said.at,
        reference=said.reference.strip(),
        text=said.text.strip(),
        checklist=said.checklist,
        changed=said.changed,
        corrects_id=said.corrects_id,
        by_id=actor.person_id,
    )
    db.session.add(entry)
    db.session.flush()
    return entry


def still_open(incident: Incident) -> Incident:
    """The incident; raises Conflict for a closed one."""
    if incident.state is not IncidentState.OPEN:
        raise Conflict(_("This incident is closed. Open it again to write to it."))
    return incident
