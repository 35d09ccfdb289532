"""The day itself: a firm cancels, comes late, leaves early or does not show up; somebody walks in.

Each verb proposes; nothing is changed but what it answers, so that people see it before anyone is told. Slots before
``now`` are history and stay as they are.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

from matchmaker.engines.timetable.day import Day, Meeting, Place, Placement
from matchmaker.engines.timetable.live import Live

FURTHER: Final = 3
"""Meetings beyond those hit that may have to move before one is given up."""
NODES: Final = 1_500
"""Steps of one search before it answers what it has, which keeps a click short."""


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one meeting: ``old`` None means that it is new, ``new`` None that it is not held."""

    meeting: int
    old: Place | None
    new: Place | None


@dataclass(frozen=True, slots=True)
class Repair:
    """A proposal. ``moved`` meetings change their slot; no proposal that holds as many moves fewer than ``least``.

    ``proven`` says that they are equal; ``day`` is the day as it is by now, for the examiner.
    """

    day: Day
    placements: tuple[Placement, ...]
    changes: tuple[Change, ...]
    moved: int
    least: int
    lost: tuple[int, ...] = ()

    @property
    def proven(self) -> bool:
        """Whether fewer moves are impossible."""
        return self.moved == self.least


def cancel(day: Day, placements: Iterable[Placement], firm: int, now: int = 0) -> Repair:
    """A firm does not come at all any more: its meetings end, nobody else moves, waiting wishes take the places."""
    before = tuple(placements)
    after = _absent(day, firm, range(now, len(day.slots)))
    live = Live(after, before)
    gone = [one.meeting for one in before if one.slot >= now and firm in live.meetings[one.meeting].firms]
    freed = {live.take(number).slot for number in gone}
    refill(live, now, freed)
    return _proposal(live, before, 0, gone)


def absent(
    day: Day, placements: Iterable[Placement], firm: int, slots: Iterable[int], now: int = 0
) -> Repair:
    """A firm misses some slots, coming late or leaving early: its meetings there move, with the fewest moves of all.

    Every meeting hit has to move, so their number is the least; where that is not enough, meetings in the way follow,
    one more at a time, until there is an answer. What cannot be held at all is given up, the lightest first.
    """
    before = tuple(placements)
    missed = {slot for slot in slots if slot >= now}
    live = Live(_absent(day, firm, missed), before)
    hit = [one.meeting for one in before if one.slot in missed and firm in live.meetings[one.meeting].firms]
    freed = {live.take(number).slot for number in hit}
    search = _Search(live, now)
    unsure = False
    for lost in _sacrifices(live, hit, len(hit) - _places_left(live, now)):
        rest = [number for number in hit if number not in lost]
        lacking = search.settle_all(rest)
        for further in range(lacking, 1 if lost else lacking + FURTHER):
            search.left = NODES
            if not further or search.settle(rest, len(rest) + further):
                refill(live, now, freed)
                least = len(rest) + (lacking if unsure else further)
                return _proposal(live, before, least, [n for n in lost if n not in live.placed])
            unsure |= search.left <= 0
    raise AssertionError("giving up every meeting hit always works")


def _absent(day: Day, firm: int, slots: Iterable[int]) -> Day:
    """The day with these slots blocked for a firm; a locked meeting of the firm in them is locked no longer."""
    missed = frozenset(slots)
    firms = tuple(replace(one, blocked=one.blocked | missed) if one.id == firm else one for one in day.firms)
    freed = {m.id for m in day.meetings if m.locked and m.locked.slot in missed and firm in m.firms}
    if not freed:
        return replace(day, firms=firms)
    meetings = tuple(replace(one, locked=None) if one.id in freed else one for one in day.meetings)
    return replace(day, firms=firms, meetings=meetings)


def _places_left(live: Live, now: int) -> int:
    """Tables free from now on, over all slots."""
    return sum(
        slot not in table.blocked and (table.id, slot) not in live.at_table
        for table in live.day.tables
        for slot in range(now, len(live.day.slots))
    )


def _sacrifices(live: Live, hit: list[int], fewest: int) -> Iterable[tuple[int, ...]]:
    """Which of the meetings hit to give up: as few as there must be, then one more, ...; lighter first, musts last."""
    light = sorted(hit, key=lambda n: (live.meetings[n].must, live.meetings[n].weight, n))
    for number in range(max(0, fewest), len(light) + 1):
        yield from combinations(light, number)


