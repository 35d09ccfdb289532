"""Tables of suspected duplicates: what each firm is found by, up to which change it was looked at, the pairs."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Person
from matchmaker.core.db import Base, BigKey, Country, Entity, Prose
from matchmaker.firms.duplicates.enums import PairState
from matchmaker.firms.models import Firm


class DuplicateKey(Base):
    """One thing a firm is found by: only firms that share a key are compared, so no firm is compared with all others."""

    __tablename__ = "duplicate_key"
    __table_args__ = (UniqueConstraint("firm_id", "key"),)
    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(120), index=True)


class DuplicateLook(Base):
    """The latest change of a firm that the search for duplicates has taken in."""

    __tablename__ = "duplicate_look"
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id", ondelete="CASCADE"), primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)


class SuspectedPair(Entity):
    """Two firms of one country that may be one and the same, the smaller number first.

    number, host and score tell what they have in common; strength orders the queue. mark tells the names and numbers of
    both at the moment in which staff put the pair aside.
    """

    __tablename__ = "suspected_pair"
    __table_args__ = (
        UniqueConstraint("first_id", "second_id"),
        CheckConstraint("first_id < second_id", name="in_order"),
        Index("ix_suspected_pair_country_state", "country", "state"),
    )
    first_id: Mapped[int] = mapped_column(ForeignKey("firm.id", ondelete="CASCADE"))
    second_id: Mapped[int] = mapped_column(ForeignKey("firm.id", ondelete="CASCADE"), index=True)
    country: Mapped[Country]
    state: Mapped[PairState] = mapped_column(default=PairState.OPEN)
    number: Mapped[str] = mapped_column(String(20), default="")
    host: Mapped[str] = mapped_column(String(100), default="")
    score: Mapped[int] = mapped_column(default=0)
    strength: Mapped[int] = mapped_column(default=0)
    mark: Mapped[str] = mapped_column(String(64), default="")
    reason: Mapped[Prose] = mapped_column(default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]

    first: Mapped[Firm] = relationship(lazy="raise", foreign_keys=[first_id])
    second: Mapped[Firm] = relationship(lazy="raise", foreign_keys=[second_id])
    decided_by: Mapped[Person | None] = relationship(lazy="raise")
