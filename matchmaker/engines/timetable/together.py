"""Which meetings cannot be held together, where only a solver sees that a day cannot be.

Every meeting and every rule that meetings share (tables, interpreters, the order) can be left out of the clauses by an
assumption. What the solver needed to see that there is no plan is made smaller, one rule or meeting after the other,
until nothing of it can be spared: without any one of them the others can be held.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Final

from pysat.solvers import Solver

from matchmaker.engines.timetable.board import Board, make_board
from matchmaker.engines.timetable.cnf import Encoding
from matchmaker.engines.timetable.counting import Reason, impossible
from matchmaker.engines.timetable.day import Day
from matchmaker.engines.timetable.prover import Proof

SOLVER: Final = "g4"
"""Glucose 4: it names what it needed, and stops after so many conflicts."""
CONFLICTS: Final = 60_000
"""Conflicts of all questions about one day, some ten seconds; what is left then is a reason, if not the smallest."""
SHORT: Final = 3000
"""Conflicts of the question whether one meeting or rule can be spared."""


def named(day: Day, proof: Proof) -> Proof:
    """The proof with a reason also where a day cannot be and counting named none."""
    if proof.status != "infeasible" or proof.reason is not None:
        return proof
    board = make_board(day)
    together, reason = _together(board)
    if together is None:
        reason = _everything(board)
    return replace(proof, reason=_apart(board) if together else reason)


def why_not_all(day: Day, *, solving: bool) -> Reason | None:
    """Why the meetings of a day cannot all be held, however often firms wait; None where they can, or nobody knows.

    Counting is asked first and, when ``solving``, a solver.
    """
    board = make_board(replace(day, fairness=None))
    reason = impossible(board)
    return _together(board)[1] if reason is None and solving else reason


def _together(board: Board) -> tuple[bool | None, Reason | None]:
    """Whether all meetings can be held, however often firms wait; those that cannot; None where it was not found out."""
    clauses = _Rules(board)
    with _search(clauses) as search:
        cannot = search.cannot([*clauses.rules, *clauses.held])
        if not cannot:
            return None if cannot is None else True, None
        rules = search.fewest([one for one in search.needed if one in clauses.rules])
        held = {literal: board.meetings[at].id for at, literal in enumerate(clauses.held)}
        ids = sorted(held[one] for one in search.fewest([one for one in search.needed if one in held]))
    kinds = sorted(clauses.rules[one] for one in rules)
    return False, Reason("together", tuple(ids), len(ids), len(ids) - 1, tuple(kinds))


def _everything(board: Board) -> Reason:
    """All meetings with all rules, fairness among them: of a day that cannot be, where it was not found out which."""
    every = tuple(sorted(meeting.id for meeting in board.meetings))
    fair = () if board.day.fairness is None else ("fairness",)
    kinds = sorted(_Rules(board).rules.values())
    return Reason("together", every, len(every), len(every) - 1, (*kinds, *fair))


def _apart(board: Board) -> Reason | None:
    """Firms whose breaks differ by too much whatever the plan; all of them where nobody knows which."""
    apart = board.day.fairness
    if apart is None:
        return None
    clauses = _Waits(board)
    with _search(clauses) as search:
        if search.cannot(clauses.fair):
            needed = set(search.fewest(list(search.needed)))
            firms = [firm for firm, literal in enumerate(clauses.fair) if literal in needed]
        else:
            firms = [firm for firm, mine in enumerate(clauses.mine) if mine]
    return Reason("unfair_together", tuple(board.day.firms[firm].id for firm in firms), apart + 1, apart)


class _Rules(Encoding):
    """The hard rules of a board; ``held`` are the literals of its meetings, ``rules`` those of the kinds of rules."""

    def _meetings(self) -> None:
        self.held = [self._new() for _ in self.at]
        self.rules: dict[int, str] = {}
        for literal, places in zip(self.held, self.at, strict=True):
            self._most(list(places.values()), 1)
            self.clauses.append([-literal, *places.values()])

    @contextmanager
    def _rule(self, kind: str) -> Iterator[None]:
        """The clauses that are added meanwhile hold only where rules of this kind do."""
        first = len(self.clauses)
        yield
        literal = next((one for one, known in self.rules.items() if known == kind), 0)
        if not literal and len(self.clauses) > first:
            literal = self._new()
            self.rules[literal] = kind
        for clause in self.clauses[first:]:
            clause.append(-literal)

    def _firm(self, firm: int) -> None:
        self.busy.append(self._occupied(firm))

    def _room(self) -> None:
        with self._rule("tables"):
            super()._room()

    def _resources(self) -> None:
        for number, resource in enumerate(self.board.resources):
            users = [m for m, needs in enumerate(self.board.needs) if number in needs]
            with self._rule(resource.kind):
                for slot in range(self.board.slots):
                    self._most([self.at[m][slot] for m in users if slot in self.at[m]], resource.sizes[slot])

    def _orders(self) -> None:
        """A meeting is later than those before it that are held."""
        with self._rule("order"):
            for later, before in enumerate(self.board.earlier):
                for earlier in before:
                    for slot, literal in self.at[later].items():
                        sooner = [one for at, one in self.at[earlier].items() if at < slot]
                        self.clauses.append([-literal, -self.held[earlier], *sooner])

    def _fairness(self) -> None:
        pass


class _Waits(Encoding):
    """A board with every meeting held; ``fair`` are the literals of the firms that wait as often as fairness wants."""

    def _fairness(self) -> None:
        apart = self.board.day.fairness or 0
        self.fair = [self._new() for _ in self.breaks_of]
        counts = [self._counted(found) for found in self.breaks_of]
        for level in range(1, max(map(len, counts), default=0) - apart + 1):
            everybody = self._new()
            for fair, waits in zip(self.fair, counts, strict=True):
                if len(waits) >= level + apart:
                    self.clauses.append([-fair, -waits[level + apart - 1], everybody])
                self.clauses.append([-fair, -everybody, *waits[level - 1 : level]])


@contextmanager
def _search(clauses: Encoding) -> Iterator["_Search"]:
    with Solver(SOLVER, bootstrap_with=clauses.clauses) as solver:
        yield _Search(solver)


class _Search:
    """Asks which assumptions cannot hold together; ``needed`` are those of the last answer that they cannot."""

    def __init__(self, solver: Any) -> None:
        self.solver = solver
        self.needed: list[int] = []
        self.left = CONFLICTS

    def cannot(self, wanted: Sequence[int], most: int = CONFLICTS) -> bool | None:
        """Whether these cannot hold together; None where that was not found out."""
        before = self.solver.accum_stats()["conflicts"]
        self.solver.conf_budget(max(1, min(self.left, most)))
        found: bool | None = self.solver.solve_limited(assumptions=list(wanted))
        self.left -= self.solver.accum_stats()["conflicts"] - before
        if found is False:
            core = set(self.solver.get_core() or ())
            self.needed = [one for one in wanted if one in core]
        return None if found is None else not found

    def fewest(self, some: Sequence[int]) -> list[int]:
        """Those of some needed ones that cannot be spared, one after the other."""
        for one in some:
            if one in self.needed and self.left > 0:
                self.cannot([other for other in self.needed if other != one], SHORT)
        return [one for one in some if one in self.needed]
