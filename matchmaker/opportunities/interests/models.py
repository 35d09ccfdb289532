"""Expressions of interest in opportunities."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.core.db import Entity, Language, Prose
from matchmaker.firms.models import Firm
from matchmaker.opportunities.interests.enums import Answer
from matchmaker.opportunities.models import Opportunity


class Interest(Entity):
    """That a firm wants to talk about an opportunity. `turn` counts from 1: a firm that was asked for more writes again.

    The unique key keeps a second one of the same turn out. escalated_at is when the owner's institution was told that
    nobody answers.
    """

    __tablename__ = "opportunity_interest"
    __table_args__ = (
        UniqueConstraint("opportunity_id", "firm_id", "turn"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered_at_a_moment"),
    )
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id"))
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    turn: Mapped[int] = mapped_column(default=1)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    language: Mapped[Language]
    text: Mapped[Prose]
    answer: Mapped[Answer | None]
    note: Mapped[Prose] = mapped_column(default="")
    note_language: Mapped[Language] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    escalated_at: Mapped[datetime | None]

    opportunity: Mapped[Opportunity] = relationship(lazy="raise")
    firm: Mapped[Firm] = relationship(lazy="raise")
