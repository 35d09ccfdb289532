"""The JSON form: what is written is read back, mistakes are named with their place, the schema knows every member."""

import json
from dataclasses import MISSING, fields, replace
from pathlib import Path
from typing import Any

import pytest

from matchmaker.engines.timetable.day import Day, DayError, Firm, Meeting, Place, Pool, Slot, Table, index
from matchmaker.engines.timetable.form import FORM, read_day, read_plan, write_day, write_plan
from matchmaker.engines.timetable.place import Effort
from matchmaker.engines.timetable.planning import plan_day
from tests.engines.timetable.days import a_day

SCHEMA = json.loads((Path(__file__).parents[3] / "docs" / "b2b-day.schema.json").read_text(encoding="utf-8"))
FULL = Day(
    firms=(Firm(1, "Örnek", "TR", frozenset({0, 2}), 2, 1, 3), Firm(2), Firm(7)),
    meetings=(
        Meeting(4, (1, 2), 74, True, "am", 1, (), (9,), "ru", Place(1, 5)),
        Meeting(5, (1, 2, 7), after=(4,), declined=True),
    ),
    slots=(Slot("09:30", "09:50", "am"), Slot(session="am"), Slot()),
    tables=(Table(5, "1", frozenset({"ru", "tr"}), 1, frozenset({2})), Table(6)),
    pools=(Pool(9, 2, "TR-RU", (2, 1, 0)),),
    fairness=None,
)


def test_read_when_written_then_the_same_day_and_the_same_bytes() -> None:
    assert read_day(write_day(FULL)) == FULL
    assert write_day(read_day(write_day(FULL))) == write_day(FULL)


def test_read_plan_when_written_then_the_same_plan() -> None:
    plan = plan_day(a_day((1, 2), (1, 3), (2, 3), slots=2), effort=Effort(50), compiled=False)
    assert plan.causes
    assert read_plan(write_plan(plan)) == plan


@pytest.mark.parametrize("kind", [Firm, Meeting, Slot, Table, Pool])
def test_schema_when_compared_with_the_records_then_every_member_is_there(kind: Any) -> None:
    described = SCHEMA["properties"][f"{kind.__name__.lower()}s"]["items"]
    assert set(described["properties"]) == {member.name for member in fields(kind)}
    assert set(described["required"]) == {m.name for m in fields(kind) if m.default is MISSING}
    assert SCHEMA["properties"]["form"]["const"] == FORM


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "not_json"),
        ("[]", "unknown_form"),
        ('{"form": "tandem-b2b-day/2"}', "unknown_form"),
        (f'{{"form": "{FORM}", "firmen": []}}', "unknown_member firmen"),
        (f'{{"form": "{FORM}", "firms": [{{}}]}}', "missing_member firms[0].id"),
        (f'{{"form": "{FORM}", "firms": [{{"id": "1"}}]}}', "bad_record firms[0].id"),
        (f'{{"form": "{FORM}", "firms": [{{"id": true}}]}}', "bad_record firms[0].id"),
        (f'{{"form": "{FORM}", "firms": [{{"id": 1, "age": 3}}]}}', "unknown_member firms[0].age"),
        (f'{{"form": "{FORM}", "firms": [1]}}', "bad_record firms[0]"),
        (f'{{"form": "{FORM}", "firms": {{}}}}', "bad_record firms"),
        (f'{{"form": "{FORM}", "fairness": "2"}}', "bad_record fairness"),
        (f'{{"form": "{FORM}", "meetings": [{{"id": 1, "firms": [1, 2], "locked": {{}}}}]}}', "bad_record meetings[0].locked"),
    ],
)  # fmt: skip
def test_read_when_something_is_wrong_then_the_place_is_named(text: str, code: str) -> None:
    with pytest.raises(DayError) as found:
        read_day(text)
    assert found.value.code == code


@pytest.mark.parametrize(
    ("meeting", "code"),
    [
        (Meeting(1, (1,)), "meeting_needs_two_firms"),
        (Meeting(1, (1, 1)), "meeting_needs_two_firms"),
        (Meeting(1, (1, 9)), "unknown_firm"),
        (Meeting(1, (1, 2), pools=(3,)), "unknown_pool"),
        (Meeting(1, (1, 2), after=(1,)), "unknown_earlier_meeting"),
        (Meeting(1, (1, 2), fixed=4), "unknown_slot"),
        (Meeting(1, (1, 2), locked=Place(-1)), "unknown_slot"),
        (Meeting(1, (1, 2), locked=Place(0, 7)), "unknown_table"),
        (Meeting(1, (1, 2), weight=-1), "negative_weight"),
    ],
)
def test_plan_when_records_do_not_fit_together_then_said(meeting: Meeting, code: str) -> None:
    with pytest.raises(DayError) as found:
        plan_day(a_day((1, 2), meetings={1: meeting}))
    assert (found.value.code, found.value.ids) == (code, (1,))


def test_the_same_firms_meet_twice_only_where_a_wish_says_so() -> None:
    day = Day(
        firms=(Firm(1), Firm(2)),
        meetings=(Meeting(1, (1, 2)), Meeting(2, (2, 1))),
        slots=(Slot(), Slot()),
        tables=(Table(1),),
    )
    with pytest.raises(DayError, match="pair_twice: 1, 2"):
        index(day)

    again = replace(day, meetings=(day.meetings[0], replace(day.meetings[1], again=True)))
    assert len(plan_day(again, effort=Effort(100)).placements) == 2
