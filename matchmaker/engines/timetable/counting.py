"""Why no plan can hold every meeting, where counting shows it; each reason names the records to look at."""

from collections import Counter
from dataclasses import dataclass
from itertools import combinations

from matchmaker.engines.timetable.bits import slots_of
from matchmaker.engines.timetable.board import Board
from matchmaker.engines.timetable.bounds import stretches_needed
from matchmaker.engines.timetable.groups import crowded


@dataclass(frozen=True, slots=True)
class Reason:
    """``code`` says what is too much, ``wanted`` of how many ``places``, ``ids`` whose.

    ``rules`` are the rules besides one place at a time for each firm without which it would be enough.
    """

    code: str
    ids: tuple[int, ...]
    wanted: int
    places: int
    rules: tuple[str, ...] = ()


def impossible(board: Board) -> Reason | None:
    """The first reason found why the meetings of a board cannot all be held; None when counting shows none."""
    return (
        _closed(board)
        or _circle(board)
        or _full_firm(board)
        or _full_room(board)
        or _full_resource(board)
        or _full_group(board)
        or _locked_twice(board)
        or _unfair(board)
    )


def _closed(board: Board) -> Reason | None:
    """A meeting without any slot."""
    for at, mask in enumerate(board.allowed):
        if not mask:
            meeting = board.meetings[at]
            return Reason("no_slot_for_meeting", (meeting.id, *meeting.firms), 1, 0)
    return None


def _circle(board: Board) -> Reason | None:
    """Meetings each of which has to be before the other, or a row of them longer than the slots."""
    earliest = [(mask & -mask).bit_length() - 1 for mask in board.allowed]
    for _ in range(board.slots + 1):
        changed = False
        for at, before in enumerate(board.earlier):
            soonest = max((earliest[e] + 1 for e in before), default=0)
            possible = board.allowed[at] >> max(soonest, 0) << max(soonest, 0)
            if not possible:
                row = (board.meetings[at].id, *(board.meetings[e].id for e in before))
                return Reason("order_impossible", row, soonest + 1, board.allowed[at].bit_length())
            first = (possible & -possible).bit_length() - 1
            changed |= first != earliest[at]
            earliest[at] = first
        if not changed:
            return None
    return None


def _full_firm(board: Board) -> Reason | None:
    """A firm, whole or in one session, with more meetings than slots to hold them in: no matching of the two."""
    for firm, mine in enumerate(board.meetings_of()):
        lacking = _unmatched([board.allowed[m] for m in mine], board.seats[firm])
        if lacking is not None:
            wanted, places = lacking
            return Reason("firm_overbooked", (board.day.firms[firm].id,), wanted, places)
    return None


def _unmatched(masks: list[int], seats: int) -> tuple[int, int] | None:
    """How many of these meetings share how few places; None when each can have its own (augmenting paths)."""
    holder: dict[tuple[int, int], int] = {}

    def find(at: int, seen: set[tuple[int, int]]) -> bool:
        for slot in slots_of(masks[at]):
            for seat in range(seats):
                place = (slot, seat)
                if place in seen:
                    continue
                seen.add(place)
                if place not in holder or find(holder[place], seen):
                    holder[place] = at
                    return True
        return False

    for at in range(len(masks)):
        seen: set[tuple[int, int]] = set()
        if not find(at, seen):
            slots = sum(1 << slot for slot in {slot for slot, _seat in seen})
            return sum(1 for mask in masks if not mask & ~slots), len(seen)
    return None


def _full_room(board: Board) -> Reason | None:
    """More meetings that can only be held in some slots than tables there, or more than those present can hold."""
    walking = Counter(board.allowed[at] for at, roomy in enumerate(board.roomy) if roomy)
    groups = sorted(set(walking) | {(1 << board.slots) - 1})
    unions = {one | other for one, other in combinations(groups[:400], 2)} | set(groups)
    held = [min(board.room[slot], _most_at_once(board, slot)) for slot in range(board.slots)]
    for mask in sorted(unions):
        wanted = sum(meetings for one, meetings in walking.items() if not one & ~mask)
        places = sum(held[slot] for slot in slots_of(mask))
        if wanted > places:
            code = "room_full" if wanted > sum(board.room[s] for s in slots_of(mask)) else "too_few_present"
            return Reason(code, tuple(slots_of(mask)), wanted, places)
    return None


def _most_at_once(board: Board, slot: int) -> int:
    """Meetings that the firms present in a slot can hold at the same time, at most."""
    present = {firm for at, mask in enumerate(board.allowed) if mask >> slot & 1 for firm in board.parts[at]}
    least = min((len(parts) for parts in board.parts), default=2)
    return sum(board.seats[firm] for firm in present) // least


def _full_resource(board: Board) -> Reason | None:
    """More meetings need interpreters, or a kind of table, than there are of them in the whole day."""
    users = Counter(resource for needs in board.needs for resource in needs)
    for number, resource in enumerate(board.resources):
        if users[number] > sum(resource.sizes):
            return Reason(f"{resource.kind}_full", resource.ids, users[number], sum(resource.sizes))
    return None


def _full_group(board: Board) -> Reason | None:
    """Firms with more meetings among each other than they can hold, as some of them always sit out."""
    found = crowded(board)
    if found is None:
        return None
    firms, wanted, places = found
    return Reason("group_full", tuple(board.day.firms[firm].id for firm in firms), wanted, places)


def _locked_twice(board: Board) -> Reason | None:
    """Two locked meetings at one table in one slot."""
    seen: dict[tuple[int, int], int] = {}
    for meeting in board.meetings:
        if meeting.locked is not None and meeting.locked.table is not None:
            place = (meeting.locked.slot, meeting.locked.table)
            if place in seen:
                return Reason("table_locked_twice", (seen[place], meeting.id), 2, 1)
            seen[place] = meeting.id
    return None


def _unfair(board: Board) -> Reason | None:
    """A firm that waits more often, whatever the plan, than another one can, by more than fairness allows."""
    apart = board.day.fairness
    if apart is None:
        return None
    least, most = [], []
    for firm, mine in enumerate(board.meetings_of()):
        within = 0
        for at in mine:
            within |= board.allowed[at]
        slots = -(-len(mine) // board.seats[firm])
        least.append(stretches_needed(within, slots) - 1 if mine else 0)
        most.append(_most_breaks(within, slots, len(mine)))
    waits = max(range(len(least)), key=least.__getitem__, default=0)
    flows = min(range(len(most)), key=most.__getitem__, default=0)
    if not least or least[waits] <= most[flows] + apart:
        return None
    firms = board.day.firms[waits].id, board.day.firms[flows].id
    return Reason("unfair", firms, least[waits], most[flows] + apart)


def _most_breaks(free: int, least: int, most: int) -> int:
    """The most breaks of a firm that is busy in ``least`` to ``most`` of these slots."""
    # For each number of busy slots, and whether the one before is busy: the most stretches.
    best = {(0, False): 0}
    for slot in range(free.bit_length()):
        after: dict[tuple[int, bool], int] = {}
        for (held, busy), stretches in best.items():
            after[held, False] = max(after.get((held, False), 0), stretches)
            if free >> slot & 1 and held < most:
                longer = stretches + (not busy)
                after[held + 1, True] = max(after.get((held + 1, True), 0), longer)
        best = after
    return max((stretches for (held, _), stretches in best.items() if held >= max(1, least)), default=1) - 1
