"""What the worker does for the audit log: seal entries soon after their commit, check the chain every night."""

import logging
from dataclasses import asdict
from typing import Any

from matchmaker.admin import services
from matchmaker.admin.queries import last_check
from matchmaker.core import clock
from matchmaker.core.audit_chain import BATCH, check, seal
from matchmaker.core.db import db
from matchmaker.core.jobs import Progress, enqueue_once, job_kind, loop
from matchmaker.core.schedules import Rhythm, Schedule, is_night_due
from matchmaker.core.unit_of_work import next_unit_of_work

CHECK_JOB = "check audit log"
NIGHT = Schedule(Rhythm.DAILY, 0, "03:00")
ZONE = "Europe/Istanbul"
SEAL_SECONDS = 5
log = logging.getLogger(__name__)


@loop("seal audit log", SEAL_SECONDS)
def seal_entries() -> None:
    """Seal what was committed since the last round; a great many entries take several rounds."""
    seal(4 * BATCH)


@loop("check audit log", 600)
def check_at_night() -> None:
    """Have the chain checked at night, or at any hour when a night was missed."""
    last = last_check(CHECK_JOB)
    if is_night_due(NIGHT, ZONE, clock.now(), last.created_at if last else None):
        enqueue_once(None, CHECK_JOB, single=CHECK_JOB)


@job_kind(CHECK_JOB)
def check_audit_log(progress: Progress) -> dict[str, Any]:
    """Go through the chain, reading only; administrators are told of what is wrong."""
    db.session.rollback()
    found = check()
    if found.broken is None:
        return {"entries": found.entries, "head": found.head}
    log.error("the audit log is broken: %s", found.broken)
    with next_unit_of_work():
        services.tell_administrators(found.broken)
    return {"entries": found.entries, "head": found.head, "broken": asdict(found.broken)}
