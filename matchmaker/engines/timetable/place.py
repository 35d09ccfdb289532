"""Timetabling: tightest meetings first into the first slot that takes them, then annealing over Kempe chains."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import accumulate, chain
from typing import Any, Final

from matchmaker.engines.timetable import kernel
from matchmaker.engines.timetable.board import Board
from matchmaker.engines.timetable.day import Progress
from matchmaker.engines.timetable.kernel import BREAK
from matchmaker.engines.timetable.state import BEST, COST, SEED, Given, State

Watch = Callable[[Progress], bool]
"""Told now and then how far the engine is; False stops it, and the best plan so far is kept."""

LOST: Final = 1000 * BREAK
"""Cost of a meeting without a slot, in tenths of a break, beside which no break counts."""
PIECES: Final = 200
"""A run tells of itself so many times."""
WORTH_COMPILING: Final = 200_000
"""Moves below which loading the machine code takes longer than plain Python does."""
MOST_SLOTS: Final = 62
"""Slots that fit into a machine word with a sign."""
SCARCE: Final = 20_000
"""Moves for each meeting below which a move passes over a meeting whose firms have nothing to gain, once.

Measured: with 6,000 moves a meeting a twentieth fewer breaks at 500x500 (one seed), with 14,000 a thirtieth fewer at 200x200
(four seeds); with 29,000 a twenty-fifth more at 100x100 (four seeds).
"""
UNLIMITED: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to anneal, in moves so that the same input gives the same plan, and how (tenths of a break)."""

    moves: int
    hot: float = 5.0
    cool: float = 1.0
    idle: int = 3


@dataclass(frozen=True, slots=True)
class Placed:
    """The slot of each meeting of the board, -1 for none, and the moves that it took."""

    slots: tuple[int, ...]
    moves: int
    engine: str


