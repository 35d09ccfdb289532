"""The firms on a firm's shortlist."""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Person
from matchmaker.core.db import Entity, Prose


class ShortlistEntry(Entity):
    """One firm on another one's list. The list belongs to the firm, not to a person: colleagues go on where one leaves.

    `person` is who wrote last.
    """

    __tablename__ = "shortlist_entry"
    __table_args__ = (
        UniqueConstraint("firm_id", "other_id"),
        CheckConstraint("firm_id <> other_id", name="another_firm"),
    )
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id", ondelete="CASCADE"))
    other_id: Mapped[int] = mapped_column(ForeignKey("firm.id", ondelete="CASCADE"), index=True)
    note: Mapped[Prose] = mapped_column(default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    person: Mapped[Person | None] = relationship(lazy="raise")
