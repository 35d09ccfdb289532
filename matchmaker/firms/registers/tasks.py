"""The long work of imports as jobs: ids in, load, run, say what came out."""

from typing import Any

from matchmaker.core.db import db
from matchmaker.core.files import StoredFile, path_of
from matchmaker.core.jobs import Progress, job_kind
from matchmaker.firms.registers.importing import import_register
from matchmaker.firms.registers.services import REGISTER_JOB


@job_kind(REGISTER_JOB)
def run_register_import(progress: Progress, *, import_id: int, file_id: int) -> dict[str, Any]:
    """Import an uploaded register from where it stopped; the upload is deleted once all of it is stored."""
    path = path_of(db.session.get_one(StoredFile, file_id))
    imported = import_register(import_id, path, progress.report)
    path.unlink(missing_ok=True)
    return {"read": imported.read, "malformed": imported.malformed}
