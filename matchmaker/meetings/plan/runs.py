"""Runs of the timetable engine: asked for by staff, worked on by a job, examined before they are stored."""

import time
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any, Final, NamedTuple

from flask_babel import gettext as _

from matchmaker.accounts.models import Person
from matchmaker.core import audit, clock, jobs
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict
from matchmaker.core.unit_of_work import next_unit_of_work
from matchmaker.engines.timetable import day as engine
from matchmaker.engines.timetable.board import make_board
from matchmaker.engines.timetable.check import check
from matchmaker.engines.timetable.counting import Reason
from matchmaker.engines.timetable.day import DayError, Plan, Progress
from matchmaker.engines.timetable.place import Effort
from matchmaker.institutions.queries import grants
from matchmaker.meetings import places
from matchmaker.meetings import queries as day_queries
from matchmaker.meetings.enums import RunKind, StepVerb
from matchmaker.meetings.models import B2bDay, TimetableRun
from matchmaker.meetings.plan import queries, reasons
from matchmaker.meetings.plan.causes import kept
from matchmaker.meetings.plan.seats import seats_of

TIMETABLE_JOB: Final = "timetable"
EFFORTS: Final = {"quick": 0.1, "normal": 1.0, "thorough": 4.0}
"""Moves beside those of the engine's own measure."""
PROOF_SECONDS: Final = 120.0
"""Limit of a proof that was asked for."""
LOOK_SECONDS: Final = 0.5
"""How often a run tells of itself and looks whether it shall stop."""

Report = Callable[..., None]


def start(
    actor: Actor,
    day: B2bDay,
    kind: RunKind,
    *,
    seed: int = 0,
    effort: str = "normal",
    proving: bool = False,
) -> TimetableRun:
    """Ask for a timetable; raises Conflict while another run of the day is going on."""
    locked = day_queries.locked_day(day.id)
    if queries.active_run(locked.id) is not None:
        raise Conflict(_("The timetable of this day is being worked out already."))
    run = TimetableRun(
        day_id=locked.id,
        kind=kind,
        seed=seed,
        proving=proving,
        problem_step=locked.plan_step,
        asked_by_id=actor.person_id,
    )
    db.session.add(run)
    db.session.flush()
    run.job_id = jobs.enqueue(actor, TIMETABLE_JOB, run_id=run.id, effort=effort).id
    audit.record(actor, "start_timetable", "b2b_day", locked.id, after={"run": run.id, "kind": str(kind)})
    db.session.flush()
    return run


def stop(actor: Actor, day: B2bDay) -> None:
    """End the search of the run that is going on and keep the best plan so far; raises Conflict where none is."""
    run = _active(day)
    run.stop_asked = True
    audit.record(actor, "stop_timetable", "b2b_day", day.id, after={"run": run.id})
    db.session.flush()


def cancel(actor: Actor, day: B2bDay) -> None:
    """End the run that is going on and leave the timetable as it is; raises Conflict where none is."""
    run = _active(day)
    jobs.cancel(db.session.get_one(jobs.Job, run.job_id))
    audit.record(actor, "cancel_timetable", "b2b_day", day.id, after={"run": run.id})
    db.session.flush()


def _active(day: B2bDay) -> TimetableRun:
    run = queries.active_run(day.id)
    if run is None:
        raise Conflict(_("The search has ended meanwhile."))
    return run


def work_out(run_id: int, effort: str, report: Report) -> dict[str, Any]:
    """Read the day, search, examine and store; what came of it is the job's result.

    A run that is taken up again after a restart begins anew, with the same seed; one that is stored stays as it is.
    """
    run = db.session.get_one(TimetableRun, run_id)
    if run.stored_at is not None:
        return {"outcome": "stored"}
    day = day_queries.day(run.day_id)
    problem = queries.problem(day, keep_all=run.kind is RunKind.GAPS)
    run.problem_step = day.plan_step
    wanted = _Wanted(run_id, run.seed, run.proving, EFFORTS[effort])
    try:
        plan = _search(problem.day, wanted, _Watch(run_id, report))
    except DayError as error:
        return {"outcome": "refused", "code": error.code}
    bounds = {name: list(v) if isinstance(v, tuple) else v for name, v in asdict(plan.bounds).items()}
    reason = _why_not_all(problem.day, plan, wanted)
    if reason is not None:
        bounds["reason"] = reasons.kept(problem, reason)
    report(100, 100, every=0.0)
    # Storing reads before it writes: without the lock it would fail on SQLite where somebody else wrote in between, and a
    # plan of minutes with it.
    with next_unit_of_work():
        return _store(run_id, problem.day, plan, bounds)


class _Wanted(NamedTuple):
    run_id: int
    seed: int
    proving: bool
    effort: float


