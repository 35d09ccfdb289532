"""What the worker does for the search of register entries."""

from matchmaker.core.db import db
from matchmaker.core.jobs import loop
from matchmaker.engines.search.storage import RebuildBusy
from matchmaker.matching.prospects.index import sync_prospects


@loop("prospects", 15)
def follow_imports() -> None:
    """Take in what finished imports wrote; reads only, so the worker's write transaction is given back first."""
    db.session.rollback()
    try:
        sync_prospects()
    except RebuildBusy:
        # Another process makes it; the next round goes on from there.
        return
