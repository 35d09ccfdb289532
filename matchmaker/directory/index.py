"""The two search indexes of this machine and how they follow the database.

The database is the truth. Each change of a firm leaves a row in the outbox within its own transaction; the indexer
replays the rows, which may be repeated without harm. Sequence numbers may become visible out of order on PostgreSQL, so
rows of the last minutes are read again and those not seen yet are taken in.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Final

from flask import Flask, current_app

from matchmaker.core import clock, health
from matchmaker.directory import queries
from matchmaker.directory.documents import documents_of
from matchmaker.directory.queries import OutboxRow
from matchmaker.engines.search.reader import Reader
from matchmaker.engines.search.storage import (
    IndexMissing,
    IndexMoved,
    RebuildBusy,
    WriterBusy,
    needs_rebuild,
    usable_generation,
)
from matchmaker.engines.search.writer import Writer, rebuild
from matchmaker.firms import queries as firms
from matchmaker.firms.enums import FirmState, Visibility
from matchmaker.firms.models import Firm

log = logging.getLogger(__name__)

LEVELS: Final = (Visibility.PUBLIC, Visibility.REGISTERED)
OVERLAP: Final = timedelta(minutes=10)
"""No transaction that changes a firm is open for longer."""
KEPT: Final = timedelta(days=7)
"""How long a machine may stand still before it has to rebuild its indexes."""
BATCH: Final = 500
MADE_AT_ONCE: Final = 3_000
"""Up to so many firms a missing index is made by whoever needs it; with more, readers wait for the worker."""
LATE: Final = timedelta(minutes=2)

Report = Callable[..., None]


class SearchIndex:
    """The index of one level: readers shared by all threads, and the rows of the outbox already taken in."""

    def __init__(self, folder: Path, level: Visibility) -> None:
        self.level = level
        self.root = folder / "search" / level.value
        self._reader: Reader | None = None
        self._seen: set[int] = set()

    def reader(self) -> Reader:
        """The reader with the newest commits; raises IndexMissing while there is no usable index."""
        if self._reader is None:
            self._reader = Reader(self.root)
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
        position = usable_generation(self.root).position
        waiting = queries.outbox_after(position, clock.now() - OVERLAP)
        self._seen.intersection_update(row.seq for row in waiting)
        fresh = [row for row in waiting if row.seq not in self._seen]
        if not fresh:
            return 0
        done = 0
        try:
            with Writer(self.root) as writer:
                for start in range(0, len(fresh), BATCH):
                    done += self._write(writer, fresh[start : start + BATCH])
        except (WriterBusy, IndexMoved):
            return done
        self.renew()
        return done

    def _write(self, writer: Writer, rows: Sequence[OutboxRow]) -> int:
        changed = {row.firm_id for row in rows}
        position = max(writer.position, *(row.seq for row in rows))
        loaded = firms.firms(changed)
        listed = [firm for firm in loaded.values() if firm.state is FirmState.VERIFIED]
        removed = changed - {firm.id for firm in listed}
        writer.apply(documents_of(listed, self.level, clock.today()), removed, position)
        self._seen.update(row.seq for row in rows)
        return len(changed)


def init_index(app: Flask) -> None:
    """Know where the indexes of this machine are; nothing is opened or made yet."""
    folder = app.config["INSTANCE"]
    app.extensions["tandem-search"] = {level: SearchIndex(folder, level) for level in LEVELS}


def indexes() -> Sequence[SearchIndex]:
    """The indexes of all levels."""
    return tuple(current_app.extensions["tandem-search"].values())


def index_for(level: Visibility) -> SearchIndex:
    """The index of one level."""
    found: SearchIndex = current_app.extensions["tandem-search"][level]
    return found


def reader_for(level: Visibility) -> Reader | None:
    """The reader of a level; a missing index of a small database is made on the spot, else None until the worker has."""
    index = index_for(level)
    try:
        return index.reader()
    except IndexMissing:
        if queries.count_listed() > MADE_AT_ONCE:
            return None
    try:
        rebuild_all()
    except RebuildBusy:
        return None
    return index.reader()


def sync_now() -> int:
    """Bring all indexes up to date and let this process see it; returns how many firms were taken in.

    What the worker repeats every second, and what a process without a worker calls.
    """
    if any(needs_rebuild(index.root) or _has_missed_rows(index) for index in indexes()):
        return rebuild_all()
    return sum(index.catch_up() for index in indexes())


def _has_missed_rows(index: SearchIndex) -> bool:
    """Whether rows were deleted that this machine had not read, or the database is another than before."""
    oldest, newest = queries.outbox_ends()
    return not oldest - 1 <= usable_generation(index.root).position <= newest


def rebuild_all(report: Report | None = None) -> int:
    """Build all indexes anew beside the old ones and switch to them; returns how many firms they have.

    Raises RebuildBusy when another process does so already. `report(done, total)` is called between batches.
    """
    position, total, done = queries.outbox_ends()[1], queries.count_listed(), 0
    with ExitStack() as stack:
        built = [(index, stack.enter_context(rebuild(index.root, position))) for index in indexes()]
        for batch in _batches():
            for index, build in built:
                build.add(documents_of(batch, index.level, clock.today()))
            done += len(batch)
            if report is not None:
                report(done, total)
    for index in indexes():
        index.renew()
    log.info("search index built: %s firms", done)
    return done


def _batches() -> Iterator[list[Firm]]:
    last = 0
    while numbers := queries.listed_after(last, BATCH):
        last = numbers[-1]
        yield list(firms.firms(numbers).values())


def index_is_current() -> str:
    """The indexes can be read and follow the outbox; raises RuntimeError when they fall behind."""
    counts = []
    for level in LEVELS:
        reader = reader_for(level)
        if reader is None:
            raise RuntimeError("the search index is being made")
        if queries.waits_since(reader.position, clock.now() - LATE):
            raise RuntimeError("the search index falls behind")
        counts.append(reader.firms)
    return f"{max(counts)} firms"


health.add_check("search index", index_is_current)
