"""Who holds a task."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Person
from matchmaker.core import clock
from matchmaker.core.db import Country, Entity, Line
from matchmaker.home.enums import TaskKind


class TaskHolder(Entity):
    """Who does a task: one row per kind, record and side, whatever became of the task.

    The task itself is no row; it follows from the state of its record. A row that is older than the task, or whose person
    may not do such tasks any more, counts for nothing. turn is counted on with each change, so that of two the database
    lets one through.
    """

    __tablename__ = "task_holder"
    __table_args__ = (UniqueConstraint("kind", "record_id", "country"),)
    kind: Mapped[TaskKind]
    record_id: Mapped[int]
    country: Mapped[Country]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    given_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    held_since: Mapped[datetime] = mapped_column(default=clock.now)
    reason: Mapped[Line] = mapped_column(default="")
    turn: Mapped[int] = mapped_column(default=1)
    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
