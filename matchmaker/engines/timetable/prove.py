"""How few breaks are possible, proven: the bound rises from what counting shows until a plan reaches it.

Most of the bound is cheap; what takes long is the plan that reaches it. So a solver that is good at plans is asked for
it, in turns in two kinds of clauses made for that; where it gives up, the search by cores goes on until it meets a plan.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Final, Literal

from pysat.card import ITotalizer
from pysat.examples.rc2 import RC2
from pysat.formula import WCNF
from pysat.solvers import Solver

from matchmaker.engines.timetable.board import Board
from matchmaker.engines.timetable.bounds import fewest_breaks
from matchmaker.engines.timetable.cnf import Encoding, decode
from matchmaker.engines.timetable.order import Crowded, Ordered
from matchmaker.engines.timetable.place import breaks
from matchmaker.engines.timetable.polish import polish

SOLVER: Final = "cd19"
"""CaDiCaL 1.9.5: beside 1.5.3 and Glucose 4 it was the steadiest on the published days."""
PLANS: Final = "kissat404"
"""Kissat: where it finds a plan it is four to ten times as fast as CaDiCaL, but it answers one question only."""
TURNS: Final = ((Ordered, 10_000), (Crowded, 120_000), (Ordered, 120_000))
"""Clauses and conflicts after which no plan with so few breaks is looked for in them any more; 10,000 take a second.

Either kind finds in a second or two what the other one does not find in a minute.
"""
CORES: Final = "g4"
"""Glucose 4, which stops after so many conflicts, for the cores that are cheap."""
CHEAP: Final = 1000
"""Conflicts of a cheap core: on most of the measured days these cores give the whole bound within half a second."""

Status = Literal["optimal", "feasible", "infeasible", "unknown"]


@dataclass(frozen=True, slots=True)
class Step:
    """What a proof has shown so far: no plan has fewer than ``bound`` breaks; ``slots`` is one that has as many."""

    bound: int
    slots: tuple[int, ...] | None = None
    infeasible: bool = False


def steps(board: Board, *, feasible: bool = False) -> Iterator[Step]:
    """Rising bounds until a plan with as many breaks is found. Every meeting of the board has to be held.

    ``feasible`` says that there is a plan, which is then first looked for at the bound that cheap cores give.
    """
    bound = fewest_breaks(board, list(range(len(board.meetings))))
    yield Step(bound)
    encoding = Encoding(board)
    if feasible:
        with _Rising(_as_few(encoding), solver=CORES) as search:
            for cost in search.costs(CHEAP):
                bound = max(bound, cost)
                yield Step(bound)
        for step in plans(board, bound):
            bound = step.bound
            yield step
            if step.slots is not None:
                return
        encoding = Crowded(board)
    with _Rising(_as_few(encoding), solver=SOLVER) as search:
        for cost in search.costs():
            bound = max(bound, cost)
            yield Step(bound)
        if search.model is None:
            yield Step(bound, infeasible=True)
        else:
            yield Step(bound, decode(encoding, search.model))


def _as_few(encoding: Encoding) -> WCNF:
    """The clauses, and each break as something to avoid."""
    formula = WCNF()
    formula.extend(encoding.clauses)
    for literal in encoding.breaks:
        formula.append([-literal], weight=1)
    return formula


def plans(board: Board, bound: int) -> Iterator[Step]:
    """A plan with as few breaks as the bound, if one is found soon; the bound rises where there is none.

    There has to be a plan.
    """
    encodings = {kind: kind(board) for kind, _ in TURNS}
    for most in count(bound):
        found, slots = None, None
        for kind, conflicts in TURNS:
            found, slots = attempt(encodings[kind], most, conflicts)
            if found is not None:
                break
        if found:
            yield Step(most, slots)
        if found is not False:
            return
        yield Step(most + 1)


def improvements(board: Board, plan: tuple[int, ...]) -> Iterator[Step]:
    """Plans with fewer breaks than a complete one; the bound rises only with a best one."""
    for slots, best in polish(board, plan):
        yield Step(breaks(board, slots) if best else 0, slots)


def attempt(encoding: Ordered, most: int, conflicts: int) -> tuple[bool | None, tuple[int, ...] | None]:
    """Whether there is a plan with so many breaks at most, and the plan; None when that was not found out soon."""
    clauses = list(encoding.clauses)
    if most < len(encoding.breaks):
        counted = ITotalizer(lits=encoding.breaks, ubound=most, top_id=encoding.ids.top)
        clauses += [*counted.cnf.clauses, [-counted.rhs[most]]]
    with Solver(PLANS, bootstrap_with=clauses) as solver:
        solver.conf_budget(conflicts)
        found: bool | None = solver.solve_limited()
        return found, decode(encoding, solver.get_model()) if found else None


class _Rising(RC2):
    """Core-guided search: each core, a set of breaks of which one cannot be avoided, raises the bound by one at least."""

    model: list[int] | None

    def costs(self, conflicts: int | None = None) -> Iterator[int]:
        """The bound after each core; at the end ``model`` is a plan with as many breaks, or None where there is none.

        With ``conflicts`` it ends before a core that takes more of them.
        """
        self.model = None
        while not (found := self._solve(conflicts)):
            if found is None:
                return
            self.get_core()
            if not self.core:
                return
            self.process_core()
            yield self.cost
        own = self.vmap.i2e
        self.model = [own[literal] for literal in self.oracle.get_model() if literal in own]

    def _solve(self, conflicts: int | None) -> bool | None:
        found: bool | None
        if conflicts is None:
            found = self.oracle.solve(assumptions=self.active_assumps())
        else:
            self.oracle.conf_budget(conflicts)
            found = self.oracle.solve_limited(assumptions=self.active_assumps())
        return found
