"""Questions about opportunities with their one answer."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.core.db import Entity, Language, Prose
from matchmaker.firms.models import Firm
from matchmaker.opportunities.models import Opportunity
from matchmaker.opportunities.questions.enums import HiddenPart, QuestionState


class OpportunityQuestion(Entity):
    """What a firm wants to know about an opportunity. Nobody but the firm itself is shown whose question it is.

    answered_at and answered_by_id say who answered or declined; reason is read by the asker alone. hidden is what an
    institution has taken from the page, hidden_reason why.
    """

    __tablename__ = "opportunity_question"
    __table_args__ = (
        CheckConstraint(
            "(state IN ('answered', 'declined')) = (answered_at IS NOT NULL)", name="answered_at_a_moment"
        ),
        CheckConstraint("(hidden IS NULL) = (hidden_at IS NULL)", name="hidden_at_a_moment"),
    )
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id"), index=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    state: Mapped[QuestionState] = mapped_column(default=QuestionState.OPEN)
    language: Mapped[Language]
    text: Mapped[Prose]
    answer: Mapped[Prose] = mapped_column(default="")
    answer_language: Mapped[Language] = mapped_column(default="")
    reason: Mapped[Prose] = mapped_column(default="")
    reason_language: Mapped[Language] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    corrected_at: Mapped[datetime | None]
    hidden: Mapped[HiddenPart | None]
    hidden_reason: Mapped[Prose] = mapped_column(default="")
    hidden_language: Mapped[Language] = mapped_column(default="")
    hidden_at: Mapped[datetime | None]
    hidden_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    opportunity: Mapped[Opportunity] = relationship(lazy="raise")
    firm: Mapped[Firm] = relationship(lazy="raise")
