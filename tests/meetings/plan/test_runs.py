"""Runs of the engine: stored as one step, never over a change, stopped, cancelled, taken up again."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.core.db import db
from matchmaker.core.errors import Conflict
from matchmaker.core.jobs import Job, JobState
from matchmaker.engines.timetable.day import Day, Plan
from matchmaker.meetings import places
from matchmaker.meetings.enums import MeetingState, RunKind, StepVerb
from matchmaker.meetings.models import Meeting, PlanStep, TimetableRun
from matchmaker.meetings.plan import queries, reasons, runs
from tests.factories.meetings import participant_of
from tests.meetings.plan.hall import Hall

pytestmark = pytest.mark.data


def nothing(*_told: Any, **_detail: Any) -> None:
    """A report that nobody reads."""


def run_of(hall: Hall, kind: RunKind = RunKind.WHOLE, **wanted: Any) -> TimetableRun:
    """A run that was just asked for."""
    return runs.start(hall.actor, hall.day, kind, **wanted)


def placed() -> list[int]:
    """The meetings that have a place."""
    rows = db.session.scalars(
        select(Meeting.id).where(Meeting.state == MeetingState.PLACED).order_by(Meeting.id)
    )
    return list(rows)


def test_a_plan_is_stored_as_one_step_with_its_bounds(session: Any) -> None:
    hall = Hall(slots=2, tables=1)
    run = run_of(hall)

    told = runs.work_out(run.id, "quick", nothing)

    assert told == {"outcome": "stored", "changed": 2}
    assert run.stored_at is not None
    assert (run.bounds["requested"], run.bounds["held"]) == (4, 2)
    assert run.bounds["weight"] <= run.bounds["weight_bound"]
    steps = db.session.scalars(select(PlanStep)).all()
    assert [step.verb for step in steps] == [StepVerb.PLAN]
    waiting = db.session.scalars(select(Meeting).where(Meeting.state == MeetingState.WISHED)).all()
    assert {one.cause["code"] for one in waiting} == {"table_full"}
    told = run.bounds["reason"]
    assert (told["code"], told["ids"], told["wanted"], told["places"]) == ("room_full", [0, 1], 4, 2)
    words = reasons.in_words(hall.day, told)
    assert words.startswith("There are too few tables at ")
    assert words.endswith(". Wanted: 4, possible: 2.")
    places.undo(hall.actor, hall.day)
    assert placed() == []


def test_a_reason_names_its_meetings_and_rules_as_long_as_they_are_there(session: Any) -> None:
    hall = Hall()
    told = {"code": "together", "ids": [hall.wish(0, 0).id, hall.wish(0, 1).id], "rules": ["pool"]}

    words = reasons.in_words(hall.day, told)

    assert words.count(" – ") == 2
    assert words.endswith("the interpreters.")
    assert reasons.in_words(hall.day, told | {"ids": [0]}) == ""


def test_a_plan_of_a_day_that_changed_meanwhile_is_not_stored(session: Any) -> None:
    hall = Hall()
    run, late = run_of(hall), participant_of(hall.day)

    def change(*_told: Any, **_detail: Any) -> None:
        late.closed = [1]

    assert runs.work_out(run.id, "quick", change) == {"outcome": "changed"}
    assert run.stored_at is None
    assert placed() == []


def test_a_plan_is_not_stored_over_a_move(session: Any) -> None:
    hall = Hall()
    run = run_of(hall)
    moves: list[Callable[[], None]] = [lambda: hall.put(0, 0, 1, 1)]

    def move(*_told: Any, **_detail: Any) -> None:
        if moves:
            moves.pop()()

    assert runs.work_out(run.id, "quick", move) == {"outcome": "changed"}
    assert placed() == [hall.wish(0, 0).id]


def test_a_search_that_is_stopped_keeps_the_best_so_far(session: Any) -> None:
    hall = Hall(slots=4, tables=2)
    run = run_of(hall)

    runs.stop(hall.actor, hall.day)
    runs.work_out(run.id, "thorough", nothing)

    assert len(placed()) == 4
    assert run.moves is not None
    assert run.moves < 100_000


def test_a_plan_is_stored_although_others_want_to_write_meanwhile(
    session: Any, app: Flask, backend: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last report of a job ends its transaction; what follows reads first, and must own what it will write."""
    if backend != "sqlite":
        pytest.skip("rows of a server are locked one by one")
    hall = Hall()
    run = run_of(hall)
    refused: list[str] = []

    def look(day: Day, plan: Plan) -> tuple[()]:
        with closing(
            sqlite3.connect(Path(app.config["INSTANCE_DIR"]) / "tandem.sqlite3", timeout=0)
        ) as other:
            try:
                other.execute("UPDATE b2b_day SET place = 'elsewhere'")
                other.commit()
            except sqlite3.OperationalError as busy:
                refused.append(str(busy))
        return ()

    monkeypatch.setattr(runs, "check", look)
    told = runs.work_out(run.id, "quick", lambda *told, **detail: db.session.commit())

    assert told["outcome"] == "stored"
    assert refused == ["database is locked"]


def test_only_the_gaps_are_filled(session: Any) -> None:
    hall = Hall()
    hall.put(0, 1, 1, 1)
    kept = places.seat_of(hall.wish(0, 1))
    run = run_of(hall, RunKind.GAPS)

    runs.work_out(run.id, "quick", nothing)

    hall.refresh()
    assert places.seat_of(queries.problem(hall.day).meetings[hall.wish(0, 1).id]) == kept
    assert len(placed()) == 4


def test_one_search_at_a_time(session: Any) -> None:
    hall = Hall()
    run_of(hall)

    with pytest.raises(Conflict):
        run_of(hall)


def test_a_cancelled_search_leaves_the_timetable_alone(session: Any) -> None:
    hall = Hall()
    run = run_of(hall)

    runs.cancel(hall.actor, hall.day)

    assert db.session.get_one(Job, run.job_id).state is JobState.CANCELLED
    assert queries.active_run(hall.day.id) is None
    with pytest.raises(Conflict):
        runs.stop(hall.actor, hall.day)


def test_a_run_that_is_taken_up_again_is_stored_once(session: Any) -> None:
    hall = Hall()
    run = run_of(hall)

    runs.work_out(run.id, "quick", nothing)
    runs.work_out(run.id, "quick", nothing)

    assert len(db.session.scalars(select(PlanStep)).all()) == 1


def test_a_proof_says_how_few_breaks_there_can_be(session: Any) -> None:
    hall = Hall(slots=5, tables=1)
    hall.own[0].closed = [1, 2]
    hall.own[1].closed = [0, 3, 4]
    run = run_of(hall, proving=True)

    runs.work_out(run.id, "quick", nothing)

    assert run.bounds["held"] == 4
    assert run.bounds["proven"]
    assert run.bounds["breaks"] == run.bounds["breaks_bound"]
