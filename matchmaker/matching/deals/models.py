"""Deals of a match."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.core.db import Entity, Prose
from matchmaker.matching.deals.enums import Currency, DealKind, DealState
from matchmaker.matching.models import Match


class Deal(Entity):
    """What one firm of a match reported and the other confirms or refuses; `reporter_id` is the firm that reported.

    open_match_id is the number of the match while the deal waits for an answer and None afterwards, so that a match has
    at most one waiting deal and the two firms cannot report the same one twice. amount is in whole and hundredth units
    of the currency; reason is why the other firm refused it;
    share_without is how much of it, in per cent, would have come without the programme, None where nobody said so.
    """

    __tablename__ = "deal"
    __table_args__ = (
        CheckConstraint("amount IS NULL OR amount > 0", name="amount_positive"),
        CheckConstraint("(amount IS NULL) = (currency IS NULL)", name="amount_with_currency"),
        CheckConstraint("share_without IS NULL OR share_without BETWEEN 0 AND 100", name="share_in_per_cent"),
        CheckConstraint("(state = 'confirmed') = (confirmed_at IS NOT NULL)", name="confirmed_with_moment"),
        CheckConstraint("(state = 'reported') = (open_match_id IS NOT NULL)", name="open_while_reported"),
    )
    match_id: Mapped[int] = mapped_column(ForeignKey("match.id", ondelete="CASCADE"), index=True)
    open_match_id: Mapped[int | None] = mapped_column(unique=True)
    reporter_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    kind: Mapped[DealKind]
    state: Mapped[DealState] = mapped_column(default=DealState.REPORTED)
    amount: Mapped[Decimal | None]
    currency: Mapped[Currency | None]
    share_without: Mapped[int | None]
    hs_code: Mapped[str] = mapped_column(String(6), default="")
    expected_on: Mapped[date | None]
    signed_on: Mapped[date | None]
    note: Mapped[Prose] = mapped_column(default="")
    reason: Mapped[Prose] = mapped_column(default="")
    confirmed_at: Mapped[datetime | None] = mapped_column(index=True)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    match: Mapped[Match] = relationship(lazy="raise")
