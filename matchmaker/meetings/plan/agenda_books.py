"""The agendas of all firms in one PDF: at once for a few firms, as a job with its progress for many."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select

from matchmaker.accounts.models import Person
from matchmaker.core import audit, clock, jobs
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import NotFound, existing
from matchmaker.core.files import StoredFile, keep_content, remove_stored
from matchmaker.core.i18n import in_language
from matchmaker.core.jobs import Job, JobState, Progress
from matchmaker.core.pdf import render_pdf
from matchmaker.core.retention import Due, Purged, span
from matchmaker.core.unit_of_work import next_unit_of_work
from matchmaker.institutions.queries import grants
from matchmaker.meetings import queries as day_queries
from matchmaker.meetings.models import B2bDay
from matchmaker.meetings.plan import papers
from matchmaker.meetings.plan import queries as plan_queries

AGENDA_JOB: Final = "b2b agendas"
MOST_AT_ONCE: Final = 50
"""More firms than these are written as a job: a request must not wait for so many pages."""
CHUNK: Final = 10
"""Firms between two reports of progress."""


@dataclass(frozen=True, slots=True)
class Book:
    """The order of the agendas of one day, with the job that writes them."""

    day: B2bDay
    job: Job


def is_long(day: B2bDay) -> bool:
    """Whether the agendas of a day are written as a job."""
    return len(day_queries.participants(day.id)) > MOST_AT_ONCE


def order(actor: Actor, day: B2bDay, language: str) -> Job:
    """Have the agendas of all firms written, in the reader's language; once for each version of the timetable."""
    version = plan_queries.last_version(day.id)
    job = jobs.enqueue_once(
        actor,
        AGENDA_JOB,
        single=f"{AGENDA_JOB} {day.id} {version.number if version else 0} {language}",
        day_id=day.id,
        person_id=actor.person_id,
        language=language,
    )
    audit.record(actor, "order_agendas", "b2b_day", day.id, after={"job": job.id})
    return job


def book(day_id: int, job_id: int) -> Book:
    """The order of a day by number of its job; raises NotFound."""
    job = db.session.get(Job, job_id)
    if job is None or job.kind != AGENDA_JOB or job.arguments.get("day_id") != day_id:
        raise NotFound
    return Book(day_queries.day(day_id), job)


def file_of(asked: Book) -> StoredFile:
    """The finished PDF; raises NotFound while there is none."""
    number = asked.job.result.get("file_id")
    return existing(db.session.get(StoredFile, number) if number else None)


def stop(actor: Actor, asked: Book) -> None:
    """End the work at its next step; raises Conflict where it is over."""
    jobs.cancel(asked.job)
    audit.record(actor, "stop_agendas", "b2b_day", asked.day.id, after={"job": asked.job.id})


def write(progress: Progress, day_id: int, person_id: int, language: str) -> dict[str, Any]:
    """The work of the job: collect firm by firm, set the pages, keep the file; what the job's result holds."""
    with in_language(language):
        data = _collected(progress, day_id)
        content = render_pdf("agendas", data, language, title=data["title"], made_at=clock.now())
    with next_unit_of_work():
        person = db.session.get_one(Person, person_id)
        actor = Actor(
            person_id=person.id, name=person.name, language=person.language, grants=grants(person.id)
        )
        remove_older(day_id)
        stored = keep_content(actor, f"agendas-{day_id}.pdf", "application/pdf", content)
        return {"file_id": stored.id, "agendas": len(data["agendas"])}


def remove_older(day_id: int) -> int:
    """Remove the files that earlier orders of a day left: the new one says everything that they said."""
    return _remove(one for one in _finished() if one.arguments["day_id"] == day_id)


def purge(due: Due) -> Purged:
    """Remove old books of agendas; they are written anew whenever somebody asks."""
    old = [one for one in _finished() if one.updated_at < due.before and "file_id" in one.result][: due.most]
    oldest, newest = span([one.updated_at for one in old])
    return Purged(len(old), 0, _remove(old), oldest, newest)


def _finished() -> Sequence[Job]:
    """The orders that are written; there are a few for each day."""
    return db.session.scalars(
        select(Job).where(Job.kind == AGENDA_JOB, Job.state == JobState.DONE).order_by(Job.id)
    ).all()


def _remove(found: Iterable[Job]) -> int:
    """A removed book stays in the record as an order without a file."""
    removed = 0
    for job in list(found):
        number = job.result.get("file_id")
        stored = db.session.get(StoredFile, number) if number else None
        if stored is not None:
            job.result = {name: value for name, value in job.result.items() if name != "file_id"}
            remove_stored(stored)
            audit.record(None, "remove_agendas", "b2b_day", job.arguments["day_id"], after={"job": job.id})
            removed += 1
    db.session.flush()
    return removed


def _collected(progress: Progress, day_id: int) -> dict[str, Any]:
    """The data of the paper; everything is read anew for each part, for commits lie between."""
    numbers = [one.id for one in day_queries.participants(day_id)]
    data: dict[str, Any] = {}
    for start in range(0, len(numbers), CHUNK):
        part = set(numbers[start : start + CHUNK])
        firms = [one for one in day_queries.participants(day_id) if one.id in part]
        found = papers.agendas(day_queries.day(day_id), firms)
        data = found | {"agendas": [*data.get("agendas", []), *found["agendas"]]}
        progress.report(min(start + CHUNK, len(numbers)), len(numbers))
    return data
