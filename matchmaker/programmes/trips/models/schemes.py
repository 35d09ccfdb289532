"""Schemes by which an institution bears a share of a firm's costs of a trip."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.core.db import Entity, Line, Name
from matchmaker.institutions.models import Institution


class SupportScheme(Entity):
    """One version of an institution's scheme, valid between two days; money is in units of `currency`.

    cost_kinds and paper_kinds hold values of CostKind and PaperKind. Amounts change by year: a new year is a new row.
    """

    __tablename__ = "support_scheme"
    __table_args__ = (CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="ends_after_begin"),)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    name_tr: Mapped[Name]
    name_ru: Mapped[Name]
    name_en: Mapped[Name]
    currency: Mapped[str] = mapped_column(String(3))
    cost_kinds: Mapped[list[Any]] = mapped_column(default=list)
    paper_kinds: Mapped[list[Any]] = mapped_column(default=list)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    source_note: Mapped[Line] = mapped_column(default="")
    institution: Mapped[Institution] = relationship(lazy="raise")
    rates: Mapped[list["SupportRate"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="SupportRate.region_code"
    )

    def name(self, language: str) -> str:
        """The name in a language, English where there is none."""
        return str(getattr(self, f"name_{language}", "") or self.name_en)


class SupportRate(Entity):
    """The share in per cent and the cap for one firm and trip in a region; an empty region is all the others."""

    __tablename__ = "support_rate"
    __table_args__ = (
        UniqueConstraint("scheme_id", "region_code"),
        CheckConstraint("percent > 0 AND percent <= 100", name="percent_in_range"),
        CheckConstraint("cap > 0", name="cap_positive"),
    )
    scheme_id: Mapped[int] = mapped_column(ForeignKey("support_scheme.id", ondelete="CASCADE"))
    region_code: Mapped[str] = mapped_column(String(8), default="")
    percent: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    cap: Mapped[Decimal]
