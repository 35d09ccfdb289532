"""Beginning imports: of a national register, and of an agency's own list."""

import hashlib
from pathlib import Path

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
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
    """The import of a register file: the one begun with this very file where it is not finished, else a new one.

    Of two who begin it at once the database takes one; the other goes on with that.
    """
    begun = queries.unfinished_import(country, sha256)
    if begun is not None:
        return begun
    imported = RegisterImport(country=country, file_name=file_name[:200], sha256=sha256)
    try:
        with db.session.begin_nested():
            db.session.add(imported)
    except IntegrityError:
        begun = queries.unfinished_import(country, sha256)
        if begun is None:
            raise
        return begun
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
        raise DomainError(
            _("This file is not the zip of the register. Download it again and retry."), field
        ) from error
    imported = begin_import(actor, file_name=stored.name, sha256=stored.sha256)
    try:
        _queue_import(actor, imported, stored.id)
    except Conflict as error:
        raise Conflict(error.message, field) from error
    return imported


def _queue_import(actor: Actor, imported: RegisterImport, file_id: int) -> Job:
    """Queue the work of an import; of two imports of a country at once the database takes one."""
    single = f"{REGISTER_JOB} {imported.country}"
    try:
        job = enqueue(actor, REGISTER_JOB, single=single, import_id=imported.id, file_id=file_id)
    except Conflict as error:
        raise Conflict(_("A register import is running. Wait until it is finished.")) from error
    imported.job_id = job.id
    db.session.flush()
    return job


def stop_import(actor: Actor, imported: RegisterImport) -> None:
    """Ask a running import to stop at its next step; raises NotAllowed, Conflict when nothing runs."""
    _check_may_see(actor, imported)
    cancel(_job_of(imported))
    audit.record(actor, "stop", "register_import", imported.id)
    db.session.flush()


def resume_import(actor: Actor, imported: RegisterImport) -> Job:
    """Queue an import again that stopped before its end; raises NotAllowed, Conflict."""
    _check_may_see(actor, imported)
    db.session.refresh(imported, ("job_id", "finished_at"), with_for_update=True)
    job = _job_of(imported)
    if not job.is_over or imported.finished_at is not None:
        raise Conflict(_("This import is running or finished."))
    if queries.running_import(imported.country) is not None:
        raise Conflict(_("A register import is running. Wait until it is finished."))
    file_id = int(job.arguments["file_id"])
    if not _file_is_there(file_id):
        raise Conflict(_("This file is no longer kept. Upload it again."))
    again = _queue_import(actor, imported, file_id)
    audit.record(actor, "resume", "register_import", imported.id)
    db.session.flush()
    return again


def _check_may_see(actor: Actor, imported: RegisterImport) -> None:
    if not rules.may_see_import(actor, imported):
        raise NotAllowed(_("You do not have permission for this."))


def _job_of(imported: RegisterImport) -> Job:
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
        raise DomainError(sheet_problem(error), field) from error
    return _queue_list(actor, stored.id, stored.name, applying=False)


def apply_list(actor: Actor, dry_run: Job) -> Job:
    """Queue the taking over of a list whose dry run is done, once at a time; raises NotAllowed, Conflict."""
    if not rules.may_see_list(actor, dry_run):
        raise NotAllowed(_("You do not have permission for this."))
    if dry_run.state is not JobState.DONE or dry_run.arguments.get("applying"):
        raise Conflict(_("Wait until the check of this list is finished."))
    file_id, name = int(dry_run.arguments["file_id"]), str(dry_run.arguments["file_name"])
    try:
        job = _queue_list(actor, file_id, name, applying=True)
    except Conflict as error:
        raise Conflict(_("The good rows of this list are being taken over already.")) from error
    # Looked at last: whoever took the list over before is done with it only after the file is gone.
    if not _file_is_there(file_id):
        raise Conflict(_("This file is no longer kept. Upload it again."))
    return job


def _queue_list(actor: Actor, file_id: int, file_name: str, *, applying: bool) -> Job:
    allowed = rules.countries(actor)
    return enqueue(
        actor,
        queries.LIST_JOB,
        single=f"{queries.LIST_JOB} {file_id}" if applying else None,
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
