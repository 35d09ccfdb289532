"""One run over an agency's list, dry or in earnest, and its report."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from matchmaker.core.actor import Actor
from matchmaker.core.unit_of_work import next_unit_of_work
from matchmaker.firms.registers import lists
from matchmaker.firms.registers.checking import CheckedRow, Checker
from matchmaker.firms.registers.lists import Outcome
from matchmaker.firms.registers.sheets import BadSheet
from matchmaker.firms.registers.tables import FirmTable, read_table

MOST_PROBLEMS = 2_000
Report = Callable[[int, int], object]


def run_list(
    actor: Actor | None, path: Path, countries: Collection[str] | None, report: Report, *, applying: bool
) -> dict[str, Any]:
    """Read a list row by row; when applying, good rows are taken over, each batch in a transaction of its own.

    Answers the report as plain data: what was detected, rows by outcome, and the problems by row, column, flaw and value
    (the first MOST_PROBLEMS; `problem_count` counts all). A file that cannot be read on has `refused` and `detail`.
    """
    found: dict[str, Any] = {"rows": 0, "problems": [], "problem_count": 0, "bad_rows": 0}
    outcomes: Counter[Outcome] = Counter()
    try:
        table = read_table(path)
        found |= _detected(table)
        checker = Checker(countries)
        for batch in _batches(checker.check(row) for row in table.rows):
            outcomes += _done(actor, batch, applying=applying)
            _note(found, batch)
            report(found["rows"], 0)
    except BadSheet as error:
        found |= {"refused": error.problem.value, "detail": error.detail}
    found["outcomes"] = {outcome.value: outcomes[outcome] for outcome in Outcome}
    return found


def _batches(rows: Iterator[CheckedRow]) -> Iterator[list[CheckedRow]]:
    while batch := list(islice(rows, lists.BATCH)):
        yield batch


def _done(actor: Actor | None, batch: list[CheckedRow], *, applying: bool) -> Counter[Outcome]:
    if applying:
        with next_unit_of_work():
            return lists.apply(actor, batch)
    return Counter(planned.outcome for planned in lists.plan(batch))


def _detected(table: FirmTable) -> dict[str, Any]:
    return {
        "form": table.form,
        "encoding": table.encoding,
        "separator": table.separator,
        "columns": [heading.column.value for heading in table.columns.values()],
        "unknown": list(table.unknown),
    }


def _note(found: dict[str, Any], batch: list[CheckedRow]) -> None:
    found["rows"] += len(batch)
    for checked in batch:
        found["bad_rows"] += not checked.is_good
        found["problem_count"] += len(checked.flaws)
        room = MOST_PROBLEMS - len(found["problems"])
        found["problems"] += [
            [checked.row.number, flaw.column.value if flaw.column else "", flaw.flaw.value, flaw.value]
            for flaw in checked.flaws[: max(room, 0)]
        ]
