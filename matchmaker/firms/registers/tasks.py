"""The long work of imports as jobs: ids in, load, run, say what came out."""

from typing import Any

from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.files import StoredFile, path_of, remove_content
from matchmaker.core.jobs import Job, Progress, job_kind
from matchmaker.firms.registers.importing import import_register
from matchmaker.firms.registers.list_runs import run_list
from matchmaker.firms.registers.queries import LIST_JOB
from matchmaker.firms.registers.services import REGISTER_JOB


@job_kind(REGISTER_JOB)
def run_register_import(progress: Progress, *, import_id: int, file_id: int) -> dict[str, Any]:
    """Import an uploaded register from where it stopped; the upload is deleted once all of it is stored."""
    stored = db.session.get_one(StoredFile, file_id)
    imported = import_register(import_id, path_of(stored), progress.report)
    remove_content(stored)
    return {"read": imported.read, "malformed": imported.malformed}


@job_kind(LIST_JOB)
def run_firm_list(
    progress: Progress, *, file_id: int, file_name: str, applying: bool, countries: list[str] | None
) -> dict[str, Any]:
    """Check an agency's list or take it over; the report is the job's result. Once taken over, the upload is deleted."""
    stored = db.session.get_one(StoredFile, file_id)
    owner = db.session.get_one(Job, progress.job_id).owner_id
    actor = Actor(person_id=owner) if owner else None
    found = run_list(actor, path_of(stored), countries, progress.report, applying=applying)
    if applying:
        remove_content(stored)
    return found | {"file_name": file_name}
