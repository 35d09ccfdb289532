"""The dry run: what a file would change in a list, entry by entry; nothing is written."""

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from matchmaker.compliance.entries import Entry
from matchmaker.compliance.lists import queries
from matchmaker.compliance.lists.lines import REMARKS, BadList, Line, ListFile, ListProblem
from matchmaker.compliance.lists.reading import MAX_ENTRIES, open_list
from matchmaker.compliance.models import SanctionsList

MOST_PROBLEMS = 2_000
MOST_REMARKS = 1_000
MOST_CHANGES = 100
STEP = 500
Report = Callable[[int, int], object]


def check_file(path: Path, present: SanctionsList | None, report: Report) -> dict[str, Any]:
    """Read a list file and compare it with the version in use; answers the report as plain data.

    new, changed, same and gone count entries; changes names the first of each; problems are line, flaw and value (the
    first MOST_PROBLEMS). A file that cannot be read to its end has `refused` and `detail`.
    """
    found: dict[str, Any] = {
        "against": present.id if present else None,
        "present": present.entries if present else 0,
        "entries": 0,
        "bad_lines": 0,
        "problems": [],
        "problem_count": 0,
    }
    compared = _Compared(present)
    try:
        file = open_list(path)
        for batch in batches(limited(file)):
            for line in batch:
                _note(found, line)
                compared.add(line)
            report(found["entries"], 0)
        if not found["entries"]:
            raise BadList(ListProblem.NO_ENTRIES)
        found |= {"form": file.form.value, "encoding": file.encoding}
        found["published"] = file.published.isoformat() if file.published else ""
    except BadList as error:
        return found | {"refused": error.problem.value, "detail": error.detail}
    return found | compared.result()


def limited(file: ListFile) -> Iterator[Line]:
    """The lines of a file; raises BadList where there are more than any list has."""
    for count, line in enumerate(file.lines, start=1):
        if count > MAX_ENTRIES:
            raise BadList(ListProblem.TOO_MANY, str(MAX_ENTRIES))
        yield line


def batches(lines: Iterator[Line]) -> Iterator[list[Line]]:
    """The lines in steps."""
    while batch := list(islice(lines, STEP)):
        yield batch


def _note(found: dict[str, Any], line: Line) -> None:
    found["entries"] += line.entry is not None
    found["bad_lines"] += line.entry is None
    found["problem_count"] += len(line.flaws)
    kept = len(found["problems"])
    # Remarks do not crowd out what keeps a line out.
    wanted = [one for one in line.flaws if kept < (MOST_REMARKS if one[0] in REMARKS else MOST_PROBLEMS)]
    found["problems"] += [[line.number, flaw.value, value] for flaw, value in wanted]


class _Compared:
    """Counts what is new, changed and gone, by reference and a digest of what each entry says."""

    def __init__(self, present: SanctionsList | None) -> None:
        self._list_id = present.id if present else None
        rows = queries.stored_entries(present.id) if present else iter(())
        self._waiting = {row.reference: _digest(row) for row in rows}
        self._counts = {"new": 0, "changed": 0, "same": 0}
        self._changes: dict[str, list[list[str]]] = {"new": [], "changed": [], "gone": []}

    def add(self, line: Line) -> None:
        """Look one entry up."""
        if line.entry is None:
            return
        before = self._waiting.pop(line.entry.reference, None)
        what = "new" if before is None else "same" if before == _digest(line.entry) else "changed"
        self._counts[what] += 1
        shown = self._changes.get(what)
        if shown is not None and len(shown) < MOST_CHANGES:
            shown.append([line.entry.reference, line.entry.name])

    def result(self) -> dict[str, Any]:
        """The counts and the first changes of each sort; what was not met is gone."""
        gone = list(islice(self._waiting, MOST_CHANGES))
        names = queries.names_of(self._list_id, gone) if self._list_id and gone else {}
        self._changes["gone"] = [[reference, names.get(reference, "")] for reference in gone]
        return {**self._counts, "gone": len(self._waiting), "changes": self._changes}


def _digest(entry: Any) -> bytes:
    said = [
        entry.kind,
        entry.name,
        list(entry.aliases),
        list(entry.identifiers),
        entry.programme,
        entry.countries,
        _day(entry.listed_on),
    ]
    text = json.dumps(said, ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def good_entries(lines: list[Line]) -> list[Entry]:
    """The entries of lines that can be taken."""
    return [line.entry for line in lines if line.entry is not None]
