"""A search by somebody who has just changed a firm, or whose firm was just changed, finds the change at once.

Everybody else's search waits for nothing: the indexer takes changes in each second. Whoever has a change of their own
outside the index takes these firms in themselves, as the indexer would, unless another process is writing to the index
at that moment; then they wait a little for it. So no signal between processes is needed, and no running indexer.

Whether a change is in the index is told by comparing the firm's entry with the database, not by the position of the
indexer: on PostgreSQL a row of the outbox may become visible after later ones were taken in.
"""

import time
from collections.abc import Mapping
from typing import Final

from matchmaker.core import clock
from matchmaker.core.actor import Actor
from matchmaker.directory import queries
from matchmaker.directory.entries import entries_now, told_otherwise
from matchmaker.directory.index import OVERLAP, SearchIndex, search_index

PATIENCE: Final = 2.0
"""Seconds that a search waits while another process keeps the index, as it does in a great import."""
LOOK: Final = 0.05
"""Seconds between two looks whether the other process has finished; a commit takes 0.1 to 0.3."""
MOST_KEPT: Final = 10_000


def has_own_changes(actor: Actor, patience: float | None = None) -> bool:
    """Have the reader's own changes in the index; False where another process kept it for longer than the patience.

    Costs a visitor nothing and a signed-in reader one statement; called when there is an index.
    """
    if not actor.is_authenticated:
        return True
    index, until = search_index(), time.monotonic() + (PATIENCE if patience is None else patience)
    latest = queries.own_changes(
        [one.firm_id for one in actor.memberships],
        actor.person_id,
        index.reader().position,
        clock.now() - OVERLAP,
    )
    while missing := _missing(index, latest):
        taken = index.take_in(missing)
        index.renew()
        if time.monotonic() >= until:
            return not _missing(index, latest)
        if not taken:
            time.sleep(LOOK)
    return True


def _missing(index: SearchIndex, latest: Mapping[int, int]) -> set[int]:
    """The firms whose latest change is not in the index; what was found there once is not compared again."""
    reader = index.reader()
    place, known = reader.home, index.found
    unknown = [number for number, seq in latest.items() if known.get((place, number), 0) < seq]
    if not unknown:
        return set()
    missing = told_otherwise(reader, unknown, entries_now(unknown))
    if len(known) > MOST_KEPT:
        known.clear()
    known.update({(place, number): latest[number] for number in unknown if number not in missing})
    return missing
