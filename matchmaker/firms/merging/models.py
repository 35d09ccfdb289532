"""Tables of merges: which firm went into which, and every value that was moved."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Person
from matchmaker.core.db import Base, BigKey, Country, Entity, Prose
from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import Firm

STANDING = text("undone_at IS NULL")


class MergeRecord(Entity):
    """One merge; while it is not undone, the merged firm is archived and its address leads to the kept one.

    The database lets a firm be merged once at a time. `left` is how many values could not be put back by the undoing.
    """

    __tablename__ = "merge_record"
    __table_args__ = (
        CheckConstraint("kept_id <> merged_id", name="two_firms"),
        Index(
            "uq_merge_record_merged_standing",
            "merged_id",
            unique=True,
            sqlite_where=STANDING,
            postgresql_where=STANDING,
        ),
    )
    kept_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    merged_id: Mapped[int] = mapped_column(ForeignKey("firm.id"))
    country: Mapped[Country]
    state_before: Mapped[FirmState]
    reason: Mapped[Prose]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    left: Mapped[int] = mapped_column(default=0)

    kept: Mapped[Firm] = relationship(lazy="raise", foreign_keys=[kept_id])
    merged: Mapped[Firm] = relationship(lazy="raise", foreign_keys=[merged_id])
    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
    undone_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[undone_by_id])


class MovedValue(Base):
    """One value of one row before and after a merge; `kept_back` says that the undoing found it changed since."""

    __tablename__ = "moved_value"
    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    merge_id: Mapped[int] = mapped_column(ForeignKey("merge_record.id", ondelete="CASCADE"), index=True)
    table_name: Mapped[str] = mapped_column(String(40))
    row_id: Mapped[int]
    column_name: Mapped[str] = mapped_column(String(40))
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(default=dict)
    kept_back: Mapped[bool] = mapped_column(default=False)
