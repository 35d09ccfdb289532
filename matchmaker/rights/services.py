"""Writes of archives: asking for one, keeping it, removing it."""

from typing import Any

from flask_babel import gettext as _

from matchmaker.accounts.models import Person
from matchmaker.accounts.passwords import password_matches
from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import DomainError
from matchmaker.core.files import StoredFile, keep_content, remove_stored
from matchmaker.core.jobs import enqueue
from matchmaker.core.retention import Due, Purged, span
from matchmaker.notifications.services import notify
from matchmaker.rights import queries, rules
from matchmaker.rights.models import DataExport
from matchmaker.rights.words import ARCHIVE_READY

ARCHIVE_JOB = "own data"
PATH = "/settings/own-data"


def ask_export(actor: Actor, person: Person, password: str) -> DataExport:
    """Have an archive of everything kept of the person made; an earlier one is removed once it is ready.

    Raises DomainError at `password`, Conflict while one is being made.
    """
    if not password_matches(person.password_hash, password):
        raise DomainError(_("This is not your password."), "password")
    export = DataExport(person_id=person.id)
    db.session.add(export)
    db.session.flush()
    job = enqueue(actor, ARCHIVE_JOB, single=f"{ARCHIVE_JOB} {person.id}", export_id=export.id)
    export.job_id = job.id
    audit.record(actor, "ask_own_data", "person", person.id, after={"export": export.id})
    db.session.flush()
    return export


def keep_export(export: DataExport, name: str, content: bytes) -> None:
    """Keep a finished archive and tell the person; those made before are removed."""
    for older in queries.exports_of(export.person_id):
        if older.id != export.id:
            remove_export(older)
    actor = Actor(person_id=export.person_id)
    stored = keep_content(actor, name, "application/zip", content)
    now = clock.now()
    export.file_id, export.ready_at, export.expires_at = stored.id, now, now + rules.ARCHIVE_TERM
    audit.record(None, "make_own_data", "person", export.person_id, after={"export": export.id})
    db.session.flush()
    notify(export.person_id, ARCHIVE_READY, name, PATH, f"own data {export.id}")


def note_download(actor: Actor, export: DataExport) -> None:
    """Log that the archive left the product."""
    told: dict[str, Any] = {"export": export.id}
    audit.record_export(actor, "person", export.person_id, told, 1)


def remove_export(export: DataExport) -> None:
    """Remove an archive with its file."""
    stored = db.session.get(StoredFile, export.file_id) if export.file_id else None
    db.session.delete(export)
    db.session.flush()
    if stored is not None:
        remove_stored(stored)


def remove_expired(due: Due) -> Purged:
    """Remove archives that nobody may download any more."""
    over = queries.exports_until(due.before, due.most)
    oldest, newest = span([export.expires_at for export in over if export.expires_at])
    for export in over:
        audit.record(None, "remove_own_data", "person", export.person_id, after={"export": export.id})
        remove_export(export)
    return Purged(len(over), len({export.person_id for export in over}), len(over), oldest, newest)
