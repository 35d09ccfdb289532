"""What the worker does for the rights of people: archives are made, last mails destroyed."""

from typing import Any

from matchmaker.accounts.models import Person
from matchmaker.core import clock, jobs
from matchmaker.core.db import db
from matchmaker.core.i18n import in_language
from matchmaker.core.jobs import Progress, job_kind
from matchmaker.core.unit_of_work import next_unit_of_work
from matchmaker.rights.archive import make_archive
from matchmaker.rights.erasure_services import forget_answers
from matchmaker.rights.models import DataExport
from matchmaker.rights.services import ARCHIVE_JOB, keep_export

FORGET_SECONDS = 30


@job_kind(ARCHIVE_JOB)
def make_own_data(progress: Progress, *, export_id: int) -> dict[str, Any]:
    """Make an archive in the language of its person; nothing comes of one that was taken back meanwhile."""
    export = db.session.get(DataExport, export_id)
    if export is None:
        return {}
    person = db.session.get_one(Person, export.person_id)
    with in_language(person.language):
        content = make_archive(person, progress.report)
    with next_unit_of_work():
        export = db.session.get(DataExport, export_id, populate_existing=True)
        if export is not None:
            keep_export(export, f"own-data-{clock.today():%Y-%m-%d}.zip", content)
    return {"bytes": len(content)}


jobs.loop("destroy last mails to erased people", FORGET_SECONDS)(forget_answers)
