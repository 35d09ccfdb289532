"""What a firm says when it applies for a trip, how two assessors score it, and what staff decide at the deadline."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Person
from matchmaker.core.db import Entity, Prose
from matchmaker.programmes.models import Delegate, SignUp
from matchmaker.programmes.trips.enums import DelegateRelation, ViabilityChoice


class TripApplication(Entity):
    """The application that stands behind a sign-up for a trip; complete once committed_at is set."""

    __tablename__ = "trip_application"
    sign_up_id: Mapped[int] = mapped_column(ForeignKey("sign_up.id", ondelete="CASCADE"), unique=True)
    objectives: Mapped[Prose] = mapped_column(default="")
    wanted: Mapped[Prose] = mapped_column(default="")
    experience: Mapped[Prose] = mapped_column(default="")
    past_trips: Mapped[Prose] = mapped_column(default="")
    past_support: Mapped[Prose] = mapped_column(default="")
    disclosures: Mapped[Prose] = mapped_column(default="")
    committed_at: Mapped[datetime | None]
    committed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    sign_up: Mapped[SignUp] = relationship(lazy="raise")


class TripRelation(Entity):
    """What a delegate is to the firm."""

    __tablename__ = "trip_relation"
    delegate_id: Mapped[int] = mapped_column(ForeignKey("delegate.id", ondelete="CASCADE"), unique=True)
    relation: Mapped[DelegateRelation]
    delegate: Mapped[Delegate] = relationship(lazy="raise")


class TripAssessment(Entity):
    """One of the two assessments of an application; hidden from the other assessor until both are in.

    points maps a Criterion to 0 to 5, reasons to what the assessor wrote; both stay a draft until submitted_at.
    """

    __tablename__ = "trip_assessment"
    __table_args__ = (
        UniqueConstraint("sign_up_id", "slot"),
        UniqueConstraint("sign_up_id", "assessor_id"),
        CheckConstraint("slot IN (1, 2)", name="slot_one_or_two"),
    )
    sign_up_id: Mapped[int] = mapped_column(ForeignKey("sign_up.id", ondelete="CASCADE"))
    slot: Mapped[int]
    assessor_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    points: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reasons: Mapped[dict[str, Any]] = mapped_column(default=dict)
    submitted_at: Mapped[datetime | None]
    sign_up: Mapped[SignUp] = relationship(lazy="raise")
    assessor: Mapped[Person] = relationship(lazy="raise")


class ViabilityDecision(Entity):
    """What staff chose for a trip with too few firms at its deadline, and why."""

    __tablename__ = "viability_decision"
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"), index=True)
    choice: Mapped[ViabilityChoice]
    reason: Mapped[Prose]
    firms: Mapped[int]
    minimum: Mapped[int]
    deadline: Mapped[date]
    new_deadline: Mapped[date | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"))
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime]
    decided_by: Mapped[Person] = relationship(lazy="raise")
