"""Lists of a day come back in as they went out; a bad line is told by its number and nothing is written."""

from pathlib import Path
from typing import Any

import pytest

from matchmaker.core.sheets_out import csv_text, xlsx
from matchmaker.engines.timetable.form import read_day, write_day
from matchmaker.meetings import queries
from matchmaker.meetings.files.importing import LineError, import_list
from matchmaker.meetings.files.lists import COLUMNS, ListKind, rows_of
from matchmaker.meetings.models import B2bDay
from matchmaker.meetings.plan import queries as plan_queries
from matchmaker.meetings.wishes.queries import said_of_day
from tests.factories.meetings import B2bDayFactory, meeting_of, participant_of, room
from tests.meetings.world import runner_of


@pytest.fixture
def day(session: Any) -> B2bDay:
    made = B2bDayFactory()
    room(made, slots=3, tables=2)
    firms = [participant_of(made), participant_of(made, country="RU")]
    meeting_of(made, firms)
    session.expire_all()
    return queries.day(made.id)


def sheet(path: Path, kind: ListKind, rows: Any, form: str = "csv") -> Path:
    """A file as the export writes it."""
    columns = COLUMNS[kind]
    made = (
        xlsx("List", columns, rows, zone="UTC")
        if form == "xlsx"
        else csv_text(columns, rows, language="tr", zone="UTC")
    )
    file = path / "list"
    file.write_bytes(made)
    return file


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", [ListKind.FIRMS, ListKind.TABLES])
def test_what_goes_out_comes_in_and_changes_nothing(
    day: B2bDay, tmp_path: Path, kind: ListKind, form: str
) -> None:
    before = rows_of(day, kind)

    report = import_list(runner_of(day), day, kind, sheet(tmp_path, kind, before, form), write=True)

    assert (report.errors, report.written) == ([], True)
    assert rows_of(queries.locked_day(day.id), kind) == before


def test_a_checked_file_writes_nothing_until_asked(day: B2bDay, tmp_path: Path) -> None:
    one, other = (firm.firm_id for firm in queries.participants(day.id))
    file = sheet(tmp_path, ListKind.WISHES, [(one, "", other, "", "must_meet")])

    report = import_list(runner_of(day), day, ListKind.WISHES, file, write=False)
    assert (report.lines, report.errors, report.written) == (1, [], False)
    assert said_of_day(day.id) == {}
    assert import_list(runner_of(day), day, ListKind.WISHES, file, write=True).written
    assert list(said_of_day(day.id).values()) == ["must_meet"]


def test_one_bad_line_keeps_all_out_and_says_which(day: B2bDay, tmp_path: Path) -> None:
    rows = [
        (3, "Hall", "", None, "", "09:30"),
        (4, "Hall", "", None, "", "23:00"),
        ("x", "", "", None, "", ""),
    ]
    file = sheet(tmp_path, ListKind.TABLES, rows)

    report = import_list(runner_of(day), day, ListKind.TABLES, file, write=True)

    assert report.errors == [
        LineError(3, "No meeting begins at 23:00 on this day."),
        LineError(4, "“x” in column number is no number."),
    ]
    assert [one.number for one in queries.locked_day(day.id).tables] == [1, 2]


def test_the_day_is_written_in_the_documented_form(day: B2bDay) -> None:
    problem = plan_queries.problem(day)

    assert read_day(write_day(problem.day)) == problem.day
