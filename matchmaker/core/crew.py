"""A few processes that share one piece of long work: each sets up once, takes task after task, and closes at the end."""

import multiprocessing
import os
import resource
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection, wait
from typing import Any, Final

from flask import Flask, current_app

from matchmaker.core.config import Config

GOODBYE: Final = 10.0
"""Seconds in which a process that was told to stop may do so by itself."""
START: Final = "spawn"
"""How multiprocessing starts the processes."""
_TUNABLES: Final = "GLIBC_TUNABLES"
_LARGE_PAGES: Final = "glibc.malloc." + ":glibc.malloc.".join(
    ("hugetlb=1", "arena_max=1", f"mmap_threshold={32 << 20}", f"top_pad={64 << 20}")
)
"""Asks for large pages of memory, for threads as well and for blocks that would else be fetched one by one.

Filling an index goes to and fro in hundreds of megabytes, where finding a small page takes about as long as reading it.
"""

Setup = Callable[..., AbstractContextManager[Callable[[Any], Any]]]
"""A function of a module that sets a process up: it yields what does one task, and tidies up after the last."""


_APP: Final = "tandem-crew"
NewApp = Callable[[], Flask]


class CrewFailed(RuntimeError):
    """A process of the crew ended before its work was done."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What one process used in all: CPU seconds, and the most bytes of memory that were resident at once."""

    cpu: float
    peak: int


class Crew:
    """Processes set up with the same function, each with its own arguments; used as a context.

    They are started afresh instead of forked, so that no thread, lock or connection of this process is copied. A process
    of the crew ends by itself when this one is killed. Leaving the context before ``finish`` stops all of them.
    """

    def __init__(self, setup: Setup, arguments: Sequence[tuple[Any, ...]]) -> None:
        context = multiprocessing.get_context(START)
        self._processes = []
        self._pipes: list[Connection] = []
        self.spent: list[Spent] = []
        with _large_pages():
            for some in arguments:
                mine, theirs = context.Pipe()
                process = context.Process(target=_serve, args=(theirs, os.getpid(), setup, some), daemon=True)
                process.start()
                theirs.close()
                self._processes.append(process)
                self._pipes.append(mine)

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, *_error: object) -> None:
        for pipe in self._pipes:
            pipe.close()
        for process in self._processes:
            process.join(0 if process.exitcode is None and not self.spent else GOODBYE)
            if process.exitcode is None:
                process.kill()
                process.join()

    def results(self, tasks: Iterable[Any]) -> Iterator[Any]:
        """What the tasks give, in no order; each goes to a process that has nothing to do.

        An error of a task is raised here; CrewFailed when a process is gone.
        """
        waiting, busy = iter(tasks), set[Connection]()
        for pipe in self._pipes:
            self._hand_out(pipe, waiting, busy)
        while busy:
            for pipe in [one for one in wait(list(busy)) if isinstance(one, Connection)]:
                busy.discard(pipe)
                result = _answer(pipe)
                self._hand_out(pipe, waiting, busy)
                yield result

    def finish(self) -> None:
        """Let each process close its work; an error while closing is raised here."""
        for pipe in self._pipes:
            pipe.send(None)
        for pipe in self._pipes:
            self.spent.append(_answer(pipe))

    @staticmethod
    def _hand_out(pipe: Connection, waiting: Iterator[Any], busy: set[Connection]) -> None:
        for task in waiting:
            try:
                pipe.send((task,))
            except OSError as error:
                raise CrewFailed("a process of the crew is gone") from error
            busy.add(pipe)
            return


@contextmanager
def _large_pages() -> Iterator[None]:
    """Processes started meanwhile use large pages, unless whoever runs this one has decided otherwise."""
    if _TUNABLES in os.environ:
        yield
        return
    os.environ[_TUNABLES] = _LARGE_PAGES
    try:
        yield
    finally:
        del os.environ[_TUNABLES]


def init_crews(app: Flask, create: Callable[[Config], Flask], settings: Config) -> None:
    """Know how a process of a crew makes this application for itself."""
    app.extensions[_APP] = partial(create, settings)


def app_for_crews() -> NewApp:
    """What makes the running application anew in a process of a crew."""
    found: NewApp = current_app.extensions[_APP]
    return found


def _answer(pipe: Connection) -> Any:
    try:
        result, error = pipe.recv()
    except (EOFError, OSError) as gone:
        raise CrewFailed("a process of the crew is gone") from gone
    if error is not None:
        raise error
    return result


def _serve(pipe: Connection, parent: int, setup: Setup, arguments: tuple[Any, ...]) -> None:
    """The life of a process of the crew."""
    try:
        with setup(*arguments) as work:
            while (task := pipe.recv()) is not None:
                pipe.send((work(task[0]), None))
        used = resource.getrusage(resource.RUSAGE_SELF)
        pipe.send((Spent(time.process_time(), used.ru_maxrss * 1024), None))
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        # Whoever asked for the work is gone or has stopped it.
        return
    except Exception as error:
        if os.getppid() == parent:
            pipe.send((None, error))
        raise
