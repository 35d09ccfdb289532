"""Memorandums, their parties, areas, and the recorded grounds for passing personal data on."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Person
from matchmaker.core.db import Country, Entity, Language, Line, Name, Prose
from matchmaker.core.files import StoredFile
from matchmaker.institutions.models import Institution
from matchmaker.mous.enums import CoverProblem, DocumentKind, MouKind, Renewal, ScopeArea, TransferBasisKind


class Mou(Entity):
    """A memorandum. Its status follows from its dates (rules.status); None is what was not published or is not said."""

    __tablename__ = "mou"
    number: Mapped[str] = mapped_column(String(40), unique=True)
    kind: Mapped[MouKind] = mapped_column(default=MouKind.MEMORANDUM)
    title_tr: Mapped[Name]
    title_ru: Mapped[Name]
    title_en: Mapped[Name]
    summary_tr: Mapped[Prose] = mapped_column(default="")
    summary_ru: Mapped[Prose] = mapped_column(default="")
    summary_en: Mapped[Prose] = mapped_column(default="")
    place: Mapped[Name] = mapped_column(default="")
    languages: Mapped[Line] = mapped_column(default="")
    prevailing_language: Mapped[str] = mapped_column(String(8), default="")
    announced_on: Mapped[date | None]
    signed_on: Mapped[date | None]
    in_force_from: Mapped[date | None]
    term_months: Mapped[int | None]
    renewal: Mapped[Renewal] = mapped_column(default=Renewal.UNKNOWN)
    renewal_months: Mapped[int | None]
    notice_months: Mapped[int | None]
    binding: Mapped[bool | None]
    coordination: Mapped[Prose] = mapped_column(default="")
    meetings_per_year: Mapped[int | None]
    money_clause: Mapped[Prose] = mapped_column(default="")
    data_clause: Mapped[Prose] = mapped_column(default="")
    other_areas: Mapped[Line] = mapped_column(default="")
    ended_on: Mapped[date | None]
    end_reason: Mapped[Line] = mapped_column(default="")
    sample: Mapped[bool] = mapped_column(default=False)
    source_note: Mapped[Line] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    parties: Mapped[list["MouParty"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="MouParty.position"
    )
    areas: Mapped[list["MouArea"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="MouArea.id"
    )
    contact_points: Mapped[list["MouContactPoint"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="MouContactPoint.id"
    )
    transfer_bases: Mapped[list["MouTransferBasis"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="MouTransferBasis.id"
    )

    def title(self, language: str) -> str:
        """The title in a language, English where there is none."""
        return str(getattr(self, f"title_{language}", "") or self.title_en)

    def summary(self, language: str) -> str:
        """The summary in a language, English where there is none."""
        return str(getattr(self, f"summary_{language}", "") or self.summary_en)


class MouParty(Entity):
    """One party, what it has to do, who signed for it, and who confirmed the text that stands now."""

    __tablename__ = "mou_party"
    __table_args__ = (UniqueConstraint("mou_id", "institution_id"),)
    mou_id: Mapped[int] = mapped_column(ForeignKey("mou.id", ondelete="CASCADE"))
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    signatory: Mapped[Name] = mapped_column(default="")
    capacity: Mapped[Name] = mapped_column(default="")
    signed_on: Mapped[date | None]
    obligations: Mapped[Prose] = mapped_column(default="")
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None]
    institution: Mapped[Institution] = relationship(lazy="raise")


class MouArea(Entity):
    """An area of cooperation that the memorandum names."""

    __tablename__ = "mou_area"
    __table_args__ = (UniqueConstraint("mou_id", "area"),)
    mou_id: Mapped[int] = mapped_column(ForeignKey("mou.id", ondelete="CASCADE"))
    area: Mapped[ScopeArea]


class MouContactPoint(Entity):
    """Who answers for the memorandum at an institution, from one day to another."""

    __tablename__ = "mou_contact_point"
    mou_id: Mapped[int] = mapped_column(ForeignKey("mou.id", ondelete="CASCADE"), index=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
    person: Mapped[Person] = relationship(lazy="raise")
    institution: Mapped[Institution] = relationship(lazy="raise")


class MouTransferBasis(Entity):
    """On what ground contact data of persons of `from_country` may be shown to the other party, as recorded by staff."""

    __tablename__ = "mou_transfer_basis"
    __table_args__ = (UniqueConstraint("mou_id", "from_country"),)
    mou_id: Mapped[int] = mapped_column(ForeignKey("mou.id", ondelete="CASCADE"))
    from_country: Mapped[Country]
    kind: Mapped[TransferBasisKind]
    reference: Mapped[Line]
    valid_from: Mapped[date]
    notified_on: Mapped[date | None]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class MouOverride(Entity):
    """Something was published although the memorandum did not cover it: what, why, and who answers for it.

    `subject` is the kind of record as the audit trail names it (match, programme), `subject_id` its number.
    """

    __tablename__ = "mou_override"
    __table_args__ = (Index("ix_mou_override_subject_subject_id", "subject", "subject_id"),)
    mou_id: Mapped[int] = mapped_column(ForeignKey("mou.id", ondelete="CASCADE"), index=True)
    area: Mapped[ScopeArea]
    problem: Mapped[CoverProblem]
    subject: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    reason: Mapped[Line]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    person: Mapped[Person] = relationship(lazy="raise")


class MouDocument(Entity):
    """A stored paper with its hash in the file; a newer version of the same kind and language leaves the older kept."""

    __tablename__ = "mou_document"
    __table_args__ = (UniqueConstraint("mou_id", "kind", "language", "version"),)
    mou_id: Mapped[int] = mapped_column(ForeignKey("mou.id", ondelete="CASCADE"))
    kind: Mapped[DocumentKind]
    language: Mapped[Language]
    version: Mapped[int]
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    signer: Mapped[Name] = mapped_column(default="")
    capacity: Mapped[Name] = mapped_column(default="")
    signed_on: Mapped[date | None]
    file: Mapped[StoredFile] = relationship(lazy="raise")


class MouAmendment(Entity):
    """A change agreed after the signature; `changes` holds each changed field with its value before and after."""

    __tablename__ = "mou_amendment"
    __table_args__ = (UniqueConstraint("mou_id", "position"),)
    mou_id: Mapped[int] = mapped_column(ForeignKey("mou.id", ondelete="CASCADE"))
    position: Mapped[int]
    agreed_on: Mapped[date]
    text: Mapped[Prose]
    changes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
