"""What the worker does about duplicates: looking at firms that changed, and going through all when asked."""

from typing import Any

from matchmaker.core.db import db
from matchmaker.core.jobs import Job, Progress, job_kind, loop
from matchmaker.firms.duplicates import services
from matchmaker.firms.duplicates.queries import SEARCH_JOB

EVERY_SECONDS = 5


@loop("duplicates", EVERY_SECONDS)
def follow_changes() -> None:
    """Look at new and changed firms."""
    services.follow_changes()


@job_kind(SEARCH_JOB)
def search_duplicates(progress: Progress) -> dict[str, Any]:
    """Go through all firms, from where an attempt that lost its worker came to."""
    begun = dict(db.session.get_one(Job, progress.job_id).detail)
    return {"found": services.search_all(progress.report, begun)}