def place(
    board: Board,
    effort: Effort,
    *,
    seed: int = 0,
    start: list[int] | None = None,
    enough: int = 0,
    watch: Watch | None = None,
    compiled: bool | None = None,
) -> Placed:
    """The best plan found with this effort; stops early at ``enough`` breaks with every meeting held.

    ``start`` gives slots to begin with. ``compiled`` None takes machine code where it is installed.
    """
    if compiled is None:
        compiled = effort.moves >= WORTH_COMPILING and can_compile(board)
    machine = _machine_code() if compiled else None
    given, state = begin(board, effort, start if start is not None else first_fit(board), seed, machine)
    run = kernel.run if machine is None else machine.run
    piece = max(1, effort.moves // PIECES)
    began, done = time.monotonic(), 0
    while done < effort.moves and board.meetings:
        moves = min(piece, effort.moves - done)
        step = (effort.cool - effort.hot) / effort.moves
        run(given, state, moves, effort.hot + step * done, effort.hot + step * (done + moves))
        done += moves
        if state.work[BEST] <= enough * BREAK and breaks(board, state.best) <= enough:
            break
        if watch is not None and not watch(_progress(board, state, done / effort.moves, began, enough)):
            break
    engine = "chains" if machine is None else "chains, compiled"
    return Placed(tuple(int(slot) for slot in state.best), done, engine)


def _progress(board: Board, state: State, share: float, began: float, bound: int) -> Progress:
    held = sum(slot >= 0 for slot in state.best)
    spent = time.monotonic() - began
    return Progress(held, len(board.meetings), breaks(board, state.best), bound, share, spent / share - spent)


def breaks(board: Board, slots: Any) -> int:
    """Breaks of all firms in a plan of the board."""
    masks = [0] * len(board.free)
    for at, slot in enumerate(slots):
        if slot >= 0:
            for firm in board.parts[at]:
                masks[firm] |= 1 << int(slot)
    return sum(max(0, (mask & ~(mask << 1)).bit_count() - 1) for mask in masks)


def can_compile(board: Board) -> bool:
    """Whether numba is installed and the day has few enough slots for one machine word."""
    return find_spec("numba") is not None and board.slots <= MOST_SLOTS


def _machine_code() -> Any:
    from matchmaker.engines.timetable import compiled  # noqa: PLC0415 - takes a second, and needs numba

    return compiled


def first_fit(board: Board) -> list[int]:
    """Slots by hand: locked first, then those with the fewest open slots, busiest firms first; -1 where none is left."""
    given, state = begin(board, Effort(0), [-1] * len(board.meetings), 0, None)
    wishes = [len(meetings) for meetings in board.meetings_of()]

    def tightness(m: int) -> tuple[bool, bool, int, int, int]:
        meeting = board.meetings[m]
        return (
            meeting.locked is None,
            not meeting.must,
            board.allowed[m].bit_count(),
            -sum(wishes[firm] for firm in board.parts[m]),
            m,
        )

    for m in _in_order(board, sorted(range(len(board.meetings)), key=tightness)):
        slot = next((t for t in range(board.slots) if fits(given, state, m, t)), None)
        if slot is not None:
            kernel.put(given, state, m, slot)
    return list(state.slot)


def _in_order(board: Board, wanted: list[int]) -> list[int]:
    """The same meetings, each after those that have to be earlier, where the orders are no circle."""
    found: list[int] = []
    seen: set[int] = set()

    def visit(m: int) -> None:
        if m not in seen:
            seen.add(m)
            for earlier in board.earlier[m]:
                visit(earlier)
            found.append(m)

    for m in wanted:
        visit(m)
    return found


def fits(g: Given, s: State, m: int, t: int) -> bool:
    """Whether a meeting without a slot can be put into slot t as the plan stands."""
    if not g.allowed[m] >> t & 1 or (g.roomy[m] and s.load[t] >= g.room[t]):
        return False
    for p in g.part[g.first[m] : g.first[m + 1]]:
        if s.times[p * g.slots + t] >= g.row[p + 1] - g.row[p]:
            return False
    for q in g.need[g.need_first[m] : g.need_first[m + 1]]:
        if s.used[q * g.slots + t] >= g.size[q * g.slots + t]:
            return False
    if any(s.slot[e] >= t for e in g.earlier[g.earlier_first[m] : g.earlier_first[m + 1]]):
        return False
    return not any(0 <= s.slot[e] <= t for e in g.later[g.later_first[m] : g.later_first[m + 1]])


def _flat(lists: list[list[int]]) -> tuple[list[int], list[int]]:
    """First positions, with the end, and the lists one after the other."""
    return [0, *accumulate(map(len, lists))], list(chain.from_iterable(lists))


def values(board: Board) -> list[int]:
    """What a meeting without a slot costs: more the more it weighs, a must beyond all others."""
    heaviest = max((meeting.weight for meeting in board.meetings), default=1) or 1
    return [
        LOST * (1000 if meeting.must else 1) + LOST * 4 * meeting.weight // heaviest
        for meeting in board.meetings
    ]


def given_of(board: Board, effort: Effort) -> Given:
    """The board in flat lists."""
    first, part = _flat(board.parts)
    need_first, need = _flat(board.needs)
    earlier_first, earlier = _flat(board.earlier)
    later: list[list[int]] = [[] for _ in board.meetings]
    for at, before in enumerate(board.earlier):
        for one in before:
            later[one].append(at)
    later_first, later_flat = _flat(later)
    return Given(
        meetings=len(board.meetings),
        slots=board.slots,
        resources=len(board.resources),
        orders=len(earlier),
        idle=effort.idle,
        scarce=int(effort.moves < SCARCE * len(board.meetings)),
        fairness=UNLIMITED if board.day.fairness is None else board.day.fairness,
        first=first,
        part=part or [0],
        row=[0, *accumulate(board.seats)],
        allowed=list(board.allowed),
        value=values(board),
        roomy=[int(roomy) for roomy in board.roomy],
        room=list(board.room),
        stuck=[int(meeting.locked is not None) for meeting in board.meetings],
        need_first=need_first,
        need=need or [0],
        size=list(chain.from_iterable(resource.sizes for resource in board.resources)) or [0],
        earlier_first=earlier_first,
        earlier=earlier or [0],
        later_first=later_first,
        later=later_flat or [0],
    )


def begin(
    board: Board, effort: Effort, start: list[int], seed: int, machine: Any = None
) -> tuple[Given, State]:
    """The day and a plan to start from, as lists or in the vectors of the compiled moves."""
    g = given_of(board, effort)
    n, firms, slots = len(board.meetings), len(board.free), board.slots
    s = State(
        slot=[-1] * n,
        cell=[-1] * (sum(board.seats) * slots),
        times=[0] * (firms * slots),
        mask=[0] * firms,
        cost=[0] * firms,
        load=[0] * slots,
        used=[0] * (max(1, len(board.resources)) * slots),
        members=[-1] * (slots * n),
        size=[0] * slots,
        where=[0] * n,
        loose=[0] * n,
        loose_at=[0] * n,
        best=[-1] * n,
        chain=[0] * (kernel.LONGEST + 64),
        in_chain=[0] * n,
        net=[0] * firms,
        net_stamp=[0] * firms,
        touched=[0] * firms,
        change=[0] * max(1, len(board.resources)),
        victims=[0] * n,
        victim_slot=[0] * n,
        work=[0] * 12,
    )
    _set_up(g, s, start, seed)
    if machine is None:
        return g, s
    found: tuple[Given, State] = machine.vectors(g, s)
    return found


def _set_up(g: Given, s: State, start: list[int], seed: int) -> None:
    """Put in what has a slot, and bring costs and chance in step."""
    for m, slot in enumerate(start):
        if slot >= 0:
            kernel.put(g, s, m, slot)
        else:
            kernel.loosen(s, m)
            s.work[COST] += g.value[m]
    for p in range(len(s.cost)):
        s.cost[p] = kernel.firm_cost(g, s.mask[p])
    s.best[:] = s.slot
    s.work[COST] += sum(s.cost)
    s.work[BEST] = s.work[COST]
    s.work[SEED] = (seed * 2654435761 + 88675123) % 0xFFFFFFFF + 1
