"""Where the index lives on disk: numbered generations, a pointer to the current one, and the outbox position reached.

Layout below the root: ``current`` names a generation; each generation folder holds ``index/`` (tantivy's files),
``version`` (layout and folding) and ``position`` (last outbox sequence number that its commits contain).
Readers of the old generation keep working while a new one is built; the pointer is replaced atomically.
"""

import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from matchmaker.engines.search.schema import SCHEMA_VERSION

_POINTER: Final = "current"
_PREFIX: Final = "generation-"
_FORMER: Final = ("public", "registered")
"""Folders of the first layout, which had an index for each level of readers."""


class SearchIndexError(Exception):
    """Anything that keeps the index from being read or written."""


class IndexMissing(SearchIndexError):
    """There is no index, or only one of another version: a rebuild is due."""


class WriterBusy(SearchIndexError):
    """Another writer, here or in another process, holds the index."""


class IndexMoved(SearchIndexError):
    """A rebuild has taken this generation's place: open the new one and repeat the changes since its position."""


class IndexIncomplete(SearchIndexError):
    """A rebuild ended before all of its firms were written down."""


class RebuildBusy(SearchIndexError):
    """Another process is rebuilding the index."""


@dataclass(frozen=True, slots=True)
class Generation:
    """One complete index on disk."""

    path: Path

    @property
    def index(self) -> Path:
        return self.path / "index"

    @property
    def version(self) -> str:
        return _read(self.path / "version")

    @property
    def position(self) -> int:
        """The outbox position that all commits up to now contain; 0 when none was saved."""
        return int(_read(self.path / "position") or 0)

    @property
    def begun(self) -> datetime:
        """When it was begun to be made."""
        return datetime.fromtimestamp((self.path / "version").stat().st_mtime, UTC)

    def save_position(self, position: int) -> None:
        """Keep the position; called after the commit, so a crash in between only repeats harmless changes."""
        write_atomically(self.path / "position", str(position))


def write_atomically(path: Path, text: str) -> None:
    """Replace a small file so that readers see the old or the new content, also after a crash."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with beside.open("w", encoding="ascii") as stream:
        stream.write(text + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(path)


def current_generation(root: Path) -> Generation | None:
    """The generation that the pointer names, of whatever version; None when there is none."""
    name = _read(root / _POINTER)
    return Generation(root / name) if name and (root / name).is_dir() else None


def usable_generation(root: Path) -> Generation:
    """The current generation if it has the version of this program; else IndexMissing."""
    generation = current_generation(root)
    if generation is None or generation.version != SCHEMA_VERSION:
        raise IndexMissing(f"no index of version {SCHEMA_VERSION} in {root}")
    return generation


def needs_rebuild(root: Path) -> bool:
    """Whether there is no index of the version that this program reads and writes."""
    generation = current_generation(root)
    return generation is None or generation.version != SCHEMA_VERSION


def new_generation(root: Path) -> Generation:
    """An empty generation with the next free number, not yet pointed to."""
    root.mkdir(parents=True, exist_ok=True)
    number = max((_number(path) for path in root.glob(f"{_PREFIX}*")), default=0) + 1
    generation = Generation(root / f"{_PREFIX}{number:06d}")
    generation.index.mkdir(parents=True)
    write_atomically(generation.path / "version", SCHEMA_VERSION)
    return generation


def switch_to(root: Path, generation: Generation) -> None:
    """Point to a finished generation; the one before stays for its readers, older ones are removed."""
    before = current_generation(root)
    write_atomically(root / _POINTER, generation.path.name)
    kept = {generation.path, before.path if before else generation.path}
    for path in (*root.glob(f"{_PREFIX}*"), *(root / name for name in _FORMER)):
        if path not in kept:
            shutil.rmtree(path, ignore_errors=True)


def _number(path: Path) -> int:
    digits = path.name.removeprefix(_PREFIX)
    return int(digits) if digits.isdecimal() else 0


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""
