"""Lists on disk: a folder of .npy files per country that all processes map, written firm after firm in little memory.

A snapshot is written into a new folder and found through a pointer that is replaced in one step, so a reader sees the
old one or the new one whole. Files that a process has mapped live on until it lets go of them.
"""

import json
import os
import shutil
from collections.abc import Iterable
from io import BufferedRandom
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Final

import numpy as np

from matchmaker.engines.fit.columns import KINDS, SET_KINDS, Columns, Vocabularies
from matchmaker.engines.fit.segment import Array, Segment, completed, parts

SNAPSHOT_VERSION: Final = 2
_DESCRIBED: Final = "vocabularies.json"
_POINTER: Final = "current"


class SnapshotOutdated(Exception):
    """The snapshot was written by a program with another layout: build the index from profiles."""


class _Growing:
    """A .npy file of one dimension to which rows are added; its header is corrected at the end.

    The header of the format leaves room for the first dimension to grow in place.
    """

    def __init__(self, path: Path, dtype: np.dtype[Any]) -> None:
        self.rows = 0
        self._dtype = dtype
        self._file: BufferedRandom = path.open("w+b")
        self._header()

    def _header(self) -> None:
        described = {
            "descr": np.lib.format.dtype_to_descr(self._dtype),
            "fortran_order": False,
            "shape": (self.rows,),
        }
        np.lib.format.write_array_header_1_0(self._file, described)

    def add(self, rows: Array) -> None:
        self._file.write(np.ascontiguousarray(rows, dtype=self._dtype).data)
        self.rows += len(rows)

    def close(self) -> None:
        self._file.seek(0)
        self._header()
        self._file.close()


class _Country:
    """The growing files of one country."""

    def __init__(self, directory: Path) -> None:
        directory.mkdir()
        self._directory = directory
        self._files: dict[str, _Growing] = {}
        self._firms = 0
        self._last: int | None = None

    def add(self, grown: dict[str, Array]) -> None:
        ids = grown["ids"]
        before = self._last if self._last is not None else int(ids[0]) - 1
        if int(ids[0]) <= before or bool(np.any(np.diff(ids) <= 0)):
            raise ValueError("firms have to come in the order of their numbers, each once")
        for name, rows in grown.items():
            self._file(name, rows).add(rows)
        # A kind of set that has become wider since needs a word for every firm.
        for name, file in self._files.items():
            if _is_word(name) and name not in grown:
                file.add(np.zeros(len(ids), dtype=np.uint64))
        self._firms += len(ids)
        self._last = int(ids[-1])

    def _file(self, name: str, rows: Array) -> _Growing:
        if name not in self._files:
            self._files[name] = _Growing(self._directory / f"{name}.npy", rows.dtype)
            if _is_word(name):
                self._files[name].add(np.zeros(self._firms, dtype=np.uint64))
        return self._files[name]

    def close(self, widths: dict[str, int]) -> None:
        for kind, width in widths.items():
            for word in range(width):
                file = self._file(f"{kind}.{word}", np.zeros(0, dtype=np.uint64))
                file.add(np.zeros(self._firms - file.rows, dtype=np.uint64))
        for file in self._files.values():
            file.close()
        for name, array in completed(_mapped(self._directory)):
            np.save(self._directory / f"{name}.npy", array, allow_pickle=False)


def _is_word(name: str) -> bool:
    return name.partition(".")[0] in SET_KINDS


class Builder:
    """Writes a snapshot from columns that come in order of the firms' numbers, all with the same vocabularies."""

    def __init__(self, directory: Path, vocabularies: Vocabularies) -> None:
        directory.mkdir(parents=True)
        self._directory = directory
        self._vocabularies = vocabularies
        self._countries: dict[int, _Country] = {}

    def add(self, columns: Columns) -> None:
        """Take firms in; ValueError when their numbers do not rise."""
        for number in np.unique(columns.country).tolist():
            if number not in self._countries:
                code = self._vocabularies["country"].codes[number]
                self._countries[number] = _Country(self._directory / code)
            self._countries[number].add(parts(columns, number))

    def finish(self) -> None:
        """Make the inverted lists and write what describes the snapshot; without that it cannot be read."""
        widths = {kind: self._vocabularies[kind].width for kind in SET_KINDS}
        for country in self._countries.values():
            country.close(widths)
        _describe(self._directory, self._vocabularies, self._countries)


def write(directory: Path, vocabularies: Vocabularies, segments: Iterable[Segment]) -> None:
    """Write lists that are in memory."""
    directory.mkdir(parents=True)
    numbers = []
    for segment in segments:
        if len(segment):
            numbers.append(vocabularies["country"].number(segment.country))
            (directory / segment.country).mkdir()
            for name, array in segment.arrays.items():
                np.save(directory / segment.country / f"{name}.npy", array, allow_pickle=False)
    _describe(directory, vocabularies, numbers)


def _describe(directory: Path, vocabularies: Vocabularies, countries: Iterable[int]) -> None:
    names = [vocabularies["country"].codes[number] for number in countries]
    described = {"version": SNAPSHOT_VERSION, "countries": sorted(names), "codes": vocabularies.codes()}
    (directory / _DESCRIBED).write_text(json.dumps(described, sort_keys=True), encoding="utf-8")


def read(directory: Path) -> tuple[Vocabularies, tuple[Segment, ...]]:
    """The lists of a snapshot, mapped; SnapshotOutdated for another layout."""
    described = json.loads((directory / _DESCRIBED).read_text(encoding="utf-8"))
    if described["version"] != SNAPSHOT_VERSION:
        raise SnapshotOutdated(f"snapshot version {described['version']}, not {SNAPSHOT_VERSION}")
    segments = (Segment(country, _mapped(directory / country)) for country in described["countries"])
    return Vocabularies({kind: described["codes"][kind] for kind in KINDS}), tuple(segments)


def _mapped(directory: Path) -> dict[str, Array]:
    return {
        path.stem: np.load(path, mmap_mode="r", allow_pickle=False)
        for path in sorted(directory.glob("*.npy"))
    }


# ---------------------------------------------------------------- the current snapshot of a machine


def new_folder(home: Path) -> Path:
    """A name for a snapshot that is going to be written."""
    home.mkdir(parents=True, exist_ok=True)
    return Path(mkdtemp(prefix="lists-", dir=home)) / "snapshot"


def publish(home: Path, directory: Path) -> None:
    """Make a written snapshot the current one, in one step; the one before stays for whoever is just opening it."""
    before, name = current(home), directory.parent.name
    waiting = home / f"{_POINTER}.{os.getpid()}"
    waiting.write_text(name, encoding="utf-8")
    waiting.replace(home / _POINTER)
    kept = {name, before.parent.name if before else name}
    for path in home.glob("lists-*"):
        if path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)


def current(home: Path) -> Path | None:
    """The folder of the current snapshot, None where there is none."""
    try:
        found = home / (home / _POINTER).read_text(encoding="utf-8") / "snapshot"
    except FileNotFoundError:
        return None
    return found if found.is_dir() else None
