"""Proofs agree with exhaustive search; what cannot be is said with its reason."""

import random
from itertools import combinations

import pytest

from matchmaker.engines.timetable.board import make_board
from matchmaker.engines.timetable.check import check_placements, count_breaks
from matchmaker.engines.timetable.counting import Reason, impossible
from matchmaker.engines.timetable.day import Day, Firm, Meeting, Pool
from matchmaker.engines.timetable.dzn import read_dzn
from matchmaker.engines.timetable.order import Ordered
from matchmaker.engines.timetable.place import Effort, breaks, place
from matchmaker.engines.timetable.polish import polish
from matchmaker.engines.timetable.prove import attempt, plans, steps
from matchmaker.engines.timetable.prover import Proof, prove
from matchmaker.engines.timetable.seat import seat
from matchmaker.engines.timetable.together import named
from tests.engines.timetable.days import a_day
from tests.engines.timetable.small import best_of_all, small_day


# At the last two days a meeting is locked in a slot in which its firm is not free.
@pytest.mark.parametrize("seed", [*range(25), 455, 693])
def test_steps_when_the_day_is_small_then_equal_to_exhaustive_search(seed: int) -> None:
    day = small_day(seed, meetings=5, slots=4)
    board = make_board(day)
    *_, last = steps(board)
    best = best_of_all(day)
    assert last.infeasible == (best is None)
    if impossible(board) is not None:
        assert best is None
    if best is not None:
        assert last.slots is not None
        assert last.bound == best
        placements, homeless = seat(day, {m.id: s for m, s in zip(board.meetings, last.slots, strict=True)})
        assert (homeless, check_placements(day, placements)) == ((), ())
        assert sum(count_breaks(day, placements).values()) == best


