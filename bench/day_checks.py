"""Parts of `make bench-day` that are right or wrong: small days and their repairs beside exhaustive search, infeasible
days, the same plan.
"""

import random
from dataclasses import replace
from itertools import combinations
from typing import Final, NamedTuple

from matchmaker.engines.timetable.board import make_board
from matchmaker.engines.timetable.check import check_placements
from matchmaker.engines.timetable.counting import Reason, impossible
from matchmaker.engines.timetable.day import Day, Firm, Meeting, Placement, Pool
from matchmaker.engines.timetable.form import write_plan
from matchmaker.engines.timetable.generate import EVENTS, event, trip
from matchmaker.engines.timetable.live import Live
from matchmaker.engines.timetable.place import Effort
from matchmaker.engines.timetable.planning import PlanInvalid, plan_day
from matchmaker.engines.timetable.prove import steps
from matchmaker.engines.timetable.prover import Proof
from matchmaker.engines.timetable.repair import absent, refill
from matchmaker.engines.timetable.seat import seat
from matchmaker.engines.timetable.together import named
from tests.engines.timetable.small import best_of_all, fewest_moves, small_day

OTHERS: Final = 3
"""Others who move for a small repair; the engine asks no more of them where one is certain to have to."""


class Found(NamedTuple):
    """Of random small days: plans with a violation, other optima than exhaustive search, infeasible ones, those of them
    without a reason that exhaustive search confirms.
    """

    violated: int
    differing: int
    infeasible: int
    unexplained: int


def small_days(number: int) -> Found:
    """Random small days with every kind of rule, proven."""
    violated = differing = infeasible = unexplained = 0
    for seed in range(number):
        day = small_day(seed, meetings=5, slots=4)
        board = make_board(day)
        *_, last = steps(board)
        best = best_of_all(day)
        infeasible += best is None
        unexplained += last.infeasible and not explained(day, impossible(board))
        differing += (None if last.infeasible else last.bound) != best
        if last.slots is not None:
            slots = {meeting.id: slot for meeting, slot in zip(board.meetings, last.slots, strict=True)}
            placements, homeless = seat(day, slots)
            violated += bool(homeless or check_placements(day, placements))
    return Found(violated, differing, infeasible, unexplained)


def explained(day: Day, counted: Reason | None) -> bool:
    """Whether an infeasible day has a reason; meetings that cannot be held together can be when any of them is left out."""
    if counted is not None:
        return counted.wanted > counted.places
    reason = named(day, Proof("infeasible", (), None, 0, None, 0.0)).reason
    if reason is None or reason.code != "together":
        return reason is not None and best_of_all(replace(day, fairness=None)) is not None
    least = all(best_of_all(_only(day, set(reason.ids) - {one})) is not None for one in reason.ids)
    return least and best_of_all(_only(day, set(reason.ids))) is None


def _only(day: Day, ids: set[int]) -> Day:
    """The day with these meetings, whoever waits how often."""
    meetings = tuple(
        replace(one, after=tuple(before for before in one.after if before in ids))
        for one in day.meetings
        if one.id in ids
    )
    return replace(day, meetings=meetings, fairness=None)


