"""What introduced firms were asked and answered, and the links by which they answer."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.core.db import Entity, Line, Prose
from matchmaker.firms.models import Firm
from matchmaker.matching.follow_ups.enums import Standing
from matchmaker.matching.models import Match


class FollowUp(Entity):
    """One asking of one firm of a match; `days` after the introduction, `reached` is how many people got a link.

    The three columns together are there once, so that two workers ask once. The answer is the firm's: whoever of it
    answers later replaces what was answered before.
    """

    __tablename__ = "follow_up"
    __table_args__ = (
        UniqueConstraint("match_id", "firm_id", "days"),
        Index("ix_follow_up_answered_at_asked_at", "answered_at", "asked_at"),
        CheckConstraint("days IN (30, 90, 180, 365)", name="known_days"),
        CheckConstraint("(standing IS NULL) = (answered_at IS NULL)", name="answered_with_moment"),
    )
    match_id: Mapped[int] = mapped_column(ForeignKey("match.id", ondelete="CASCADE"))
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    days: Mapped[int]
    asked_at: Mapped[datetime]
    reached: Mapped[int] = mapped_column(default=0)
    standing: Mapped[Standing | None]
    next_step: Mapped[Line] = mapped_column(default="")
    next_step_on: Mapped[date | None]
    note: Mapped[Prose] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    match: Mapped[Match] = relationship(lazy="raise")
    firm: Mapped[Firm] = relationship(lazy="raise")


class FollowUpLink(Entity):
    """The link of one person for one asking: a contact person of the firm, or else somebody with an account in it.

    Only the digest of its token is kept. It serves the address that it was sent to, as long as the person stands for the
    firm under this address and until its time.
    """

    __tablename__ = "follow_up_link"
    __table_args__ = (
        UniqueConstraint("follow_up_id", "address"),
        CheckConstraint("(contact_id IS NULL) <> (person_id IS NULL)", name="one_person"),
    )
    follow_up_id: Mapped[int] = mapped_column(ForeignKey("follow_up.id", ondelete="CASCADE"))
    contact_id: Mapped[int | None] = mapped_column(
        ForeignKey("contact_person.id", ondelete="CASCADE"), index=True
    )
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    address: Mapped[str] = mapped_column(String(254))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime]
    follow_up: Mapped[FollowUp] = relationship(lazy="raise")
