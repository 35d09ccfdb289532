"""The one writer of the index: deletes and adds firms in batches of one commit each, and rebuilds beside the old index."""

import fcntl
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from tantivy import Index, IndexWriter, Query

from matchmaker.engines.search.document import FirmDocument
from matchmaker.engines.search.entry import entries_of
from matchmaker.engines.search.parts import Part, join
from matchmaker.engines.search.schema import FIRM_ID
from matchmaker.engines.search.storage import (
    Generation,
    IndexMissing,
    IndexMoved,
    RebuildBusy,
    WriterBusy,
    current_generation,
    new_generation,
    switch_to,
    usable_generation,
)

_HEAP: Final = 64_000_000
_BUSY: Final = "LockBusy"


def _open_writer(index: Index) -> IndexWriter:
    try:
        writer = index.writer(heap_size=_HEAP, num_threads=1)
    except ValueError as error:
        if _BUSY in str(error):
            raise WriterBusy("another writer holds the index") from error
        raise
    # A commit that was killed may have left a file of deletions, whose name the next commit would take again.
    writer.garbage_collect_files()
    return writer


class Writer:
    """Holds the index's lock from creation to ``close``: whoever has a Writer is the elected indexer.

    Raises IndexMissing when a rebuild is due and WriterBusy when another process or thread is the indexer. A killed
    holder frees the lock. After any error the writer is closed without committing; open a new one.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._generation = usable_generation(root)
        self._index = Index.open(str(self._generation.index))
        self._writer: IndexWriter | None = _open_writer(self._index)
        self._check_current()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def position(self) -> int:
        """The outbox position that the index contains."""
        return self._generation.position

    def apply(
        self, firms: Iterable[FirmDocument] = (), removed: Iterable[int] = (), position: int | None = None
    ) -> None:
        """Put these firms in place of what the index knows of them, take the removed ones out, commit once.

        Repeating a batch changes nothing. ``position`` is saved after the commit. Raises IndexMoved after a rebuild
        elsewhere and ValueError for a code that cannot be kept; in both cases nothing of the batch is committed.
        """
        latest = {firm.firm_id: firm for firm in firms}
        try:
            self._check_current()
            self._replace(latest, {*latest, *removed})
        except BaseException:
            self._writer = None
            raise
        if position is not None:
            self._generation.save_position(position)

    def close(self) -> None:
        """Let merges finish and free the lock; closing twice does nothing."""
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.wait_merging_threads()

    def _replace(self, latest: dict[int, FirmDocument], stale: set[int]) -> None:
        if self._writer is None:
            raise WriterBusy("this writer is closed")
        if not stale:
            return
        entries = entries_of(list(latest.values()))
        self._writer.delete_documents_by_query(
            Query.term_set_query(self._index.schema, FIRM_ID, sorted(stale))
        )
        for entry in entries:
            self._writer.add_json(entry)
        self._writer.commit()

    def _check_current(self) -> None:
        if current_generation(self._root) != self._generation:
            self._writer = None
            raise IndexMoved("the index was rebuilt meanwhile")


class Rebuild:
    """A new generation being filled; ``add`` may be called often, each firm at most once in all.

    Other processes may fill further parts of it meanwhile: each a Part in a folder of ``folder_of_part``, finished before
    the block of the rebuild ends.
    """

    def __init__(self, generation: Generation, threads: int) -> None:
        self._generation = generation
        self._parts: list[Path] = []
        self._own = Part(self.folder_of_part(), threads=threads)
        self.firms = 0

    def folder_of_part(self) -> Path:
        """A folder for a part that another process fills."""
        folder = self._generation.path / f"part-{len(self._parts)}"
        folder.mkdir()
        self._parts.append(folder)
        return folder

    def add(self, firms: Iterable[FirmDocument]) -> None:
        """Add firms; they appear with the switch at the end of the rebuild."""
        self.firms += self._own.add(firms)

    def finish(self) -> None:
        """Commit all firms, wait for merges and join the parts."""
        self._own.finish()
        join(self._parts, self._generation.index)

    def abandon(self) -> None:
        """Stop writing without a commit, so that no thread makes files any more when the folder is removed."""
        self._own.abandon()


@contextmanager
def rebuild(root: Path, position: int = 0, threads: int = 1) -> Iterator[Rebuild]:
    """Build a new index from nothing and switch to it when the block ends without error.

    ``position`` is the outbox position read before the first firm was loaded, so that changes made during the rebuild
    are repeated on the new index. Raises RebuildBusy when another process is rebuilding, IndexIncomplete when a part of
    another process was not finished.
    """
    root.mkdir(parents=True, exist_ok=True)
    with (root / "rebuild.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise RebuildBusy("another process is rebuilding the index") from error
        generation = new_generation(root)
        try:
            yield from _filled(Rebuild(generation, threads))
        except BaseException:
            shutil.rmtree(generation.path, ignore_errors=True)
            raise
        generation.save_position(position)
        switch_to(root, generation)


def _filled(build: Rebuild) -> Iterator[Rebuild]:
    """Give the build to whoever fills it, then finish it."""
    try:
        yield build
    except BaseException:
        build.abandon()
        raise
    build.finish()


def open_or_create(root: Path) -> Writer:
    """A writer on the current index, after making an empty one where none is usable; raises as Writer does."""
    try:
        return Writer(root)
    except IndexMissing:
        with rebuild(root):
            pass
        return Writer(root)
