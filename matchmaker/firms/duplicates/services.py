"""Verbs of suspected pairs: searching, putting aside, taking back."""

from collections.abc import Callable
from typing import Any, Final

from flask_babel import gettext as _

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db, upsert
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.jobs import Job, cancel, enqueue_once
from matchmaker.core.unit_of_work import next_unit_of_work
from matchmaker.firms.duplicates import queries, rules
from matchmaker.firms.duplicates.enums import PairState
from matchmaker.firms.duplicates.finding import renew_keys, renew_pairs
from matchmaker.firms.duplicates.models import DuplicateLook, SuspectedPair
from matchmaker.firms.duplicates.reading import traits_of

BATCH: Final = 500
PARTS: Final = (renew_keys, renew_pairs)
Report = Callable[..., None]


def queue_search(actor: Actor) -> Job:
    """Queue a search through all firms unless one waits or runs; raises NotAllowed."""
    _check_may_search(actor)
    job = enqueue_once(actor, queries.SEARCH_JOB, single=queries.SEARCH_JOB)
    audit.record(actor, "search_duplicates", "job", job.id)
    db.session.flush()
    return job


def stop_search(actor: Actor) -> None:
    """Ask the running search to stop at its next step; raises NotAllowed, Conflict when nothing runs."""
    _check_may_search(actor)
    job = queries.last_search()
    if job is None:
        raise Conflict(_("Nothing is running any more."))
    cancel(job)
    audit.record(actor, "stop", "job", job.id)
    db.session.flush()


def _check_may_search(actor: Actor) -> None:
    if not rules.may_see_pairs(actor):
        raise NotAllowed(_("You do not have permission for this."))


def search_all(report: Report, begun: dict[str, Any]) -> int:
    """Go through all firms twice, first for their keys, then for their pairs; answers how many pairs are new.

    `begun` tells how far an earlier attempt came; from there it goes on. Each batch is a transaction of its own.
    """
    found, looked, total = begun.get("found", 0), begun.get("looked", 0), 2 * queries.count_firms()
    first, after = begun.get("part", 0), begun.get("after", 0)
    for part in range(first, len(PARTS)):
        while ids := queries.firms_after(after, BATCH):
            with next_unit_of_work():
                new = PARTS[part](ids)
            found += new if PARTS[part] is renew_pairs else 0
            after, looked = ids[-1], looked + len(ids)
            report(min(looked, total), total, part=part, after=after, found=found, looked=looked)
        after = 0
    return int(found)


def follow_changes() -> int:
    """Look at firms that are new or changed since they were looked at last; answers how many."""
    changed = dict(queries.changed_firms(BATCH))
    if changed:
        renew_keys(changed)
        renew_pairs(changed)
        upsert(DuplicateLook, [{"firm_id": one, "at": at} for one, at in changed.items()], key=("firm_id",))
        db.session.flush()
    return len(changed)


def put_aside(actor: Actor, pair: SuspectedPair, reason: str) -> None:
    """Say that two firms are not the same, and why; they are shown again only when a name or number of them changes.

    Raises NotAllowed, Conflict for a pair that is settled already, DomainError at `reason`.
    """
    _check_may_settle(actor, pair)
    if not rules.may_put_aside(actor, pair):
        raise Conflict(_("This pair was settled meanwhile. Load the page again."))
    words = reason.strip()
    if len(words) < rules.SHORTEST_REASON:
        raise DomainError(_("Write at least %(n)s letters.", n=rules.SHORTEST_REASON), "reason")
    traits = traits_of((pair.first_id, pair.second_id))
    if len(traits) < len({pair.first_id, pair.second_id}):
        raise Conflict(_("One of the two firms is out of use. The pair leaves the list by itself."))
    pair.mark = rules.mark(traits[pair.first_id], traits[pair.second_id])
    _settle(actor, pair, PairState.PUT_ASIDE, words)


def take_back(actor: Actor, pair: SuspectedPair) -> None:
    """Have a pair that was put aside stand in the queue again; raises NotAllowed, Conflict."""
    _check_may_settle(actor, pair)
    if not rules.may_take_back(actor, pair):
        raise Conflict(_("This pair was settled meanwhile. Load the page again."))
    _settle(actor, pair, PairState.OPEN, "")


def _check_may_settle(actor: Actor, pair: SuspectedPair) -> None:
    if not rules.may_settle(actor, pair):
        raise NotAllowed(_("You do not have permission for this."))


def _settle(actor: Actor, pair: SuspectedPair, state: PairState, reason: str) -> None:
    before = {"state": pair.state.value, "reason": pair.reason}
    pair.state, pair.reason = state, reason
    pair.decided_by_id, pair.decided_at = actor.person_id, clock.now()
    audit.record(
        actor,
        "put_aside" if state is PairState.PUT_ASIDE else "take_back",
        "suspected_pair",
        pair.id,
        before,
        {"state": state.value, "reason": reason, "firms": [pair.first_id, pair.second_id]},
    )
    db.session.flush()
