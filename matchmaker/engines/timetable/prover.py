"""The proof in processes of its own, which end at their limit whatever the solvers do; never in a request.

One raises the bound; when it has been silent for a while another one polishes the plan, until the two meet. Run as a
module it reads a day from standard input and writes one JSON line for each step.
"""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from queue import Empty, Queue
from typing import IO, Final, Literal, cast

from matchmaker.engines.timetable.board import Board, make_board
from matchmaker.engines.timetable.bounds import fewest_breaks
from matchmaker.engines.timetable.check import check_placements, count_breaks
from matchmaker.engines.timetable.counting import Reason, impossible
from matchmaker.engines.timetable.day import PROOF_SECONDS, Day, Placement
from matchmaker.engines.timetable.form import read_day, write_day
from matchmaker.engines.timetable.place import Effort, can_compile, place
from matchmaker.engines.timetable.prove import Status, Step, improvements, steps
from matchmaker.engines.timetable.seat import seat

ROOT: Final = Path(__file__).parents[3]
ANNEALING: Final = 12_000
"""Moves for each meeting, before the proof begins."""
Task = Literal["feasible", "unknown", "polish"]
"""Of another process: to prove a day that has a plan, or of which that is not known; to better a plan."""
SILENCE: Final = 15.0
"""Seconds of the clock without news after which the plan is polished as well: before that most proofs are over."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What is known in the end: with ``optimal`` the placements have as few breaks as any plan that holds everything.

    ``reason`` is the counting argument of an infeasible day, None where only the solver shows it. ``seconds`` are of
    the clock.
    """

    status: Status
    placements: tuple[Placement, ...]
    breaks: int | None
    bound: int
    reason: Reason | None
    seconds: float


def prove(
    day: Day,
    *,
    limit: float = PROOF_SECONDS,
    seed: int = 0,
    watch: Callable[[int, int | None], bool] | None = None,
) -> Proof:
    """The fewest breaks with every meeting of a day held: counting, annealing, then the solver in its own process.

    ``watch`` hears of bound and breaks so far; False stops it, and what is known by then is the answer.
    """
    began = time.monotonic()
    board = make_board(day)
    reason = impossible(board)
    if reason is not None:
        return Proof("infeasible", (), None, 0, reason, time.monotonic() - began)
    bound = fewest_breaks(board, list(range(len(board.meetings))))
    placements, breaks = _anneal(day, board, bound, seed)
    if breaks is not None and breaks <= bound:
        return Proof("optimal", placements, breaks, bound, None, time.monotonic() - began)
    for step in _elsewhere(day, board, placements, began + limit):
        bound = max(bound, step.bound)
        if step.infeasible:
            return Proof("infeasible", (), None, bound, None, time.monotonic() - began)
        if step.slots is not None:
            found, fewer = _seated(day, board, step.slots)
            if fewer is not None and (breaks is None or fewer < breaks):
                placements, breaks = found, fewer
        if breaks == bound:
            return Proof("optimal", placements, breaks, bound, None, time.monotonic() - began)
        if watch is not None and not watch(bound, breaks):
            break
    status: Status = "unknown" if breaks is None else "feasible"
    return Proof(status, placements, breaks, bound, None, time.monotonic() - began)


def _anneal(day: Day, board: Board, bound: int, seed: int) -> tuple[tuple[Placement, ...], int | None]:
    moves = ANNEALING * len(board.meetings)
    effort = Effort(moves if can_compile(board) else moves // 20, idle=1)
    found = place(board, effort, seed=seed, enough=bound)
    return ((), None) if min(found.slots, default=0) < 0 else _seated(day, board, found.slots)


def _seated(day: Day, board: Board, slots: tuple[int, ...]) -> tuple[tuple[Placement, ...], int | None]:
    """The plan of these slots with tables if it is a plan by the examiner's reading, fairness included."""
    placements, homeless = seat(day, {board.meetings[at].id: slot for at, slot in enumerate(slots)})
    breaks = count_breaks(day, placements)
    apart = max(breaks.values(), default=0) - min(breaks.values(), default=0)
    unfair = day.fairness is not None and apart > day.fairness
    if homeless or unfair or check_placements(day, placements):
        return (), None
    return placements, sum(breaks.values())


def _elsewhere(day: Day, board: Board, plan: tuple[Placement, ...], until: float) -> Iterator[Step]:
    """The steps of solvers in other processes, which are ended when the time is up or nobody listens any more."""
    heard: Queue[Step | None] = Queue()
    slot_of = {one.meeting: one.slot for one in plan}
    slots = [slot_of[meeting.id] for meeting in board.meetings] if plan else []
    text = write_day(day)
    with ExitStack() as solvers:
        solvers.enter_context(_solver("feasible" if slots else "unknown", [], text, until, heard))
        at_work, alone = 1, bool(slots)
        while at_work:
            try:
                step = heard.get(timeout=SILENCE if alone else None)
            except Empty:
                solvers.enter_context(_solver("polish", slots, text, until, heard))
                at_work, alone = at_work + 1, False
                continue
            if step is None:
                at_work -= 1
            else:
                yield step


@contextmanager
def _solver(
    task: Task, slots: list[int], text: str, until: float, heard: Queue[Step | None]
) -> Iterator[None]:
    """This program once more, with a task and the slots of a plan; None ends its steps."""
    process = subprocess.Popen(  # noqa: S603 - this program again, nothing that a user named
        [sys.executable, "-m", "matchmaker.engines.timetable.prover", task, json.dumps(slots)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        text=True,
        encoding="utf-8",
    )
    told, said = cast("IO[str]", process.stdin), cast("IO[str]", process.stdout)
    alarm = threading.Timer(max(0.0, until - time.monotonic()), process.kill)
    listener = threading.Thread(target=_listen, args=(said, heard), daemon=True)
    alarm.start()
    listener.start()
    try:
        told.write(text)
        told.close()
        yield
    finally:
        alarm.cancel()
        process.kill()
        process.wait()
        listener.join()
        said.close()


def _listen(said: Iterable[str], heard: Queue[Step | None]) -> None:
    for line in said:
        step = json.loads(line)
        slots = None if step["slots"] is None else tuple(step["slots"])
        heard.put(Step(step["bound"], slots, step["infeasible"]))
    heard.put(None)


def write_proof(proof: Proof) -> str:
    """The proof as JSON text: status, breaks, bound, seconds, the reason of an infeasible day, the placements."""
    data = {
        "status": proof.status,
        "breaks": proof.breaks,
        "bound": proof.bound,
        "seconds": round(proof.seconds, 3),
        "reason": None if proof.reason is None else asdict(proof.reason),
        "placements": [asdict(placement) for placement in proof.placements],
    }
    return json.dumps(data) + "\n"


def answer(text: str, task: Task, slots: tuple[int, ...]) -> Iterator[str]:
    """What another process writes: a line for each step of its task."""
    board = make_board(read_day(text))
    found = improvements(board, slots) if task == "polish" else steps(board, feasible=task == "feasible")
    for step in found:
        yield json.dumps({"bound": step.bound, "slots": step.slots, "infeasible": step.infeasible})


if __name__ == "__main__":
    for one in answer(sys.stdin.read(), cast("Task", sys.argv[1]), tuple(json.loads(sys.argv[2]))):
        sys.stdout.write(one + "\n")
        sys.stdout.flush()
