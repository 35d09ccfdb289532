"""Which wishes to hold: the must-meets, then everybody's guaranteed minimum, then the largest total weight; exact.

Between two sides this is a minimum-cost flow: the matrix is totally unimodular, so the flow is the optimum in whole
meetings. Wishes that cross sides, have three firms or compete for few interpreters go to an exact integer program.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow
from ortools.linear_solver import pywraplp

from matchmaker.engines.timetable.board import Board, make_board
from matchmaker.engines.timetable.day import Day

Numbers = npt.NDArray[np.int64]

SECONDS: Final = 20.0
"""Limit of the integer program; the flow needs none."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The wishes to hold, in order of their numbers.

    ``weight`` is their total, ``short`` how many meetings each firm lacks of what it is guaranteed (firms that lack
    none are left out), ``exact`` False only when the integer program ran out of time.
    """

    meetings: tuple[int, ...]
    weight: int
    short: dict[int, int]
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Price:
    """What a guaranteed minimum costs: the total weight left, what it is less than without, and who still lacks it."""

    least: int
    weight: int
    lost: int
    held: int
    below: int


class Limits(NamedTuple):
    """For each firm the meetings it should and may have, and the places of the whole room."""

    least: Numbers
    most: Numbers
    room: int


def choose(day: Day, least: int | None = None, board: Board | None = None) -> Choice:
    """The best wishes to hold; ``least`` takes the place of every firm's own guaranteed minimum."""
    board = board or make_board(day)
    possible = [at for at, mask in enumerate(board.allowed) if mask]
    sides = two_sides(board, possible)
    limits = limits_of(board, possible, least, sides)
    if sides is not None and not _scarce(board, possible):
        taken, exact = _by_flow(board, possible, sides, limits), True
    else:
        taken, exact = _by_program(board, possible, limits)
    held = np.zeros(len(board.free), dtype=np.int64)
    for at in taken:
        held[board.parts[at]] += 1
    short = {
        board.day.firms[p].id: int(limits.least[p] - held[p])
        for p in np.flatnonzero(held < limits.least).tolist()
    }
    return Choice(
        tuple(sorted(board.meetings[at].id for at in taken)),
        sum(board.meetings[at].weight for at in taken),
        short,
        exact,
    )


def limits_of(board: Board, possible: list[int], least: int | None, sides: list[int] | None) -> Limits:
    """What each firm can have: its free places, its own limit, its wishes; the minimum is asked only up to that.

    The room has as many places as tables in each slot, and no more than the firms there can fill.
    """
    wishes = np.zeros(len(board.free), dtype=np.int64)
    for at in possible:
        wishes[board.parts[at]] += 1
    places = np.asarray(
        [mask.bit_count() * seats for mask, seats in zip(board.free, board.seats, strict=True)]
    )
    own = np.asarray([len(board.meetings) if firm.most is None else firm.most for firm in board.day.firms])
    most = np.minimum(np.minimum(places, own), wishes) if len(wishes) else wishes
    asked = np.asarray([firm.least if least is None else least for firm in board.day.firms], dtype=np.int64)
    room = sum(_places_in(board, slot, sides) for slot in range(board.slots))
    return Limits(np.minimum(asked, most), most, room)


