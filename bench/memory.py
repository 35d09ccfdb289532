"""What several processes hold in memory together, looked at again and again while they work."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

EVERY = 1.0
"""Seconds from one look to the next."""


@dataclass(slots=True)
class Held:
    """The most that this process and its children held at one moment, in bytes.

    ``proportional`` counts each page once, shared by those who use it, mapped files included; ``anonymous`` leaves out
    the pages of mapped files, which the system may drop at any time.
    """

    proportional: int = 0
    anonymous: int = 0

    def look(self) -> None:
        """Take what is held now."""
        found = [_of(folder) for folder in (Path("/proc/self"), *_children())]
        self.proportional = max(self.proportional, sum(one.get("Pss", 0) for one in found))
        self.anonymous = max(self.anonymous, sum(one.get("Pss_Anon", 0) for one in found))


def _children() -> list[Path]:
    own, found = str(os.getpid()), list[Path]()
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            # The name of a process may hold spaces and brackets; its parent follows the last bracket and the state.
            if (folder / "stat").read_text().rpartition(")")[2].split()[1] == own:
                found.append(folder)
    return found


def _of(folder: Path) -> dict[str, int]:
    try:
        lines = (folder / "smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    except OSError:
        return {}
    return {name: int(rest.split()[0]) * 1024 for name, _, rest in (line.partition(":") for line in lines)}


@contextmanager
def watched() -> Iterator[Held]:
    """What is held while the block runs."""
    held, over = Held(), Event()

    def watch() -> None:
        while not over.wait(EVERY):
            held.look()

    thread = Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield held
    finally:
        over.set()
        thread.join()
