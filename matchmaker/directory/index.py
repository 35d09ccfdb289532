"""The search index of this machine and how it follows the database.

The database is the truth. Each change of a firm leaves a row in the outbox within its own transaction; the indexer
replays the rows, which may be repeated without harm. Sequence numbers may become visible out of order on PostgreSQL, so
rows of the last minutes are counted again, and where there are more than before those not seen yet are taken in.
"""

import logging
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Final

from flask import Flask, current_app

from matchmaker.core import clock, health
from matchmaker.directory import building, queries
from matchmaker.directory.entries import entries_now, told_otherwise
from matchmaker.directory.queries import OutboxRow
from matchmaker.engines.search.reader import Reader
from matchmaker.engines.search.storage import (
    Generation,
    IndexMissing,
    IndexMoved,
    RebuildBusy,
    WriterBusy,
    needs_rebuild,
    usable_generation,
)
from matchmaker.engines.search.writer import Writer, rebuild

log = logging.getLogger(__name__)

TAKEN_IN: Final = 1.0
"""Seconds between two rounds of the indexer."""
LOOKED_AGAIN: Final = 0.5
"""Seconds after which a web worker looks for new commits; with a round, half a second of two is left for a commit."""
OVERLAP: Final = timedelta(minutes=10)
"""No transaction that changes a firm is open for longer."""
KEPT: Final = timedelta(days=7)
"""How long a machine may stand still before it has to rebuild its index."""
MADE_AT_ONCE: Final = 3_000
"""Up to so many firms a missing index is made by whoever needs it; with more, readers wait for the worker."""
BATCH: Final = 500
"""Changes that the indexer takes in with one commit."""
LEFT_FREE: Final = 0.1
"""Seconds between two commits of a long list, in which whoever waits with a change of their own gets in."""
KEPT_SEEN: Final = 10_000
"""So many rows are counted for longer than needed, before they are forgotten together."""
LATE: Final = timedelta(minutes=2)

Report = Callable[..., None]


class SearchIndex:
    """The index: the reader shared by all threads, and the rows of the outbox already taken in.

    `found` says for each index and firm up to which row of the outbox this process found the firm's own changes in it.
    """

    def __init__(self, folder: Path) -> None:
        self.root = folder / "search"
        self.found: dict[tuple[Path, int], int] = {}
        self._reader: Reader | None = None
        self._into: Path | None = None
        self._floor = 0
        self._seen: set[int] = set()

    def reader(self) -> Reader:
        """The reader with the newest commits; raises IndexMissing while there is no usable index."""
        if self._reader is None:
            self._reader = Reader(self.root, LOOKED_AGAIN)
        else:
            self._reader.refresh()
        return self._reader

    def renew(self) -> None:
        """Have this process see its own commits at once."""
        if self._reader is not None:
            self._reader.refresh(now=True)

    def catch_up(self) -> int:
        """Take in what has changed; returns how many firms. Does nothing where another process is the indexer.

        Raises IndexMissing when a rebuild is due.
        """
        fresh, done = self._waiting(usable_generation(self.root)), 0
        try:
            for start in range(0, len(fresh), BATCH):
                if start:
                    time.sleep(LEFT_FREE)
                with Writer(self.root) as writer:
                    done += self._write(writer, fresh[start : start + BATCH])
        except (WriterBusy, IndexMoved):
            return done
        if fresh:
            self.renew()
        return done

    def _waiting(self, generation: Generation) -> list[OutboxRow]:
        """The rows behind the position of an index, and those before it that this process has not taken into it.

        The latter are looked for only where there are more of them than were seen: reading all rows of a great import
        again would cost a second each second.
        """
        position = generation.position
        self._begin(generation)
        behind = queries.outbox_after(position)
        if queries.count_outbox(self._floor, position) == len(self._seen):
            return behind
        before = queries.outbox_after(self._floor, position)
        late = [row for row in before if row.seq not in self._seen]
        self._seen.intersection_update(row.seq for row in before)
        return [*late, *behind]

    def _begin(self, generation: Generation) -> None:
        """Know from where on rows are counted, and forget what went into another index.

        What was taken in while an index was made may have been read for it before: such rows are taken in again, however
        long ago the making began.
        """
        now = clock.now()
        if generation.path != self._into:
            since = min(now, generation.begun) if self._into else now
            self._into, self._floor = generation.path, queries.outbox_floor(since - OVERLAP)
            self._seen.clear()
        elif (floor := queries.outbox_floor(now - OVERLAP)) > self._floor + KEPT_SEEN:
            self._floor = floor
            self._seen = {seq for seq in self._seen if seq > floor}

    def take_in(self, ids: Collection[int]) -> bool:
        """Take in some firms before their turn; False where another process or thread is writing.

        The position stays where it is: the indexer comes by and finds nothing left to do. Raises IndexMissing.
        """
        try:
            with Writer(self.root) as writer:
                self._put(writer, ids)
        except (WriterBusy, IndexMoved):
            return False
        return True

    def _write(self, writer: Writer, rows: Sequence[OutboxRow]) -> int:
        changed = {row.firm_id for row in rows}
        self._put(writer, changed, max(writer.position, *(row.seq for row in rows)))
        self._seen.update(row.seq for row in rows)
        return len(changed)

    def _put(self, writer: Writer, ids: Collection[int], position: int | None = None) -> None:
        """Have the index say of firms what the database says; read while nobody else can write to the index.

        What it says already is left alone, because every commit lets all readers forget what they had found out.
        """
        entries = entries_now(ids)
        self.renew()
        changed = told_otherwise(self.reader(), ids, entries)
        fresh = [one for one in entries if one.firm_id in changed]
        writer.apply(fresh, changed - {one.firm_id for one in fresh}, position)


