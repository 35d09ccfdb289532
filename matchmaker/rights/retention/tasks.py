"""The nightly job that destroys what is older than its time, class by class."""

import logging
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from matchmaker.core import clock
from matchmaker.core.db import db, forget_freed_pages
from matchmaker.core.errors import DomainError
from matchmaker.core.jobs import Job, Progress, enqueue_once, job_kind, loop
from matchmaker.core.retention import DataClass, data_classes
from matchmaker.core.schedules import Rhythm, Schedule, is_night_due
from matchmaker.core.unit_of_work import next_unit_of_work
from matchmaker.rights.retention import services

PURGE_JOB = "purge"
NIGHT = Schedule(Rhythm.DAILY, 0, "02:00")
ZONE = "Europe/Istanbul"
LOOK_SECONDS = 600
log = logging.getLogger(__name__)


@loop("purge at night", LOOK_SECONDS)
def purge_at_night() -> None:
    """Have old data destroyed at night, or at any hour when a night was missed."""
    last = db.session.scalar(
        select(Job.created_at).where(Job.kind == PURGE_JOB).order_by(Job.id.desc()).limit(1)
    )
    if is_night_due(NIGHT, ZONE, clock.now(), last):
        enqueue_once(None, PURGE_JOB, single=PURGE_JOB)


@job_kind(PURGE_JOB)
def purge(progress: Progress) -> dict[str, Any]:
    """Destroy class by class, one commit for each batch; a class that fails is left for the next night."""
    due = [one for one in data_classes() if one.is_purged]
    destroyed: dict[str, int] = {}
    failed: list[str] = []
    for place, one in enumerate(due):
        progress.report(place, len(due), every=0)
        try:
            destroyed[one.key] = _purge_class(one, progress, place, len(due))
        except (SQLAlchemyError, OSError, DomainError) as failure:
            # Nothing of the failure but its kind: its words may hold what was to be destroyed.
            db.session.rollback()
            log.error("purging %s failed: %s", one.key, type(failure).__name__)
            failed.append(one.key)
    progress.report(len(due), len(due), every=0)
    forget_freed_pages()
    if failed:
        raise RuntimeError("not purged: " + ", ".join(failed))
    return {"destroyed": {key: count for key, count in destroyed.items() if count}}


def _purge_class(one: DataClass, progress: Progress, place: int, total: int) -> int:
    count = 0
    while True:
        with next_unit_of_work():
            found = services.purge_batch(one, progress.job_id).records
        if not found:
            return count
        count += found
        progress.report(place, total, every=0)