class _Search:
    """Depth first: give each displaced meeting a slot; who is in the way is displaced, while the budget lasts."""

    def __init__(self, live: Live, now: int) -> None:
        self.live = live
        self.now = now
        self.left = NODES
        self.settled: set[int] = set()

    def settle(self, displaced: list[int], budget: int) -> bool:
        """Whether all of these found a place with so many moves at most, these included."""
        if not displaced:
            return True
        if len(self.settled) + len(displaced) > budget:
            return False
        number = min(displaced, key=lambda n: (self._open(n), n))
        others = [other for other in displaced if other != number]
        meeting = self.live.meetings[number]
        for slot, blockers in self._ways(meeting, budget - len(self.settled) - len(displaced)):
            self.left -= 1
            if self.left <= 0:
                return False
            if self._try(meeting, slot, blockers, others, budget):
                return True
        return False

    def settle_all(self, hit: list[int]) -> int:
        """Place all of these without anybody else moving, or none; how many others have to move at least.

        They share a firm. Where it holds one meeting at a time each needs a slot of its own, so a matching by
        augmenting paths decides it; and whoever else moves frees one slot, for one of them. Otherwise, and where
        meetings have an order, the search decides.
        """
        live = self.live
        shared = set.intersection(*(set(live.meetings[number].firms) for number in hit)) if hit else set()
        ordered = any(live.meetings[number].after or live.later[number] for number in hit)
        if ordered or not any(live.firms[firm].representatives == 1 for firm in shared):
            self.left = NODES
            return 0 if self.settle(hit, len(hit)) else 1
        places = {
            number: {one.slot: one for one in live.places(live.meetings[number], self.now)} for number in hit
        }
        holder: dict[int, int] = {}

        def find(number: int, seen: set[int]) -> bool:
            for slot in places[number]:
                if slot not in seen:
                    seen.add(slot)
                    if slot not in holder or find(holder[slot], seen):
                        holder[slot] = number
                        return True
            return False

        lacking = sum(not find(number, set()) for number in hit)
        if lacking:
            return lacking
        for slot, number in holder.items():
            live.put(places[number][slot])
        self.settled.update(hit)
        return 0

    def _open(self, number: int) -> int:
        """Slots in which nobody is in its way, tables aside."""
        meeting, live = self.live.meetings[number], self.live
        slots = range(self.now, len(live.day.slots))
        return sum(live.allowed(meeting, slot) and not live.in_the_way(meeting, slot) for slot in slots)

    def _ways(self, meeting: Meeting, spare: int) -> list[tuple[int, tuple[int, ...]]]:
        """Slots and whom each displaces, nobody first."""
        ways: list[tuple[int, tuple[int, ...]]] = []
        for slot in range(self.now, len(self.live.day.slots)):
            if self.live.place_in(meeting, slot) is not None:
                ways.append((slot, ()))
            elif spare and self.live.allowed(meeting, slot):
                ways += [(slot, blockers) for blockers in self._blockers(meeting, slot, spare)]
        return sorted(ways, key=lambda way: (len(way[1]), way))

    def _blockers(self, meeting: Meeting, slot: int, spare: int) -> list[tuple[int, ...]]:
        """Sets of meetings that would have to go; beside the firms' own one more for a table or an interpreter."""
        own = tuple(self.live.in_the_way(meeting, slot))
        if not all(map(self._movable, own)) or len(own) > spare:
            return []
        found = [own] if own else []
        if len(own) < spare:
            here = [
                number for (_, at), number in self.live.at_table.items() if at == slot and number not in own
            ]
            found += [(*own, number) for number in sorted(here) if self._movable(number)]
        return found

    def _movable(self, number: int) -> bool:
        meeting = self.live.meetings[number]
        return number not in self.settled and meeting.locked is None and meeting.fixed is None

    def _try(
        self, meeting: Meeting, slot: int, blockers: tuple[int, ...], others: list[int], budget: int
    ) -> bool:
        taken = [self.live.take(number) for number in blockers]
        one = self.live.place_in(meeting, slot)
        if one is not None:
            self.live.put(one)
            self.settled.add(meeting.id)
            if self.settle([*others, *blockers], budget):
                return True
            self.settled.discard(meeting.id)
            self.live.take(meeting.id)
        for old in taken:
            self.live.put(old)
        return False


def refill(live: Live, now: int, slots: Iterable[int] | None = None) -> None:
    """Put waiting wishes, the heaviest first, where there is a place from ``now`` on (or in some slots); nobody moves."""
    wanted = sorted(
        slot for slot in (slots if slots is not None else range(len(live.day.slots))) if slot >= now
    )
    for meeting in live.waiting():
        if live.wants_more(meeting):
            found = (live.place_in(meeting, slot) for slot in wanted)
            one = next((place for place in found if place is not None), None)
            if one is not None:
                live.put(one)


def offers(day: Day, placements: Iterable[Placement], firm: int, now: int) -> tuple[Placement, ...]:
    """For a party whose counterpart did not show up: the next possible place of each of its waiting wishes.

    The soonest first, of equally soon ones the heaviest; nobody else moves for it.
    """
    live = Live(day, placements)
    mine = [meeting for meeting in live.waiting() if firm in meeting.firms and live.wants_more(meeting)]
    found = [one for one in (live.next_place(meeting, now) for meeting in mine) if one is not None]
    return tuple(sorted(found, key=lambda one: (one.slot, -live.meetings[one.meeting].weight, one.meeting)))


def walk_in(day: Day, placements: Iterable[Placement], meeting: Meeting, now: int) -> Placement | None:
    """The next common slot and a free table for two firms at the desk; ``meeting`` need not be a wish of the day."""
    if all(known.id != meeting.id for known in day.meetings):
        day = replace(day, meetings=(*day.meetings, meeting))
    return Live(day, placements).next_place(meeting, now)


def _proposal(live: Live, before: tuple[Placement, ...], least: int, lost: Iterable[int]) -> Repair:
    old = {one.meeting: Place(one.slot, one.table) for one in before}
    new = {number: Place(one.slot, one.table) for number, one in live.placed.items()}
    changes = tuple(
        Change(number, old.get(number), new.get(number))
        for number in sorted(old.keys() | new.keys())
        if old.get(number) != new.get(number)
    )
    moved = sum(c.old is not None and c.new is not None and c.old.slot != c.new.slot for c in changes)
    placements = tuple(sorted(live.placed.values(), key=lambda one: (one.slot, one.table)))
    return Repair(live.day, placements, changes, moved, least, tuple(sorted(lost)))
