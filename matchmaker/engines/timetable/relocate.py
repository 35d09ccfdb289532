"""The fewest moves, proven: meetings that lost their place get another one, and as few others as possible make way.

A solver places the displaced meetings; whoever is in their way may at first simply go, which counts as one move. Where
even that takes so many moves, so does every plan. A meeting that goes and finds no free place joins the problem
with the slots that are open to it and with whoever is in its way there; rules that are seldom tight (tables,
interpreters) join when an answer breaks them. Once everybody who goes has a place the answer is a plan, and none has
fewer moves. So only what is near the disturbance is ever looked at, however large the day.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, islice, product
from typing import Any, Final

from pysat.solvers import Solver

from matchmaker.engines.timetable.live import Live
from matchmaker.engines.timetable.rooms import Rooms, Use

SOLVER: Final = "g4"
"""Glucose 4: it takes clauses between two questions and stops after so many conflicts, so that a click stays short."""
CONFLICTS: Final = 40_000
"""Conflicts of all questions about one disturbance before it answers what it has."""
SHORT: Final = 500
"""Conflicts of a question after that."""
SPARE: Final = 12
"""Meetings of a full slot that are tried where anyone of it may go."""
ATTEMPTS: Final = 24
"""Answers that are tried with free places for those who only go, before these join the problem."""


@dataclass(frozen=True, slots=True)
class Found:
    """New slots of the meetings that move, and the displaced ones that are given up.

    In every plan that holds as much at least ``least`` meetings move. ``sure`` says that no plan gives up fewer without
    more others moving than was asked for.
    """

    slots: dict[int, int]
    least: int
    lost: tuple[int, ...] = ()
    sure: bool = True


class Relocation:
    """The disturbed part of a day as clauses; grows with each question."""

    def __init__(self, live: Live, displaced: Collection[int], now: int, most: int) -> None:
        self.live, self.now, self.most = live, now, most
        self.displaced = tuple(displaced)
        self.rooms = Rooms(live)
        self.solver: Any = Solver(SOLVER)
        self.top = 0
        self.left = CONFLICTS
        self.sure = True
        self.spare: dict[int, list[int]] = {}
        self.at: dict[int, dict[int, int]] = {}
        self.gone: dict[int, int] = {}
        self.lost = {number: self.new_literal() for number in displaced}
        self.coming: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
        self.moves = _Count(self, most + 1)
        self.given_up = _Count(self, len(self.lost))
        for literal in self.lost.values():
            self.given_up.count(literal)
        for number in displaced:
            self._join(number)

    def close(self) -> None:
        """Give the memory of the solver back."""
        self.solver.delete()

    def settle(self, lacking: int, overfull: int) -> Found:
        """Places for as many displaced meetings as can be, with the fewest moves; the lightest are given up.

        It is known already that at least ``lacking`` others move or ``overfull`` displaced ones are given up.
        """
        found = None if overfull else self._fewest((), lacking)
        for number in range(max(1, overfull), len(self.displaced) + 1):
            found = found or self._giving_up(number, lacking)
        if found is None:
            raise AssertionError("giving up every displaced meeting always works")
        return found

    def _giving_up(self, number: int, lacking: int) -> Found | None:
        """The same with so many given up; None where that is not enough."""
        if number < len(self.displaced):
            some = self._ask([-self.given_up.at_least[number]], self.most)
            self.sure = self.sure and some is not None
            if not isinstance(some, dict):
                return None
        meetings = self.live.meetings
        light = sorted(self.displaced, key=lambda n: (meetings[n].must, meetings[n].weight, n))
        found = (self._fewest(lost, max(0, lacking - number)) for lost in combinations(light, number))
        return next(filter(None, found), None)

    def _fewest(self, lost: tuple[int, ...], refuted: int) -> Found | None:
        """The fewest moves where just these are given up; fewer others than ``refuted`` are not enough."""
        answer = self._ask(self._but(lost), self.most) if lost else {}
        for others in range(refuted, self.most + 1) if isinstance(answer, dict) else ():
            answer = self._ask(self._but(lost), others)
            if isinstance(answer, dict):
                return Found(
                    answer, min(len(self.displaced) - len(lost) + refuted, len(answer)), lost, self.sure
                )
            refuted += answer is False and refuted == others
        self.sure = self.sure and answer is not None
        return None

    def _but(self, lost: Collection[int]) -> list[int]:
        """What has to be true where just these are given up."""
        return [literal if number in lost else -literal for number, literal in self.lost.items()]

    def _ask(self, given: list[int], others: int) -> dict[int, int] | bool | None:
        """New slots with so many others moved at most; False where there are none, None where that stays open."""
        while True:
            limit = [-one for one in self.moves.at_least[others : others + 1]]
            before = self.solver.accum_stats()["conflicts"]
            self.solver.conf_budget(max(self.left, SHORT))
            found: bool | None = self.solver.solve_limited(assumptions=[*given, *limit])
            self.left -= self.solver.accum_stats()["conflicts"] - before
            if not found:
                return found
            slots = self._slots(self.solver.get_model())
            short = self._short(slots)
            for use in short:
                self._limit(use)
            if not short:
                adrift = [number for number, slot in slots.items() if slot is None]
                plan = self._completed(slots, adrift)
                if plan is not None:
                    return plan
                for number in adrift:
                    self._join(number)

    def _slots(self, model: list[int]) -> dict[int, int | None]:
        """Where an answer puts the meetings that move; None for one that only goes."""
        moving = [number for number, literal in self.lost.items() if model[literal - 1] < 0]
        moving += [number for number, literal in self.gone.items() if model[literal - 1] > 0]
        return {
            number: next((slot for slot, one in self.at.get(number, {}).items() if model[one - 1] > 0), None)
            for number in moving
        }

    def _short(self, slots: Mapping[int, int | None]) -> list[Use]:
        """Tables, interpreters or people of which an answer has too few."""
        into: dict[Use, int] = defaultdict(int)
        for number, slot in slots.items():
            if slot is not None:
                for use in self.rooms.wanted(number, slot):
                    into[use] += 1
        tight = [use for use, wanted in into.items() if wanted > self.rooms.free(use)]
        return [use for use in tight if into[use] > self.rooms.free(use) + self._leaving(use, slots)]

    def _completed(self, slots: dict[int, int | None], adrift: list[int]) -> dict[int, int] | None:
        """An answer in which everybody who only goes finds a free place, or somebody else of the same slot does instead."""
        plan = {number: slot for number, slot in slots.items() if slot is not None}
        ways = [self._stand_ins(number, plan, adrift) for number in adrift]
        for chosen in islice(product(*ways), ATTEMPTS):
            if len(set(chosen)) == len(chosen):
                found = self._tried(plan, chosen)
                if found is not None and not self._short(found):
                    return found
        return None

    def _stand_ins(self, number: int, plan: dict[int, int], adrift: list[int]) -> list[int]:
        """Who may go in place of a meeting: nobody else where a firm or an order needs it to, else who has a free place."""
        live, slot = self.live, self.live.placed[number].slot
        meeting = live.meetings[number]
        needed = bool(meeting.after or live.later[number]) or any(
            at == slot and set(meeting.firms) & set(live.meetings[other].firms) for other, at in plan.items()
        )
        if needed:
            return [number]
        if slot not in self.spare:
            here = sorted(other for (_, at), other in live.at_table.items() if at == slot)
            free = (other for other in here if self.movable(other) and self._has_place(other))
            self.spare[slot] = list(islice(free, SPARE))
        return [number, *(other for other in self.spare[slot] if other not in plan and other not in adrift)]

    def _has_place(self, number: int) -> bool:
        return self.live.next_place(self.live.meetings[number], self.now) is not None

    def _tried(self, plan: dict[int, int], going: tuple[int, ...]) -> dict[int, int] | None:
        """The plan with a free place for those who go, None where there is none; the live plan stays as it was."""
        live = self.live
        old = [live.take(number) for number in (*plan, *going) if number in live.placed]
        left = {one.meeting: one.slot for one in old}
        new = live.seat(plan)
        holds = new is not None
        for number in going if holds else ():
            places = live.places(live.meetings[number], self.now)
            one = next((place for place in places if place.slot != left[number]), None)
            holds = holds and one is not None
            if one is not None and new is not None:
                live.put(one)
                new.append(one)
        for one in new or ():
            live.take(one.meeting)
        for one in old:
            live.put(one)
        return {one.meeting: one.slot for one in new or ()} if holds else None

    def _leaving(self, use: Use, slots: Mapping[int, int | None]) -> int:
        return sum(number in slots for number in self.rooms.users(use))

    def new_literal(self) -> int:
        """A variable that no clause has yet."""
        self.top += 1
        return self.top

    def add(self, *literals: int) -> None:
        """One more clause."""
        self.solver.add_clause(list(literals))

    def _goes(self, number: int) -> int:
        """The literal of a meeting that leaves its place."""
        if number not in self.gone:
            self.gone[number] = self.new_literal()
            self.moves.count(self.gone[number])
        return self.gone[number]

    def _join(self, number: int) -> None:
        """Let a meeting that leaves its place need another one."""
        if number in self.at:
            return
        meeting, live = self.live.meetings[number], self.live
        old = live.placed.get(number)
        self.at[number] = {}
        for slot in range(self.now, len(live.day.slots)):
            if (old is None or slot != old.slot) and live.open_to(meeting, slot):
                ways = self.rooms.in_the_way(number, slot)
                if all(self.movable(other) for other in ways):
                    self._enter(number, slot, ways)
        away = self.lost[number] if old is None else -self._goes(number)
        self.add(away, *self.at[number].values())
        self._order(number)

    def movable(self, number: int) -> bool:
        """Whether a meeting may leave its place for another: not what is locked, fixed or history."""
        meeting = self.live.meetings[number]
        free = meeting.locked is None and meeting.fixed is None
        return free and self.live.placed[number].slot >= self.now

    def _enter(self, number: int, slot: int, ways: Iterable[int]) -> None:
        """A meeting in a slot that is not its own: whoever sees one of its firms there goes."""
        literal = self.at[number][slot] = self.new_literal()
        for other in ways:
            self.add(-literal, self._goes(other))
        for firm in self.live.meetings[number].firms:
            if self.live.firms[firm].representatives == 1:
                for rival in self.coming[firm, slot].values():
                    self.add(-literal, -rival)
            self.coming[firm, slot][number] = literal

    def _order(self, number: int) -> None:
        """A meeting that comes after another stays after it, wherever the two go."""
        for earlier in self.live.meetings[number].after:
            self._before(earlier, number)
        for later in self.live.later[number]:
            self._before(number, later)

    def _before(self, earlier: int, later: int) -> None:
        for first, one in self._places(earlier):
            for second, other in self._places(later):
                if first >= second:
                    self.add(-one, -other)

    def _places(self, number: int) -> list[tuple[int, int]]:
        """Slots of a meeting with their literals, its own place among them; none for one that is not held."""
        found = list(self.at.get(number, {}).items())
        old = self.live.placed.get(number)
        if old is not None:
            found.append((old.slot, -self._goes(number) if self.movable(number) else self._certain()))
        return found

    def _certain(self) -> int:
        """A literal that is true."""
        literal = self.new_literal()
        self.add(literal)
        return literal

    def _limit(self, use: Use) -> None:
        """No more meetings come into a slot than there are places free and others go from it."""
        leaving = [number for number in self.rooms.users(use) if self.movable(number)]
        coming = [
            self.at[number][use.slot]
            for number in self.at
            if use.slot in self.at[number] and use in self.rooms.wanted(number, use.slot)
        ]
        free = self.rooms.free(use)
        most_in = min(len(coming), len(self.displaced) + self.most)
        going = _Count(self, min(len(leaving), self.most), downwards=True)
        for number in leaving:
            going.count(self._goes(number))
        arriving = _Count(self, most_in)
        for literal in coming:
            arriving.count(literal)
        for wanted in range(free, most_in):
            enough = going.at_least[wanted - free : wanted - free + 1]
            self.add(-arriving.at_least[wanted], *enough)


class _Count:
    """How many of some literals are true, up to a number: literal k of `at_least` says that k + 1 are.

    It grows with each literal. It is bound upwards: so many true make the literal true; `downwards` the other way.
    """

    def __init__(self, clauses: Relocation, most: int, *, downwards: bool = False) -> None:
        self.clauses, self.most, self.downwards = clauses, most, downwards
        self.at_least: list[int] = []

    def count(self, literal: int) -> None:
        """One more literal that counts."""
        old, add = self.at_least, self.clauses.add
        new = [self.clauses.new_literal() for _ in range(min(self.most, len(old) + 1))]
        for place, now in enumerate(new):
            same = [old[place]] if place < len(old) else []
            below = [old[place - 1]] if place else []
            if self.downwards:
                add(-now, literal, *same)
                if below:
                    add(-now, *below, *same)
            else:
                add(-literal, *(-one for one in below), now)
                for one in same:
                    add(-one, now)
        self.at_least = new