def infeasible_days() -> list[tuple[str, Day]]:
    """Generated days that cannot be, by what is wrong with them; only the solver sees the last kind."""
    found = []
    for at in (1, 12, 16):
        shape = EVENTS[at - 1]
        day = event(shape, at)
        wished = [firm for meeting in day.meetings for firm in meeting.firms]
        busiest = max(day.firms, key=lambda firm: wished.count(firm.id))
        gone = replace(busiest, blocked=frozenset(range(1, shape.slots)))
        others = tuple(gone if firm is busiest else firm for firm in day.firms)
        few = -(-shape.meetings // shape.slots) - 1
        found += [
            (f"{at}: a firm comes for one slot", replace(day, firms=others)),
            (f"{at}: a table too few", replace(day, tables=day.tables[:few])),
            (f"{at}: five firms that all meet in four slots", _crowded(day)),
            (f"{at}: a firm and an interpreter with no slot in common", _crossed(day)),
        ]
    return found


def _crowded(day: Day) -> Day:
    """Five more firms that are there for four slots and all want to meet each other, which takes five."""
    first, slots = len(day.firms) + 1, len(day.slots)
    guests = [Firm(first + at, blocked=frozenset(range(4, slots))) for at in range(5)]
    pairs = combinations(range(first, first + 5), 2)
    more = [Meeting(len(day.meetings) + at, pair) for at, pair in enumerate(pairs, 1)]
    return replace(day, firms=(*day.firms, *guests), meetings=(*day.meetings, *more))


def _crossed(day: Day) -> Day:
    """A guest of two slots with two meetings, one in the second slot; the interpreter of the other has the first one taken."""
    first, number, pool = len(day.firms) + 1, len(day.meetings) + 1, len(day.pools) + 1
    a, b, c, d, e = (Firm(first + at, blocked=frozenset(range(2, len(day.slots)))) for at in range(5))
    more = (
        Meeting(number, (a.id, b.id), pools=(pool,)),
        Meeting(number + 1, (a.id, c.id), fixed=1),
        Meeting(number + 2, (d.id, e.id), fixed=0, pools=(pool,)),
    )
    return replace(
        day,
        firms=(*day.firms, a, b, c, d, e),
        meetings=(*day.meetings, *more),
        pools=(*day.pools, Pool(pool)),
    )


def filled(day: Day) -> tuple[Day, tuple[Placement, ...]]:
    """The trip with six wishes more for ten meetings, by chance, of which those that fit were placed."""
    chance = random.Random(1)
    plan = plan_day(day, effort=Effort(400_000), compiled=True)
    half = len(day.firms) // 2
    met = {meeting.firms for meeting in day.meetings}
    pairs = {
        (day.firms[chance.randrange(half)].id, day.firms[half + chance.randrange(half)].id)
        for _ in range(len(day.meetings) * 6 // 10)
    }
    more = enumerate(sorted(pairs - met), len(day.meetings) + 1)
    wishes = tuple(Meeting(number, pair, weight=chance.randint(1, 5)) for number, pair in more)
    live = Live(replace(day, meetings=(*day.meetings, *wishes)), plan.placements)
    refill(live, 0)
    return live.day, tuple(sorted(live.placed.values(), key=lambda one: (one.slot, one.table)))


def same_plan(moves: int) -> bool:
    """Whether compiled and plain annealing give the same plan of the same day and seed, byte for byte."""
    day = trip(30, 16, 20, 280)
    plans = [plan_day(day, effort=Effort(moves), compiled=compiled) for compiled in (True, False)]
    compiled, plain = (write_plan(replace(plan, engine="")) for plan in plans)
    return compiled == plain


def small_repairs(number: int) -> tuple[int, int]:
    """Random small days on which a firm comes late or leaves early, beside exhaustive search: how many, and how many differ."""
    measured = differing = 0
    for seed in range(number):
        day = small_day(seed, meetings=6, slots=4)
        try:
            plan = plan_day(day, effort=Effort(500), compiled=False)
        except PlanInvalid:  # a lock of the day cannot be kept
            continue
        found = disturbed(day, plan.placements, seed)
        if found is not None:
            measured += 1
            differing += found != "as few"
    return measured, differing


def disturbed(day: Day, before: tuple[Placement, ...], seed: int) -> str | None:
    """What a repair of a small day is beside exhaustive search; None where nobody is hit."""
    chance = random.Random(seed)
    if not before:
        return None
    one, now = chance.choice(before), chance.choice((0, 0, 0, 1))
    parties = {meeting.id: meeting.firms for meeting in day.meetings}
    firm = chance.choice(parties[one.meeting])
    missed = chance.choice((range(now, one.slot + 1), range(max(now, one.slot), len(day.slots))))
    hit = [other.meeting for other in before if other.slot in missed and firm in parties[other.meeting]]
    if not hit:
        return None
    repair = absent(day, before, firm, missed, now)
    if check_placements(repair.day, repair.placements):
        return "no plan"
    best = fewest_moves(repair.day, before, hit, now, OTHERS)
    if not repair.proven:
        return "not proven"
    return "as few" if best.get(repair.lost) == repair.moved else "more"
