"""Why a wish is not in the plan, as a code with the records concerned; pages make a sentence of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from matchmaker.engines.timetable.bits import mask_of, slots_of
from matchmaker.engines.timetable.board import Board
from matchmaker.engines.timetable.day import Cause, Code, Placement

_CODE_OF_RESOURCE: dict[str, Code] = {"pool": "pool_full", "host": "host_taken", "language": "language_full"}


class _Standing:
    """How full everything is in a plan of the board."""

    def __init__(self, board: Board, placements: Iterable[Placement]) -> None:
        self.slot = {board.meeting_at[one.meeting]: one.slot for one in placements}
        self.firms: Counter[tuple[int, int]] = Counter()
        self.used: Counter[tuple[int, int]] = Counter()
        self.load: Counter[int] = Counter()
        self.held: Counter[int] = Counter()
        for at, slot in self.slot.items():
            self.load[slot] += board.roomy[at]
            self.held.update(board.parts[at])
            self.firms.update((firm, slot) for firm in board.parts[at])
            self.used.update((resource, slot) for resource in board.needs[at])
        self.later: dict[int, list[int]] = defaultdict(list)
        for at, earlier in enumerate(board.earlier):
            for other in earlier:
                self.later[other].append(at)


def explain(board: Board, placements: tuple[Placement, ...]) -> tuple[Cause, ...]:
    """A cause for every wish of the day that has no place, in order of their numbers."""
    standing = _Standing(board, placements)
    placed = {one.meeting for one in placements}
    return tuple(
        Cause(meeting.id, "declined")
        if meeting.declined
        else _cause(board, standing, board.meeting_at[meeting.id])
        for meeting in sorted(board.day.meetings, key=lambda meeting: meeting.id)
        if meeting.id not in placed
    )


def _cause(board: Board, standing: _Standing, at: int) -> Cause:
    meeting = board.meetings[at]
    if not board.allowed[at]:
        return _never(board, at)
    full = [firm for firm in board.parts[at] if _at_limit(board, standing, firm)]
    if full:
        return Cause(meeting.id, "limit_reached", firms=_firms(board, full))
    open_to = {firm: _open(board, standing, firm) for firm in board.parts[at]}
    common = board.allowed[at]
    for mask in open_to.values():
        common &= mask
    if not common:
        full = [firm for firm, mask in open_to.items() if not mask & board.allowed[at]]
        busy = full or list(open_to)
        return Cause(meeting.id, "firm_full" if full else "firm_busy", firms=_firms(board, busy))
    return _lacking(board, standing, at, slots_of(common))


def _never(board: Board, at: int) -> Cause:
    """The firms are never there together, or not in the slots that the wish itself leaves."""
    meeting = board.meetings[at]
    common = (1 << board.slots) - 1
    for firm in board.parts[at]:
        common &= board.free[firm]
    if not common:
        return Cause(meeting.id, "no_common_slot", firms=meeting.firms)
    return Cause(meeting.id, "session_closed", free=tuple(slots_of(common)), firms=meeting.firms)


def _at_limit(board: Board, standing: _Standing, firm: int) -> bool:
    most = board.day.firms[firm].most
    return most is not None and standing.held[firm] >= most


def _open(board: Board, standing: _Standing, firm: int) -> int:
    """Slots in which the firm is there and a representative has no meeting."""
    return board.free[firm] & ~mask_of(
        slot for slot in range(board.slots) if standing.firms[firm, slot] >= board.seats[firm]
    )


def _firms(board: Board, firms: Iterable[int]) -> tuple[int, ...]:
    return tuple(board.day.firms[firm].id for firm in firms)


def _lacking(board: Board, standing: _Standing, at: int, free: list[int]) -> Cause:
    """What is all taken in each of the slots in which the firms could meet."""
    codes: list[Code] = []
    pools: set[int] = set()
    tables: set[int] = set()
    others: set[int] = set()
    for slot in free:
        found: list[Code] = []
        if board.roomy[at] and standing.load[slot] >= board.room[slot]:
            found.append("table_full")
        for number in board.needs[at]:
            resource = board.resources[number]
            if standing.used[number, slot] >= resource.sizes[slot]:
                found.append(_CODE_OF_RESOURCE[resource.kind])
                (pools if resource.kind == "pool" else tables).update(resource.ids)
        against = _against(board, standing, at, slot)
        if against:
            found.append("order_blocked")
            others |= against
        codes += found[:1] or ["not_chosen"]
    code: Code = codes[0] if len(set(codes)) == 1 else "not_chosen" if "not_chosen" in codes else "mixed"
    return Cause(
        board.meetings[at].id,
        code,
        tuple(free),
        pools=tuple(sorted(pools)),
        tables=tuple(sorted(tables)),
        meetings=tuple(sorted(others)),
    )


def _against(board: Board, standing: _Standing, at: int, slot: int) -> set[int]:
    """Meetings whose order forbids the slot."""
    sooner = {e for e in board.earlier[at] if standing.slot.get(e, -1) >= slot}
    later = {other for other in standing.later[at] if standing.slot.get(other, board.slots) <= slot}
    return {board.meetings[other].id for other in sooner | later}
