"""A complete plan with fewer breaks: a solver gives a part of the meetings other slots while the rest stays.

The part is near a firm with a break, in the slots around it or among the firms it meets. A part without a better plan
makes the next one larger, a part that takes too long smaller; when a part is everything, the plan is the best.
"""

import random
from collections.abc import Iterator
from typing import Any, Final

from pysat.card import ITotalizer
from pysat.solvers import Solver

from matchmaker.engines.timetable.bits import breaks_of, slots_of
from matchmaker.engines.timetable.board import Board
from matchmaker.engines.timetable.cnf import Encoding, decode
from matchmaker.engines.timetable.place import breaks

SOLVER: Final = "g3"
"""Glucose 3: it stops after so many conflicts and follows a plan, both of which CaDiCaL lacks here."""
CONFLICTS: Final = 1000
"""Conflicts after which a part is given up."""
SIDEWAYS: Final = 200
"""Conflicts that another plan as good as this one is worth."""
LARGER: Final = 1.05
SMALLER: Final = 0.9
AROUND: Final = 0.75
"""Share of the parts that are slots near each other; the others are firms that meet each other."""
ASTRAY: Final = 0.1
"""Share of the slots that a plan which is only as good tries to be different in."""


def polish(board: Board, plan: tuple[int, ...], seed: int = 0) -> Iterator[tuple[tuple[int, ...], bool]]:
    """Plans with fewer and fewer breaks, each with whether no plan has fewer; ends after the best one.

    ``plan`` holds every meeting of the board and keeps every rule.
    """
    chance = random.Random(seed)  # noqa: S311 - no secret
    search = _Search(board, plan)
    sizes = {True: len(plan) / 2, False: len(plan) / 2}
    while search.breaks:
        around = chance.random() < AROUND
        part = _around(search, chance, sizes[around]) if around else _among(search, chance, sizes[around])
        better = search.better(part, search.breaks - 1)
        if better:
            yield tuple(search.plan), not search.breaks
        elif better is None:
            sizes[around] *= SMALLER
        elif len(part) == len(plan):
            yield tuple(search.plan), True
            return
        else:
            sizes[around] = min(len(plan), sizes[around] * LARGER)
            search.better(part, search.breaks, chance)


class _Search:
    """The clauses in a solver, and the best plan so far."""

    def __init__(self, board: Board, plan: tuple[int, ...]) -> None:
        self.board = board
        self.mine = board.meetings_of()
        self.plan = list(plan)
        self.breaks = breaks(board, plan)
        self.encoding = Encoding(board)
        most = self.breaks
        counted = ITotalizer(lits=self.encoding.breaks, ubound=most, top_id=self.encoding.ids.top)
        self.more: list[int] = counted.rhs
        self.solver: Any = Solver(SOLVER, bootstrap_with=[*self.encoding.clauses, *counted.cnf.clauses])

    def better(self, part: set[int], most: int, chance: random.Random | None = None) -> bool | None:
        """Whether the part has a plan with so few breaks, which is taken then; None when that was not found out.

        With ``chance`` the solver begins with slots apart from the plan's.
        """
        at, plan = self.encoding.at, self.plan
        kept = [at[m][plan[m]] for m in range(len(plan)) if m not in part]
        limit = [-self.more[most]] if most < len(self.more) else []
        self.solver.set_phases(
            [
                literal if (slot == plan[m] if chance is None else chance.random() < ASTRAY) else -literal
                for m in part
                for slot, literal in at[m].items()
            ]
        )
        self.solver.conf_budget(CONFLICTS if chance is None else SIDEWAYS)
        found: bool | None = self.solver.solve_limited(assumptions=[*kept, *limit])
        if found:
            self.plan = list(decode(self.encoding, self.solver.get_model()))
            self.breaks = breaks(self.board, self.plan)
        return found

    def busy(self) -> list[int]:
        """The slots of each firm as sets."""
        masks = [0] * len(self.mine)
        for m, slot in enumerate(self.plan):
            for firm in self.board.parts[m]:
                masks[firm] |= 1 << slot
        return masks


def _around(search: _Search, chance: random.Random, size: float) -> set[int]:
    """A firm with a break, and the meetings of slots near one of its own."""
    masks = search.busy()
    firm = chance.choice([firm for firm, mask in enumerate(masks) if breaks_of(mask)])
    centre = chance.choice(slots_of(masks[firm]))
    part = set(search.mine[firm])
    for slot in sorted(range(search.board.slots), key=lambda slot: abs(slot - centre) + chance.random()):
        part.update(m for m, own in enumerate(search.plan) if own == slot)
        if len(part) >= size:
            break
    return part


def _among(search: _Search, chance: random.Random, size: float) -> set[int]:
    """A firm with a break, those it meets, those they meet, and now and then another: all their meetings."""
    firm = chance.choice([firm for firm, mask in enumerate(search.busy()) if breaks_of(mask)])
    part = set(search.mine[firm])
    while len(part) < size:
        met = chance.choice(sorted(part)) if chance.random() < 0.8 else chance.randrange(len(search.plan))
        part.update(search.mine[chance.choice(search.board.parts[met])])
    return part
