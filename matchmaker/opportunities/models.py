"""Opportunities with their texts, goods, sectors, the countries that they reach, and their history."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Person
from matchmaker.core import clock
from matchmaker.core.db import Base, BigKey, Country, Entity, Language, Prose
from matchmaker.firms.models import Firm
from matchmaker.mous.models import Mou
from matchmaker.opportunities.enums import (
    OpportunityKind,
    OpportunityState,
    OpportunityVerb,
    PartnerKind,
    PropertyState,
    Stage,
    Standing,
    Supply,
)


class Opportunity(Entity):
    """What a firm offers or seeks. It leaves all lists on the day expires_on.

    opens_at is when firms see it although an institution has not answered; partnerships holds "code:side";
    search_text is the folded text that the list is searched in; anonymous hides the firm until it accepts an interest; note is what an institution said last;
    points are those of the last check (`checks`), None where none was made.
    """

    __tablename__ = "opportunity"
    __table_args__ = (
        CheckConstraint("quantity IS NULL OR quantity > 0", name="quantity_positive"),
        Index("ix_opportunity_state_expires_on", "state", "expires_on"),
    )
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[OpportunityKind]
    state: Mapped[OpportunityState] = mapped_column(default=OpportunityState.DRAFT)
    stage: Mapped[Stage | None]
    property_state: Mapped[PropertyState | None]
    partner_kind: Mapped[PartnerKind | None]
    supply: Mapped[Supply | None]
    partner_sizes: Mapped[list[Any]] = mapped_column(default=list)
    partnerships: Mapped[list[Any]] = mapped_column(default=list)
    certificates: Mapped[list[Any]] = mapped_column(default=list)
    languages: Mapped[list[Any]] = mapped_column(default=list)
    quantity: Mapped[Decimal | None]
    unit: Mapped[str] = mapped_column(String(20), default="")
    deadline: Mapped[date | None]
    anonymous: Mapped[bool] = mapped_column(default=False, server_default=false())
    submitted_at: Mapped[datetime | None]
    opens_at: Mapped[datetime | None] = mapped_column(index=True)
    published_at: Mapped[datetime | None]
    expires_on: Mapped[date | None]
    note: Mapped[Prose] = mapped_column(default="")
    search_text: Mapped[Prose] = mapped_column(default="")
    points: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    firm: Mapped[Firm] = relationship(lazy="raise")
    texts: Mapped[list["OpportunityText"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="OpportunityText.id"
    )
    goods: Mapped[list["OpportunityGood"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="OpportunityGood.id"
    )
    sectors: Mapped[list["OpportunitySector"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="OpportunitySector.id"
    )
    reaches: Mapped[list["OpportunityReach"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="OpportunityReach.country"
    )
    events: Mapped[list["OpportunityEvent"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="OpportunityEvent.id"
    )


class OpportunityText(Entity):
    """The words of an opportunity in one language, written by the firm; nothing is translated by machine."""

    __tablename__ = "opportunity_text"
    __table_args__ = (UniqueConstraint("opportunity_id", "language"),)
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id", ondelete="CASCADE"))
    language: Mapped[Language]
    title: Mapped[str] = mapped_column(String(100), default="")
    summary: Mapped[str] = mapped_column(String(500), default="")
    description: Mapped[Prose] = mapped_column(default="")
    advantages: Mapped[Prose] = mapped_column(default="")
    partner_role: Mapped[Prose] = mapped_column(default="")


class OpportunityGood(Entity):
    """A good that an opportunity is about."""

    __tablename__ = "opportunity_good"
    __table_args__ = (UniqueConstraint("opportunity_id", "hs_code"),)
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id", ondelete="CASCADE"))
    hs_code: Mapped[str] = mapped_column(String(6), index=True)


class OpportunitySector(Entity):
    """A sector that an opportunity is about, in the codes that all countries share (NACE Rev. 2)."""

    __tablename__ = "opportunity_sector"
    __table_args__ = (UniqueConstraint("opportunity_id", "code"),)
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(10), index=True)


class OpportunityReach(Entity):
    """A country whose firms shall read an opportunity, the memorandum under which, and what its institution says."""

    __tablename__ = "opportunity_reach"
    __table_args__ = (UniqueConstraint("opportunity_id", "country"),)
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id", ondelete="CASCADE"))
    country: Mapped[Country] = mapped_column(index=True)
    mou_id: Mapped[int | None] = mapped_column(ForeignKey("mou.id"))
    standing: Mapped[Standing] = mapped_column(default=Standing.OPEN)
    reason: Mapped[Prose] = mapped_column(default="")
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    mou: Mapped[Mou | None] = relationship(lazy="raise")


class OpportunityEvent(Base):
    """One step of an opportunity, kept for its history; `country` is the side that took it."""

    __tablename__ = "opportunity_event"
    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    verb: Mapped[OpportunityVerb]
    before: Mapped[OpportunityState]
    after: Mapped[OpportunityState]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    country: Mapped[Country | None]
    note: Mapped[Prose] = mapped_column(default="")
    person: Mapped[Person | None] = relationship(lazy="raise")
