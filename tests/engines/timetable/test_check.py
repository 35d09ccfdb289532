"""The examiner finds each broken rule, alone and by its own reading of the day."""

from dataclasses import replace
from typing import Any

import pytest

from matchmaker.engines.timetable.check import Violation, check, check_placements, count_breaks
from matchmaker.engines.timetable.day import Day, Firm, Meeting, Place, Placement, Pool, Table
from matchmaker.engines.timetable.place import Effort
from matchmaker.engines.timetable.planning import plan_day
from tests.engines.timetable.days import a_day, at

TWO = ((1, 2), (1, 3))
BROKEN: dict[str, tuple[Day, list[Placement], tuple[int, tuple[int, ...]]]] = {
    "firm_twice": (a_day(*TWO), [at(1, 0), at(2, 0, 2)], (0, (1,))),
    "table_twice": (a_day((1, 2), (3, 4)), [at(1, 0), at(2, 0)], (0, (1,))),
    "meeting_twice": (a_day((1, 2)), [at(1, 0), at(1, 1)], (-1, (1,))),
    "pair_twice": (a_day((1, 2), (2, 1)), [at(1, 0), at(2, 1)], (-1, (1, 2))),
    "unknown_record": (a_day((1, 2)), [at(1, 0, 9)], (0, (1, 9))),
    "firm_away": (a_day((1, 2), firms={2: Firm(2, blocked=frozenset({3}))}), [at(1, 3)], (3, (1, 2))),
    "wrong_session": (
        a_day((1, 2), meetings={1: Meeting(1, (1, 2), session="pm")}, sessions=("am", "am", "pm", "pm")),
        [at(1, 1)],
        (1, (1,)),
    ),
    "not_at_fixed_slot": (a_day((1, 2), meetings={1: Meeting(1, (1, 2), fixed=2)}), [at(1, 1)], (1, (1,))),
    "declined_placed": (
        a_day((1, 2), meetings={1: Meeting(1, (1, 2), declined=True)}),
        [at(1, 1)],
        (1, (1,)),
    ),
    "order_broken": (
        a_day(*TWO, meetings={2: Meeting(2, (1, 3), after=(1,))}),
        [at(1, 2), at(2, 1)],
        (1, (1, 2)),
    ),
    "lock_broken": (
        a_day((1, 2), meetings={1: Meeting(1, (1, 2), locked=Place(0, 1))}),
        [at(1, 0, 2)],
        (0, (1,)),
    ),
    "pool_overdrawn": (
        a_day(
            (1, 2),
            (3, 4),
            meetings={1: Meeting(1, (1, 2), pools=(5,)), 2: Meeting(2, (3, 4), pools=(5,))},
            pools=(Pool(5, sizes=(2, 1, 1, 1)),),
        ),
        [at(1, 1, 1), at(2, 1, 2)],
        (1, (5,)),
    ),
    "table_blocked": (a_day((1, 2), room=(Table(1, blocked=frozenset({0})),)), [at(1, 0)], (0, (1, 1))),
    "table_of_another": (a_day(*TWO, room=(Table(1, host=3), Table(2))), [at(1, 0)], (0, (1, 1))),
    "host_away_from_table": (a_day((1, 2), room=(Table(1), Table(2, host=2))), [at(1, 0)], (0, (1, 1))),
    "table_without_language": (
        a_day(
            (1, 2),
            meetings={1: Meeting(1, (1, 2), language="ru")},
            room=(Table(1, languages=frozenset({"en"})),),
        ),
        [at(1, 0)],
        (0, (1, 1)),
    ),
    "limit_exceeded": (a_day(*TWO, firms={1: Firm(1, most=1)}), [at(1, 0), at(2, 1)], (-1, (1,))),
}


@pytest.mark.parametrize("code", BROKEN)
def test_check_when_one_rule_is_broken_then_exactly_that_is_said(code: str) -> None:
    day, placements, (slot, ids) = BROKEN[code]
    assert check_placements(day, placements) == (Violation(code, slot, ids),)


@pytest.mark.parametrize(
    ("claim", "code"),
    [
        ({"held": 1}, "untrue_held"),
        ({"weight": 9}, "untrue_weight"),
        ({"breaks": 1}, "untrue_breaks"),
        ({"breaks_bound": 1, "proven": False}, "breaks_below_bound"),
        ({"weight_bound": 1}, "weight_above_bound"),
    ],
)
def test_check_when_a_figure_is_false_then_said(claim: dict[str, Any], code: str) -> None:
    day = a_day(*TWO)
    plan = plan_day(day, effort=Effort(100), compiled=False)
    assert check(day, plan) == ()
    false = replace(plan, bounds=replace(plan.bounds, **claim))
    assert code in {violation.code for violation in check(day, false)}


def test_check_when_a_wish_has_no_cause_then_said() -> None:
    day = a_day((1, 2), (1, 3), slots=1)
    plan = plan_day(day, effort=Effort(100), compiled=False)
    assert len(plan.causes) == 1
    assert [v.code for v in check(day, replace(plan, causes=()))] == ["wishes_unexplained"]


def test_count_breaks_when_gaps_of_any_length_then_each_counts_once() -> None:
    day = a_day((1, 2), (1, 3), (1, 4), slots=9)
    assert count_breaks(day, [at(1, 0), at(2, 1), at(3, 7)]) == {1: 1, 2: 0, 3: 0, 4: 0}
