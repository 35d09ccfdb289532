"""Long work: a row with its progress, run by huey, cancellable, taken up again after a restart."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from flask import Flask, current_app
from flask_babel import gettext as _
from huey import Huey, RedisHuey, SqliteHuey
from huey.consumer import Consumer
from sqlalchemy import Index, String, event, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from matchmaker.core import clock, health
from matchmaker.core.actor import Actor
from matchmaker.core.db import Base, Entity, Prose, db, upsert
from matchmaker.core.errors import Conflict
from matchmaker.core.unit_of_work import unit_of_work

log = logging.getLogger(__name__)
STALE = timedelta(seconds=30)
"""A running job without a sign of life for so long has lost its worker."""
BEAT_SECONDS = 5


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


OPEN = text("state IN ('queued', 'running')")


class Job(Entity):
    """One piece of long work; done and total are in the unit the work counts in.

    `single` names work of which only one may wait or run at a time; the database refuses a second.
    """

    __tablename__ = "job"
    __table_args__ = (
        Index("uq_job_single_open", "single", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )
    kind: Mapped[str] = mapped_column(String(60))
    arguments: Mapped[dict[str, Any]] = mapped_column(default=dict)
    single: Mapped[str | None] = mapped_column(String(100))
    state: Mapped[JobState] = mapped_column(default=JobState.QUEUED, index=True)
    owner_id: Mapped[int | None] = mapped_column(index=True)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)
    error: Mapped[Prose] = mapped_column(default="")
    cancel_asked: Mapped[bool] = mapped_column(default=False)
    attempts: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    heartbeat_at: Mapped[datetime | None]

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


class WorkerBeat(Base):
    """The last sign of life of a part of the worker."""

    __tablename__ = "worker_beat"
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    at: Mapped[datetime]


class Cancelled(Exception):
    """Raised inside a job once somebody asked to stop it."""


class Progress:
    """What a running job uses to say how far it is; each report is committed at once."""

    def __init__(self, job_id: int) -> None:
        self.job_id = job_id
        self._last = 0.0

    def report(self, done: int, total: int, *, every: float = 0.5, **detail: Any) -> None:
        """Store the progress, at most each `every` seconds; raises Cancelled when the job shall stop.

        Commits the session: call it between complete steps only.
        """
        if time.monotonic() - self._last < every:
            return
        self._last = time.monotonic()
        db.session.commit()
        with unit_of_work():
            job = db.session.get_one(Job, self.job_id, populate_existing=True)
            job.done, job.total, job.heartbeat_at = done, total, clock.now()
            job.detail = {**job.detail, **detail}
            stop = job.cancel_asked
        if stop:
            raise Cancelled


Work = Callable[..., dict[str, Any] | None]
_kinds: dict[str, Work] = {}
_loops: dict[str, tuple[float, Callable[[], object]]] = {}
_running: set[int] = set()
"""The jobs that this process is working on."""


def job_kind(name: str) -> Callable[[Work], Work]:
    """Register a function as the work of a kind; it gets a Progress and the stored arguments, returns a result."""

    def register(work: Work) -> Work:
        _kinds[name] = work
        return work

    return register


def loop(name: str, seconds: float) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Register short work that the worker repeats; each round is one unit of work."""

    def register(work: Callable[[], object]) -> Callable[[], object]:
        _loops[name] = (seconds, work)
        return work

    return register


def enqueue(actor: Actor | None, kind: str, *, single: str | None = None, **arguments: Any) -> Job:
    """Store a job in this transaction; it starts once the transaction is committed.

    Raises Conflict while another job with the same `single` waits or runs.
    """
    if kind not in _kinds:
        raise KeyError(kind)
    owner = actor.person_id if actor and actor.is_authenticated else None
    job = Job(kind=kind, arguments=arguments, single=single, owner_id=owner)
    try:
        with db.session.begin_nested():
            db.session.add(job)
    except IntegrityError as error:
        raise Conflict(_("This work is waiting or running already.")) from error
    _send_after_commit(job.id)
    return job


def enqueue_once(actor: Actor | None, kind: str, *, single: str, **arguments: Any) -> Job:
    """The job of this `single` that waits or runs, else a new one: of those who ask at once all get the same."""
    found = open_job(single)
    if found is not None:
        return found
    try:
        return enqueue(actor, kind, single=single, **arguments)
    except Conflict:
        found = open_job(single)
        if found is None:
            raise
        return found


def open_job(single: str) -> Job | None:
    """The job of this `single` that waits or runs."""
    return db.session.scalar(
        select(Job).where(Job.single == single, Job.state.in_((JobState.QUEUED, JobState.RUNNING)))
    )


def cancel(job: Job) -> None:
    """Ask a job to stop at its next step; raises Conflict when it is over already.

    A worker that takes the job at the same moment is waited for: what it has begun ends at its next report, not here.
    """
    db.session.refresh(job, ("state",), with_for_update=True)
    if job.is_over:
        raise Conflict(_("Nothing is running any more."))
    job.cancel_asked = True
    if job.state is JobState.QUEUED:
        job.state, job.ended_at = JobState.CANCELLED, clock.now()


