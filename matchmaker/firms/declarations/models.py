"""Tables of declarations of size, of requests for a new one, and of the rules by which they end."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Person
from matchmaker.core.db import Code, Country, Entity, Line, Prose

OPEN = text("answered_at IS NULL")


class SizeDeclaration(Entity):
    """What a firm declared on a day, with the class and the two rules that were applied; never changed afterwards.

    size_rule and term name the rules as the firm's own size_rule does. valid_until is the last day on which it counts.
    """

    __tablename__ = "size_declaration"
    __table_args__ = (
        Index("ix_size_declaration_firm", "firm_id", "id"),
        CheckConstraint("headcount >= 0", name="headcount_not_negative"),
        CheckConstraint("turnover >= 0", name="turnover_not_negative"),
        CheckConstraint("valid_until >= declared_on", name="not_over_at_once"),
    )
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id", ondelete="CASCADE"))
    declared_on: Mapped[date]
    declared_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    headcount: Mapped[int]
    turnover: Mapped[Decimal]
    turnover_currency: Mapped[str] = mapped_column(String(3), default="")
    turnover_year: Mapped[int]
    balance: Mapped[Decimal | None]
    ownership: Mapped[dict[str, Any]] = mapped_column(default=dict)
    size_class: Mapped[str] = mapped_column(String(20), default="")
    size_rule: Mapped[str] = mapped_column(String(60), default="")
    size_reason: Mapped[str] = mapped_column(String(40), default="")
    valid_until: Mapped[date]
    term: Mapped[str] = mapped_column(String(60), default="")
    declared_by: Mapped[Person | None] = relationship(lazy="raise")


class DeclarationRequest(Entity):
    """Staff ask a firm for a new declaration, with the reason it reads; after due_on the one it has no longer counts."""

    __tablename__ = "declaration_request"
    __table_args__ = (
        Index("ix_declaration_request_firm_id", "firm_id"),
        Index(
            "uq_declaration_request_open",
            "firm_id",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
    )
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id", ondelete="CASCADE"))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[Prose]
    due_on: Mapped[date]
    answered_at: Mapped[datetime | None]
    asked_by: Mapped[Person] = relationship(lazy="raise")


class RecordedTerm(Entity):
    """Until which day of the year declarations made from a day on count in a country; holder "" for all firms."""

    __tablename__ = "declaration_term"
    __table_args__ = (
        UniqueConstraint("country", "holder", "valid_from"),
        CheckConstraint("month BETWEEN 1 AND 12", name="month_of_year"),
        CheckConstraint("day BETWEEN 1 AND 31", name="day_of_month"),
    )
    country: Mapped[Country]
    holder: Mapped[Code] = mapped_column(default="")
    month: Mapped[int]
    day: Mapped[int]
    valid_from: Mapped[date]
    source_note: Mapped[Line]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
