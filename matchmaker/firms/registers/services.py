"""Beginning imports: of a national register, and of an agency's own list."""

import hashlib
from pathlib import Path

from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from matchmaker.core import audit
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.files import StoredFile, keep_upload, path_of
from matchmaker.core.jobs import Job, JobState, cancel, enqueue
from matchmaker.firms.models import RegisterImport
from matchmaker.firms.registers import queries, rules
from matchmaker.firms.registers.archive import BadArchive
from matchmaker.firms.registers.labels import sheet_problem
from matchmaker.firms.registers.rsmp import COUNTRY, RegisterFile
from matchmaker.firms.registers.sheets import BadSheet
from matchmaker.firms.registers.tables import read_table

REGISTER_JOB = "register-import"


def begin_import(
    actor: Actor | None, *, file_name: str, sha256: str, country: str = COUNTRY
) -> RegisterImport:
    """The import of a register file: the one begun with this very file where it is not finished, else a new one."""
    begun = queries.unfinished_import(country, sha256)
    if begun is not None:
        return begun
    imported = RegisterImport(country=country, file_name=file_name[:200], sha256=sha256)
    db.session.add(imported)
    db.session.flush()
    after = {"file": imported.file_name, "sha256": sha256, "country": country}
    audit.record(actor, "import", "register_import", imported.id, after=after)
    return imported


def upload_register(actor: Actor, upload: FileStorage, field: str) -> RegisterImport:
    """Keep an uploaded register and queue its import; the import of the same file goes on where it stopped.

    Raises NotAllowed, DomainError at the field for a file that is no zip, Conflict while an import is running.
    """
    if not rules.may_import_register(actor, COUNTRY):
        raise NotAllowed(_("You do not have permission for this."))
    if queries.running_import(COUNTRY) is not None:
        raise Conflict(_("A register import is running. Wait until it is finished."), field)
    stored = keep_upload(actor, upload, "application/zip")
    try:
        RegisterFile(path_of(stored)).close()
    except BadArchive as error:
        path_of(stored).unlink(missing_ok=True)
        raise DomainError(
            _("This file is not the zip of the register. Download it again and retry."), field
        ) from error
    imported = begin_import(actor, file_name=stored.name, sha256=stored.sha256)
    job = enqueue(actor, REGISTER_JOB, import_id=imported.id, file_id=stored.id)
    imported.job_id = job.id
    db.session.flush()
    return imported


def stop_import(actor: Actor, imported: RegisterImport) -> None:
    """Ask a running import to stop at its next step; raises NotAllowed, Conflict when nothing runs."""
    cancel(_job_of(actor, imported))
    audit.record(actor, "stop", "register_import", imported.id)
    db.session.flush()


def resume_import(actor: Actor, imported: RegisterImport) -> Job:
    """Queue an import again that stopped before its end; raises NotAllowed, Conflict."""
    job = _job_of(actor, imported)
    if not job.is_over or imported.finished_at is not None:
        raise Conflict(_("This import is running or finished."))
    if queries.running_import(imported.country) is not None:
        raise Conflict(_("A register import is running. Wait until it is finished."))
    file_id = int(job.arguments["file_id"])
    if not _file_is_there(file_id):
        raise Conflict(_("This file is no longer kept. Upload it again."))
    again = enqueue(actor, REGISTER_JOB, import_id=imported.id, file_id=file_id)
    imported.job_id = again.id
    audit.record(actor, "resume", "register_import", imported.id)
    db.session.flush()
    return again


def _job_of(actor: Actor, imported: RegisterImport) -> Job:
    if not rules.may_see_import(actor, imported):
        raise NotAllowed(_("You do not have permission for this."))
    job = queries.job(imported.job_id)
    if job is None:
        raise Conflict(_("This import was begun from the command line; run the command again."))
    return job


def upload_list(actor: Actor, upload: FileStorage, field: str) -> Job:
    """Keep an agency's list and queue its dry run; raises NotAllowed, DomainError at the field."""
    if not rules.may_import(actor):
        raise NotAllowed(_("You do not have permission for this."))
    stored = keep_upload(actor, upload, "application/octet-stream")
    try:
        read_table(path_of(stored))
    except BadSheet as error:
        path_of(stored).unlink(missing_ok=True)
        raise DomainError(sheet_problem(error), field) from error
    return _queue_list(actor, stored.id, stored.name, applying=False)


def apply_list(actor: Actor, dry_run: Job) -> Job:
    """Queue the taking over of a list whose dry run is done; raises NotAllowed, Conflict."""
    if not rules.may_see_list(actor, dry_run):
        raise NotAllowed(_("You do not have permission for this."))
    if dry_run.state is not JobState.DONE or dry_run.arguments.get("applying"):
        raise Conflict(_("Wait until the check of this list is finished."))
    if not _file_is_there(int(dry_run.arguments["file_id"])):
        raise Conflict(_("This file is no longer kept. Upload it again."))
    return _queue_list(
        actor, int(dry_run.arguments["file_id"]), str(dry_run.arguments["file_name"]), applying=True
    )


def _queue_list(actor: Actor, file_id: int, file_name: str, *, applying: bool) -> Job:
    allowed = rules.countries(actor)
    return enqueue(
        actor,
        queries.LIST_JOB,
        file_id=file_id,
        file_name=file_name,
        applying=applying,
        countries=None if allowed is None else sorted(allowed),
    )


def _file_is_there(file_id: int) -> bool:
    stored = db.session.get(StoredFile, file_id)
    return stored is not None and path_of(stored).is_file()


def digest_of(path: Path) -> str:
    """SHA-256 of a file, read in steps."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
