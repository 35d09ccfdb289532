"""Filling a new search index from the database: alone for few firms, with a crew of processes for many."""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from matchmaker.core import clock
from matchmaker.core.crew import Crew, NewApp, app_for_crews
from matchmaker.core.db import db
from matchmaker.core.garbage import collecting_only_new_objects
from matchmaker.directory import queries
from matchmaker.directory.documents import documents_of
from matchmaker.directory.reading import listed_firms
from matchmaker.engines.search.parts import Part
from matchmaker.engines.search.pieces import pieces_for
from matchmaker.engines.search.writer import Rebuild
from matchmaker.firms.columns import AT_ONCE

ALONE: Final = 20_000
"""Up to so many firms are read by the process that was asked, since starting others takes as long."""
PROCESSES: Final = 2
"""Processes of a crew: reading a firm and making its entry is computing, so as many as the smallest machine has cores."""


def fill(build: Rebuild, total: int) -> Generator[int, None, None]:
    """Put all listed firms into a new index, in steps; gives how many are in so far."""
    done = 0
    for added in _by_crew(build, total) if total > ALONE else _alone(build):
        done += added
        yield done


def _alone(build: Rebuild) -> Iterator[int]:
    with collecting_only_new_objects():
        for numbers in _batches():
            before = build.firms
            build.add(documents_of(listed_firms(numbers), clock.today()))
            yield build.firms - before


def _by_crew(build: Rebuild, total: int) -> Iterator[int]:
    make = app_for_crews()
    arguments = [(make, build.folder_of_part(), total) for _ in range(PROCESSES)]
    with Crew(_filling, arguments) as crew:
        for added in crew.results(_batches()):
            build.firms += added
            yield added
        crew.finish()


def _batches() -> Iterator[Sequence[int]]:
    last = 0
    while numbers := queries.listed_after(last, AT_ONCE):
        last = numbers[-1]
        yield numbers


@contextmanager
def _filling(make: NewApp, folder: Path, total: int) -> Iterator[Callable[[Sequence[int]], int]]:
    """What a process of the crew does with the numbers of some firms: read them and put them into its part."""
    with make().app_context(), collecting_only_new_objects():
        part = Part(folder, pieces=pieces_for(total))

        def add(numbers: Sequence[int]) -> int:
            added = part.add(documents_of(listed_firms(numbers), clock.today()))
            db.session.rollback()
            return added

        try:
            yield add
        except BaseException:
            part.abandon()
            raise
        part.finish()
