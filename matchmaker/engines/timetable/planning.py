"""From a day to a plan: choose, place, fill what is left, seat, measure, explain, examine."""

from dataclasses import replace

from matchmaker.engines.timetable.board import Board, make_board
from matchmaker.engines.timetable.bounds import fewest_breaks, measure
from matchmaker.engines.timetable.causes import explain
from matchmaker.engines.timetable.check import Violation, check
from matchmaker.engines.timetable.choose import Choice, choose
from matchmaker.engines.timetable.day import Day, Placement, Plan
from matchmaker.engines.timetable.fill import fill
from matchmaker.engines.timetable.place import Effort, Placed, Watch, can_compile, place
from matchmaker.engines.timetable.seat import seat


class PlanInvalid(RuntimeError):
    """The examiner found violations in a plan: a fault of the engine; such a plan is never handed out."""

    def __init__(self, violations: tuple[Violation, ...]) -> None:
        super().__init__(str(violations[:5]))
        self.violations = violations


def default_effort(board: Board) -> Effort:
    """Moves for some 15 seconds at 100 firms a side, in proportion for other sizes, fewer where nothing is compiled."""
    moves = min(60_000_000, max(2_000_000, 40_000 * len(board.meetings)))
    return Effort(moves if can_compile(board) else moves // 60)


def plan_day(
    day: Day,
    *,
    effort: Effort | None = None,
    seed: int = 0,
    least: int | None = None,
    watch: Watch | None = None,
    compiled: bool | None = None,
) -> Plan:
    """The best plan of a day that this effort finds, seated, measured, explained and examined.

    ``least`` takes the place of every firm's own guaranteed minimum. ``watch`` is told of the progress and stops the
    annealing by answering False; the best plan so far is then handed out. DayError when the day contradicts itself.
    """
    board = make_board(day)
    choice = choose(day, least, board)
    wanted = set(choice.meetings)
    some = make_board(day, tuple(meeting for meeting in day.meetings if meeting.id in wanted))
    bound = fewest_breaks(some, list(range(len(some.meetings))))
    placed = place(
        some, effort or default_effort(some), seed=seed, enough=bound, watch=watch, compiled=compiled
    )
    return finish(board, choice, some, placed, seed=seed, least=least)


def finish(
    board: Board,
    choice: Choice,
    some: Board,
    placed: Placed,
    *,
    seed: int = 0,
    least: int | None = None,
    breaks_bound: int | None = None,
) -> Plan:
    """The plan of slots that an engine found for the chosen wishes, with waiting wishes in what is left."""
    slot_of = {some.meetings[at].id: slot for at, slot in enumerate(placed.slots) if slot >= 0}
    everything = fill(board, slot_of)
    plan = make_plan(board, everything, weight_bound=choice.weight, breaks_bound=breaks_bound, least=least)
    return replace(plan, seed=seed, engine=placed.engine, moves=placed.moves)


def make_plan(
    board: Board,
    slot_of: dict[int, int],
    *,
    weight_bound: int,
    breaks_bound: int | None = None,
    least: int | None = None,
    tables: dict[int, int] | None = None,
) -> Plan:
    """The examined plan of these slots (by meeting number); ``tables`` settles tables instead of seating anew."""
    if tables is None:
        placements, _ = seat(board.day, slot_of)
    else:
        placements = tuple(
            sorted(
                (Placement(number, slot, tables[number]) for number, slot in slot_of.items()),
                key=lambda one: (one.slot, one.table),
            )
        )
    bounds = measure(board, placements, weight_bound=weight_bound, breaks_bound=breaks_bound, least=least)
    plan = Plan(placements, explain(board, placements), bounds)
    violations = check(board.day, plan)
    if violations:
        raise PlanInvalid(violations)
    return plan
