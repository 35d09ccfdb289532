"""Setting the cap, and making the round that allocates all first places."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from flask_babel import gettext as _
from sqlalchemy import delete, insert

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import DomainError, NotAllowed
from matchmaker.core.jobs import Job, enqueue_once
from matchmaker.core.unit_of_work import next_unit_of_work
from matchmaker.matching.everybody import everybody
from matchmaker.matching.exposure import queries
from matchmaker.matching.exposure.allocating import allocate, limits_of
from matchmaker.matching.exposure.allocation import Allocation
from matchmaker.matching.exposure.models import CappedFirm, CappedPlace, ExposureCap, ExposureRound
from matchmaker.matching.exposure.spread import spread_of
from matchmaker.matching.lists import fit_lists
from matchmaker.matching.weighing import rules
from matchmaker.matching.weighing.queries import weights_in_use

LEAST_SHARE: Final = 1
BATCH: Final = 500
MOST_FIRMS: Final = 100_000
PAUSE: Final = timedelta(milliseconds=50)


def set_cap(actor: Actor, share: int, reason: str) -> ExposureCap:
    """Set the most per cent of lists in whose first ten one firm may stand, and queue the round that heeds it.

    Raises NotAllowed, DomainError at `share` and `reason`.
    """
    sides = sorted(rules.deciding_sides(actor))
    if not sides:
        raise NotAllowed(_("Only coordinators and administrators of an institution can set the cap."))
    if not LEAST_SHARE <= share <= 100:
        raise DomainError(_("Enter a number between %(least)s and %(most)s.", least=1, most=100), "share")
    words = reason.strip()
    if len(words) < rules.SHORTEST_REASON:
        raise DomainError(_("Write at least %(n)s letters.", n=rules.SHORTEST_REASON), "reason")
    before = queries.share()
    cap = ExposureCap(share=share, reason=words, person_id=actor.person_id, country=sides[0])
    db.session.add(cap)
    db.session.flush()
    audit.record(actor, "set_cap", "exposure_cap", cap.id, {"share": before}, {"share": share})
    queue_round(actor)
    return cap


def queue_round(actor: Actor | None) -> Job:
    """Queue a round unless one waits or runs already."""
    return enqueue_once(actor, queries.ROUND, single=queries.ROUND)


def keep_up() -> bool:
    """Queue a round when firms, points or the cap changed since the last one; answers whether it did.

    Between two rounds lies PAUSE for each list, so that rounds take a small part of the worker's time. Above MOST_FIRMS no
    round is made without being asked for.
    """
    if len(fit_lists().up_to_date(0)[0]) > MOST_FIRMS:
        return False
    last = queries.last_round()
    if last is not None:
        rested = clock.now() - last.created_at >= PAUSE * last.lists
        if not rested or last.mark == queries.present_mark():
            return False
    queue_round(None)
    return True


def make_round(progress: Callable[[int, int], None]) -> ExposureRound:
    """Allocate all first places anew and put the result in the place of the last round, in a transaction of its own."""
    mark, share, weights = queries.present_mark(), queries.share(), weights_in_use()
    lists = everybody()
    limits = limits_of(lists, share)
    found = allocate(lists, share, weights, progress)
    made = ExposureRound(
        share=share,
        weights=weights.name,
        mark=mark,
        lists=len(lists.owners),
        before=spread_of(lists.owners, found.natural),
        after=spread_of(lists.owners, found.shown),
    )
    most = {number: limits.get(lists.countries.get(number, ""), 0) for number in found.over}
    # Allocating has read since its last report: a transaction that goes on from there could not write on SQLite where
    # somebody else wrote in between.
    with next_unit_of_work():
        db.session.add(made)
        db.session.flush()
        _store(made.id, found, most)
        for table in (CappedPlace, CappedFirm):
            db.session.execute(delete(table).where(table.round_id < made.id))
    return made


def _store(round_id: int, found: Allocation, limits: dict[int, int]) -> None:
    shown = found.shown
    places = [
        {"round_id": round_id, "firm_id": number, "list_id": owner}
        for owner, numbers in found.lists.items()
        for number in numbers
        if number in found.over
    ]
    firms = [
        {
            "round_id": round_id,
            "firm_id": number,
            "natural": found.natural[number],
            "most": limits[number],
            "shown": shown[number],
        }
        for number in sorted(found.over)
    ]
    for table, rows in ((CappedFirm, firms), (CappedPlace, places)):
        for start in range(0, len(rows), BATCH):
            db.session.execute(insert(table), rows[start : start + BATCH])
