"""Matches with their decisions and history, and what firms wish of each other."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Person
from matchmaker.core import clock
from matchmaker.core.db import Base, BigKey, Country, Entity, Language, Prose
from matchmaker.firms.models import Firm
from matchmaker.matching.enums import (
    ComplianceOutcome,
    DecisionKind,
    MatchOrigin,
    MatchState,
    MatchVerb,
    ReasonCode,
    WishKind,
)
from matchmaker.mous.enums import ScopeArea
from matchmaker.mous.models import Mou


class Match(Entity):
    """A pair of firms on the way to an introduction; asker is the firm that asked, or the first where staff proposed.

    open_pair is "low-high" of the firm numbers while the match lives and None afterwards, so that one pair has at most
    one living match. points holds the rows of the fit as shown when asked. contacts_opened_at is the one moment at which
    both firms saw each other's contacts; it is later than introduced_at where consent or a recorded basis was lacking.
    """

    __tablename__ = "match"
    __table_args__ = (
        CheckConstraint("asker_id <> answerer_id", name="two_firms"),
        Index("ix_match_asker_id_state", "asker_id", "state"),
        Index("ix_match_answerer_id_state", "answerer_id", "state"),
    )
    asker_id: Mapped[int] = mapped_column(ForeignKey("firm.id"))
    answerer_id: Mapped[int] = mapped_column(ForeignKey("firm.id"))
    open_pair: Mapped[str | None] = mapped_column(String(40), unique=True)
    state: Mapped[MatchState] = mapped_column(index=True)
    origin: Mapped[MatchOrigin]
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    asker_agreed: Mapped[bool] = mapped_column(default=True)
    answerer_agreed: Mapped[bool] = mapped_column(default=False)
    mou_id: Mapped[int | None] = mapped_column(ForeignKey("mou.id"))
    area: Mapped[ScopeArea | None]
    weights: Mapped[str] = mapped_column(String(40), default="")
    score: Mapped[int] = mapped_column(default=0)
    points: Mapped[list[Any]] = mapped_column(default=list)
    request_text: Mapped[Prose] = mapped_column(default="")
    request_language: Mapped[Language] = mapped_column(default="en")
    asked_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None] = mapped_column(index=True)
    reminded_at: Mapped[datetime | None]
    agreed_at: Mapped[datetime | None]
    introduced_at: Mapped[datetime | None]
    contacts_opened_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    reason: Mapped[ReasonCode | None]
    end_note: Mapped[Prose] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    asker: Mapped[Firm] = relationship(lazy="raise", foreign_keys=[asker_id])
    answerer: Mapped[Firm] = relationship(lazy="raise", foreign_keys=[answerer_id])
    mou: Mapped[Mou | None] = relationship(lazy="raise")
    decisions: Mapped[list["MatchDecision"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="MatchDecision.id"
    )
    reviews: Mapped[list["ComplianceReview"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="ComplianceReview.id"
    )
    events: Mapped[list["MatchEvent"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="MatchEvent.id"
    )


class MatchDecision(Entity):
    """The standing decision of one side's coordinators; one row per side, settled by the database."""

    __tablename__ = "match_decision"
    __table_args__ = (UniqueConstraint("match_id", "country"),)
    match_id: Mapped[int] = mapped_column(ForeignKey("match.id", ondelete="CASCADE"))
    country: Mapped[Country]
    officer_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[DecisionKind]
    reason: Mapped[ReasonCode | None]
    note: Mapped[Prose] = mapped_column(default="")
    decided_at: Mapped[datetime] = mapped_column(default=clock.now)
    officer: Mapped[Person] = relationship(lazy="raise")


class ComplianceReview(Entity):
    """What a compliance officer recorded on a match whose checks were not clear, and for which flags."""

    __tablename__ = "compliance_review"
    match_id: Mapped[int] = mapped_column(ForeignKey("match.id", ondelete="CASCADE"), index=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    outcome: Mapped[ComplianceOutcome]
    reason: Mapped[Prose]
    flags: Mapped[list[Any]] = mapped_column(default=list)
    officer: Mapped[Person] = relationship(lazy="raise")


class MatchEvent(Base):
    """One step of a match, kept for its timeline."""

    __tablename__ = "match_event"
    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    match_id: Mapped[int] = mapped_column(ForeignKey("match.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    verb: Mapped[MatchVerb]
    before: Mapped[MatchState | None]
    after: Mapped[MatchState]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    country: Mapped[Country | None]
    note: Mapped[Prose] = mapped_column(default="")
    person: Mapped[Person | None] = relationship(lazy="raise")


class Wish(Entity):
    """What one firm thinks of another; no thanks takes the pair out of every ranking for that firm."""

    __tablename__ = "wish"
    __table_args__ = (UniqueConstraint("firm_id", "other_id"),)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id", ondelete="CASCADE"))
    other_id: Mapped[int] = mapped_column(ForeignKey("firm.id", ondelete="CASCADE"), index=True)
    kind: Mapped[WishKind]
    reason: Mapped[Prose] = mapped_column(default="")
