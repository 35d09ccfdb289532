"""How few breaks are possible, proven: the bound rises from what counting shows until a plan reaches it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from pysat.examples.rc2 import RC2
from pysat.formula import WCNF

from matchmaker.engines.timetable.board import Board
from matchmaker.engines.timetable.bounds import fewest_breaks
from matchmaker.engines.timetable.cnf import Encoding, decode
from matchmaker.engines.timetable.place import breaks
from matchmaker.engines.timetable.polish import polish

SOLVER: Final = "cd19"
"""CaDiCaL 1.9.5: beside 1.5.3 and Glucose 4 it was the steadiest on the published days."""

Status = Literal["optimal", "feasible", "infeasible", "unknown"]


@dataclass(frozen=True, slots=True)
class Step:
    """What a proof has shown so far: no plan has fewer than ``bound`` breaks; ``slots`` is one that has as many."""

    bound: int
    slots: tuple[int, ...] | None = None
    infeasible: bool = False


def steps(board: Board) -> Iterator[Step]:
    """Rising bounds until a plan with as many breaks is found. Every meeting of the board has to be held."""
    bound = fewest_breaks(board, list(range(len(board.meetings))))
    yield Step(bound)
    encoding = Encoding(board)
    formula = WCNF()
    formula.extend(encoding.clauses)
    for literal in encoding.breaks:
        formula.append([-literal], weight=1)
    with _Rising(formula, solver=SOLVER) as search:
        for cost in search.costs():
            bound = max(bound, cost)
            yield Step(bound)
        if search.model is None:
            yield Step(bound, infeasible=True)
        else:
            yield Step(bound, decode(encoding, search.model))


def improvements(board: Board, plan: tuple[int, ...]) -> Iterator[Step]:
    """Plans with fewer breaks than a complete one; the bound rises only with a best one."""
    for slots, best in polish(board, plan):
        yield Step(breaks(board, slots) if best else 0, slots)


class _Rising(RC2):
    """Core-guided search: each core, a set of breaks of which one cannot be avoided, raises the bound by one at least."""

    model: list[int] | None

    def costs(self) -> Iterator[int]:
        """The bound after each core; at the end ``model`` is a plan with as many breaks, or None where there is none."""
        self.model = None
        while not self.oracle.solve(assumptions=self.active_assumps()):
            self.get_core()
            if not self.core:
                return
            self.process_core()
            yield self.cost
        own = self.vmap.i2e
        self.model = [own[literal] for literal in self.oracle.get_model() if literal in own]
