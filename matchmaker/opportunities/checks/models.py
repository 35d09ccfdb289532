"""Checks of opportunities with what they found, and the changes of the list of sensitive words."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Person
from matchmaker.core.db import Base, BigKey, Entity, Language, Prose
from matchmaker.opportunities.checks.enums import FindingKind, Outcome, WordKind
from matchmaker.opportunities.models import Opportunity


class OpportunityCheck(Entity):
    """What was found when a firm sent an opportunity, by which lists, and what became of it; never changed afterwards."""

    __tablename__ = "opportunity_check"
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    outcome: Mapped[Outcome]
    points: Mapped[int]
    word_list: Mapped[str] = mapped_column(String(40))
    goods_list: Mapped[str] = mapped_column(String(40))
    findings: Mapped[list["OpportunityFinding"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="OpportunityFinding.id"
    )


class OpportunityFinding(Base):
    """One thing that a check found, with its points.

    other_id is the opportunity that it resembles, by `likeness` of 100; parts are the fields in which words stand, words those
    of the list, goods the codes.
    """

    __tablename__ = "opportunity_finding"
    __table_args__ = (Index("ix_opportunity_finding_check_id_kind", "check_id", "kind"),)
    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    check_id: Mapped[int] = mapped_column(ForeignKey("opportunity_check.id", ondelete="CASCADE"))
    kind: Mapped[FindingKind]
    points: Mapped[int]
    other_id: Mapped[int | None] = mapped_column(
        ForeignKey("opportunity.id", ondelete="SET NULL"), index=True
    )
    likeness: Mapped[int | None]
    parts: Mapped[list[Any]] = mapped_column(default=list)
    words: Mapped[list[Any]] = mapped_column(default=list)
    goods: Mapped[list[Any]] = mapped_column(default=list)
    other: Mapped[Opportunity | None] = relationship(lazy="raise")


class SensitiveWordChange(Entity):
    """A word or phrase that somebody put on the list or took off it, from a day on; `number` counts all changes of the list."""

    __tablename__ = "sensitive_word_change"
    number: Mapped[int] = mapped_column(unique=True)
    language: Mapped[Language]
    phrase: Mapped[str] = mapped_column(String(80))
    kind: Mapped[WordKind]
    listed: Mapped[bool]
    valid_from: Mapped[date]
    reason: Mapped[Prose]
    set_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    set_by: Mapped[Person] = relationship(lazy="raise")
