"""What no plan can beat, beside what this one reached."""

from collections import Counter

from matchmaker.engines.timetable.bits import breaks_of, idle_of
from matchmaker.engines.timetable.board import Board
from matchmaker.engines.timetable.day import Bounds, Day, Placement


def fewest_breaks(board: Board, held: list[int]) -> int:
    """Breaks that the slots of a firm's meetings force, when these meetings of the board are held.

    A firm whose longest stretches together are too few for its meetings waits between them, whatever the plan. A lock
    counts with its slot, also where the firm is not free.
    """
    wanted: Counter[int] = Counter()
    within: Counter[int] = Counter()
    for at in held:
        for firm in board.parts[at]:
            wanted[firm] += 1
            within[firm] |= board.allowed[at]
    return sum(
        stretches_needed(within[firm], -(-times // board.seats[firm])) - 1
        for firm, times in wanted.items()
        if within[firm].bit_count() * board.seats[firm] >= times
    )


def stretches_needed(free: int, slots: int) -> int:
    """The fewest stretches of free slots without a gap that hold so many slots."""
    lengths: list[int] = []
    while free:
        free >>= (free & -free).bit_length() - 1
        run = (~free & (free + 1)).bit_length() - 1
        lengths.append(run)
        free >>= run
    lengths.sort(reverse=True)
    needed = found = 0
    while found < slots and needed < len(lengths):
        found += lengths[needed]
        needed += 1
    return max(1, needed)


def least_slots(board: Board, held: list[int]) -> int:
    """The fewest slots in which these meetings fit: one firm's meetings follow each other, tables hold one each."""
    wanted = Counter(firm for at in held for firm in board.parts[at])
    busiest = max((-(-times // board.seats[firm]) for firm, times in wanted.items()), default=0)
    tables = len(board.day.tables)
    return max(busiest, -(-len(held) // tables) if tables else 0)


def overbooked(board: Board) -> tuple[int, ...]:
    """Firms with more wishes than free places."""
    wishes = Counter(firm for firms in board.parts for firm in firms)
    return tuple(
        board.day.firms[firm].id
        for firm, times in sorted(wishes.items())
        if times > board.free[firm].bit_count() * board.seats[firm]
    )


def measure(
    board: Board,
    placements: tuple[Placement, ...],
    *,
    weight_bound: int,
    breaks_bound: int | None = None,
    least: int | None = None,
) -> Bounds:
    """The figures of a plan. ``board`` holds every wish; ``breaks_bound`` is a proven one, at least the counted one."""
    held = [board.meeting_at[one.meeting] for one in placements]
    masks = busy_slots(board, placements)
    breaks = [breaks_of(mask) for mask in masks]
    counted = max(fewest_breaks(board, held), breaks_bound or 0)
    used = {one.slot for one in placements}
    places = sum(
        board.slots - len({t for t in table.blocked if t < board.slots}) for table in board.day.tables
    )
    mine = Counter(firm for at in held for firm in board.parts[at])
    wished = Counter(firm for firms in board.parts for firm in firms)
    worst = min(wished, key=lambda firm: (mine[firm] / wished[firm], firm), default=None)
    musts = [at for at, meeting in enumerate(board.meetings) if meeting.must]
    return Bounds(
        requested=len(board.meetings),
        held=len(held),
        must=len(musts),
        must_held=len(set(musts) & set(held)),
        weight=sum(board.meetings[at].weight for at in held),
        weight_bound=weight_bound,
        breaks=sum(breaks),
        breaks_bound=counted,
        proven=sum(breaks) == counted,
        idle=sum(map(idle_of, masks)),
        most_breaks=max(breaks, default=0),
        table_changes=table_changes(board.day, placements),
        least_slots=least_slots(board, held),
        used_slots=len(used),
        table_fill=round(len(held) / places, 4) if places else 0.0,
        worst_firm=None if worst is None else board.day.firms[worst].id,
        worst_held=0 if worst is None else mine[worst],
        worst_wished=0 if worst is None else wished[worst],
        below_least=_below(board, mine, wished, least),
        overbooked=overbooked(board),
    )


def _below(board: Board, mine: Counter[int], wished: Counter[int], least: int | None) -> tuple[int, ...]:
    """Firms with fewer meetings than they are guaranteed and wished for."""
    return tuple(
        firm.id
        for at, firm in enumerate(board.day.firms)
        if mine[at] < min(firm.least if least is None else least, wished[at])
    )


def busy_slots(board: Board, placements: tuple[Placement, ...]) -> list[int]:
    """The slots of each firm's meetings as sets."""
    masks = [0] * len(board.free)
    for one in placements:
        for firm in board.parts[board.meeting_at[one.meeting]]:
            masks[firm] |= 1 << one.slot
    return masks


def table_changes(day: Day, placements: tuple[Placement, ...]) -> int:
    """How often a firm walks to another table between two meetings that follow each other in its day."""
    firms = {meeting.id: meeting.firms for meeting in day.meetings}
    sat_at: dict[int, int] = {}
    changes = 0
    for one in sorted(placements, key=lambda placed: (placed.slot, placed.table)):
        for firm in firms[one.meeting]:
            changes += sat_at.get(firm, one.table) != one.table
            sat_at[firm] = one.table
    return changes
