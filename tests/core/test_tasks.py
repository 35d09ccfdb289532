"""Jobs: what lost its worker is taken up again, what somebody works on is not, and two workers share without doubling."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from matchmaker.core import clock, jobs
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict
from matchmaker.core.jobs import Job, JobState, WorkerBeat
from matchmaker.core.mail import queue_mail
from matchmaker.core.unit_of_work import unit_of_work

LONG_AGO = timedelta(minutes=5)
UNSEEN = {"synchronize_session": False}
"""As somebody else writes: the session goes on believing what it has read."""


def stored(state: JobState, seen: datetime) -> int:
    with unit_of_work():
        job = Job(kind="test", state=state, heartbeat_at=seen, started_at=seen)
        db.session.add(job)
        db.session.flush()
        return job.id


def state_of(job_id: int) -> JobState:
    state = db.session.get_one(Job, job_id, populate_existing=True).state
    db.session.rollback()
    return state


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Numbers of the jobs whose work was done, in order."""
    found: list[int] = []
    monkeypatch.setitem(jobs._kinds, "test", lambda progress: found.append(progress.job_id))
    return found


def test_a_second_worker_leaves_a_living_job_alone(app: Flask) -> None:
    with app.app_context():
        living, lost = stored(JobState.RUNNING, clock.now()), stored(JobState.RUNNING, clock.now() - LONG_AGO)
        with unit_of_work():
            assert jobs.take_up_again() == 1

        assert state_of(living) is JobState.RUNNING
        assert state_of(lost) is JobState.QUEUED


def test_a_job_that_reports_nothing_for_long_stays_with_its_worker(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def work(progress: jobs.Progress) -> None:
        db.session.commit()
        with unit_of_work():
            db.session.get_one(Job, progress.job_id).heartbeat_at = clock.now() - LONG_AGO
        with unit_of_work():
            jobs.beat("worker")
        with unit_of_work():
            assert jobs.take_up_again() == 0

    monkeypatch.setitem(jobs._kinds, "test", work)
    with app.app_context():
        job_id = stored(JobState.QUEUED, clock.now())
        jobs.run(job_id)

        assert db.session.get_one(Job, job_id).error == ""
        assert state_of(job_id) is JobState.DONE
        assert jobs._running == set()


def test_a_job_whose_worker_was_killed_is_done_once_more(app: Flask, done: list[int]) -> None:
    with app.app_context():
        job_id = stored(JobState.RUNNING, clock.now() - LONG_AGO)
        with unit_of_work():
            jobs.take_up_again()
        jobs.run(job_id)

        assert done == [job_id]
        assert state_of(job_id) is JobState.DONE


def test_a_job_that_was_cancelled_while_its_worker_was_away_is_not_begun_again(
    app: Flask, done: list[int]
) -> None:
    with app.app_context():
        job_id = stored(JobState.RUNNING, clock.now() - LONG_AGO)
        with unit_of_work():
            jobs.cancel(db.session.get_one(Job, job_id))
            assert jobs.take_up_again() == 1
        jobs.run(job_id)

        assert done == []
        assert state_of(job_id) is JobState.CANCELLED


def test_a_job_that_a_worker_took_since_we_looked_is_told_to_stop_and_not_called_over(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        job = Job(kind="test")
        db.session.add(job)
        db.session.flush()
        db.session.execute(update(Job).values(state=JobState.RUNNING), execution_options=UNSEEN)

        jobs.cancel(job)

        assert (job.state, job.cancel_asked, job.ended_at) == (JobState.RUNNING, True, None)
        db.session.execute(update(Job).values(state=JobState.DONE), execution_options=UNSEEN)
        with pytest.raises(Conflict):
            jobs.cancel(job)


def test_a_job_is_sent_when_its_transaction_is_committed_and_not_when_a_part_of_it_ends(
    app: Flask, done: list[int]
) -> None:
    with app.app_context():
        waiting = jobs.queue().huey.pending_count
        with unit_of_work():
            jobs.enqueue(None, "test", number=1)
            jobs.enqueue(None, "test", number=2, single="one at a time")
            with db.session.begin_nested():
                pass
            assert waiting() == 0
        assert waiting() == 2
        with unit_of_work():
            pass
        assert waiting() == 2


def test_all_who_ask_for_the_same_work_at_once_get_the_same_job(
    app: Flask, done: list[int], concurrently: Callable[..., list[Any]]
) -> None:
    def asks() -> int:
        with unit_of_work():
            return jobs.enqueue_once(None, "test", single="the same").id

    (first,) = set(concurrently(asks, asks, asks))

    with app.app_context():
        jobs.run(first)
        assert asks() != first
    assert done == [first]


def test_two_workers_run_a_job_once(
    app: Flask, done: list[int], concurrently: Callable[..., list[Any]]
) -> None:
    with app.app_context():
        job_id = stored(JobState.QUEUED, clock.now())

    results = concurrently(lambda: jobs.run(job_id), lambda: jobs.run(job_id))

    assert results == [None, None]
    assert done == [job_id]


def test_two_workers_beat_at_the_same_moment(app: Flask, concurrently: Callable[..., list[Any]]) -> None:
    def one() -> None:
        with unit_of_work():
            jobs.beat("worker")

    assert concurrently(one, one) == [None, None]
    with app.app_context():
        assert db.session.get(WorkerBeat, "worker") is not None
        db.session.rollback()


def test_two_workers_send_a_mail_once(
    app: Flask, concurrently: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    letters: list[int] = []
    monkeypatch.setattr("matchmaker.core.mail._deliver", lambda letter: letters.append(letter.mail_id))
    send = jobs._loops["mail"][1]
    with app.app_context(), unit_of_work():
        queue_mail("already_have_account", to="a@example.org", language="en", name="A")

    results = concurrently(send, send)

    assert sorted(results) == [0, 1]
    assert len(letters) == 1
