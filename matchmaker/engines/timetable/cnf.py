"""A day as clauses: a plan that holds every meeting of a board with at most so many breaks, for a SAT solver.

Besides what the rules say there are clauses that follow from them and let the solver see more: a firm is busy in
exactly as many slots as it has meetings, and tables are counted over groups of meetings that share a firm, of which
only one can be held in a slot.
"""

from collections.abc import Iterable
from itertools import combinations

from pysat.card import CardEnc, EncType
from pysat.formula import IDPool

from matchmaker.engines.timetable.bits import slots_of
from matchmaker.engines.timetable.board import Board


class Encoding:
    """The clauses of a board; ``breaks`` are the literals that count, ``at`` the literal of a meeting in a slot."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.ids = IDPool()
        self.clauses: list[list[int]] = []
        self.mine = board.meetings_of()
        self.at = [
            {slot: self._new() for slot in slots_of(mask)} for mask in board.allowed
        ]  # fmt: skip
        self.busy: list[dict[int, int]] = []
        self.breaks: list[int] = []
        self.breaks_of: list[list[int]] = []
        self._meetings()
        for firm in range(len(board.free)):
            self._firm(firm)
        self._room()
        self._resources()
        self._orders()
        self._fairness()

    def _new(self) -> int:
        return int(self.ids.id())

    def _most(self, literals: list[int], bound: int) -> None:
        """At most ``bound`` of these are true."""
        if bound <= 0:
            self.clauses += [[-literal] for literal in literals]
        elif bound == 1 and len(literals) <= 6:
            self.clauses += [[-one, -other] for one, other in combinations(literals, 2)]
        elif len(literals) > bound:
            kind = EncType.seqcounter if bound > 1 else EncType.ladder
            self.clauses += CardEnc.atmost(literals, bound, vpool=self.ids, encoding=kind).clauses

    def _exactly(self, literals: list[int], number: int) -> None:
        if number > len(literals):
            impossible = self._new()
            self.clauses += [[impossible], [-impossible]]
        elif number == 1:
            self._most(literals, 1)
            self.clauses.append(literals)
        elif number:
            self.clauses += CardEnc.equals(
                literals, number, vpool=self.ids, encoding=EncType.seqcounter
            ).clauses

    def _meetings(self) -> None:
        """Each meeting in one slot."""
        for places in self.at:
            self._exactly(list(places.values()), 1)

    def _firm(self, firm: int) -> None:
        """When a firm is busy, and its breaks: busy, idle before, and busy some time before that."""
        board, mine, busy = self.board, self.mine[firm], self._occupied(firm)
        self.busy.append(busy)
        self.breaks_of.append(self._breaks(busy) if len(mine) > 1 else [])
        self.breaks += self.breaks_of[-1]
        if board.seats[firm] == 1 and len(mine) > 1:
            self._exactly(list(busy.values()), len(mine))
            self._unbroken(busy, len(mine), self.breaks_of[-1])

    def _occupied(self, firm: int) -> dict[int, int]:
        """For each slot in which a firm can meet, the literal that it does."""
        busy: dict[int, int] = {}
        for slot in range(self.board.slots):
            here = [self.at[m][slot] for m in self.mine[firm] if slot in self.at[m]]
            if here:
                busy[slot] = self._busy(here, self.board.seats[firm])
        return busy

    def _busy(self, here: list[int], seats: int) -> int:
        """A literal that says that one of a firm's meetings is held; no more of them are than it sends people."""
        busy = self._new()
        self.clauses += [[-literal, busy] for literal in here]
        self.clauses.append([-busy, *here])
        self._most(here, seats)
        return busy

    def _breaks(self, busy: dict[int, int]) -> list[int]:
        found: list[int] = []
        started = 0
        for slot in range(self.board.slots):
            now = busy.get(slot)
            if now is not None and started and slot - 1 not in self._first(busy):
                broken = self._new()
                found.append(broken)
                idle = [busy[slot - 1]] if slot - 1 in busy else []
                self.clauses.append([-now, -started, *idle, broken])
                self.clauses += [[-broken, now], [-broken, started], *([-broken, -one] for one in idle)]
            if now is not None:
                begun = self._new()
                self.clauses += [[-now, begun], [-begun, now, *([started] if started else [])]]
                if started:
                    self.clauses.append([-started, begun])
                started = begun
        return found

    def _unbroken(self, busy: dict[int, int], meetings: int, breaks: list[int]) -> None:
        """A firm without breaks is busy in one stretch as long as its meetings and at no other time."""
        stretches: list[int] = []
        for start in range(self.board.slots - meetings + 1):
            inside = range(start, start + meetings)
            if all(slot in busy for slot in inside):
                stretch = self._new()
                stretches.append(stretch)
                self.clauses += [[-stretch, one if slot in inside else -one] for slot, one in busy.items()]
        self.clauses.append([*breaks, *stretches])

    @staticmethod
    def _first(busy: dict[int, int]) -> Iterable[int]:
        """The first slot in which a firm can be busy: none before it can start a break."""
        return (min(busy),) if busy else ()

    def _room(self) -> None:
        """Tables of each slot, counted over groups."""
        board = self.board
        groups = self._groups()
        for slot in range(board.slots):
            used: list[int] = []
            for group in groups:
                here = [self.at[m][slot] for m in group if slot in self.at[m]]
                if len(here) > 1:
                    one = self._new()
                    self.clauses += [[-literal, one] for literal in here]
                    here = [one]
                used += here
            self._most(used, board.room[slot])
            self._crowd(slot)

    def _crowd(self, slot: int) -> None:
        """No more firms are busy in a slot than its tables seat."""
        board = self.board
        if all(board.roomy) and all(len(parts) == 2 for parts in board.parts):
            everybody = [busy[slot] for busy in self.busy if slot in busy]
            self._most(everybody, 2 * board.room[slot])

    def _groups(self) -> list[list[int]]:
        """Meetings at tables, divided so that those of a group share a firm; few groups, by the busiest firm first."""
        left = {m for m, roomy in enumerate(self.board.roomy) if roomy}
        groups: list[list[int]] = []
        while left:
            firm = max(
                (p for p, seats in enumerate(self.board.seats) if seats == 1),
                key=lambda p: len(left.intersection(self.mine[p])),
                default=None,
            )
            group = [] if firm is None else [m for m in self.mine[firm] if m in left]
            if not group:
                return groups + [[m] for m in sorted(left)]
            groups.append(group)
            left -= set(group)
        return groups

    def _resources(self) -> None:
        for number, resource in enumerate(self.board.resources):
            users = [m for m, needs in enumerate(self.board.needs) if number in needs]
            for slot in range(self.board.slots):
                here = [self.at[m][slot] for m in users if slot in self.at[m]]
                self._most(here, resource.sizes[slot])

    def _orders(self) -> None:
        for later, before in enumerate(self.board.earlier):
            for earlier in before:
                for slot, literal in self.at[later].items():
                    sooner = [one for at, one in self.at[earlier].items() if at < slot]
                    self.clauses.append([-literal, *sooner])

    def _fairness(self) -> None:
        """No firm has more than so many breaks beyond the one with the fewest."""
        apart = self.board.day.fairness
        if apart is None or all(len(found) <= apart for found in self.breaks_of):
            return
        counts = [self._counted(found) for found in self.breaks_of]
        for level in range(1, max(map(len, counts)) - apart + 1):
            everybody = self._new()
            self.clauses += [
                [-count[level + apart - 1], everybody] for count in counts if len(count) >= level + apart
            ]
            for count in counts:
                self.clauses.append([-everybody, count[level - 1]] if len(count) >= level else [-everybody])

    def _counted(self, literals: list[int]) -> list[int]:
        """Literals that say: at least 1, 2, ... of these are true; both directions."""
        counted: list[int] = []
        for literal in literals:
            longer = [self._new() for _ in range(len(counted) + 1)]
            for at, now in enumerate(longer):
                below = [counted[at - 1]] if at else []
                same = [counted[at]] if at < len(counted) else []
                self.clauses.append([-literal, *(-one for one in below), now])
                self.clauses += [[-one, now] for one in same]
                self.clauses.append([-now, literal, *same])
                self.clauses += [[-now, one] for one in below]
            counted = longer
        return counted


def decode(encoding: Encoding, model: list[int]) -> tuple[int, ...]:
    """The slot of each meeting in a model."""
    true = {literal for literal in model if literal > 0}
    return tuple(next(slot for slot, literal in places.items() if literal in true) for places in encoding.at)
