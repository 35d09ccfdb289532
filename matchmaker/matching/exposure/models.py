"""The cap of exposure as staff set it, and what the last round of allocation found."""

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Person
from matchmaker.core.db import Base, BigKey, Country, Entity, Prose


class ExposureCap(Entity):
    """The most per cent of lists in whose first ten one firm may stand, from its row on; the newest holds."""

    __tablename__ = "exposure_cap"
    __table_args__ = (CheckConstraint("share BETWEEN 1 AND 100", name="share_per_cent"),)
    share: Mapped[int]
    reason: Mapped[Prose] = mapped_column(default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    country: Mapped[Country | None]
    person: Mapped[Person | None] = relationship(lazy="raise")


class ExposureRound(Entity):
    """One allocation of all first places; the newest holds. `mark` names the data, the points and the cap it was made of."""

    __tablename__ = "exposure_round"
    share: Mapped[int]
    weights: Mapped[str] = mapped_column(String(40))
    mark: Mapped[str] = mapped_column(String(80), default="")
    lists: Mapped[int]
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]


class CappedFirm(Base):
    """A firm that gave way in some list: in how many lists it would stand by points, may stand, and stands."""

    __tablename__ = "capped_firm"
    __table_args__ = (UniqueConstraint("round_id", "firm_id"),)
    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("exposure_round.id", ondelete="CASCADE"))
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id", ondelete="CASCADE"), index=True)
    natural: Mapped[int]
    most: Mapped[int]
    shown: Mapped[int]


class CappedPlace(Base):
    """A list in whose first ten a capped firm stands; in all others it gives way."""

    __tablename__ = "capped_place"
    __table_args__ = (Index("ix_capped_place_round_id_list_id", "round_id", "list_id"),)
    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("exposure_round.id", ondelete="CASCADE"))
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id", ondelete="CASCADE"), index=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("firm.id", ondelete="CASCADE"))
