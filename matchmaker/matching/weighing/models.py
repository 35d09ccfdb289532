"""Sets of points with their history, and which sides agreed to them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Person
from matchmaker.core import clock
from matchmaker.core.db import Country, Entity, Prose
from matchmaker.matching.weighing.enums import WeightOrigin, WeightState


class WeightSet(Entity):
    """The points of all criteria at one time.

    `slot` is "in_use" for the one set by which everything is ranked, "proposed" for the one that waits for an answer and
    None for all others, so that there are never two of a kind. A draft has no name; a proposal gets the next one.
    `based_on` names the set that was in use when the simulation ran. `evidence` holds what a calibration says of itself,
    `named_after` is the event that it was learned from, such as "B2B 2026-11-12", by which a proposal of it is called.
    """

    __tablename__ = "weight_set"
    name: Mapped[str | None] = mapped_column(String(40), unique=True)
    version: Mapped[int | None] = mapped_column(unique=True)
    state: Mapped[WeightState] = mapped_column(default=WeightState.DRAFT, index=True)
    slot: Mapped[str | None] = mapped_column(String(8), unique=True)
    named_after: Mapped[str] = mapped_column(String(32), default="", index=True)
    origin: Mapped[WeightOrigin] = mapped_column(default=WeightOrigin.PERSON)
    points: Mapped[dict[str, Any]]
    evidence: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reason: Mapped[Prose] = mapped_column(default="")
    answer: Mapped[Prose] = mapped_column(default="")
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    country: Mapped[Country | None]
    based_on: Mapped[str] = mapped_column(String(40), default="")
    job_id: Mapped[int | None]
    proposed_at: Mapped[datetime | None]
    valid_from: Mapped[datetime | None]
    valid_until: Mapped[datetime | None]

    author: Mapped[Person | None] = relationship(lazy="raise")
    consents: Mapped[list["WeightConsent"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="WeightConsent.id"
    )


class WeightConsent(Entity):
    """One side's yes to a set; one row per side, settled by the database."""

    __tablename__ = "weight_consent"
    __table_args__ = (UniqueConstraint("weight_set_id", "country"),)
    weight_set_id: Mapped[int] = mapped_column(ForeignKey("weight_set.id", ondelete="CASCADE"))
    country: Mapped[Country]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    person: Mapped[Person] = relationship(lazy="raise")
