"""A day that is disturbed: nobody moves without need, and what is proposed is a plan."""

from dataclasses import replace

import pytest

from matchmaker.engines.timetable.check import check_placements
from matchmaker.engines.timetable.day import Firm, Meeting, Place, Placement, Pool, Table
from matchmaker.engines.timetable.generate import trip, wishes
from matchmaker.engines.timetable.place import Effort
from matchmaker.engines.timetable.planning import plan_day
from matchmaker.engines.timetable.repair import Change, absent, cancel, offers, walk_in
from tests.engines.timetable.days import a_day, at
from tests.engines.timetable.small import fewest_moves, small_day


def test_cancel_when_a_wish_waits_then_it_takes_the_place_and_nobody_moves() -> None:
    day = a_day((1, 2), (3, 4), (2, 3), slots=1, tables=2)
    repair = cancel(day, [at(1, 0, 1), at(2, 0, 2)], firm=1)
    assert (repair.placements, repair.moved, repair.lost) == ((at(2, 0, 2),), 0, (1,))
    repair = cancel(day, [at(1, 0, 1), at(3, 0, 2)][:1], firm=1)
    assert repair.placements == (at(3, 0, 1),) or repair.placements == (at(2, 0, 1),)


def test_cancel_when_the_day_has_begun_then_history_stays() -> None:
    day = a_day((1, 2), (1, 3), slots=3)
    repair = cancel(day, [at(1, 0), at(2, 2)], firm=1, now=1)
    assert repair.placements == (at(1, 0),)
    assert repair.changes == (Change(2, Place(2, 1), None),)


def test_absent_when_a_free_slot_is_there_then_only_what_is_hit_moves() -> None:
    day = a_day((1, 2), (1, 3), (2, 3), slots=3, tables=1)
    repair = absent(day, [at(1, 0), at(3, 1)], firm=1, slots=[0])
    assert (repair.moved, repair.least, repair.proven, repair.lost) == (1, 1, True, ())
    assert at(1, 2) in repair.placements


def test_absent_when_somebody_is_in_the_way_then_one_more_moves_and_that_is_proven() -> None:
    # Firm 1 can only meet 2 in slot 1 after slot 0 is missed; there 2 meets 3, who can change to slot 0.
    day = a_day((1, 2), (2, 3), slots=2, tables=2)
    repair = absent(day, [at(1, 0), at(2, 1)], firm=1, slots=[0])
    assert (repair.moved, repair.least, repair.proven) == (2, 2, True)
    assert {(one.meeting, one.slot) for one in repair.placements} == {(1, 1), (2, 0)}


