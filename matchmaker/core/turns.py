"""Who writes next to the embedded database: whoever has waited longest, in this process and almost so between processes.

SQLite has one writer at a time, and whoever finds it busy looks again after pauses that grow to a tenth of a second. A
request that begins at the moment another ends is therefore served before those that wait, and among many some wait
until their patience ends. Here the threads of a process stand in a line; only the first of the line asks the database,
and asks often enough to find the moment in which the other processes leave it free.
"""

import sqlite3
import threading
import time
from collections import deque

WAIT_SECONDS = 15.0
"""How long somebody waits for the turn before being told that the service is busy."""
LOOK_MS = 20
"""How long SQLite itself waits in one attempt; up to there it looks again after 1, 2, 5 and 10 milliseconds."""


class Turns:
    """The line of one process."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._line: deque[threading.Event] = deque()
        self._taken = False

    def take(self, seconds: float) -> bool:
        """Wait for the turn; answers whether it came in time. Whoever took it gives it back."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            mine = threading.Event()
            self._line.append(mine)
        if mine.wait(seconds):
            return True
        with self._guard:
            if mine.is_set():
                return True
            self._line.remove(mine)
            return False

    def give(self) -> None:
        """Let the next in line."""
        with self._guard:
            if self._line:
                self._line.popleft().set()
            else:
                self._taken = False


def begin_immediate(connection: sqlite3.Connection, turns: Turns) -> None:
    """Take the turn and the write lock; raises sqlite3.OperationalError, without the turn, where they do not come in time."""
    until = time.monotonic() + WAIT_SECONDS
    if not turns.take(WAIT_SECONDS):
        raise sqlite3.OperationalError("database is locked")
    try:
        _begin(connection, until)
    except BaseException:
        turns.give()
        raise


def _begin(connection: sqlite3.Connection, until: float) -> None:
    """Begin as soon as no other process writes."""
    connection.execute(f"PRAGMA busy_timeout={LOOK_MS}")
    try:
        while True:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
            else:
                return
    finally:
        connection.execute(f"PRAGMA busy_timeout={1000 * WAIT_SECONDS:.0f}")
