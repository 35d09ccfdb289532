"""The B2B day: proofs, trips, choice, repairs and checks, each beside its goal. `make bench-day`; ARGS="--cp-sat 60" adds CP-SAT,
ARGS="proofs --days FOLDER" proves the days of .dzn files.

Times are CPU seconds of this process and its children. Ends with status 1 when a goal is missed.
"""

import argparse
import contextlib
import gc
import os
import random
import resource
import statistics
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from highspy import Highs, ObjSense

from bench.baselines import by_hand, by_weight, constraint_model
from bench.day_checks import filled, infeasible_days, same_plan, small_days, small_repairs
from matchmaker.engines.timetable.board import make_board
from matchmaker.engines.timetable.check import check, check_placements
from matchmaker.engines.timetable.choose import Limits, flow
from matchmaker.engines.timetable.day import Day
from matchmaker.engines.timetable.dzn import read_dzn
from matchmaker.engines.timetable.generate import EVENTS, TRIPS, WISHES, event, trip, wishes
from matchmaker.engines.timetable.place import Effort, breaks, first_fit, place
from matchmaker.engines.timetable.planning import plan_day
from matchmaker.engines.timetable.prover import prove
from matchmaker.engines.timetable.repair import absent, cancel
from matchmaker.engines.timetable.together import named

MOST_BREAKS = (16, 56, 144, 450)
FIRST_PLAN = (2.0, 2.0, 2.0, 5.0)
LATE = (1.0, 1.0, 3.0, 3.0)
MORE_LATE = 200
SECONDS = 15.0
TRIED = 1_000_000
"""Moves by which the rate of the annealing is measured."""
SOLVED = ("together", "unfair_together")
"""Reasons that only a solver finds; the others come from counting and take a second at most."""
missed: list[str] = []


