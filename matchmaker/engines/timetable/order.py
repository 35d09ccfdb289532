"""A day as clauses in which a plan is found soon: time is told by order, and little is said twice.

For each meeting there is whether it has been held by the end of a slot, for each firm how many of its meetings have.
A firm without breaks that has begun and not ended has one meeting more after each slot; a meeting held by then means
that both firms have begun, one still to come that neither has ended. What ``cnf`` adds so that a solver sees sooner
that there is no plan makes plans harder to find, and is left out. ``Crowded`` counts tables in another way, which is
better on some days and worse on others.
"""

from itertools import pairwise

from matchmaker.engines.timetable.cnf import Encoding

Told = int | bool
"""A literal, or what is known without asking."""


class Ordered(Encoding):
    """The clauses of a board by order; ``breaks`` and ``at`` as in the other encoding."""

    def _add(self, *literals: Told) -> None:
        """A clause, unless it is known to hold."""
        if not any(literal is True for literal in literals):
            self.clauses.append([literal for literal in literals if literal is not False])

    def _meetings(self) -> None:
        self.held_by = [self._in_order(places) for places in self.at]

    def _crowd(self, slot: int) -> None:
        """Nothing: it follows from the tables and makes plans harder to find."""

    def _fairness(self) -> None:
        apart = self.board.day.fairness
        if apart is None or all(self.breaks_of):
            super()._fairness()
            return
        for found in self.breaks_of:
            # Somebody has none whatever the plan.
            self._most(found, apart)

    def _in_order(self, places: dict[int, int]) -> list[Told]:
        """For each slot whether a meeting is held in it or before; a meeting is held in exactly one."""
        if not places:
            self._impossible()
        by: list[Told] = [False] * self.board.slots
        before: Told = False
        for slot, here in places.items():
            now: Told = True if slot == max(places) else here if before is False else self._new()
            self._add(-here, now)
            self._add(-here, _not(before))
            self._add(here, _not(now), before)
            self._add(_not(before), now)
            by[slot:] = [now] * (self.board.slots - slot)
            before = now
        return by

    def _impossible(self) -> None:
        literal = self._new()
        self.clauses += [[literal], [-literal]]

    def _occupied(self, firm: int) -> dict[int, int]:
        """As before; who has one meeting is busy when that is held."""
        mine = self.mine[firm]
        return dict(self.at[mine[0]]) if len(mine) == 1 else super()._occupied(firm)

    def _firm(self, firm: int) -> None:
        """When a firm is busy, how many of its meetings have been held when, and its breaks."""
        board, mine, busy = self.board, self.mine[firm], self._occupied(firm)
        self.busy.append(busy)
        self.breaks_of.append([])
        if len(mine) < 2:
            return
        if board.seats[firm] > 1:
            self._waits(busy, self._begun(busy))
        elif len(busy) < len(mine):
            self._impossible()
        else:
            held = self._held(busy, len(mine))
            self._waits(busy, [held[slot][1] for slot in range(board.slots)])
            self._steady(held, len(mine))
            self._within(firm, held)
        self.breaks += self.breaks_of[firm]

    def _begun(self, busy: dict[int, int]) -> list[Told]:
        """For each slot whether a firm has been busy before it."""
        begun: list[Told] = [False]
        for slot in range(self.board.slots - 1):
            before, now = begun[-1], busy.get(slot, False)
            after: Told = before if now is False else now if before is False else self._new()
            if after is not before and after is not now:
                self._add(_not(now), after)
                self._add(_not(before), after)
                self._add(_not(after), now, before)
            begun.append(after)
        return begun

    def _held(self, busy: dict[int, int], meetings: int) -> list[list[Told]]:
        """For each slot, and the end of the day, whether a firm has held 0, 1, 2, ... meetings before it."""
        slots = range(self.board.slots)
        nothing: list[Told] = [False] * meetings
        held: list[list[Told]] = [[True, *nothing]]
        for slot in slots:
            before, left = held[-1], sum(later in busy for later in slots[slot + 1 :])
            if slot not in busy:
                held.append(before)
                continue
            now: list[Told] = [True]
            for number in range(1, meetings + 1):
                if before[number - 1] is False:
                    now.append(False)
                else:
                    now.append(True if left < meetings - number + 1 else self._new())
                self._add(_not(before[number]), now[number])
                self._add(_not(now[number]), before[number - 1])
                self._add(_not(before[number - 1]), -busy[slot], now[number])
                self._add(_not(now[number]), before[number], busy[slot])
                if number > 1:
                    self._add(_not(now[number]), now[number - 1])
            self._add(_not(before[meetings]), -busy[slot])
            held.append(now)
        return held

    def _waits(self, busy: dict[int, int], begun: list[Told]) -> None:
        """Breaks of the last firm: busy, idle in the slot before, and busy some time before that."""
        found = self.breaks_of[-1]
        for slot, now in busy.items():
            if slot < 2 or begun[slot - 1] is False:
                continue
            broken, started = self._new(), begun[slot - 1]
            found.append(broken)
            idle = [busy[slot - 1]] if slot - 1 in busy else []
            self._add(-now, _not(started), *idle, broken)
            self._add(-broken, now)
            self._add(-broken, started)
            self.clauses += [[-broken, -one] for one in idle]

    def _steady(self, held: list[list[Told]], meetings: int) -> None:
        """A firm without breaks that has begun and not ended holds one meeting more in each slot."""
        broken = self._new()
        found = self.breaks_of[-1]
        self.clauses += [[-broken, *found], *([broken, -literal] for literal in found)]
        for before, now in pairwise(held):
            for number in range(2, meetings + 1):
                self._add(broken, _not(before[number - 1]), now[number])

    def _within(self, firm: int, held: list[list[Told]]) -> None:
        """A meeting held means that its firm has begun; one to come, that it has not ended."""
        meetings = len(self.mine[firm])
        for m in self.mine[firm]:
            for slot, by in enumerate(self.held_by[m]):
                self._add(_not(by), held[slot + 1][1])
                self._add(by, _not(held[slot + 1][meetings]))


class Crowded(Ordered):
    """The same for days on which tables are scarce: they are counted by the firms that sit at them, two at each.

    Who is busy when follows from where a firm begins, long before it is known whom it meets: so it is seen much sooner
    that a slot is full. Counting the meetings as well would say nothing new, and made the solvers slower.
    """

    def _room(self) -> None:
        board = self.board
        in_pairs = all(board.roomy) and all(len(parts) == 2 for parts in board.parts)
        if not in_pairs or any(seats > 1 for seats in board.seats):
            super()._room()
        if not in_pairs:
            return
        busiest_first = sorted(range(len(self.mine)), key=lambda firm: -len(self.mine[firm]))
        for slot in range(board.slots):
            here = [self.busy[firm][slot] for firm in busiest_first if slot in self.busy[firm]]
            self._most(here, 2 * board.room[slot])


def _not(told: Told) -> Told:
    return not told if isinstance(told, bool) else -told
