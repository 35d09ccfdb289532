"""Sanctions lists, screening of firms, and the register of cross-border transfers."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Person
from matchmaker.compliance.enums import EntryKind, HitState
from matchmaker.core import clock
from matchmaker.core.db import Base, BigKey, Country, Entity, Line, Name, Prose
from matchmaker.firms.models import Firm

CURRENT = text('"current"')


class SanctionsList(Entity):
    """One version of a list as imported; only the version of each name that is current is screened against.

    One without taken_in_at is still being stored and nobody sees it. unchanged_on is the last day on which a newer file
    of this list said the very same.
    """

    __tablename__ = "sanctions_list"
    __table_args__ = (
        UniqueConstraint("name", "version"),
        Index(
            "uq_sanctions_list_current", "name", unique=True, sqlite_where=CURRENT, postgresql_where=CURRENT
        ),
    )
    name: Mapped[Name]
    version: Mapped[str] = mapped_column(String(40))
    dated_on: Mapped[date | None]
    entries: Mapped[int] = mapped_column(default=0)
    current: Mapped[bool] = mapped_column(default=True)
    sample: Mapped[bool] = mapped_column(default=False)
    form: Mapped[str] = mapped_column(String(40), default="")
    file_name: Mapped[Name] = mapped_column(default="")
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id", ondelete="SET NULL"))
    taken_in_at: Mapped[datetime | None]
    taken_in_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    unchanged_on: Mapped[date | None]
    taken_in_by: Mapped[Person | None] = relationship(lazy="raise")


class SanctionsEntry(Base):
    """One listed party; identifiers holds tax and registration numbers, aliases its other names."""

    __tablename__ = "sanctions_entry"
    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("sanctions_list.id", ondelete="CASCADE"), index=True)
    reference: Mapped[Name]
    kind: Mapped[EntryKind] = mapped_column(default=EntryKind.OTHER)
    name: Mapped[Line]
    name_key: Mapped[Line] = mapped_column(index=True)
    aliases: Mapped[list[Any]] = mapped_column(default=list)
    identifiers: Mapped[list[Any]] = mapped_column(default=list)
    programme: Mapped[Line] = mapped_column(default="")
    countries: Mapped[Line] = mapped_column(default="")
    listed_on: Mapped[date | None]


class Screening(Entity):
    """One comparison of a firm with the lists of a moment; `lists` names their versions, `query` what was compared.

    With delegate_id it is one of somebody whom the firm sends abroad, and says nothing about the firm itself.
    """

    __tablename__ = "screening"
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id", ondelete="CASCADE"), index=True)
    delegate_id: Mapped[int | None] = mapped_column(ForeignKey("delegate.id", ondelete="CASCADE"), index=True)
    lists: Mapped[list[Any]] = mapped_column(default=list)
    query: Mapped[dict[str, Any]] = mapped_column(default=dict)
    firm: Mapped[Firm] = relationship(lazy="raise")
    hits: Mapped[list["ScreeningHit"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="ScreeningHit.id", back_populates="screening"
    )

    @property
    def person(self) -> str:
        """The name of the person whom the firm sends; empty where the firm itself was compared."""
        names = self.query.get("names") or ["–"]
        return str(names[0]) if self.delegate_id is not None else ""


class ScreeningHit(Entity):
    """A likeness of 0-100 between the firm or traveller and a listed party; 100 with by_identifier is decisive.

    reference is that of the party on its list, matched_name the name that was alike. fingerprint stands for what was
    compared on both sides: a decision holds for later screenings as long as neither the firm's data nor the entry change.
    """

    __tablename__ = "screening_hit"
    screening_id: Mapped[int] = mapped_column(ForeignKey("screening.id", ondelete="CASCADE"), index=True)
    entry_id: Mapped[int | None] = mapped_column(
        ForeignKey("sanctions_entry.id", ondelete="SET NULL"), index=True
    )
    list_name: Mapped[Name]
    list_version: Mapped[str] = mapped_column(String(40))
    listed_name: Mapped[Line]
    reference: Mapped[Name] = mapped_column(default="")
    matched_name: Mapped[Line] = mapped_column(default="")
    fingerprint: Mapped[str] = mapped_column(String(64), default="")
    score: Mapped[int]
    by_identifier: Mapped[bool] = mapped_column(default=False)
    state: Mapped[HitState] = mapped_column(default=HitState.OPEN)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    reason: Mapped[Prose] = mapped_column(default="")
    screening: Mapped[Screening] = relationship(lazy="raise", back_populates="hits")
    entry: Mapped[SanctionsEntry | None] = relationship(lazy="raise")
    decided_by: Mapped[Person | None] = relationship(lazy="raise")


class TransferRecord(Base):
    """One disclosure of a contact person across a border: to whom, which fields, on what ground, when."""

    __tablename__ = "transfer_record"
    __table_args__ = (Index("ix_transfer_record_cause_cause_id", "cause", "cause_id"),)
    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    contact_id: Mapped[int] = mapped_column(index=True)
    from_country: Mapped[Country]
    to_country: Mapped[Country]
    recipient_firm_id: Mapped[int | None] = mapped_column(ForeignKey("firm.id"))
    fields: Mapped[list[Any]] = mapped_column(default=list)
    basis: Mapped[Line]
    cause: Mapped[str] = mapped_column(String(40))
    cause_id: Mapped[int]
