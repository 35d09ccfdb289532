"""The firm itself, its identifiers, its reviews, and the outbox of the search index."""

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.core import clock
from matchmaker.core.db import Base, BigKey, Code, Country, Entity, Line, Name, Prose
from matchmaker.core.files import StoredFile, index_of_files
from matchmaker.firms.enums import FirmSource, FirmState, VerificationDecision, VerificationMethod

if TYPE_CHECKING:
    from matchmaker.firms.models.people import ContactPerson, FirmMember
    from matchmaker.firms.models.profile import (
        FirmCertificate,
        FirmLanguage,
        FirmMarket,
        FirmPartnership,
        FirmProduct,
        FirmSector,
        FirmText,
    )


class Firm(Entity):
    """A firm's profile. Money is in units of turnover_currency; size_class follows from the dated rule size_rule.

    region_code is ISO 3166-2 or empty where it is not mapped; visibility maps a FieldGroup to a Visibility where the
    firm chose other than the default; ownership holds percentages (state, foreign, non_sme). verified_at is the latest
    verification, listed_at the first: from then on the directory knew the firm. registered_at is when it was sent to its
    institution for the first time. Reports count by these two first moments, which nothing ever changes. declared_until is the last
    day on which the declaration of size counts, None for a firm that was never asked for one.
    """

    __tablename__ = "firm"
    __table_args__ = (
        CheckConstraint("headcount IS NULL OR headcount >= 0", name="headcount_not_negative"),
        CheckConstraint("turnover IS NULL OR turnover >= 0", name="turnover_not_negative"),
        index_of_files("ix_firm_logo_id", "logo_id"),
        Index("ix_firm_first_moments", "registered_at", "listed_at", "country", "region_code"),
    )
    country: Mapped[Country] = mapped_column(index=True)
    state: Mapped[FirmState] = mapped_column(default=FirmState.DRAFT, index=True)
    source: Mapped[FirmSource] = mapped_column(default=FirmSource.SELF)
    legal_name: Mapped[Name] = mapped_column(default="")
    name_romanised: Mapped[Name] = mapped_column(default="")
    trade_name: Mapped[Name] = mapped_column(default="")
    name_key: Mapped[str] = mapped_column(String(200), default="", index=True)
    legal_form: Mapped[Code] = mapped_column(default="")
    region_code: Mapped[str] = mapped_column(String(8), default="", index=True)
    region_note: Mapped[Line] = mapped_column(default="")
    town: Mapped[Name] = mapped_column(default="")
    address: Mapped[Line] = mapped_column(default="")
    postcode: Mapped[Code] = mapped_column(default="")
    website: Mapped[Line] = mapped_column(default="")
    tax_office: Mapped[Name] = mapped_column(default="")
    founded_year: Mapped[int | None]
    headcount: Mapped[int | None]
    turnover: Mapped[Decimal | None]
    turnover_currency: Mapped[str] = mapped_column(String(3), default="")
    turnover_year: Mapped[int | None]
    balance: Mapped[Decimal | None]
    ownership: Mapped[dict[str, Any]] = mapped_column(default=dict)
    size_class: Mapped[str] = mapped_column(String(20), default="")
    size_rule: Mapped[str] = mapped_column(String(60), default="")
    declared_on: Mapped[date | None]
    declared_until: Mapped[date | None] = mapped_column(index=True)
    register_status: Mapped[str] = mapped_column(String(40), default="")
    register_checked_on: Mapped[date | None]
    prefilled: Mapped[list[Any]] = mapped_column(default=list)
    visibility: Mapped[dict[str, Any]] = mapped_column(default=dict)
    wizard_step: Mapped[str] = mapped_column(String(40), default="")
    registered_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    verified_at: Mapped[datetime | None]
    listed_at: Mapped[datetime | None] = mapped_column(index=True)
    hold_reason: Mapped[Prose] = mapped_column(default="")
    logo_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    logo: Mapped[StoredFile | None] = relationship(lazy="raise")
    identifiers: Mapped[list["FirmIdentifier"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="FirmIdentifier.id"
    )
    texts: Mapped[list["FirmText"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="FirmText.id"
    )
    sectors: Mapped[list["FirmSector"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="FirmSector.id"
    )
    products: Mapped[list["FirmProduct"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="FirmProduct.id"
    )
    certificates: Mapped[list["FirmCertificate"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="FirmCertificate.id"
    )
    languages: Mapped[list["FirmLanguage"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="FirmLanguage.id"
    )
    partnerships: Mapped[list["FirmPartnership"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="FirmPartnership.id"
    )
    markets: Mapped[list["FirmMarket"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="FirmMarket.id"
    )
    members: Mapped[list["FirmMember"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="FirmMember.id"
    )
    contacts: Mapped[list["ContactPerson"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="ContactPerson.id"
    )

    @property
    def name(self) -> str:
        """The name to show: the trade name, else the legal name."""
        return self.trade_name or self.legal_name


class FirmIdentifier(Entity):
    """A number given by the state; nobody else may register the same one."""

    __tablename__ = "firm_identifier"
    __table_args__ = (UniqueConstraint("scheme", "value"),)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id", ondelete="CASCADE"), index=True)
    scheme: Mapped[Code]
    value: Mapped[str] = mapped_column(String(20))
    verified_on: Mapped[date | None]


class FirmReview(Entity):
    """One decision of staff about a firm, with method, evidence and reason."""

    __tablename__ = "firm_review"
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id", ondelete="CASCADE"), index=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decision: Mapped[VerificationDecision]
    method: Mapped[VerificationMethod | None]
    reason: Mapped[Prose] = mapped_column(default="")
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    evidence: Mapped[StoredFile | None] = relationship(lazy="raise")


class ProfileChange(Entity):
    """A change of key fields of an approved profile, waiting for or after the decision of staff.

    `fields` maps a field's name to [before, after], both as text or list of texts.
    """

    __tablename__ = "profile_change"
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id", ondelete="CASCADE"), index=True)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    fields: Mapped[dict[str, Any]] = mapped_column(default=dict)
    decided_at: Mapped[datetime | None]
    review_id: Mapped[int | None] = mapped_column(ForeignKey("firm_review.id"))


class SearchOutbox(Base):
    """What the search index and the matching lists still have to take in; written in the firm's own transaction.

    `by_id` is the person who changed the firm on a page; empty for imports, which nobody searches for at once.
    """

    __tablename__ = "search_outbox"
    seq: Mapped[int] = mapped_column(BigKey, primary_key=True)
    firm_id: Mapped[int] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    by_id: Mapped[int | None] = mapped_column(index=True)
