"""Verbs of lists: have a file checked, take it in, stop either."""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from matchmaker.compliance import queries as screening
from matchmaker.compliance.lists import queries, rules
from matchmaker.compliance.lists.checking import Report, batches, good_entries, limited
from matchmaker.compliance.lists.labels import list_problem
from matchmaker.compliance.lists.lines import BadList
from matchmaker.compliance.lists.reading import open_list
from matchmaker.compliance.models import SanctionsList
from matchmaker.compliance.services import begin_list, discard_list, put_in_force, store_entries
from matchmaker.core import audit, clock
from matchmaker.core.actor import VISITOR, Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.files import StoredFile, keep_upload, path_of, remove_content
from matchmaker.core.jobs import Job, cancel, enqueue
from matchmaker.core.unit_of_work import next_unit_of_work, unit_of_work

LONGEST_VERSION = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """Which list a file is a new version of; without a version and a date those of the file are taken."""

    name: str
    version: str = ""
    dated_on: date | None = None


def upload(actor: Actor, file: FileStorage, asked: Asked) -> Job:
    """Keep an officer's file and queue its check; raises NotAllowed, DomainError at the field."""
    _check_may(actor)
    return begin_check(actor, file, asked)


def begin_check(actor: Actor | None, file: FileStorage, asked: Asked) -> Job:
    """The same for a command, where nobody is signed in."""
    name = " ".join(asked.name.split())
    if not name:
        raise DomainError(_("Name the list."), "name")
    if asked.version and screening.has_version(name, asked.version):
        raise Conflict(_("This version of the list is loaded already."), "version")
    stored = keep_upload(actor or VISITOR, file, "application/octet-stream")
    try:
        open_list(path_of(stored))
    except BadList as error:
        raise DomainError(list_problem(error.problem, error.detail), "file") from error
    return enqueue(
        actor,
        queries.LIST_JOB,
        file_id=stored.id,
        file_name=stored.name,
        name=name,
        version=asked.version,
        dated_on=asked.dated_on.isoformat() if asked.dated_on else "",
        applying=False,
    )


def take_in(actor: Actor, check: Job, *, sure: bool) -> Job | None:
    """Queue the taking in of a checked file; raises NotAllowed and what `begin_taking_in` raises."""
    _check_may(actor)
    return begin_taking_in(actor, check, sure=sure)


def begin_taking_in(actor: Actor | None, check: Job, *, sure: bool) -> Job | None:
    """Queue it once at a time for a list; a file that says nothing new is noted with its version, which has no job.

    Raises Conflict when the check is not finished or not against the version in use, or the list is being taken in;
    DomainError at `sure` where the officer has to say so once more.
    """
    found, name = check.result, str(check.arguments["name"])
    if not queries.is_over(check) or check.arguments.get("applying") or "refused" in found:
        raise Conflict(_("Wait until the check of this list is finished."))
    if rules.needs_word(found) and not sure:
        raise DomainError(_("Confirm that you have looked at this."), "sure")
    present = screening.current_of(name, locked=True)
    if (present.id if present else None) != found["against"]:
        raise Conflict(_("Another version of this list is in use since this check. Upload the file again."))
    if present is not None and not rules.differs(found):
        _note_unchanged(actor, present, check)
        return None
    try:
        job = enqueue(
            actor,
            queries.LIST_JOB,
            single=f"{queries.LIST_JOB} {hashlib.sha256(name.encode()).hexdigest()[:40]}",
            **check.arguments
            | {"applying": True, "version": version_of(check), "against": found["against"]}
            | {"form": found["form"], "entries": found["entries"], "dated_on": dated_of(check)},
        )
    except Conflict as error:
        raise Conflict(_("This list is being taken in already.")) from error
    # Looked at last: whoever took this file in before is done with it only after the file is gone.
    if not file_is_there(check):
        raise Conflict(_("This file is no longer kept. Upload it again."))
    return job


def _note_unchanged(actor: Actor | None, present: SanctionsList, check: Job) -> None:
    day = dated_of(check)
    present.unchanged_on = date.fromisoformat(day) if day else clock.today()
    after = {"unchanged_on": present.unchanged_on.isoformat(), "file": check.arguments["file_name"]}
    audit.record(actor, "confirm", "sanctions_list", present.id, after=after)
    remove_content(db.session.get_one(StoredFile, check.arguments["file_id"]))
    db.session.flush()


def dated_of(check: Job) -> str:
    """The day of a checked file: as asked, else as the file says; empty where neither is known."""
    return str(check.arguments.get("dated_on") or check.result.get("published") or "")


def version_of(check: Job) -> str:
    """The version of a checked file: as asked, else its day, with a number behind it where that is loaded already."""
    asked, name = str(check.arguments["version"]), str(check.arguments["name"])
    if asked:
        return asked
    day = dated_of(check) or clock.today().isoformat()
    versions = (day if count == 1 else f"{day}-{count}" for count in range(1, 10_000))
    return next(one for one in versions if not screening.has_version(name, one))


def stop(actor: Actor, job: Job) -> None:
    """Ask a check or a taking in to stop at its next step; raises NotAllowed, Conflict when nothing runs."""
    _check_may(actor)
    cancel(job)
    audit.record(actor, "stop", "sanctions_list_check", job.id, after={"list": job.arguments["name"]})
    db.session.flush()


def store_file(
    actor: Actor | None, job_id: int, path: Path, asked: dict[str, Any], report: Report
) -> SanctionsList:
    """Store a checked file as a version nobody sees, each batch for itself, then put it in use and have firms compared.

    A job that is taken up again begins anew. What was stored is thrown away where it does not come to its end. Raises
    Conflict when another version was put in use meanwhile.
    """
    with next_unit_of_work():
        done = queries.version_of_job(job_id)
        if done is not None:
            return done
        facts = {
            "form": asked["form"],
            "file_name": asked["file_name"],
            "dated_on": date.fromisoformat(asked["dated_on"]) if asked["dated_on"] else None,
            "job_id": job_id if db.session.get(Job, job_id) else None,
        }
        list_id = begin_list(asked["name"], asked["version"], **facts).id
    try:
        stored = 0
        for batch in batches(limited(open_list(path))):
            with next_unit_of_work():
                stored += store_entries(list_id, good_entries(batch))
            report(stored, asked["entries"])
        with next_unit_of_work():
            return put_in_force(actor, list_id, against=asked["against"])
    except BaseException:
        db.session.rollback()
        with unit_of_work():
            left = db.session.get(SanctionsList, list_id)
            if left is not None:
                discard_list(left)
        raise


def file_is_there(check: Job) -> bool:
    """Whether the upload of a check is still kept."""
    stored = db.session.get(StoredFile, int(check.arguments["file_id"]))
    return stored is not None and path_of(stored).is_file()


def may_take_in(check: Job) -> bool:
    """Whether a check that is done was against the version in use now, and its file is still here."""
    present = screening.current_of(str(check.arguments["name"]))
    return check.result.get("against") == (present.id if present else None) and file_is_there(check)


def _check_may(actor: Actor) -> None:
    if not rules.may_keep_lists(actor):
        raise NotAllowed(_("You do not have permission for this."))
