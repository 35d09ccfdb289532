"""Invented firms on their way straight into a search index and the lists of matching, without a database."""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from matchmaker.core.crew import Crew, Spent
from matchmaker.demo.generator.documents import documents
from matchmaker.demo.generator.stream import CHUNK, SEED, chunk_at, vocabularies
from matchmaker.engines.fit.columns import Columns
from matchmaker.engines.fit.snapshot import Builder
from matchmaker.engines.search.parts import AT_ONCE, Part
from matchmaker.engines.search.pieces import pieces_for
from matchmaker.engines.search.writer import rebuild

PROCESSES: Final = 2


class _Made(NamedTuple):
    """A chunk in the index: its number, what the lists take of it, and CPU seconds that inventing it took."""

    chunk: int
    columns: Columns
    inventing: float


@dataclass(slots=True)
class Built:
    """What was built and what it took: CPU of inventing firms and of the lists, and all that each process used."""

    firms: int = 0
    inventing: float = 0.0
    lists: float = 0.0
    processes: list[Spent] = field(default_factory=list)


@contextmanager
def _filling(folder: Path, count: int, seed: int) -> Iterator[Callable[[int], _Made]]:
    """What a process does with the number of a chunk: invent its firms and put them into a part of the index."""
    part = Part(folder, pieces=pieces_for(count))
    # Nothing here is made in circles, and walking all that is kept for reuse costs as much as making entries.
    gc.disable()

    def fill(number: int) -> _Made:
        begun = time.thread_time()
        chunk = chunk_at(number * CHUNK, count, seed)
        inventing, firms = time.thread_time() - begun, documents(chunk)
        # Inventing and taking in are told apart by doing as many at once as a part does.
        begun = time.thread_time()
        while few := list(islice(firms, AT_ONCE)):
            inventing += time.thread_time() - begun
            part.add(few)
            begun = time.thread_time()
        return _Made(number, chunk.columns, inventing)

    try:
        yield fill
    except BaseException:
        part.abandon()
        raise
    finally:
        gc.enable()
    part.finish()


def build(root: Path, lists: Path, count: int, seed: int = SEED, processes: int = PROCESSES) -> Built:
    """Build a search index and the lists of matching, both new, over so many invented firms."""
    built = Built()
    builder, waiting = Builder(lists, vocabularies()), dict[int, Columns]()
    with rebuild(root) as making:
        folders = [making.folder_of_part() for _ in range(processes)]
        with Crew(_filling, [(folder, count, seed) for folder in folders]) as crew:
            for made in crew.results(range(-(-count // CHUNK))):
                built.inventing += made.inventing
                begun = time.thread_time()
                waiting[made.chunk] = made.columns
                # The lists take firms in the order of their numbers.
                while (columns := waiting.pop(built.firms // CHUNK, None)) is not None:
                    builder.add(columns)
                    built.firms += len(columns)
                built.lists += time.thread_time() - begun
            crew.finish()
            built.processes = crew.spent
    begun = time.thread_time()
    builder.finish()
    built.lists += time.thread_time() - begun
    return built