def _places_in(board: Board, slot: int, sides: list[int] | None) -> int:
    """Meetings that a slot can hold: its open tables, and what those present of the smaller side can fill."""
    tables = sum(slot not in table.blocked for table in board.day.tables)
    present = [0, 0]
    for firm, mask in enumerate(board.free):
        if mask >> slot & 1:
            present[0 if sides is None else sides[firm]] += board.seats[firm]
    locked = sum(meeting.locked is not None and meeting.locked.slot == slot for meeting in board.meetings)
    return max(locked, min(tables, present[0] // 2 if sides is None else min(present)))


def two_sides(board: Board, possible: Iterable[int]) -> list[int] | None:
    """A side, 0 or 1, for each firm so that every wish crosses; None when there is no such division."""
    around: list[list[int]] = [[] for _ in board.free]
    for at in possible:
        if len(board.parts[at]) != 2:
            return None
        a, b = board.parts[at]
        around[a].append(b)
        around[b].append(a)
    side = [-1] * len(around)
    for root in range(len(around)):
        if side[root] >= 0:
            continue
        side[root] = 0
        waiting = deque([root])
        while waiting:
            firm = waiting.popleft()
            for other in around[firm]:
                if side[other] < 0:
                    side[other] = 1 - side[firm]
                    waiting.append(other)
                elif side[other] == side[firm]:
                    return None
    return side


def _scarce(board: Board, possible: list[int]) -> bool:
    """Whether more wishes need some interpreters or tables than these have places in the whole day."""
    users = [0] * len(board.resources)
    for at in possible:
        for resource in board.needs[at]:
            users[resource] += 1
    return any(used > sum(r.sizes) for used, r in zip(users, board.resources, strict=True))


def _rewards(board: Board, possible: list[int]) -> tuple[Numbers, int]:
    """What each wish brings, and what a guaranteed meeting brings.

    Two choices differ by cycles that pass each firm once at most, so a reward above what such a cycle can bring in
    weight comes before all weight; locked meetings come before must-meets, those before the minimum.
    """
    weight = np.asarray([board.meetings[at].weight for at in possible], dtype=np.int64)
    guaranteed = (len(board.free) + 2) * (int(weight.max(initial=0)) + 1)
    must, locked = 8 * guaranteed, 64 * guaranteed * (len(board.free) + 2)
    extra = [
        locked if board.meetings[at].locked else must if board.meetings[at].must else 0 for at in possible
    ]
    return weight + np.asarray(extra, dtype=np.int64), guaranteed


def _by_flow(board: Board, possible: list[int], side: list[int], limits: Limits) -> list[int]:
    sides = np.asarray(side, dtype=np.int64)
    pairs = np.asarray([board.parts[at] for at in possible], dtype=np.int64).reshape(-1, 2)
    swap = sides[pairs[:, 0]] == 1 if len(pairs) else np.zeros(0, dtype=bool)
    left = np.where(swap, pairs[:, 1], pairs[:, 0])
    right = np.where(swap, pairs[:, 0], pairs[:, 1])
    reward, guaranteed = _rewards(board, possible)
    taken = flow(left, right, reward, sides, limits, guaranteed)
    return [possible[at] for at in taken.tolist()]


def flow(
    left: Numbers, right: Numbers, reward: Numbers, sides: Numbers, limits: Limits, guaranteed: int
) -> Numbers:
    """Positions of the pairs of greatest reward together; ``guaranteed`` is the reward of each meeting of a minimum.

    Source, firms of side 0, firms of side 1, sink: each firm has an arc for its minimum and one for what it may have
    beyond. What is not used goes past all of them, and the room limits what goes in.
    """
    firms = len(sides)
    source, sink, start = firms, firms + 1, firms + 2
    graph = SimpleMinCostFlow()
    nodes = np.arange(firms)
    tail = np.where(sides == 0, source, nodes)
    head = np.where(sides == 0, nodes, sink)
    arcs = graph.add_arcs_with_capacity_and_unit_cost(
        left, right, np.ones(len(left), dtype=np.int64), -reward
    )
    graph.add_arcs_with_capacity_and_unit_cost(tail, head, limits.least, np.full(firms, -guaranteed))
    graph.add_arcs_with_capacity_and_unit_cost(
        tail, head, limits.most - limits.least, np.zeros(firms, dtype=np.int64)
    )
    amount = int(min(limits.most[sides == 0].sum(), limits.most[sides == 1].sum(), limits.room))
    graph.add_arc_with_capacity_and_unit_cost(start, source, amount, 0)
    graph.add_arc_with_capacity_and_unit_cost(start, sink, amount, 0)
    graph.set_node_supply(start, amount)
    graph.set_node_supply(sink, -amount)
    status = graph.solve()
    if status != graph.OPTIMAL:
        raise RuntimeError(f"the flow ended with status {status}")
    found: Numbers = np.flatnonzero(graph.flows(arcs) > 0) if len(arcs) else np.zeros(0, dtype=np.int64)
    return found


def _by_program(board: Board, possible: list[int], limits: Limits) -> tuple[list[int], bool]:
    """The same choice as an integer program, for what no flow can say."""
    solver = pywraplp.Solver.CreateSolver("SCIP")
    solver.SetTimeLimit(int(SECONDS * 1000))
    taken = {at: solver.BoolVar("") for at in possible}
    held: list[list[Any]] = [[] for _ in board.free]
    users: list[list[Any]] = [[] for _ in board.resources]
    for at in possible:
        for p in board.parts[at]:
            held[p].append(taken[at])
        for q in board.needs[at]:
            users[q].append(taken[at])
    short = []
    for p, mine in enumerate(held):
        solver.Add(solver.Sum(mine) <= int(limits.most[p]))
        if limits.least[p]:
            lacking = solver.IntVar(0, int(limits.least[p]), "")
            solver.Add(solver.Sum(mine) + lacking >= int(limits.least[p]))
            short.append(lacking)
    for resource, mine in zip(board.resources, users, strict=True):
        solver.Add(solver.Sum(mine) <= sum(resource.sizes))
    solver.Add(solver.Sum(list(taken.values())) <= limits.room)
    reward, guaranteed = _rewards(board, possible)
    gain = solver.Sum([int(reward[i]) * taken[at] for i, at in enumerate(possible)])
    solver.Maximize(gain - guaranteed * solver.Sum(short))
    status = solver.Solve()
    if status not in (pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE):
        return [], False
    return [at for at in possible if taken[at].solution_value() > 0.5], status == pywraplp.Solver.OPTIMAL
