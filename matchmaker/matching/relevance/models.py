"""Suggestions that a firm called not relevant."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.core.db import Entity, Line
from matchmaker.matching.relevance.enums import Irrelevance


class NotRelevant(Entity):
    """One firm's no to a suggestion; taking it back deletes the row, the audit trail keeps both.

    `weights` and `score` are the set of points in use and the fit at that moment, so that the rate can be told by set.
    """

    __tablename__ = "not_relevant"
    __table_args__ = (UniqueConstraint("firm_id", "other_id"),)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id", ondelete="CASCADE"))
    other_id: Mapped[int] = mapped_column(ForeignKey("firm.id", ondelete="CASCADE"), index=True)
    reason: Mapped[Irrelevance]
    note: Mapped[Line] = mapped_column(default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    weights: Mapped[str] = mapped_column(String(40), default="")
    score: Mapped[int] = mapped_column(default=0)