def _send_after_commit(job_id: int) -> None:
    """Hand a job over once everybody can see it: the end of a part of the transaction is not yet its commit."""
    session = db.session()
    sent = False

    def send(ending: Session) -> None:
        nonlocal sent
        if not sent and not ending.in_nested_transaction():
            sent = True
            queue().send(job_id)

    event.listen(session, "after_commit", send)


class Queue:
    """huey with its single task: run the job of a number."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        address = app.config["REDIS_URL"]
        folder = app.config["INSTANCE"]
        folder.mkdir(parents=True, exist_ok=True)
        self.huey: Huey = (
            RedisHuey("tandem", url=address)
            if address
            else SqliteHuey("tandem", filename=str(folder / "queue.sqlite3"))
        )
        self._task = self.huey.task()(self._run)

    def send(self, job_id: int) -> None:
        """Hand a stored job to the worker."""
        self._task(job_id)

    def _run(self, job_id: int) -> None:
        with self.app.app_context():
            run(job_id)


def queue() -> Queue:
    """The queue of the running application."""
    found: Queue = current_app.extensions["tandem-queue"]
    return found


def run(job_id: int) -> None:
    """Run one stored job to its end, whatever that is; a job taken already is left alone."""
    with unit_of_work():
        job = db.session.get(Job, job_id, with_for_update=True, populate_existing=True)
        if job is None or job.state is not JobState.QUEUED:
            return
        if job.cancel_asked:
            # Asked while its worker was away; nothing may be done of it any more.
            job.state, job.ended_at = JobState.CANCELLED, clock.now()
            return
        job.state, job.started_at, job.heartbeat_at = JobState.RUNNING, clock.now(), clock.now()
        job.attempts += 1
        kind, arguments = job.kind, dict(job.arguments)
    state, result, error = JobState.DONE, {}, ""
    _running.add(job_id)
    try:
        with unit_of_work():
            result = _kinds[kind](Progress(job_id), **arguments) or {}
    except Cancelled:
        state = JobState.CANCELLED
    except Exception as failure:
        log.exception("job %s (%s) failed", job_id, kind)
        state, error = JobState.FAILED, f"{type(failure).__name__}: {failure}"
    finally:
        _running.discard(job_id)
    with unit_of_work():
        job = db.session.get_one(Job, job_id, populate_existing=True)
        job.state, job.ended_at, job.error = state, clock.now(), error
        if result:
            job.result = result
        if state is JobState.DONE:
            job.done = job.total = max(job.total, job.done)


def take_up_again() -> int:
    """Queue anew what lost its worker, and what was stored but never sent; returns how many.

    A job that another worker keeps alive is left alone, whichever worker asks.
    """
    limit = clock.now() - STALE
    lost = db.session.scalars(
        select(Job)
        .where(Job.state.in_((JobState.RUNNING, JobState.QUEUED)))
        .order_by(Job.id)
        .with_for_update(skip_locked=True)
    )
    count = 0
    for job in lost:
        seen = job.heartbeat_at or job.updated_at
        if seen < limit:
            job.state, job.heartbeat_at = JobState.QUEUED, clock.now()
            _send_after_commit(job.id)
            count += 1
    return count


def beat(name: str) -> None:
    """Leave a sign of life of a part of the worker and of the jobs that this process is working on."""
    upsert(WorkerBeat, [{"name": name, "at": clock.now()}], key=["name"])
    alive = update(Job).where(Job.id.in_(sorted(_running)), Job.state == JobState.RUNNING)
    db.session.execute(alive.values(heartbeat_at=clock.now()))


def worker_is_alive() -> str:
    """The worker left a sign of life in the last half minute; raises RuntimeError when not."""
    row = db.session.get(WorkerBeat, "worker")
    if row is None or clock.now() - row.at > timedelta(seconds=30):
        raise RuntimeError("no worker")
    waiting = db.session.scalars(select(Job.id).where(Job.state == JobState.QUEUED)).all()
    return f"{len(waiting)} waiting"


def run_worker(app: Flask) -> None:
    """Run the consumer and all loops until the process is told to end."""
    with app.app_context(), unit_of_work():
        take_up_again()
        beat("worker")
    stop = threading.Event()
    for name, (seconds, work) in _loops.items():
        threading.Thread(
            target=_repeat, args=(app, name, seconds, work, stop), daemon=True, name=name
        ).start()
    try:
        Consumer(
            app.extensions["tandem-queue"].huey, workers=2, periodic=False, initial_delay=0.1, max_delay=0.5
        ).run()
    finally:
        stop.set()


def _repeat(app: Flask, name: str, seconds: float, work: Callable[[], object], stop: threading.Event) -> None:
    while not stop.wait(seconds):
        with app.app_context():
            try:
                with unit_of_work():
                    work()
            except Exception:
                log.exception("loop %s failed; it goes on", name)


loop("beat", BEAT_SECONDS)(lambda: beat("worker"))
loop("take up again", 10)(take_up_again)
health.add_check("jobs", worker_is_alive)


def init_jobs(app: Flask) -> None:
    """Open the queue."""
    app.extensions["tandem-queue"] = Queue(app)