class _Watch:
    """Tells how far the engine is and hears whether it shall stop; commits, so nothing half done may be in the session."""

    def __init__(self, run_id: int, report: Report) -> None:
        self.run_id = run_id
        self.report = report
        self._last = 0.0

    def search(self, progress: Progress) -> bool:
        """During the search; the engine counts in the numbers of its arrays, which no JSON takes."""
        return self._say(
            round(progress.share * 100),
            held=int(progress.held),
            requested=int(progress.requested),
            breaks=int(progress.breaks),
            breaks_bound=int(progress.breaks_bound),
            seconds_left=round(float(progress.seconds_left), 1),
        )

    def proof(self, bound: int, breaks: int | None) -> bool:
        """During the proof."""
        reached = None if breaks is None else int(breaks)
        return self._say(100, proving=True, breaks_bound=int(bound), breaks=reached)

    def _say(self, percent: int, **detail: Any) -> bool:
        if time.monotonic() - self._last < LOOK_SECONDS:
            return True
        self._last = time.monotonic()
        self.report(percent, 100, every=0.0, **detail)
        run = db.session.get_one(TimetableRun, self.run_id, populate_existing=True)
        return not run.stop_asked


def _search(day: engine.Day, wanted: _Wanted, watch: _Watch) -> Plan:
    from matchmaker.engines.timetable.planning import (  # noqa: PLC0415 - the solvers take half a second to load
        default_effort,
        plan_day,
    )

    base = default_effort(make_board(day))
    effort = Effort(max(1, round(base.moves * wanted.effort)))
    plan = plan_day(day, effort=effort, seed=wanted.seed, watch=watch.search)
    return _proven(day, plan, wanted, watch) if wanted.proving and not plan.bounds.proven else plan


def _proven(day: engine.Day, plan: Plan, wanted: _Wanted, watch: _Watch) -> Plan:
    """The plan with the bound that a proof found for the same meetings, or the better plan that came of it."""
    from matchmaker.engines.timetable.planning import make_plan  # noqa: PLC0415 - as above
    from matchmaker.engines.timetable.prover import prove  # noqa: PLC0415 - as above

    held = {one.meeting for one in plan.placements}
    same = replace(day, meetings=tuple(one for one in day.meetings if one.id in held))
    proof = prove(same, limit=PROOF_SECONDS, seed=wanted.seed, watch=watch.proof)
    better = proof.breaks is not None and proof.breaks < plan.bounds.breaks
    placements = proof.placements if better else plan.placements
    proved = make_plan(
        make_board(day),
        {one.meeting: one.slot for one in placements},
        weight_bound=plan.bounds.weight_bound,
        breaks_bound=proof.bound,
        tables={one.meeting: one.table for one in placements},
    )
    return replace(proved, seed=plan.seed, engine=plan.engine, moves=plan.moves)


def _why_not_all(day: engine.Day, plan: Plan, wanted: _Wanted) -> Reason | None:
    from matchmaker.engines.timetable.together import why_not_all  # noqa: PLC0415 - as above

    left_out = plan.bounds.held < plan.bounds.requested
    return why_not_all(day, solving=wanted.proving) if left_out else None


def _store(run_id: int, read: engine.Day, plan: Plan, bounds: dict[str, Any]) -> dict[str, Any]:
    """Put the plan into the timetable as one step, unless the day is another by now; `bounds` are kept with the run.

    Raises AssertionError where the examiner finds a fault, whatever the engine says of itself.
    """
    run = db.session.get_one(TimetableRun, run_id, populate_existing=True)
    day = day_queries.locked_day(run.day_id)
    problem = queries.problem(day, keep_all=run.kind is RunKind.GAPS)
    if day.plan_step != run.problem_step or problem.day != read:
        return {"outcome": "changed"}
    violations = check(problem.day, plan)
    if violations:
        raise AssertionError(str(violations[:5]))
    verb = StepVerb.FILL if run.kind is RunKind.GAPS else StepVerb.PLAN
    step = places.change(_actor(run), day, verb, seats_of(problem, plan.placements))
    causes = {one.meeting: one for one in plan.causes}
    for meeting in queries.all_meetings(day.id, causes):
        meeting.cause = kept(problem, causes[meeting.id])
    run.bounds, run.engine, run.moves, run.stored_at = (
        bounds,
        plan.engine,
        plan.moves,
        clock.now(),
    )
    run.plan = [asdict(one) for one in plan.placements]
    db.session.flush()
    return {"outcome": "stored", "changed": len(step.changes) if step else 0}


def _actor(run: TimetableRun) -> Actor | None:
    if run.asked_by_id is None:
        return None
    person = db.session.get_one(Person, run.asked_by_id)
    return Actor(person_id=person.id, name=person.name, language=person.language, grants=grants(person.id))
