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


@loop("index ended certificates", 3600)
def index_ended() -> None:
    """Index firms whose certificate ended."""
    services.index_ended_certificates()


@job_kind(REBUILD_JOB)
def make_index(progress: Progress) -> dict[str, Any]:
    """Build the index anew with progress; readers keep the old one until the end."""
    db.session.rollback()
    return {"firms": index.rebuild_index(progress.report)}
