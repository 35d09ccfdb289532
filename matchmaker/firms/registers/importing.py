"""Running one import of a register file from where it stopped to its end."""

import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from matchmaker.core.db import db
from matchmaker.core.unit_of_work import next_unit_of_work
from matchmaker.firms.models import RegisterImport
from matchmaker.firms.registers import storing
from matchmaker.firms.registers.entries import Record
from matchmaker.firms.registers.rsmp import RegisterFile
from matchmaker.firms.registers.storing import Position

BATCH = 2_000


class Report(Protocol):
    """Takes the progress: bytes of the unpacked file done and in all, and details to show."""

    def __call__(self, done: int, total: int, **detail: Any) -> object:
        """May raise to stop the import, which can then be taken up again."""


def import_register(import_id: int, path: Path, report: Report) -> RegisterImport:
    """Store every record of the file that the import has not stored yet, each batch in a transaction of its own.

    Raises BadArchive when the file is no register zip and Conflict when another worker runs the same import. Details
    reported: records of this run, their rate a second, seconds remaining.
    """
    with next_unit_of_work():
        position = storing.position_of(db.session.get_one(RegisterImport, import_id, populate_existing=True))
    with RegisterFile(path) as file:
        pace = _Pace(file)
        report(0, file.bytes_total)
        for batch in _batches(file, position):
            with next_unit_of_work():
                position = storing.store_batch(import_id, position, batch)
            report(file.bytes_read, file.bytes_total, **pace.after(len(batch)))
    with next_unit_of_work():
        return storing.finish(import_id)


def _batches(file: RegisterFile, after: Position) -> Iterator[list[Record]]:
    records = file.records(after)
    while batch := list(islice(records, BATCH)):
        yield batch


class _Pace:
    """How fast this run goes and how long it still takes at that pace."""

    def __init__(self, file: RegisterFile) -> None:
        self._file = file
        self._began = time.monotonic()
        self._records = 0

    def after(self, records: int) -> dict[str, int]:
        """The details to report after so many more records."""
        self._records += records
        seconds = max(time.monotonic() - self._began, 0.001)
        per_byte = seconds / max(self._file.bytes_read - self._file.bytes_skipped, 1)
        remaining = round(per_byte * (self._file.bytes_total - self._file.bytes_read))
        return {"records": self._records, "rate": round(self._records / seconds), "remaining": remaining}