def init_index(app: Flask) -> None:
    """Know where the index of this machine is; nothing is opened or made yet."""
    app.extensions["tandem-search"] = SearchIndex(app.config["INSTANCE"])


def search_index() -> SearchIndex:
    """The index of this machine."""
    found: SearchIndex = current_app.extensions["tandem-search"]
    return found


def ready_reader() -> Reader | None:
    """The reader; a missing index of a small database is made on the spot, else None until the worker has."""
    index = search_index()
    try:
        return index.reader()
    except IndexMissing:
        if queries.count_listed() > MADE_AT_ONCE:
            return None
    try:
        rebuild_index()
    except RebuildBusy:
        return None
    return index.reader()


def sync_now() -> int:
    """Bring the index up to date and let this process see it; returns how many firms were taken in.

    What the worker repeats every second, and what a process without a worker calls.
    """
    index = search_index()
    if needs_rebuild(index.root) or _has_missed_rows(index):
        return rebuild_index()
    return index.catch_up()


def _has_missed_rows(index: SearchIndex) -> bool:
    """Whether rows were deleted that this machine had not read, or the database is another than before."""
    oldest, newest = queries.outbox_ends()
    return not oldest - 1 <= usable_generation(index.root).position <= newest


def rebuild_index(report: Report | None = None) -> int:
    """Build the index anew beside the old one and switch to it; returns how many firms it has.

    Raises RebuildBusy when another process does so already. `report(done, total)` is called between batches.
    """
    index = search_index()
    position, total, done = queries.outbox_ends()[1], queries.count_listed(), 0
    # Closed before the new index is, so that whoever fills it has stopped when its folder is removed.
    with rebuild(index.root, position) as build, closing(building.fill(build, total)) as steps:
        for done in steps:
            if report is not None:
                report(done, total)
    index.renew()
    log.info("search index built: %s firms", done)
    return done


def index_is_current() -> str:
    """The index can be read and follows the outbox; raises RuntimeError when it falls behind."""
    reader = ready_reader()
    if reader is None:
        raise RuntimeError("the search index is being made")
    if queries.waits_since(reader.position, clock.now() - LATE):
        raise RuntimeError("the search index falls behind")
    return f"{reader.firms} firms"


health.add_check("search index", index_is_current)