# At four of these days two tables cost a break, at the others it is the firms.
@pytest.mark.parametrize("seed", [11, 14, 16, 20, 4, 22])
def test_steps_when_no_plan_is_found_soon_then_cores_with_tables_counted_by_firms_end_at_the_same_breaks(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    away = {number: Firm(number, blocked=frozenset(chance.sample(range(5), 1))) for number in (1, 4, 6)}
    board = make_board(a_day(*chance.sample([*combinations(range(1, 8), 2)], 8), slots=5, firms=away))
    *_, by_meetings = steps(board)
    monkeypatch.setattr(
        "matchmaker.engines.timetable.prove.attempt", lambda encoding, most, conflicts: (None, None)
    )
    *_, by_firms = steps(board, feasible=True)
    assert by_meetings.slots is not None
    assert by_firms.slots is not None
    assert by_firms.bound == by_meetings.bound == breaks(board, by_firms.slots)
    assert max(by_firms.slots.count(slot) for slot in range(5)) <= 2


# Days with no, one and three breaks at least, one that cannot be, and those with a lock from above.
@pytest.mark.parametrize("seed", [0, 5, 17, 1, 455, 693])
def test_plans_when_the_day_is_small_then_the_bound_is_reached_or_rises(seed: int) -> None:
    day = small_day(seed, meetings=5, slots=4)
    board = make_board(day)
    best = best_of_all(day)
    if best is None:
        found, slots = attempt(Ordered(board), len(board.meetings) * board.slots, 10_000)
        assert (found, slots) == (False, None)
        return
    *_, last = plans(board, 0)
    assert last.slots is not None
    assert last.bound == best == breaks(board, last.slots)
    placements, homeless = seat(day, {m.id: s for m, s in zip(board.meetings, last.slots, strict=True)})
    assert (homeless, check_placements(day, placements)) == ((), ())


@pytest.mark.parametrize(
    ("day", "code", "ids"),
    [
        (a_day((1, 2), (1, 3), (1, 4), slots=2, tables=3), "firm_overbooked", (1,)),
        (a_day((1, 2), (3, 4), (5, 6), slots=2, tables=1), "room_full", (0, 1)),
        (a_day((1, 2), firms={1: Firm(1, blocked=frozenset(range(4)))}), "no_slot_for_meeting", (1, 1, 2)),
        (
            a_day((1, 2), (3, 4), meetings={1: Meeting(1, (1, 2), after=(2,)), 2: Meeting(2, (3, 4), after=(1,))}),
            "order_impossible",
            (2, 1),
        ),
        (
            a_day(
                (1, 2), (3, 4), slots=1,
                meetings={1: Meeting(1, (1, 2), pools=(7,)), 2: Meeting(2, (3, 4), pools=(7,))}, pools=(Pool(7),),
            ),
            "pool_full",
            (7,),
        ),
        # Three firms that all meet each other hold one meeting at a time.
        (a_day((1, 2), (2, 3), (1, 3), (4, 5), slots=2, tables=2), "group_full", (1, 2, 3)),
        (
            # Firm 1 waits three times whatever the plan, the others never.
            a_day((1, 2), (1, 3), (1, 4), (1, 5), slots=7, firms={1: Firm(1, blocked=frozenset({1, 3, 5}))}),
            "unfair",
            (1, 2),
        ),
    ],
)  # fmt: skip
def test_prove_when_counting_shows_that_it_cannot_be_then_the_reason(
    day: Day, code: str, ids: tuple[int, ...]
) -> None:
    proof = prove(day)
    assert proof.status == "infeasible"
    assert proof.reason is not None
    assert (proof.reason.code, proof.reason.ids) == (code, ids)
    assert proof.reason.wanted > proof.reason.places


def test_prove_when_a_firm_has_too_few_slots_then_all_its_meetings_there_are_counted() -> None:
    alone = Firm(1, blocked=frozenset(range(1, 4)))
    reason = prove(a_day((1, 2), (1, 3), (1, 4), slots=4, tables=3, firms={1: alone})).reason
    assert reason == Reason("firm_overbooked", (1,), 3, 1)


def test_named_when_only_a_solver_sees_it_then_the_meetings_that_cannot_be_held_together() -> None:
    # Meeting 1 shares its firm with one that has the second slot and its interpreter with one that has the first.
    settled = {
        1: Meeting(1, (1, 2), pools=(7,)),
        2: Meeting(2, (1, 3), fixed=1),
        3: Meeting(3, (4, 5), fixed=0, pools=(7,)),
    }
    day = a_day((1, 2), (1, 3), (4, 5), (4, 6), slots=2, meetings=settled, pools=(Pool(7),))
    assert impossible(make_board(day)) is None
    proof = prove(day, limit=60)
    assert (proof.status, proof.breaks, proof.reason) == ("infeasible", None, None)
    assert named(day, proof).reason == Reason("together", (1, 2, 3), 3, 2, ("pool",))


def test_named_when_only_fairness_is_broken_then_the_firms_whose_breaks_differ() -> None:
    # Firm 2 waits once whatever the plan, the others never.
    day = a_day((1, 2), (2, 3), (4, 5), slots=3, firms={2: Firm(2, blocked=frozenset({1}))}, fairness=0)
    found = named(day, Proof("infeasible", (), None, 0, None, 0.0)).reason
    assert found is not None
    assert (found.code, found.wanted, found.places) == ("unfair_together", 1, 0)
    assert 2 in found.ids
    assert len(found.ids) == 2


def test_prove_when_a_break_cannot_be_avoided_then_optimal_with_a_plan() -> None:
    day = a_day((1, 2), (1, 3), slots=3, firms={1: Firm(1, blocked=frozenset({1}))})
    proof = prove(day)
    assert (proof.status, proof.breaks, proof.bound) == ("optimal", 1, 1)
    assert check_placements(day, proof.placements) == ()
    assert {one.slot for one in proof.placements} == {0, 2}


DZN = """
% an invented day
nBusiness = 3; nMeetings = 2; nTables = 1; nTotalSlots = 4; nMorningSlots = 2;
requested = [| 1, 2, 1 | 1, 3, 3 |];
forbidden = [{0}, {2, 3}, {}];
fixed = [0, 4];
precedences = [{0}, {1}];
"""


def test_read_dzn_when_written_as_published_then_everything_counts_from_nought() -> None:
    day = read_dzn(DZN)
    assert [firm.blocked for firm in day.firms] == [frozenset(), frozenset({1, 2}), frozenset()]
    assert day.meetings == (Meeting(1, (1, 2), session="morning"), Meeting(2, (1, 3), fixed=3, after=(1,)))
    assert [slot.session for slot in day.slots] == ["morning", "morning", "afternoon", "afternoon"]
    assert (len(day.tables), day.fairness) == (1, 2)
    proof = prove(day)
    assert (proof.status, proof.breaks) == ("optimal", 1)
    assert [(one.meeting, one.slot) for one in proof.placements] == [(1, 0), (2, 3)]


@pytest.mark.parametrize("seed", [0, 1, 9, 11, 12])
def test_polish_when_it_ends_then_no_plan_has_fewer_breaks(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    day = a_day(*chance.sample([*combinations(range(1, 8), 2)], 10), slots=6, fairness=None)
    board = make_board(day)
    *_, known = steps(board)
    plan = place(board, Effort(0)).slots
    assert min(plan) >= 0
    assert breaks(board, plan) > known.bound
    *_, (best, proven) = polish(board, plan)
    assert proven
    assert breaks(board, best) == known.bound
    placements, homeless = seat(day, {m.id: slot for m, slot in zip(board.meetings, best, strict=True)})
    assert (homeless, check_placements(day, placements)) == ((), ())
