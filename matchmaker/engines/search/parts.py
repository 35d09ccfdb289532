"""Parts of an index that is being made: each filled by one process, at the end joined without copying a word.

An index of tantivy is a set of segments that know nothing of each other, and a list of them. Segments made in different
folders with one schema therefore become one index when their files stand in one folder under one list. The test of this
opens such an index, changes it and lets it merge; a new version of tantivy has to pass that first.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

from tantivy import Index, IndexWriter

from matchmaker.engines.search.document import FirmDocument
from matchmaker.engines.search.entry import entries_of
from matchmaker.engines.search.pieces import PLAIN, Pieces
from matchmaker.engines.search.schema import build_schema
from matchmaker.engines.search.storage import IndexIncomplete

PART_HEAP: Final = 700_000_000
"""Bytes of words that a part may keep before it has to write a segment; less than this suffices for LARGEST firms."""
LARGEST: Final = 800_000
"""Firms of the first segments of a part."""
OF_A_SIZE: Final = 3
"""Segments of about one size in a part. Tantivy merges eight: two parts have fewer, now and at the first change after."""
_SMALLEST: Final = 20_000
_SMALLER: Final = 1.72
"""By so much the next size is smaller; what differs by less than two to the 0.75th counts as one size to tantivy."""
AT_ONCE: Final = 500
"""Entries made before they are given to tantivy: one by one, its thread would fall asleep after each."""
_LIST: Final = "meta.json"
_FIRMS: Final = "firms"
"""Written last: how many firms a finished part holds."""
_MANAGED: Final = ".managed.json"


def sizes() -> Iterator[int]:
    """How many firms each segment of a part takes, one after the other.

    Tantivy merges segments as soon as there are eight of about one size, so that of ten million firms each would be
    merged twice, and the last merges take as much memory again. Large segments cost no more than small ones, and a few
    of each of several sizes are never merged.
    """
    size = float(LARGEST)
    while True:
        yield from [int(size)] * OF_A_SIZE
        size = max(size / _SMALLER, _SMALLEST)


class Part:
    """A part being filled, in a folder of its own."""

    def __init__(self, folder: Path, heap: int = PART_HEAP, threads: int = 1, pieces: Pieces = PLAIN) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._pieces = pieces
        self._sizes = sizes()
        self._room = next(self._sizes)
        self._folder = folder
        self._writer: IndexWriter = Index(build_schema(), path=str(folder)).writer(heap * threads, threads)
        self.firms = 0

    def add(self, firms: Iterable[FirmDocument]) -> int:
        """Take firms in; answers how many. ValueError for a code that cannot be kept."""
        before, add, waiting = self.firms, self._writer.add_json, iter(firms)
        while entries := entries_of(list(islice(waiting, AT_ONCE)), self._pieces):
            for entry in entries:
                add(entry)
            self.firms += len(entries)
            self._room -= len(entries)
            if self._room <= 0:
                self._writer.commit()
                self._room = next(self._sizes)
        return self.firms - before

    def finish(self) -> None:
        """Write down what has been taken in and let merges finish."""
        self._writer.commit()
        self._writer.wait_merging_threads()
        (self._folder / _FIRMS).write_text(str(self.firms), encoding="ascii")

    def abandon(self) -> None:
        """Stop writing, so that no thread makes files any more when the folder is removed."""
        self._writer.wait_merging_threads()


def join(parts: Iterable[Path], whole: Path) -> None:
    """Move the segments of finished parts into the index of an empty folder; nothing stays of the parts.

    Raises IndexIncomplete when a part was not finished or holds other than what was taken in.
    """
    lists: list[dict[str, Any]] = []
    files: list[str] = []
    for part in parts:
        listed = json.loads((part / _LIST).read_text(encoding="utf-8"))
        if _held(part) != sum(segment["max_doc"] for segment in listed["segments"]):
            raise IndexIncomplete(f"{part.name} holds other firms than it was given")
        lists.append(listed)
        names = {segment["segment_id"].replace("-", "") for segment in listed["segments"]}
        for path in sorted(part.iterdir()):
            if path.stem in names:
                path.rename(whole / path.name)
                files.append(path.name)
        for path in part.iterdir():
            path.unlink()
        part.rmdir()
    Index(build_schema(), path=str(whole))
    if lists:
        joined = lists[0] | {
            "segments": [segment for listed in lists for segment in listed["segments"]],
            "opstamp": max(listed["opstamp"] for listed in lists),
        }
        _replace(whole / _MANAGED, [*files, _LIST])
        _replace(whole / _LIST, joined)


def _held(part: Path) -> int:
    try:
        return int((part / _FIRMS).read_text(encoding="ascii"))
    except FileNotFoundError as error:
        raise IndexIncomplete(f"{part.name} was not finished") from error


def _replace(path: Path, content: object) -> None:
    beside = path.with_name(f"{path.name}.joined")
    beside.write_text(json.dumps(content), encoding="utf-8")
    beside.replace(path)
