"""The long work of compliance: all firms compared with lists that changed."""

from typing import Any

from matchmaker.compliance import queries
from matchmaker.compliance.services import RESCREEN_JOB, screen
from matchmaker.compliance.travellers import travellers
from matchmaker.core.db import db
from matchmaker.core.jobs import Progress, job_kind
from matchmaker.core.unit_of_work import next_unit_of_work
from matchmaker.firms.models import Firm


@job_kind(RESCREEN_JOB)
def rescreen_all(progress: Progress) -> dict[str, Any]:
    """Screen every firm whose state asks for it, then everybody who travels; answers how many, and how many have hits."""
    total, last, done, with_hits = queries.count_to_screen(), 0, 0, 0
    while numbers := queries.firms_to_screen(after=last):
        with next_unit_of_work():
            for number in numbers:
                screening = screen(db.session.get_one(Firm, number))
                done, last = done + 1, number
                with_hits += bool(screening.hits)
        progress.report(done, total)
        db.session.expire_all()
    for part, read in travellers():
        with next_unit_of_work():
            for traveller in read(part):
                with_hits += bool(screen(traveller).hits)
                done += 1
        progress.report(done, max(total, done))
        db.session.expire_all()
    return {"screened": done, "with_hits": with_hits}
