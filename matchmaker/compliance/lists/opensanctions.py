"""The table targets.simple.csv of OpenSanctions: UTF-8, a header of its own, several values in one cell."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TextIO

from matchmaker.compliance.enums import EntryKind, ListForm
from matchmaker.compliance.lists.lines import Flaw, Line, ListFile, Raw, read_date, tidy

HEADER = frozenset({"id", "schema", "name", "aliases", "identifiers", "dataset"})
KINDS = {
    "Person": EntryKind.PERSON,
    "Vessel": EntryKind.VESSEL,
    "Airplane": EntryKind.AIRCRAFT,
    "Company": EntryKind.ENTITY,
    "Organization": EntryKind.ENTITY,
    "LegalEntity": EntryKind.ENTITY,
    "PublicBody": EntryKind.ENTITY,
}


def is_opensanctions(start: str) -> bool:
    """Whether the first line of a file is the header of this table."""
    first = start.lstrip("\ufeff").partition("\n")[0]
    return {cell.strip().strip('"') for cell in first.split(",")} >= HEADER


def read_opensanctions(path: Path) -> ListFile:
    """A file of this form; the newest day on which one of its sources was seen is that of the list."""
    file = ListFile(ListForm.OPENSANCTIONS, encoding="utf-8")
    file.lines = _lines(path, file)
    return file


def _lines(path: Path, file: ListFile) -> Iterator[Line]:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as text:
        for number, row in _rows(text):
            if row is None:
                yield Line(number, None, ((Flaw.BROKEN_QUOTES, ""),))
                continue
            seen = read_date(row.get("last_seen", ""))
            file.published = max(filter(None, (file.published, seen)), default=None)
            yield tidy(_raw(number, row))


def _rows(text: TextIO) -> Iterator[tuple[int, dict[str, str] | None]]:
    reader = csv.reader(text, strict=True)
    header = next(reader)
    while True:
        number = reader.line_num + 1
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield number, None
            continue
        if values:
            yield number, dict(zip(header, values, strict=False))


def _raw(number: int, row: Mapping[str, str]) -> Raw:
    day = row.get("first_seen", "")
    listed_on = read_date(day)
    return Raw(
        number,
        [row.get("name", ""), *_several(row.get("aliases", ""))],
        reference=row.get("id", ""),
        kind=KINDS.get(row.get("schema", ""), EntryKind.OTHER),
        identifiers=_several(row.get("identifiers", "")),
        countries=_several(row.get("countries", "")),
        programmes=_several(row.get("program_ids", "")) + _several(row.get("sanctions", "")),
        listed_on=listed_on,
        flaws=[(Flaw.BAD_DATE, day[:100])] if day and listed_on is None else [],
    )


def _several(cell: str) -> list[str]:
    """The values of a cell, which is a line of a table of its own, parted by semicolons."""
    if ";" not in cell and '"' not in cell:
        return [cell] if cell else []
    return [value for row in csv.reader([cell.replace("\n", " ")], delimiter=";") for value in row]
