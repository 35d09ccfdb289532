"""How the timetable of a B2B day came about: runs of the engine, undoable steps, released versions, repairs."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Person
from matchmaker.core.db import Entity, Prose
from matchmaker.meetings.enums import RepairKind, RepairState, RunKind, StepVerb
from matchmaker.meetings.models.day import B2bDay
from matchmaker.meetings.models.people import DayParticipant


class TimetableRun(Entity):
    """One run of the engine for a day, worked on by the job job_id.

    stop_asked ends the search and keeps the best plan so far. bounds is engines.timetable.day.Bounds of the result, plan
    its placements, empty until it is there; problem_step is the day's plan_step when the engine read the day, so that a
    plan of a day that changed meanwhile is not stored over the change.
    """

    __tablename__ = "timetable_run"
    day_id: Mapped[int] = mapped_column(ForeignKey("b2b_day.id", ondelete="CASCADE"), index=True)
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id", ondelete="SET NULL"))
    kind: Mapped[RunKind]
    seed: Mapped[int] = mapped_column(default=0)
    moves: Mapped[int | None]
    proving: Mapped[bool] = mapped_column(default=False)
    stop_asked: Mapped[bool] = mapped_column(default=False)
    problem_step: Mapped[int] = mapped_column(default=0)
    bounds: Mapped[dict[str, Any]] = mapped_column(default=dict)
    plan: Mapped[list[Any]] = mapped_column(default=list)
    engine: Mapped[Prose] = mapped_column(default="")
    stored_at: Mapped[datetime | None]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class PlanStep(Entity):
    """One change of the working timetable; changes holds {meeting, before, after}, each a place or None.

    A place is {slot, table, people, interpreter}, in numbers of rows. number counts up within the day; a step that was
    undone keeps its row with undone_at.
    """

    __tablename__ = "plan_step"
    __table_args__ = (UniqueConstraint("day_id", "number"),)
    day_id: Mapped[int] = mapped_column(ForeignKey("b2b_day.id", ondelete="CASCADE"))
    number: Mapped[int]
    verb: Mapped[StepVerb]
    changes: Mapped[list[Any]] = mapped_column(default=list)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    undone_at: Mapped[datetime | None]
    person: Mapped[Person | None] = relationship(lazy="raise")


class DayVersion(Entity):
    """A released version of the timetable; places maps the number of a meeting to its place, as in PlanStep.

    changes lists {meeting, before, after} beside the version before; bounds is how good the plan is.
    """

    __tablename__ = "day_version"
    __table_args__ = (
        UniqueConstraint("day_id", "number"),
        CheckConstraint("number > 0", name="number_positive"),
    )
    day_id: Mapped[int] = mapped_column(ForeignKey("b2b_day.id", ondelete="CASCADE"))
    number: Mapped[int]
    places: Mapped[dict[str, Any]] = mapped_column(default=dict)
    changes: Mapped[list[Any]] = mapped_column(default=list)
    bounds: Mapped[dict[str, Any]] = mapped_column(default=dict)
    told: Mapped[int] = mapped_column(default=0)
    note: Mapped[Prose] = mapped_column(default="")
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    released_at: Mapped[datetime]
    released_by: Mapped[Person | None] = relationship(lazy="raise")


class DayRepair(Entity):
    """A proposed answer to a disturbance, for staff to look at before anyone is told.

    proposal holds what engines.timetable.repair answered; plan_step is that of the day when it was worked out: a repair
    of a day that changed meanwhile is worked out anew instead of being applied.
    """

    __tablename__ = "day_repair"
    day_id: Mapped[int] = mapped_column(ForeignKey("b2b_day.id", ondelete="CASCADE"), index=True)
    kind: Mapped[RepairKind]
    state: Mapped[RepairState] = mapped_column(default=RepairState.PROPOSED)
    participant_id: Mapped[int | None] = mapped_column(ForeignKey("day_participant.id", ondelete="CASCADE"))
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    proposal: Mapped[dict[str, Any]] = mapped_column(default=dict)
    plan_step: Mapped[int] = mapped_column(default=0)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    applied_at: Mapped[datetime | None]
    day: Mapped[B2bDay] = relationship(lazy="raise")
    participant: Mapped[DayParticipant | None] = relationship(lazy="raise")