MAKES_WAY = {
    "a chain": (
        a_day((1, 2), (2, 3), (3, 4), slots=3, firms={1: Firm(1, blocked=frozenset({2})), 2: Firm(2, blocked=frozenset({0}))}),
        [at(1, 0), at(2, 1), at(3, 2)],
        3,
    ),
    "the only table": (
        a_day((1, 2), (3, 4), slots=3, tables=1, firms={2: Firm(2, blocked=frozenset({2}))}),
        [at(1, 0), at(2, 1)],
        2,
    ),
    "a table for the language": (
        a_day(
            (1, 2), (3, 4), slots=2,
            meetings={1: Meeting(1, (1, 2), language="ru")},
            room=(Table(1, languages=frozenset({"ru"})), Table(2, languages=frozenset({"tr"}))),
        ),
        [at(1, 0), at(2, 1)],
        2,
    ),
    "the interpreter": (
        a_day(
            (1, 2), (3, 4), slots=2, pools=(Pool(1),),
            meetings={1: Meeting(1, (1, 2), pools=(1,)), 2: Meeting(2, (3, 4), pools=(1,))},
        ),
        [at(1, 0), at(2, 1)],
        2,
    ),
    "what comes after": (
        a_day((1, 2), (3, 4), slots=3, meetings={2: Meeting(2, (3, 4), after=(1,))}, firms={2: Firm(2, blocked=frozenset({2}))}),
        [at(1, 0), at(2, 1)],
        2,
    ),
    "one of two people": (
        a_day((1, 2), (2, 3), (2, 4), slots=2, tables=3, firms={2: Firm(2, representatives=2)}),
        [at(1, 0), at(2, 1), at(3, 1, 2)],
        2,
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", MAKES_WAY)
def test_absent_when_something_can_make_way_then_it_does_and_fewer_moves_are_impossible(what: str) -> None:
    day, before, moved = MAKES_WAY[what]
    repair = absent(day, before, firm=1, slots=[0])
    assert (repair.moved, repair.proven, repair.lost) == (moved, True, ())
    assert check_placements(repair.day, repair.placements) == ()


def test_absent_when_the_firm_is_there_for_too_few_slots_then_one_is_given_up_and_others_make_way() -> None:
    day = a_day((1, 2), (1, 3), (1, 4), (5, 6), slots=5, tables=1)
    held = [at(1, 0), at(2, 1), at(3, 2), at(4, 3)]
    repair = absent(day, held, firm=1, slots=[0, 1, 2])
    assert (repair.lost, repair.moved, repair.least) == ((1,), 3, 3)


@pytest.mark.parametrize("seed", range(8))
def test_absent_when_everything_is_tried_then_nothing_holds_as_much_with_fewer_moves(seed: int) -> None:
    day = small_day(seed, meetings=6, slots=4)
    before = plan_day(day, effort=Effort(500), compiled=False).placements
    one = before[seed % len(before)]
    firm = next(meeting.firms[0] for meeting in day.meetings if meeting.id == one.meeting)
    hit = [p.meeting for p in before if p.slot <= one.slot and firm in day.meetings[p.meeting - 1].firms]
    repair = absent(day, before, firm, range(one.slot + 1))
    best = fewest_moves(repair.day, before, hit, now=0, most=3)
    assert check_placements(repair.day, repair.placements) == ()
    assert (repair.proven, best.get(repair.lost)) == (True, repair.moved)


def test_absent_when_nothing_helps_then_the_lightest_is_given_up() -> None:
    day = a_day(
        (1, 2), (1, 3), slots=3, meetings={1: Meeting(1, (1, 2), weight=5)}, firms={3: Firm(3, blocked=frozenset({2}))}
    )  # fmt: skip
    repair = absent(day, [at(1, 0), at(2, 1)], firm=1, slots=[0, 1])
    assert repair.lost == (2,)
    assert [(one.meeting, one.slot) for one in repair.placements] == [(1, 2)]


def test_absent_when_others_are_locked_then_they_stay() -> None:
    locked = Meeting(2, (2, 3), locked=Place(1, 1))
    day = a_day((1, 2), (2, 3), slots=2, tables=2, meetings={2: locked})
    repair = absent(day, [at(1, 0), at(2, 1)], firm=1, slots=[0])
    assert repair.lost == (1,)
    assert at(2, 1) in repair.placements


def test_offers_when_a_counterpart_does_not_show_up_then_the_next_possible_meetings() -> None:
    day = a_day((1, 2), (1, 3), (1, 4), (3, 4), slots=3, tables=2)
    held = [at(1, 0), at(4, 0, 2)]
    assert [(one.meeting, one.slot) for one in offers(day, held, firm=1, now=1)] == [(2, 1), (3, 1)]
    assert offers(day, held, firm=2, now=1) == ()


def test_walk_in_when_two_stand_at_the_desk_then_next_common_slot_and_free_table() -> None:
    day = a_day((1, 2), (3, 4), slots=3, tables=1)
    held = [at(1, 0), at(2, 1)]
    assert walk_in(day, held, Meeting(9, (1, 3)), now=0) == at(9, 2)
    assert walk_in(day, [*held], Meeting(9, (1, 3), pools=()), now=3) is None


@pytest.mark.parametrize("firm", [1, 14, 26])
def test_repairs_when_a_whole_day_is_planned_then_valid_and_as_few_as_hit(firm: int) -> None:
    for day in (trip(20, 14, 16, 180), wishes(20, 10, 12, 9)):
        plan = plan_day(day, effort=Effort(2000), compiled=False)
        late = absent(day, plan.placements, firm, range(4))
        gone = cancel(day, plan.placements, firm, now=2)
        for repair in (late, gone):
            assert check_placements(repair.day, repair.placements) == ()
        assert gone.moved == 0
        assert late.moved >= late.least
        before = {one.meeting: one for one in plan.placements}
        history = [one for one in gone.placements if one.slot < 2]
        assert history == [one for one in before.values() if one.slot < 2]


def test_repair_when_proposed_then_the_day_itself_is_unchanged() -> None:
    day = a_day((1, 2), (1, 3), slots=3)
    held: list[Placement] = [at(1, 0), at(2, 1)]
    repair = absent(day, held, 1, [0])
    assert day.firms[0].blocked == frozenset()
    assert repair.day == replace(day, firms=(Firm(1, blocked=frozenset({0})), *day.firms[1:]))
