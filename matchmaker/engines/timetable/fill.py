"""Only the gaps: wishes without a place go where the plan leaves one, nobody else moves."""

from matchmaker.engines.timetable import kernel
from matchmaker.engines.timetable.bits import breaks_of
from matchmaker.engines.timetable.board import Board
from matchmaker.engines.timetable.place import Effort, begin, fits
from matchmaker.engines.timetable.state import Given, State


def fill(board: Board, slot_of: dict[int, int], only: set[int] | None = None) -> dict[int, int]:
    """The slots with as many waiting wishes (or of ``only``) put in as fit: must-meets, then the heaviest first.

    Each goes into the free slot that brings its firms the fewest breaks, the earliest of those.
    """
    start = [slot_of.get(meeting.id, -1) for meeting in board.meetings]
    given, state = begin(board, Effort(0), start, 0, None)
    held = [sum(state.slot[m] >= 0 for m in mine) for mine in board.meetings_of()]
    waiting = [
        at
        for at, meeting in enumerate(board.meetings)
        if start[at] < 0 and (only is None or meeting.id in only)
    ]
    for at in sorted(waiting, key=lambda m: (-board.weights[m], board.meetings[m].id)):
        if any(_at_limit(board, firm, held[firm]) for firm in board.parts[at]):
            continue
        slots = [t for t in range(board.slots) if fits(given, state, at, t)]
        if slots:
            kernel.put(given, state, at, min(slots, key=lambda t: (_breaks_with(given, state, at, t), t)))
            for firm in board.parts[at]:
                held[firm] += 1
    return {board.meetings[at].id: slot for at, slot in enumerate(state.slot) if slot >= 0}


def _at_limit(board: Board, firm: int, held: int) -> bool:
    most = board.day.firms[firm].most
    return most is not None and held >= most


def _breaks_with(given: Given, state: State, at: int, slot: int) -> int:
    firms = given.part[given.first[at] : given.first[at + 1]]
    return sum(breaks_of(state.mask[firm] | 1 << slot) for firm in firms)
