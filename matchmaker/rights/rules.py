"""Decisions about the rights of people over their data."""

from datetime import timedelta
from typing import TYPE_CHECKING

from matchmaker.core.actor import Actor

if TYPE_CHECKING:
    from matchmaker.rights.models import DataExport

ARCHIVE_DAYS = 7
"""For how long an archive can be downloaded; then it is removed, for it holds everything in one place."""
ARCHIVE_TERM = timedelta(days=ARCHIVE_DAYS)


def may_download(actor: Actor, export: "DataExport") -> bool:
    """Only the person whose data it holds, whoever else may do whatever else."""
    return actor.is_authenticated and export.person_id == actor.person_id
