"""What the worker does for the search index: follow the outbox, tidy up, rebuild when asked."""

from typing import Any

from matchmaker.core.db import db
from matchmaker.core.jobs import Progress, job_kind, loop
from matchmaker.directory import index, services
from matchmaker.engines.search.storage import RebuildBusy

REBUILD_JOB = "index-rebuild"


@loop("search index", index.TAKEN_IN)
def follow_outbox() -> None:
    """Bring the index up to date; reads only, so the worker's write transaction is given back first."""
    db.session.rollback()
    try:
        index.sync_now()
    except RebuildBusy:
        # Another process makes it; the next round goes on from there.
        return


@loop("tidy search outbox", 3600)
def tidy_outbox() -> None:
    """Index firms whose certificate ended, then delete what is old."""
    services.index_ended_certificates()
    services.purge_outbox()


@job_kind(REBUILD_JOB)
def make_index(progress: Progress) -> dict[str, Any]:
    """Build the index anew with progress; readers keep the old one until the end."""
    db.session.rollback()
    return {"firms": index.rebuild_index(progress.report)}
