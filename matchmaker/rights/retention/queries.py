"""Reads of times and destruction records."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select

from matchmaker.accounts.models import Person
from matchmaker.core.db import db
from matchmaker.core.errors import NotFound
from matchmaker.core.jobs import Job
from matchmaker.core.paging import Paging, Part
from matchmaker.core.retention import DataClass, DestructionRecord, RetentionTerm, data_classes

PAGE = 50
MOST_EXPORTED = 10_000


def terms() -> Sequence[RetentionTerm]:
    """All times that were ever set, the oldest first."""
    return db.session.scalars(select(RetentionTerm).order_by(RetentionTerm.number, RetentionTerm.id)).all()


def data_class(key: str) -> DataClass:
    """One class of data; raises NotFound."""
    for one in data_classes():
        if one.key == key:
            return one
    raise NotFound


def record_of(job_id: int, key: str) -> DestructionRecord | None:
    """The record that a job has begun for a class."""
    mine = (DestructionRecord.job_id == job_id, DestructionRecord.data_class == key)
    return db.session.scalar(select(DestructionRecord).where(*mine).with_for_update())


def last_number(key: str) -> int:
    """The number of the time that was set last for a class; 0 where none was."""
    found = select(func.max(RetentionTerm.number)).where(RetentionTerm.data_class == key)
    return db.session.scalar(found) or 0


def history(key: str) -> Sequence[tuple[RetentionTerm, str]]:
    """The times that were set for a class with the names of who set them, the newest first."""
    found = (
        select(RetentionTerm, Person.name)
        .join(Person, Person.id == RetentionTerm.set_by_id)
        .where(RetentionTerm.data_class == key)
        .order_by(RetentionTerm.number.desc())
    )
    return [(row[0], row[1]) for row in db.session.execute(found)]


def records(page: int) -> Part[DestructionRecord]:
    """One page of the destruction records, the newest first."""
    total = db.session.scalar(select(func.count(DestructionRecord.id))) or 0
    paging = Paging.near(page, PAGE, total)
    return Part(db.session.scalars(_newest().limit(PAGE).offset(paging.offset)).all(), paging)


def exported() -> Sequence[DestructionRecord]:
    """The newest destruction records for a file, at most ten thousand."""
    return db.session.scalars(_newest().limit(MOST_EXPORTED)).all()


def _newest() -> Select[Any]:
    return select(DestructionRecord).order_by(
        DestructionRecord.destroyed_at.desc(), DestructionRecord.id.desc()
    )


def last_job(kind: str) -> Job | None:
    """The newest job of a kind, whatever became of it."""
    return db.session.scalar(select(Job).where(Job.kind == kind).order_by(Job.id.desc()).limit(1))
