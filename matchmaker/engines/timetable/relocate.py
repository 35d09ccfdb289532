"""The fewest moves, proven: meetings that lost their place get another one, and as few others as possible make way.

A solver places the displaced meetings; whoever is in their way may at first simply go, which counts as one move. Where
even that takes so many moves, so does every plan. A meeting that goes and finds no free place joins the problem
with the slots that are open to it and with whoever is in its way there; rules that are seldom tight (tables,
interpreters) join when an answer breaks them. Once everybody who goes has a place the answer is a plan, and none has
fewer moves. So only what is near the disturbance is ever looked at, however large the day.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

from pysat.solvers import Solver

from matchmaker.engines.timetable.live import Live
from matchmaker.engines.timetable.rooms import Rooms, Use
from matchmaker.engines.timetable.tally import Count, Groups
from matchmaker.engines.timetable.vacate import Vacating

SOLVER: Final = "g4"
"""Glucose 4: it takes clauses between two questions and stops after so many conflicts, so that a click stays short."""
CONFLICTS: Final = 40_000
"""Conflicts of all questions about one disturbance before it answers what it has."""
SHORT: Final = 500
"""Conflicts of a question after that."""


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
        self.at: dict[int, dict[int, int]] = {}
        self.gone: dict[int, int] = {}
        self.lost = {number: self.new_literal() for number in displaced}
        self.coming: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
        self.moves = Groups(self, len(live.day.slots) + 1, most + 1)
        self.leaving = [Count(self, most + 1) for _ in self.moves.of]
        self.arriving: dict[int, Count] = {}
        slots = range(now, len(live.day.slots))
        self.full = {slot for slot in slots if not self.rooms.free(self.rooms.tables_at(slot))}
        self.crowding = Count(self, most + 1)
        self.changed: set[int] = set()
        self.given_up = Count(self, len(self.lost))
        self.vacating = Vacating(live, self.rooms, now, self.movable)
        for literal in self.lost.values():
            self.given_up.count(literal)
        for number in displaced:
            self._join(number)
        self.pressing = sum(
            self.rooms.walks(number) and self.full.issuperset(self.at[number]) for number in displaced
        )

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
            some = self._ask([-self.given_up.at_least[number]], self.most, number)
            self.sure = self.sure and some is not None
            if not isinstance(some, dict):
                return None
        meetings = self.live.meetings
        light = sorted(self.displaced, key=lambda n: (meetings[n].must, meetings[n].weight, n))
        found = (self._fewest(lost, max(0, lacking - number)) for lost in combinations(light, number))
        return next(filter(None, found), None)

    def _fewest(self, lost: tuple[int, ...], refuted: int) -> Found | None:
        """The fewest moves where just these are given up; fewer others than ``refuted`` are not enough."""
        answer = self._ask(self._but(lost), self.most, len(lost)) if lost else {}
        for others in range(refuted, self.most + 1) if isinstance(answer, dict) else ():
            answer = self._ask(self._but(lost), others, len(lost))
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

    def _ask(self, given: list[int], others: int, lost: int) -> dict[int, int] | bool | None:
        """New slots with so many others moved at most; False where there are none, None where that stays open.

        Whoever comes to a full slot needs somebody to go from one. So those hit who are not among so many given up, and
        have only full slots, leave this many fewer of the others who may come to full slots.
        """
        spare = others - max(0, self.pressing - lost)
        if spare < 0:
            return False
        while True:
            self._link()
            limit = [-one for one in self.moves.at_least[others : others + 1]]
            limit += [-one for one in self.crowding.at_least[spare : spare + 1]]
            before = self.solver.accum_stats()["conflicts"]
            self.solver.conf_budget(max(self.left, SHORT))
            found: bool | None = self.solver.solve_limited(assumptions=[*given, *limit])
            self.left -= self.solver.accum_stats()["conflicts"] - before
            if not found:
                return found
            slots = self._slots(self.solver.get_model())
            if self._mend(slots):
                continue
            plan = self._completed(slots)
            if plan is not None:
                return plan

    def _mend(self, slots: Mapping[int, int | None]) -> bool:
        """Say the rules that an answer breaks; whether it breaks any."""
        twice = self._twice(slots)
        for one, other in twice:
            self.add(-one, -other)
        short = [use for use in self._short(slots) if not (self._is_room(use) and use.slot in self.arriving)]
        for use in short:
            self._limit(use)
        return bool(twice or short)

    def _twice(self, slots: Mapping[int, int | None]) -> list[tuple[int, int]]:
        """Pairs of literals that bring a firm that sends one person to two meetings of a slot."""
        into: dict[tuple[int, int], list[int]] = defaultdict(list)
        for number, slot in slots.items():
            for firm in self.live.meetings[number].firms if slot is not None else ():
                if slot is not None and self.live.firms[firm].representatives == 1:
                    into[firm, slot].append(self.at[number][slot])
        return [pair for some in into.values() for pair in combinations(some, 2)]

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
        return list(self._lacks(slots))

    def _lacks(self, slots: Mapping[int, int | None]) -> dict[Use, int]:
        """The same, and how many are missing."""
        into: Counter[Use] = Counter()
        for number, slot in slots.items():
            if slot is not None:
                into.update(self.rooms.wanted(number, slot))
        tight = {use: wanted - self.rooms.free(use) for use, wanted in into.items()}
        lacks = {use: lack - self._leaving(use, slots) for use, lack in tight.items() if lack > 0}
        return {use: lack for use, lack in lacks.items() if lack > 0}

    def _completed(self, slots: Mapping[int, int | None]) -> dict[int, int] | None:
        """An answer in which everybody who only goes has a free place; else they need one from now on.

        Those who are known go first, as they are few; whoever a slot loses for a table is one of hundreds.
        """
        plan = {number: slot for number, slot in slots.items() if slot is not None}
        adrift = [number for number, slot in slots.items() if slot is None]
        lacking = {use.slot: lack for use, lack in self._lacks(slots).items() if self._is_room(use)}
        found = self.vacating.found(plan, adrift, lacking)
        whole = None if found is None else plan | found
        if whole is not None and not self._short(whole):
            return whole
        for number in adrift:
            self._join(number)
        for slot in () if adrift else lacking:
            self._name(slot)
        return None

    def _name(self, slot: int) -> None:
        """Who goes where a slot lacks tables is somebody, who needs another place."""
        users = [one for one in self.rooms.users(self.rooms.tables_at(slot)) if self.movable(one)]
        going = Count(self, min(len(users), self.most + 1), downwards=True)
        for number in users:
            going.count(self._goes(number))
            self._join(number)
        for at, literal in enumerate(self.moves.of[slot]):
            self.add(-literal, *going.at_least[at : at + 1])

    def _is_room(self, use: Use) -> bool:
        return use == self.rooms.tables_at(use.slot)

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
            group = self.live.placed[number].slot if self.rooms.walks(number) else len(self.live.day.slots)
            self.leaving[group].count(self.gone[number])
            self.changed.add(group)
        return self.gone[number]

    def _link(self) -> None:
        """Bind what each slot loses and gains to the sum of the moves, where something was added to it."""
        for group in sorted(self.changed):
            of = self.moves.of[group]
            for at, literal in enumerate(self.leaving[group].at_least):
                self.add(-literal, of[at])
            if group in self.arriving:
                free = self.rooms.free(self.rooms.tables_at(group))
                for at, literal in enumerate(self.arriving[group].at_least[free:]):
                    self.add(-literal, of[at])
        self.changed.clear()

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
        if slot in self.arriving and self.rooms.walks(number):
            self.arriving[slot].count(literal)
            self.changed.add(slot)
        if slot in self.full and number not in self.lost and self.rooms.walks(number):
            self.crowding.count(literal)
        if number in self.lost:
            # They share a firm; of the others it is seldom that two come to the same slot.
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
        if self._is_room(use):
            self._limit_room(use)
            return
        leaving = [number for number in self.rooms.users(use) if self.movable(number)]
        coming = self._coming(use)
        free = self.rooms.free(use)
        most_in = min(len(coming), len(self.displaced) + self.most)
        going = Count(self, min(len(leaving), self.most), downwards=True)
        for number in leaving:
            going.count(self._goes(number))
        arriving = Count(self, most_in)
        for literal in coming:
            arriving.count(literal)
        for wanted in range(free, most_in):
            enough = going.at_least[wanted - free : wanted - free + 1]
            self.add(-arriving.at_least[wanted], *enough)

    def _limit_room(self, use: Use) -> None:
        """The same for tables: who goes for those who come stays open, until nobody is found who has another place."""
        self.arriving[use.slot] = Count(self, self.rooms.free(use) + self.most + 1)
        for literal in self._coming(use):
            self.arriving[use.slot].count(literal)
        self.changed.add(use.slot)

    def _coming(self, use: Use) -> list[int]:
        return [
            places[use.slot]
            for number, places in self.at.items()
            if use.slot in places and use in self.rooms.wanted(number, use.slot)
        ]
