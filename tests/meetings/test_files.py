"""Lists of a day come back in as they went out; a bad line is told by its number and nothing is written."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.errors import DomainError
from matchmaker.core.sheets_out import csv_text, xlsx
from matchmaker.engines.timetable.form import read_day, write_day
from matchmaker.matching.enums import WishKind
from matchmaker.meetings import queries
from matchmaker.meetings.enums import BlockKind, MeetingState, ParticipantState
from matchmaker.meetings.files.document import (
    ABOUT,
    FORM,
    LISTS,
    NUMBER_LISTS,
    NUMBERS,
    TRUTHS,
    document,
    write_document,
)
from matchmaker.meetings.files.importing import LineError, import_day, import_list
from matchmaker.meetings.files.lists import COLUMNS, KEYS, ListKind, rows_of
from matchmaker.meetings.models import B2bDay, DayBlock, DayInterpreter, DayWish, Meeting, MeetingOrder
from matchmaker.meetings.plan import queries as plan_queries
from matchmaker.meetings.wishes.queries import said_of_day
from tests.factories.meetings import B2bDayFactory, meeting_of, participant_of, room
from tests.meetings.plan.hall import Hall
from tests.meetings.world import runner_of

SCHEMA = Path(__file__).parents[2] / "docs" / "b2b-day-lists.schema.json"


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


def everything(day: B2bDay) -> dict[ListKind, list[list[Any]]]:
    """All lists of a day; people and interpreters of meetings are found anew, so they stay out."""
    day = queries.locked_day(day.id)
    kept = {kind: [list(row) for row in rows_of(day, kind)] for kind in ListKind}
    for row in kept[ListKind.MEETINGS]:
        row[6:8] = []
    return kept


def rich() -> B2bDay:
    """A day with blocks and a break, people, tables of all kinds, wishes, an order, a lock and a meeting of three."""
    hall = Hall(slots=4, tables=3, firms=3, people=2)
    day, slots = hall.day, hall.slots
    day.host_country, day.same_side, day.least, day.place = "TR", True, 1, "Hall 2"
    day.blocks[0].ends_at = slots[-1].ends_at
    ends = slots[-1].ends_at
    pause = {
        "kind": BlockKind.BREAK,
        "starts_at": ends,
        "ends_at": ends + timedelta(minutes=30),
        "name_ru": "Обед",
    }
    db.session.add(DayBlock(day_id=day.id, **pause))
    hall.own[0].arrives_at, hall.own[0].closed, hall.own[0].most = slots[1].starts_at, [2], 5
    for one in (*hall.own, *hall.foreign):
        one.languages = ["tr", "ru"]
    hall.tables[1].languages, hall.tables[2].host_id, hall.tables[0].closed = (
        ["ru", "tr"],
        hall.foreign[2].id,
        [3],
    )
    hall.interpreter("ru-tr", "en-ru", closed=(1,)).phone = "+90 212 000"
    for one in hall.wishes[3:]:
        one.state, one.living_key = MeetingState.CANCELLED, None
    for one in hall.wishes[:3]:
        one.language = "tr"
    db.session.add(
        DayWish(day_id=day.id, from_id=hall.own[1].id, to_id=hall.foreign[1].id, kind=WishKind.NO_THANKS)
    )
    db.session.add(MeetingOrder(meeting_id=hall.wish(0, 1).id, earlier_id=hall.wish(0, 0).id))
    three = meeting_of(day, (hall.own[1], hall.own[2], hall.foreign[2]), weight=7)
    three.topic, three.language, three.block_id = "=Steel, cast", "tr", slots[0].block_id
    hall.refresh()
    hall.put(0, 0, 1, 1)
    hall.wish(0, 0).locked = True
    hall.refresh()
    return hall.day


def empty_like(day: B2bDay) -> B2bDay:
    """Another day of the same trip with nothing in it."""
    made = B2bDayFactory(programme_id=day.programme_id, held_on=day.held_on, slot_minutes=45)
    return queries.day(made.id)


@pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
def test_a_whole_day_comes_in_as_it_went_out(session: Any, tmp_path: Path, form: str) -> None:
    day = rich()
    told, other = everything(day), empty_like(day)
    actor = runner_of(other)

    if form == "json":
        file = tmp_path / "day.json"
        file.write_text(write_document(queries.locked_day(day.id)), encoding="utf-8")
        assert not import_day(actor, other, file, write=False).written
        assert everything(other)[ListKind.FIRMS] == []
        reports = [import_day(actor, other, file, write=True)]
    else:
        parts = {kind: rows_of(queries.locked_day(day.id), kind) for kind in ListKind}
        reports = [
            import_list(actor, other, kind, sheet(tmp_path, kind, rows, form), write=True)
            for kind, rows in parts.items()
        ]

    assert [one.errors for one in reports] == [[]] * len(reports)
    assert everything(other) == told
    if form == "json":
        assert_nothing_new(other, file)


def assert_nothing_new(day: B2bDay, file: Path) -> None:
    """A document of what is there says so, writes nothing of the day and leaves everybody where they are."""
    day = queries.locked_day(day.id)
    before, step = {kind: rows_of(day, kind) for kind in ListKind}, day.plan_step
    lines = db.session.query(AuditEntry).count()

    report = import_day(runner_of(day), day, file, write=True)

    assert (report.errors, report.written) == ([], True)
    assert [(one.new, one.changed) for one in report.changes] == [(0, 0)] * len(ListKind)
    day = queries.locked_day(day.id)
    assert ({kind: rows_of(day, kind) for kind in ListKind}, day.plan_step) == (before, step)
    assert db.session.query(AuditEntry).count() == lines + 1


def test_a_day_on_which_much_has_happened_says_nothing_new_to_itself(session: Any, tmp_path: Path) -> None:
    day = rich()
    firms = queries.participants(day.id)
    # Two people and two interpreters of one name; a firm that came later than its meeting was; a table that closed.
    firms[0].people[1].name = firms[0].people[0].name
    firms[0].people[1].position = "Engineer"
    session.add(DayInterpreter(day_id=day.id, name=day.interpreters[0].name, pairs=["en-tr"], closed=[2]))
    for one in firms:
        one.arrives_at, one.closed = day.slots[2].starts_at, [0, 1]
    day.tables[1].closed = [0, 1, 2]
    firms[4].state = ParticipantState.CANCELLED
    session.flush()
    file = tmp_path / "day.json"
    file.write_text(write_document(queries.locked_day(day.id)), encoding="utf-8")

    assert_nothing_new(day, file)


def test_a_document_is_refused_with_the_path_of_each_fault(day: B2bDay, tmp_path: Path) -> None:
    file, actor = tmp_path / "day.json", runner_of(day)

    def told(text: str) -> list[str]:
        file.write_text(text, encoding="utf-8")
        report = import_day(actor, day, file, write=True)
        assert not report.written
        return [one.path for one in report.errors]

    head = f'{{"form": "{FORM}", '
    assert told("no") == ["$"]
    assert told('{"form": "other"}') == ["form"]
    assert told(head + '"tables": {}, "more": 1}') == ["more", "tables"]
    assert told(head + '"tables": [{"number": "1"}, {"room": "x"}, 5]}') == [
        "tables[0].number", "tables[1].number", "tables[2]",
    ]  # fmt: skip
    assert told(head + '"tables": [{"number": 9, "closed": ["23:00"]}], "blocks": []}') == [
        "tables[0].closed"
    ]
    assert told(head + '"frame": {"slot_minutes": 900, "change_minutes": 5}}') == ["frame.slot_minutes"]
    assert [one.number for one in queries.locked_day(day.id).tables] == [1, 2]


def test_meetings_that_do_not_fit_together_are_refused_as_a_whole(session: Any, tmp_path: Path) -> None:
    day = rich()
    data = document(queries.locked_day(day.id))
    other, actor = empty_like(day), runner_of(day)
    placed = next(one for one in data["meetings"] if "from" in one)
    second = next(one for one in data["meetings"] if "after" in one)
    second |= {"from": placed["from"], "table": 3}
    file = tmp_path / "day.json"
    file.write_text(json.dumps(data), encoding="utf-8")

    report = import_day(actor, other, file, write=True)

    assert [one.path for one in report.errors] == [f"meetings[{data['meetings'].index(second)}].from"]
    assert everything(other)[ListKind.BLOCKS] == []


def test_a_file_that_says_something_twice_or_nothing_is_refused(day: B2bDay, tmp_path: Path) -> None:
    actor, file = runner_of(day), tmp_path / "list"

    def told(kind: ListKind, text: str) -> list[LineError]:
        file.write_text(text, encoding="utf-8")
        return import_list(actor, day, kind, file, write=True).errors

    twice = "The file says this twice, first in line 2. Keep only one of the two."
    assert told(ListKind.TABLES, "number;room\n3;A\n4;B\n03;C\n") == [LineError(4, twice)]
    assert told(ListKind.BLOCKS, "kind;from;until\nbreak;08:00;08:15\nbreak;8:00;08:10\n") == [
        LineError(3, twice)
    ]
    with pytest.raises(DomainError, match="these columns twice: room"):
        told(ListKind.TABLES, "number;room;Room\n3;A;B\n")
    with pytest.raises(DomainError, match="no lines"):
        told(ListKind.TABLES, "number;room\n")
    again = {"form": FORM, "tables": [{"number": 3}, {"number": 3}]}
    file.write_text(json.dumps(again), encoding="utf-8")
    (error,) = import_day(actor, day, file, write=True).errors
    assert (error.path, "tables[0]" in error.message) == ("tables[1]", True)
    file.write_text(f'{{"form": "{FORM}", "tables": [{{"number": 3, "number": 4}}]}}', encoding="utf-8")
    assert [one.path for one in import_day(actor, day, file, write=True).errors] == ["number"]
    assert [one.number for one in queries.locked_day(day.id).tables] == [1, 2]


def test_the_schema_says_what_is_read() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert schema["properties"].keys() == {"form", *ABOUT, *ListKind}
    for kind in ListKind:
        entry = schema["properties"][kind.value]
        record = entry if kind is ListKind.FRAME else entry["items"]
        assert tuple(record["properties"]) == COLUMNS[kind]
        assert sorted(record["required"]) == sorted(KEYS[kind])
        for name, told in record["properties"].items():
            wanted = (
                "integer" if name in NUMBERS else "boolean" if name in TRUTHS
                else "array" if name in {*LISTS, *NUMBER_LISTS} else "string"
            )  # fmt: skip
            assert told["type"] == wanted, name


def test_a_line_that_cannot_be_read_is_told_and_never_passed_over(day: B2bDay, tmp_path: Path) -> None:
    file = tmp_path / "list"
    file.write_bytes(
        'number;room\n7;Большой зал\n8;Малый з?л\n9;"Hall\n'.encode("cp1251").replace(b"?", b"\x98")
    )

    report = import_list(runner_of(day), day, ListKind.TABLES, file, write=True)
    assert report.errors == [
        LineError(3, "Some characters could not be read"),
        LineError(4, "The quotation marks of this row do not match"),
    ]
    assert [one.number for one in queries.locked_day(day.id).tables] == [1, 2]


class TestMeetingsThatAreThere:
    """A list that went out, was edited in a spreadsheet and comes in again changes what was edited."""

    def bring(self, day: B2bDay, tmp_path: Path, edited: dict[str, Any]) -> list[LineError]:
        """Bring the list of meetings in with some cells of its first line changed."""
        day = queries.locked_day(day.id)
        names, rows = COLUMNS[ListKind.MEETINGS], rows_of(day, ListKind.MEETINGS)
        lines = [dict(zip(names, row, strict=True)) for row in rows]
        lines[0] |= edited
        file = sheet(tmp_path, ListKind.MEETINGS, [tuple(line[name] for name in names) for line in lines])
        return import_list(runner_of(day), day, ListKind.MEETINGS, file, write=True).errors

    def told(self, day: B2bDay, *names: str) -> list[Any]:
        row = rows_of(queries.locked_day(day.id), ListKind.MEETINGS)[0]
        return [row[COLUMNS[ListKind.MEETINGS].index(name)] for name in names]

    def test_take_over_what_was_edited_and_only_that(self, day: B2bDay, tmp_path: Path) -> None:
        block, slot = day.time_of(day.blocks[0].starts_at), day.time_of(day.slots[1].starts_at)
        edited = {"topic": "Cold rolled steel", "must": "yes", "fit": 91, "block": block, "fixed": slot}

        assert self.bring(day, tmp_path, edited) == []

        assert self.told(day, *edited) == list(edited.values())
        entry = db.session.query(AuditEntry).filter_by(entity="meeting", action="change").one()
        assert entry.after["topic"] == "Cold rolled steel"
        assert self.bring(day, tmp_path, {"topic": "", "must": "", "fixed": ""}) == []
        assert self.told(day, *edited) == ["", "", 91, block, ""]

    def test_are_left_alone_by_columns_that_a_list_does_not_have(self, day: B2bDay, tmp_path: Path) -> None:
        self.bring(day, tmp_path, {"topic": "Steel", "must": "yes"})
        (firms,) = self.told(day, "firm_ids")
        file = tmp_path / "short.csv"
        file.write_text(f"firm_ids;fit\n{firms};12\n", encoding="utf-8")

        assert import_list(runner_of(day), day, ListKind.MEETINGS, file, write=True).errors == []

        assert self.told(day, "topic", "must", "fit") == ["Steel", "yes", 12]

    def test_say_where_a_cell_cannot_be_read(self, day: B2bDay, tmp_path: Path) -> None:
        assert self.bring(day, tmp_path, {"fit": "much"}) == [
            LineError(2, "“much” in column fit is no number.")
        ]
        assert self.bring(day, tmp_path, {"fixed": "23:00"}) == [
            LineError(2, "No meeting begins at 23:00 on this day.")
        ]

    def test_with_a_place_keep_it_or_move_with_their_only_time(self, session: Any, tmp_path: Path) -> None:
        hall = Hall(slots=3, tables=2)
        hall.put(0, 0, 0, 0)
        times = [hall.day.time_of(one.starts_at) for one in hall.slots]

        assert self.bring(hall.day, tmp_path, {"fixed": times[2]}) == [
            LineError(2, f"The meeting is at {times[0]}. Change that time too.")
        ]
        assert self.bring(hall.day, tmp_path, {"fixed": times[2], "from": times[2]}) == []

        assert self.told(hall.day, "from", "fixed") == [times[2], times[2]]

    @pytest.mark.parametrize(
        ("state", "why"),
        [
            (None, "This meeting is locked. Take the lock off before a list changes it."),
            (MeetingState.HELD, "This meeting is over. A list does not change it any more."),
            (MeetingState.NOT_HELD, "This meeting is over. A list does not change it any more."),
        ],
    )
    @pytest.mark.parametrize("column", ["topic", "fit", "fixed", "from", "table"])
    def test_are_refused_where_they_are_locked_or_over(
        self, session: Any, tmp_path: Path, state: MeetingState | None, why: str, column: str
    ) -> None:
        hall = Hall(slots=3, tables=2)
        hall.put(0, 0, 0, 0)
        meeting = hall.wish(0, 0)
        meeting.state, meeting.locked = state or MeetingState.PLACED, state is None
        hall.refresh()
        other = hall.day.time_of(hall.slots[1].starts_at)
        edited = {"topic": "Steel", "fit": 3, "fixed": other, "from": other, "table": 2}

        assert self.bring(hall.day, tmp_path, {}) == []
        assert self.bring(hall.day, tmp_path, {column: edited[column]}) == [LineError(2, why)]
        # As it went out before the meeting was held.
        stale = {"state": "placed", column: edited[column]}
        assert self.bring(hall.day, tmp_path, stale) == [LineError(2, why)]

    def test_that_are_only_asked_for_wait_for_their_answer(self, day: B2bDay, tmp_path: Path) -> None:
        (firms,) = self.told(day, "firm_ids")
        db.session.execute(update(Meeting).values(state=MeetingState.PENDING))
        file = tmp_path / "short.csv"
        file.write_text(f"firm_ids;topic\n{firms};Steel\n", encoding="utf-8")

        report = import_list(runner_of(day), day, ListKind.MEETINGS, file, write=True)

        assert report.errors == [LineError(2, "This meeting is only asked for. A list does not change it.")]
