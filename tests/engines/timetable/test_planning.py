"""Plans of whole days: valid whatever the rules, repeatable byte for byte, explained, and chosen as well as possible."""

from dataclasses import replace
from itertools import combinations

import pytest

from matchmaker.engines.timetable.board import make_board
from matchmaker.engines.timetable.check import check, count_breaks
from matchmaker.engines.timetable.choose import choose
from matchmaker.engines.timetable.day import Day, Firm, Meeting, Pool, Progress, Table
from matchmaker.engines.timetable.form import write_plan
from matchmaker.engines.timetable.generate import trip, wishes
from matchmaker.engines.timetable.place import Effort
from matchmaker.engines.timetable.planning import plan_day
from tests.engines.timetable.days import a_day
from tests.engines.timetable.small import small_day

QUICK = Effort(1500)


@pytest.mark.parametrize("seed", range(40))
def test_plan_when_a_day_has_every_kind_of_rule_then_valid_and_explained(seed: int) -> None:
    day = small_day(seed, meetings=9, slots=5)
    plan = plan_day(day, effort=QUICK, compiled=False)
    assert check(day, plan) == ()
    assert {one.meeting for one in plan.placements} | {cause.meeting for cause in plan.causes} == {
        meeting.id for meeting in day.meetings
    }


def test_plan_when_made_twice_then_the_same_bytes_and_another_seed_another_plan() -> None:
    day = trip(15, 10, 12, 90)
    first, again, other = (
        plan_day(day, effort=Effort(5000), seed=seed, compiled=False) for seed in (1, 1, 2)
    )
    assert write_plan(first) == write_plan(again)
    assert first.placements != other.placements


def test_plan_when_all_wishes_fit_then_every_meeting_is_held_with_few_breaks() -> None:
    day = trip(20, 14, 16, 180)
    plan = plan_day(day, effort=Effort(20_000), compiled=False)
    assert (plan.bounds.held, plan.bounds.requested) == (180, 180)
    assert plan.bounds.breaks < plan_day(day, effort=Effort(1), compiled=False).bounds.breaks / 2


def best_weight(day: Day, least: int) -> tuple[int, int]:
    """The least shortfall of the guaranteed minimum and the most weight with it, by trying every choice."""
    board = make_board(day)
    places = {firm.id: len(day.slots) - len(firm.blocked) for firm in day.firms}
    wished = {firm.id: sum(firm.id in m.firms for m in day.meetings) for firm in day.firms}
    found: list[tuple[int, int]] = []
    for size in range(len(day.meetings) + 1):
        for some in combinations(board.meetings, size):
            held = {firm: sum(firm in m.firms for m in some) for firm in places}
            if size <= len(day.slots) * len(day.tables) and all(held[f] <= places[f] for f in places):
                asked = {f: min(least, places[f], wished[f]) for f in places}
                short = sum(max(0, asked[f] - held[f]) for f in places)
                found.append((-short, sum(m.weight for m in some)))
    short, weight = max(found)
    return -short, weight


@pytest.mark.parametrize("seed", range(6))
def test_choose_when_compared_with_every_choice_then_none_is_better(seed: int) -> None:
    drawn = wishes(4, 3, 2, 2.5, seed=seed)
    two_sided = replace(drawn, firms=tuple(Firm(firm.id) for firm in drawn.firms))
    across = Day(
        two_sided.firms,
        (*two_sided.meetings, Meeting(99, (1, 2), weight=3)),
        two_sided.slots,
        two_sided.tables,
    )
    for day in (two_sided, across):
        for least in (0, 2):
            choice = choose(day, least)
            assert (sum(choice.short.values()), choice.weight) == best_weight(day, least)


def test_choose_when_a_must_meet_is_light_then_held_before_the_heavy() -> None:
    day = a_day(
        (1, 2), (1, 3), slots=1, meetings={1: Meeting(1, (1, 2), weight=9), 2: Meeting(2, (1, 3), must=True)}
    )
    assert choose(day).meetings == (2,)


CAUSES: dict[str, Day] = {
    "declined": a_day((1, 2), meetings={1: Meeting(1, (1, 2), declined=True)}),
    "no_common_slot": a_day((1, 2), slots=1, firms={1: Firm(1, blocked=frozenset({0}))}),
    "session_closed": a_day((1, 2), meetings={1: Meeting(1, (1, 2), session="evening")}),
    "firm_full": a_day((1, 2), (1, 3), slots=1, meetings={1: Meeting(1, (1, 2), weight=5)}),
    "limit_reached": a_day((1, 2), (1, 3), firms={1: Firm(1, most=1)}, meetings={1: Meeting(1, (1, 2), weight=5)}),
    "table_full": a_day((1, 2), (3, 4), slots=1, tables=1, meetings={1: Meeting(1, (1, 2), weight=5)}),
    "pool_full": a_day(
        (1, 2), (3, 4), slots=1, pools=(Pool(3),),
        meetings={1: Meeting(1, (1, 2), weight=5, pools=(3,)), 2: Meeting(2, (3, 4), pools=(3,))},
    ),
    "language_full": a_day(
        (1, 2), (3, 4), slots=1, room=(Table(1, languages=frozenset({"ru"})), Table(2, languages=frozenset({"en"}))),
        meetings={1: Meeting(1, (1, 2), weight=5, language="ru"), 2: Meeting(2, (3, 4), language="ru")},
    ),
}  # fmt: skip


@pytest.mark.parametrize("code", CAUSES)
def test_explain_when_a_wish_is_not_held_then_its_cause(code: str) -> None:
    plan = plan_day(CAUSES[code], effort=QUICK, compiled=False)
    assert [cause.code for cause in plan.causes] == [code]


def test_plan_when_stopped_then_the_best_so_far_is_kept() -> None:
    told: list[Progress] = []

    def stop(progress: Progress) -> bool:
        told.append(progress)
        return False

    day = trip(15, 10, 12, 90)
    plan = plan_day(day, effort=Effort(50_000), watch=stop, compiled=False)
    assert len(told) == 1
    assert (told[0].held, plan.moves) == (plan.bounds.held, 250)
    assert check(day, plan) == ()


def test_seat_when_firms_are_at_home_then_they_never_walk() -> None:
    pairs = [(a, b) for a in (1, 2, 3) for b in (4, 5, 6)]
    day = a_day(*pairs, slots=3, room=tuple(Table(n, host=n) for n in (1, 2, 3)))
    plan = plan_day(day, effort=QUICK, compiled=False)
    assert plan.bounds.held == 9
    tables = {one.meeting: one.table for one in plan.placements}
    assert all(tables[m.id] == m.firms[0] for m in day.meetings)
    assert sum(count_breaks(day, plan.placements).values()) == plan.bounds.breaks
