"""The day itself: a firm cancels, comes late, leaves early or does not show up; somebody walks in.

Each verb proposes; nothing is changed but what it answers, so that people see it before anyone is told. Slots before
``now`` are history and stay as they are.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from matchmaker.engines.timetable.day import Day, Meeting, Place, Placement
from matchmaker.engines.timetable.live import Live
from matchmaker.engines.timetable.pairing import matching

FURTHER: Final = 2
"""Others who may have to move for the meetings hit beyond what is certain before one of these is given up."""


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one meeting: ``old`` None means that it is new, ``new`` None that it is not held."""

    meeting: int
    old: Place | None
    new: Place | None


@dataclass(frozen=True, slots=True)
class Repair:
    """A proposal. ``moved`` meetings change their slot; none that gives up the same moves fewer than ``least``.

    ``sure`` says that giving up fewer of the meetings hit is impossible or takes more moves of others than is asked of
    them. ``proven`` says that nothing is better; ``day`` is the day as it is by now, for the examiner.
    """

    day: Day
    placements: tuple[Placement, ...]
    changes: tuple[Change, ...]
    moved: int
    least: int
    lost: tuple[int, ...] = ()
    sure: bool = True

    @property
    def proven(self) -> bool:
        """Whether fewer meetings given up and fewer moves are impossible."""
        return self.sure and self.moved == self.least


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

    Every meeting hit has to move, so their number is the least; where that is not enough, meetings in the way follow, as
    few as there must be. What cannot be held so is given up, the fewest and of those the lightest.
    """
    before = tuple(placements)
    missed = {slot for slot in slots if slot >= now}
    live = Live(_absent(day, firm, missed), before)
    hit = [one.meeting for one in before if one.slot in missed and firm in live.meetings[one.meeting].firms]
    freed = {live.take(number).slot for number in hit}
    least, sure = _settle(live, hit, now)
    refill(live, now, freed)
    lost = [number for number in hit if number not in live.placed]
    return replace(_proposal(live, before, least, lost), sure=sure)


def _absent(day: Day, firm: int, slots: Iterable[int]) -> Day:
    """The day with these slots blocked for a firm; a locked meeting of the firm in them is locked no longer."""
    missed = frozenset(slots)
    firms = tuple(replace(one, blocked=one.blocked | missed) if one.id == firm else one for one in day.firms)
    freed = {m.id for m in day.meetings if m.locked and m.locked.slot in missed and firm in m.firms}
    if not freed:
        return replace(day, firms=firms)
    meetings = tuple(replace(one, locked=None) if one.id in freed else one for one in day.meetings)
    return replace(day, firms=firms, meetings=meetings)


def _settle(live: Live, hit: list[int], now: int) -> tuple[int, bool]:
    """Give the meetings hit new places: the moves below which no plan holds as many, and whether more cannot be held."""
    lacking = _without_others(live, hit, now)
    if lacking == 0:
        return len(hit), True
    from matchmaker.engines.timetable.relocate import (  # noqa: PLC0415 - loads a solver, and seldom needed
        Relocation,
    )

    certain = max(lacking or 0, _without_table(live, hit, now))
    search = Relocation(live, hit, now, max(certain, 1) + FURTHER)
    try:
        found = search.settle(certain, _overfull(live, hit, now))
    finally:
        search.close()
    for number in found.slots.keys() & live.placed.keys():
        live.take(number)
    if live.seat(found.slots) is None:
        raise AssertionError("every slot of a proven answer has its tables")
    return found.least, found.sure


def _without_others(live: Live, hit: list[int], now: int) -> int | None:
    """Place all of these without anybody else moving, or none; how many others have to move at least.

    They share a firm. Where it holds one meeting at a time each needs a slot of its own, so a matching decides it; and
    whoever else moves frees one slot, for one of them. None where the firm sends several or meetings have an order.
    """
    shared = set.intersection(*(set(live.meetings[number].firms) for number in hit)) if hit else set()
    ordered = any(live.meetings[number].after or live.later[number] for number in hit)
    if hit and (ordered or not any(live.firms[firm].representatives == 1 for firm in shared)):
        return None
    places = {number: {one.slot: one for one in live.places(live.meetings[number], now)} for number in hit}
    found = matching(places)
    if len(found) == len(hit):
        for number, slot in found.items():
            live.put(places[number][slot])
    return len(hit) - len(found)


def _without_table(live: Live, hit: list[int], now: int) -> int:
    """How many others have to leave for a slot that the meetings hit miss, as these find too few free tables elsewhere."""
    shared = set.intersection(*(set(live.meetings[number].firms) for number in hit))
    missed = frozenset[int].union(*(live.firms[firm].blocked for firm in shared))
    free = sum(
        slot not in missed and slot not in table.blocked and (table.id, slot) not in live.at_table
        for slot in range(now, len(live.day.slots))
        for table in live.day.tables
    )
    return max(0, len(hit) - free)


def _overfull(live: Live, hit: list[int], now: int) -> int:
    """How many meetings hit have no place even if everybody else made way: their firm is there for too few slots."""
    shared = set.intersection(*(set(live.meetings[number].firms) for number in hit))
    firm = next((one for one in sorted(shared) if live.firms[one].representatives == 1), None)
    if firm is None:
        return 0
    staying = [
        number for slot in range(now, len(live.day.slots)) for number in live.seen.get((firm, slot), ())
    ]
    open_to: dict[int, list[int]] = {}
    for number in (*staying, *hit):
        meeting = live.meetings[number]
        kept = meeting.locked is not None and number not in hit
        slots = range(now, len(live.day.slots))
        open_to[number] = (
            [live.placed[number].slot] if kept else [slot for slot in slots if live.open_to(meeting, slot)]
        )
    return len(open_to) - len(matching(open_to))


def refill(live: Live, now: int, slots: Iterable[int] | None = None) -> None:
    """Put waiting wishes, the heaviest first, where there is a place from ``now`` on (or in some slots); nobody moves."""
    wanted = range(len(live.day.slots)) if slots is None else slots
    left = free_slots(live, (slot for slot in wanted if slot >= now))
    for meeting in live.waiting() if left else ():
        if live.wants_more(meeting):
            found = (live.place_in(meeting, slot) for slot in sorted(left))
            one = next((place for place in found if place is not None), None)
            if one is not None:
                live.put(one)
                left = free_slots(live, left)
        if not left:
            return


def free_slots(live: Live, slots: Iterable[int]) -> set[int]:
    """Those of some slots in which any table is free."""
    return {
        slot
        for slot in slots
        if any(
            slot not in table.blocked and (table.id, slot) not in live.at_table for table in live.day.tables
        )
    }


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