def spent() -> float:
    """CPU seconds of this process and of those it waited for."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def timed(deed: Callable[[], Any]) -> tuple[Any, float]:
    """What a deed answers, and the CPU seconds it took."""
    began = spent()
    return deed(), spent() - began


def say(line: str) -> None:
    """A line of the table, at once."""
    print(line, flush=True)


def goal(name: str, reached: float, most: float) -> str:
    """The figure beside its goal; remembers when it is missed."""
    if reached > most:
        missed.append(name)
    return f"{name} {reached:g} (goal {most:g}{', MISSED' if reached > most else ''})"


def proofs(limit: float, folder: Path | None) -> None:
    """The twenty days, generated or read from a folder of .dzn files: all proven, each examined."""
    if folder is None:
        days = {f"{at:2} {tuple(shape)}": event(shape, at) for at, shape in enumerate(EVENTS, 1)}
    else:
        days = {
            file.stem: read_dzn(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.dzn"))
        }
    total = worst = 0.0
    found = 0
    for name, day in days.items():
        proof, seconds = timed(lambda day=day: prove(day, limit=limit))
        total, worst = total + seconds, max(worst, seconds)
        found += proof.status in ("optimal", "infeasible")
        sound = proof.breaks is None or not check_placements(day, proof.placements)
        hand = by_hand(make_board(day))
        lost = sum(slot < 0 for slot in hand)
        say(
            f"day {name}: {proof.status}, {proof.breaks} breaks, bound {proof.bound}, {seconds:.1f} s, "
            f"{'valid' if sound else 'INVALID'}; by hand {lost} lost, {breaks(make_board(day), hand)} breaks"
        )
    say(
        ", ".join(
            (
                goal("not proven", len(days) - found, 0),
                goal("sum s", round(total, 1), 90),
                goal("worst s", round(worst, 1), 30),
            )
        )
    )


def trips(which: list[int], seconds: float, cp_sat: float) -> None:
    """All wishes fit: the first complete plan, breaks after so many seconds, repairs."""
    for at in which:
        day = trip(*TRIPS[at])
        board, start = timed(lambda day=day: make_board(day))
        moves = _moves(day, seconds)
        first, first_seconds = timed(lambda board=board: place(board, Effort(200_000), compiled=True))
        plan, took = timed(lambda day=day, moves=moves: plan_day(day, effort=Effort(moves), compiled=True))
        name = "x".join(map(str, TRIPS[at][:1] * 2))
        bounds = plan.bounds
        unheld = sum(slot < 0 for slot in first.slots)
        say(
            f"trip {name}/{TRIPS[at][1]}/{TRIPS[at][2]}: held {bounds.held} of {bounds.requested}, breaks {bounds.breaks} "
            f"(at least {bounds.breaks_bound}), idle {bounds.idle}, table changes {bounds.table_changes}, {took:.1f} s, "
            f"{moves / 1e6:.1f} M moves, {len(check(day, plan))} violations"
        )
        say(
            "    "
            + ", ".join(
                (
                    goal(f"{name} breaks", bounds.breaks, MOST_BREAKS[at]),
                    goal("not held", bounds.requested - bounds.held, 0),
                    goal("first plan s", round(start + first_seconds, 2), FIRST_PLAN[at]),
                    goal("first plan lacks", unheld, 0),
                )
            )
        )
        _beside(board, cp_sat, hold_all=True)
        _repairs(day, plan.placements, LATE[at])


def _moves(day: Day, seconds: float, least: int | None = None) -> int:
    """Moves of the compiled annealing that bring a whole plan of this day to so many CPU seconds.

    What every plan costs once, such as choosing and seating, is no part of the rate: it is taken off the seconds.
    """
    _, once = timed(lambda: plan_day(day, effort=Effort(1), least=least, compiled=True))
    board = make_board(day)
    _, short = timed(lambda: place(board, Effort(TRIED), compiled=True))
    _, longer = timed(lambda: place(board, Effort(4 * TRIED), compiled=True))
    return int(3 * TRIED / (longer - short) * max(0.0, seconds - once))


def _beside(board: Any, cp_sat: float, *, hold_all: bool) -> None:
    rivals = [
        ("first-fit", by_hand(board)),
        ("tightest first", first_fit(board)),
        ("greedy by weight", by_weight(board)),
    ]
    if cp_sat:
        rivals.append((f"CP-SAT {cp_sat:g} s", constraint_model(board, cp_sat, hold_all=hold_all)))
    for name, slots in rivals:
        held = [at for at, slot in enumerate(slots) if slot >= 0]
        weight = sum(board.meetings[at].weight for at in held)
        say(f"    {name}: held {len(held)}, weight {weight}, breaks {breaks(board, slots)}")


def _repairs(day: Day, placements: Any, most_late: float) -> None:
    """Ten firms cancel, ten come a quarter of the day late, and many more up to half of it; each alone."""
    gc.collect()
    gc.freeze()  # what the bench itself piled up is not part of a repair
    some = [firm.id for firm in day.firms[:: max(1, len(day.firms) // 10)]][:10]
    gone = [timed(lambda firm=firm: cancel(day, placements, firm)) for firm in some]
    late = [(firm, len(day.slots) // 4) for firm in some]
    for name, arrivals in (("", late), ("more ", _arrivals(day, MORE_LATE))):
        _late(name, day, placements, [(firm, range(slots)) for firm, slots in arrivals], most_late)
    bad = sum(bool(check_placements(repair.day, repair.placements)) for repair, _ in gone)
    say(
        "    cancelled: "
        + ", ".join(
            (
                goal("cancel ms", round(1000 * max(seconds for _, seconds in gone)), 50),
                goal("moved by cancelling", sum(repair.moved for repair, _ in gone), 0),
                goal("invalid", bad, 0),
            )
        )
    )


def full(which: list[int]) -> None:
    """Trips on which waiting wishes took every table that they could: late arrivals and early leaves."""
    for at in which:
        day, placements = filled(trip(*TRIPS[at]))
        name = "x".join(map(str, TRIPS[at][:1] * 2))
        places = len(day.tables) * len(day.slots)
        waiting = len(day.meetings) - len(placements)
        say(f"full trip {name}/{TRIPS[at][1]}: {len(placements)} of {places} table places, {waiting} wait")
        gc.collect()
        gc.freeze()
        slots = len(day.slots)
        some = _arrivals(day, MORE_LATE)
        missed = [
            range(late) if at % 8 < 4 else range(slots - late, slots) for at, (_, late) in enumerate(some)
        ]
        _late(
            "full, ",
            day,
            placements,
            [(firm, gone) for (firm, _), gone in zip(some, missed, strict=True)],
            LATE[at],
        )


def _arrivals(day: Day, number: int) -> list[tuple[int, int]]:
    """Firms by chance, and how many slots late each is: an eighth, a quarter, a third or half of the day."""
    chance = random.Random(5)
    return [(chance.choice(day.firms).id, len(day.slots) // (8, 4, 3, 2)[at % 4]) for at in range(number)]


def _late(name: str, day: Day, placements: Any, away: list[tuple[int, range]], most: float) -> None:
    late = [timed(lambda one=one: absent(day, placements, *one)) for one in away]
    bad = sum(bool(check_placements(repair.day, repair.placements)) for repair, _ in late)
    say(
        f"    {name}late arrivals, {len(late)}: "
        + ", ".join(
            (
                goal("late s", round(max(seconds for _, seconds in late), 2), most),
                goal("late not proven", sum(not repair.proven for repair, _ in late), 0),
                goal("invalid", bad, 0),
            )
        )
        + f"; median {1000 * statistics.median(seconds for _, seconds in late):.0f} ms"
        f", moved {sum(repair.moved for repair, _ in late)}, lost {sum(len(repair.lost) for repair, _ in late)}"
    )


def oversubscribed(which: list[int], seconds: float, cp_sat: float) -> None:
    """More wishes than places: weight beside its upper bound, the guaranteed minimum."""
    for at in which:
        shape, least = WISHES[at][:4], WISHES[at][4]
        day = wishes(*shape)
        moves = _moves(day, seconds, least)
        plan, took = timed(
            lambda day=day, moves=moves, least=least: plan_day(
                day, effort=Effort(moves), least=least, compiled=True
            )
        )
        bounds = plan.bounds
        say(
            f"wishes {shape}: held {bounds.held} of {bounds.requested}, weight {bounds.weight} of {bounds.weight_bound}, "
            f"breaks {bounds.breaks}, {took:.1f} s, {len(check(day, plan))} violations"
        )
        say(
            "    "
            + ", ".join(
                (
                    goal("weight lacking", bounds.weight_bound - bounds.weight, 0),
                    goal(f"firms below {least}", len(bounds.below_least), 0),
                )
            )
        )
        _beside(make_board(day), cp_sat, hold_all=False)


def checks(number: int) -> None:
    """What is right or wrong: small days beside exhaustive search, infeasible days, the same plan twice."""
    small, seconds = timed(lambda: small_days(number))
    say(f"small days: {number}, of which {small.infeasible} infeasible, {seconds:.1f} s")
    say(
        "    "
        + ", ".join(
            (
                goal("with a violation", small.violated, 0),
                goal("another optimum", small.differing, 0),
                goal("infeasible without a confirmed reason", small.unexplained, 0),
            )
        )
    )
    (measured, differing), seconds = timed(lambda: small_repairs(number))
    say(
        f"small days with a firm late or leaving early: {measured}, {seconds:.1f} s: {goal('not fewest', differing, 0)}"
    )
    for name, day in infeasible_days():
        proof, seconds = timed(lambda day=day: named(day, prove(day, limit=60)))
        reason = "NO REASON" if proof.reason is None else f"{proof.reason.code} {proof.reason.ids}"
        most = 30 if proof.reason is None or proof.reason.code in SOLVED else 1
        say(
            f"infeasible {name}: {proof.status}, {reason}, "
            + goal(f"infeasible {name} s", round(seconds, 2), most)
            + f", {goal('not shown with a reason', int(proof.reason is None), 0)}"
        )
    same, seconds = timed(lambda: same_plan(200_000))
    say(
        f"compiled and plain plan of one day and seed, {seconds:.1f} s: {goal('different', int(not same), 0)}"
    )


def choice() -> None:
    """2000 x 2000 firms, 200,000 scored pairs, at most 10 and if possible 4 meetings each, beside the linear optimum."""
    chance = np.random.default_rng(1)
    firms = 2000
    pairs = np.unique(chance.integers(0, firms * firms, 220_000))
    pairs = np.sort(chance.permutation(pairs)[:200_000])
    left, right = pairs // firms, firms + pairs % firms
    score = chance.integers(0, 1001, len(pairs))
    sides = np.repeat([0, 1], firms)
    wished = np.bincount(np.concatenate((left, right)), minlength=2 * firms)
    most = np.minimum(10, wished)
    least = np.minimum(4, most)
    guaranteed = 2 * firms * 1001
    taken, seconds = timed(
        lambda: flow(left, right, score, sides, Limits(least, most, 10 * firms), guaranteed)
    )
    held = np.bincount(np.concatenate((left[taken], right[taken])), minlength=2 * firms)
    ours = int(score[taken].sum() - guaranteed * np.maximum(0, least - held).sum())
    optimum, lp_seconds = timed(lambda: linear_optimum(left, right, score, least, most, guaranteed))
    say(
        f"choice 2000x2000, {len(pairs)} pairs: flow {int(score[taken].sum())} in {seconds:.2f} s, HiGHS {lp_seconds:.1f} s"
    )
    say(
        "    "
        + ", ".join(
            (goal("choice s", round(seconds, 2), 1), goal("below the optimum", round(optimum - ours, 3), 0.5))
        )
    )


def linear_optimum(left: Any, right: Any, score: Any, least: Any, most: Any, guaranteed: int) -> float:
    """The same choice as a linear program by HiGHS: each pair at most once, lacking guaranteed meetings at their price."""
    with silence():
        solver = Highs()
    solver.setOptionValue("output_flag", False)
    pairs, firms = len(left), len(most)
    infinite = solver.getInfinity()
    solver.addVars(
        pairs + firms, np.zeros(pairs + firms), np.concatenate((np.ones(pairs), least.astype(float)))
    )
    costs = np.concatenate((score.astype(float), np.full(firms, -float(guaranteed))))
    solver.changeColsCost(pairs + firms, np.arange(pairs + firms, dtype=np.int32), costs)
    for firm in range(firms):
        mine = np.flatnonzero((left == firm) | (right == firm)).astype(np.int32)
        solver.addRow(-infinite, float(most[firm]), len(mine), mine, np.ones(len(mine)))
        if least[firm]:
            columns = np.append(mine, pairs + firm).astype(np.int32)
            solver.addRow(float(least[firm]), infinite, len(columns), columns, np.ones(len(columns)))
    solver.changeObjectiveSense(ObjSense.kMaximize)
    solver.run()
    return float(solver.getInfo().objective_function_value)


@contextlib.contextmanager
def silence() -> Iterator[None]:
    """Keeps what a library prints past Python, such as the banner of a solver, out of the table."""
    sys.stdout.flush()
    shown = os.dup(1)
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        try:
            yield
        finally:
            os.dup2(shown, 1)
            os.close(shown)


def main() -> int:
    """Run the parts that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=["choice", "checks", "proofs", "trips", "full", "wishes"])
    parser.add_argument("--cp-sat", type=float, default=0, help="seconds of CP-SAT beside each trip")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="annealing of each trip")
    parser.add_argument("--limit", type=float, default=120, help="seconds of the clock for each proof")
    parser.add_argument("--small", type=int, default=1000, help="random small days beside exhaustive search")
    parser.add_argument("--days", type=Path, help="a folder of .dzn files to prove instead of generated days")
    parser.add_argument("--trips", type=int, nargs="*", default=[0, 1, 2, 3], help="which trips, from 0")
    options = parser.parse_args()
    place(make_board(trip(4, 6, 4, 12)), Effort(100), compiled=True)
    if "choice" in options.parts:
        choice()
    if "checks" in options.parts:
        checks(options.small)
    if "proofs" in options.parts:
        proofs(options.limit, options.days)
    if "trips" in options.parts:
        trips(options.trips, options.seconds, options.cp_sat)
    if "full" in options.parts:
        full(options.trips)
    if "wishes" in options.parts:
        oversubscribed(options.trips, options.seconds, options.cp_sat)
    say(f"missed: {', '.join(missed) or 'nothing'}")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
