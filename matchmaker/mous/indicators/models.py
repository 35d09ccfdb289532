"""Indicators: what staff want to follow, put together from the figures that the domains offer."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.core.db import Entity, Name, Prose
from matchmaker.mous.models import Mou


class Indicator(Entity):
    """A target for a period in a unit; the actual value is never stored but counted from the records each time."""

    __tablename__ = "indicator"
    __table_args__ = (
        CheckConstraint("ends_on > starts_on", name="ends_after_start"),
        CheckConstraint("target > 0", name="target_positive"),
    )
    mou_id: Mapped[int] = mapped_column(ForeignKey("mou.id", ondelete="CASCADE"), index=True)
    name_tr: Mapped[Name] = mapped_column(default="")
    name_ru: Mapped[Name] = mapped_column(default="")
    name_en: Mapped[Name] = mapped_column(default="")
    unit: Mapped[Name] = mapped_column(default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    target: Mapped[Decimal]
    comment: Mapped[Prose] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    mou: Mapped[Mou] = relationship(lazy="raise")
    parts: Mapped[list["IndicatorPart"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="IndicatorPart.id"
    )
    steps: Mapped[list["IndicatorStep"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="IndicatorStep.ends_on"
    )

    def name(self, language: str) -> str:
        """The name in a language, else in any it is written in."""
        return str(getattr(self, f"name_{language}", "")) or self.name_en or self.name_tr or self.name_ru


class IndicatorPart(Entity):
    """One figure that an indicator adds up; `figure` is its key in the registry of figures."""

    __tablename__ = "indicator_part"
    __table_args__ = (UniqueConstraint("indicator_id", "figure"),)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id", ondelete="CASCADE"))
    figure: Mapped[str] = mapped_column(String(60))


class IndicatorStep(Entity):
    """What staff want from one quarter of an indicator's period: `target` is of that quarter alone, not added up."""

    __tablename__ = "indicator_step"
    __table_args__ = (
        UniqueConstraint("indicator_id", "ends_on"),
        CheckConstraint("target >= 0", name="target_not_negative"),
    )
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id", ondelete="CASCADE"))
    ends_on: Mapped[date]
    target: Mapped[Decimal]
