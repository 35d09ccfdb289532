"""The long work of lists as a job: a file is checked, or taken in."""

from typing import Any

from matchmaker.compliance import queries as screening
from matchmaker.compliance.lists import services
from matchmaker.compliance.lists.checking import check_file
from matchmaker.compliance.lists.queries import LIST_JOB
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict
from matchmaker.core.files import StoredFile, path_of
from matchmaker.core.jobs import Job, Progress, job_kind


@job_kind(LIST_JOB)
def run_sanctions_list(progress: Progress, *, file_id: int, applying: bool, **asked: Any) -> dict[str, Any]:
    """Check a list file or take it in; the report is the job's result. Once taken in, the upload is deleted."""
    path = path_of(db.session.get_one(StoredFile, file_id))
    if not applying:
        return check_file(path, screening.current_of(asked["name"]), progress.report)
    owner = db.session.get_one(Job, progress.job_id).owner_id
    actor = Actor(person_id=owner) if owner else None
    try:
        found = services.store_file(actor, progress.job_id, path, asked, progress.report)
    except Conflict as error:
        return {"superseded": error.message}
    path.unlink(missing_ok=True)
    return {"list_id": found.id, "entries": found.entries, "version": found.version}
