"""What the engine is measured beside: first-fit by hand, greedy by weight, and a plain constraint model."""

from ortools.sat.python import cp_model

from matchmaker.engines.timetable.bits import slots_of
from matchmaker.engines.timetable.board import Board
from matchmaker.engines.timetable.day import Day
from matchmaker.engines.timetable.fill import fill


def by_hand(board: Board) -> list[int]:
    """First-fit: wishes as they come, each into the first slot that takes it."""
    flat = make_flat(board.day)
    return slots_in_order(board, flat, range(len(board.meetings)))


def by_weight(board: Board) -> list[int]:
    """Greedy: the heaviest wish first."""
    found = fill(board, {})
    return [found.get(meeting.id, -1) for meeting in board.meetings]


def make_flat(day: Day) -> dict[tuple[int, int], int]:
    """Tables used and firms busy, by slot; nothing yet."""
    return {(-1, slot): len(day.tables) for slot in range(len(day.slots))}


def slots_in_order(board: Board, left: dict[tuple[int, int], int], order: range) -> list[int]:
    """Slots of the meetings put in one after the other; tables and firms only, as the measured days have no more."""
    slots = [-1] * len(board.meetings)
    busy: set[tuple[int, int]] = set()
    for at in order:
        for slot in slots_of(board.allowed[at]):
            people = {(firm, slot) for firm in board.parts[at]}
            if left[-1, slot] and not people & busy:
                slots[at] = slot
                busy |= people
                left[-1, slot] -= 1
                break
    return slots


def constraint_model(board: Board, seconds: float, *, hold_all: bool) -> list[int]:
    """CP-SAT with a variable for each meeting and slot; held weight first, then breaks counted by start literals."""
    model = cp_model.CpModel()
    at = [{slot: model.new_bool_var("") for slot in slots_of(mask)} for mask in board.allowed]
    for places in at:
        (model.add_exactly_one if hold_all else model.add_at_most_one)(places.values())
    starts = []
    for mine in board.meetings_of():
        before: cp_model.IntVar | int = 0
        for slot in range(board.slots):
            busy = model.new_bool_var("")
            model.add(sum(at[m][slot] for m in mine if slot in at[m]) == busy)
            start = model.new_bool_var("")
            model.add(start >= busy - before)
            starts.append(start)
            before = busy
    for slot in range(board.slots):
        model.add(sum(places[slot] for places in at if slot in places) <= board.room[slot])
    held = sum(board.meetings[m].weight * one for m, places in enumerate(at) for one in places.values())
    model.minimize(sum(starts) - 1000 * held)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.max_time_in_seconds = seconds
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return [-1] * len(at)
    return [next((slot for slot, one in places.items() if solver.value(one)), -1) for places in at]
