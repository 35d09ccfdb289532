"""How long each class of data is kept: every domain tells its classes, one nightly job destroys what is older.

A destruction record says what was destroyed, never whose it was.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import Flask, current_app
from flask_babel import LazyString
from sqlalchemy import ColumnElement, ForeignKey, Index, String, UniqueConstraint, delete, inspect, select
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from matchmaker.core.db import Base, Entity, Line, Prose, db
from matchmaker.core.files import StoredFile, remove_stored

_CLASSES = "tandem-retention"
Column = InstrumentedAttribute[Any]


class RetentionTerm(Entity):
    """A time that administrators set for a class of data, from a day on; the highest number that has come is in force."""

    __tablename__ = "retention_term"
    __table_args__ = (UniqueConstraint("data_class", "number"),)
    data_class: Mapped[str] = mapped_column(String(40))
    number: Mapped[int]
    days: Mapped[int]
    valid_from: Mapped[date]
    reason: Mapped[Prose]
    set_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))


class DestructionRecord(Entity):
    """The proof that data were destroyed: what, how many, by which method, why, when.

    What the nightly job destroys has its class, the number and days of the rule, the dates of the oldest and the newest,
    and the job; programme_id is set for the papers of one trip. term_number 0 is the product's own time.
    """

    __tablename__ = "destruction_record"
    __table_args__ = (Index("ix_destruction_record_job_id_data_class", "job_id", "data_class"),)
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"), index=True)
    what: Mapped[Line]
    people: Mapped[int]
    files: Mapped[int] = mapped_column(default=0)
    method: Mapped[Line]
    reason: Mapped[Line]
    destroyed_at: Mapped[datetime]
    data_class: Mapped[str] = mapped_column(String(40), default="")
    records: Mapped[int] = mapped_column(default=0)
    term_number: Mapped[int | None]
    days: Mapped[int | None]
    oldest_at: Mapped[datetime | None]
    newest_at: Mapped[datetime | None]
    job_id: Mapped[int | None]


@dataclass(frozen=True, slots=True)
class Purged:
    """What one batch destroyed, with the dates of the oldest and the newest."""

    records: int = 0
    people: int = 0
    files: int = 0
    oldest: datetime | None = None
    newest: datetime | None = None

    def __add__(self, other: "Purged") -> "Purged":
        """Both together."""
        oldest, _newest = span([one.oldest for one in (self, other) if one.oldest])
        _oldest, newest = span([one.newest for one in (self, other) if one.newest])
        counts = self.records + other.records, self.people + other.people, self.files + other.files
        return Purged(*counts, oldest, newest)


@dataclass(frozen=True, slots=True)
class Due:
    """What one batch is asked for: everything older than a moment, at most so many, for which job and by which rule."""

    before: datetime
    most: int
    job_id: int | None = None
    term_number: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True)
class DataClass:
    """One class of data: from when its time counts, why it is kept, how it is destroyed.

    days is the product's own time until administrators set another between least and most. `purge` destroys one batch
    in the caller's transaction; None is a class that stays for proof. `own_terms` classes carry a time in each of
    their records, and write their own destruction records.
    """

    key: str
    title: LazyString
    since: LazyString
    basis: LazyString
    days: int = 0
    least: int = 0
    most: int = 0
    purge: Callable[[Due], Purged] | None = None
    own_terms: bool = False

    @property
    def is_purged(self) -> bool:
        """Whether the nightly job destroys it."""
        return self.purge is not None

    @property
    def is_editable(self) -> bool:
        """Whether administrators set its time."""
        return self.is_purged and not self.own_terms and self.least < self.most


def delete_older(table: type[Base], moment: Column, due: Due, *conditions: ColumnElement[bool]) -> Purged:
    """Delete the rows of a table whose moment is past, the oldest first."""
    key = inspect(table).primary_key[0]
    old = select(key, moment).where(moment < due.before, *conditions).order_by(moment).limit(due.most)
    found = db.session.execute(old).all()
    if not found:
        return Purged()
    db.session.execute(delete(table).where(key.in_([row[0] for row in found])))
    oldest, newest = span([row[1] for row in found])
    return Purged(len(found), oldest=oldest, newest=newest)


def remove_files(numbers: Iterable[int]) -> int:
    """Remove stored files that nothing names any more; answers how many there were."""
    found = db.session.scalars(select(StoredFile).where(StoredFile.id.in_(list(numbers)))).all()
    for stored in found:
        remove_stored(stored)
    db.session.flush()
    return len(found)


def span(moments: list[datetime]) -> tuple[datetime | None, datetime | None]:
    """The oldest and the newest of some moments."""
    return (min(moments), max(moments)) if moments else (None, None)


def init_retention(app: Flask, classes: tuple[DataClass, ...]) -> None:
    """Know the classes of data, in the order in which they are destroyed."""
    app.extensions[_CLASSES] = classes


def data_classes() -> tuple[DataClass, ...]:
    """All classes of data, in the order in which they are destroyed."""
    found: tuple[DataClass, ...] = current_app.extensions[_CLASSES]
    return found
