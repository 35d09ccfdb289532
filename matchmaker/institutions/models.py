"""Institutions, the roles of their people, and invitations."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Person
from matchmaker.core.actor import InstitutionRole
from matchmaker.core.db import Country, Entity, Language, Line, Name, Prose
from matchmaker.institutions.enums import InstitutionKind


class Institution(Entity):
    """A body that signs memorandums; an international one has no country, but may keep the rest days of one.

    `languages` are codes of what its people speak besides `language`, with blanks between; `letter_lines` is the address
    as it stands on letters, line by line.
    """

    __tablename__ = "institution"
    code: Mapped[str] = mapped_column(String(40), unique=True)
    kind: Mapped[InstitutionKind]
    country: Mapped[Country | None] = mapped_column(index=True)
    name_original: Mapped[Name]
    name_tr: Mapped[Name]
    name_ru: Mapped[Name]
    name_en: Mapped[Name]
    short_name: Mapped[Name]
    city: Mapped[Name] = mapped_column(default="")
    website: Mapped[Line] = mapped_column(default="")
    language: Mapped[Language] = mapped_column(default="en")
    languages: Mapped[Line] = mapped_column(default="")
    letter_lines: Mapped[Prose] = mapped_column(default="")
    rest_country: Mapped[Country | None]
    logo_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    @property
    def keeps_rest_days_of(self) -> str | None:
        """The country whose rest days it keeps: its own, or the one that an international body chose."""
        return self.country or self.rest_country

    def name(self, language: str) -> str:
        """The name in a language, English where there is none."""
        return str(getattr(self, f"name_{language}", "") or self.name_en)


class InstitutionMember(Entity):
    """One role of a person at an institution, from one day to another."""

    __tablename__ = "institution_member"
    __table_args__ = (UniqueConstraint("institution_id", "person_id", "role"),)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[InstitutionRole]
    ended_at: Mapped[datetime | None]
    institution: Mapped[Institution] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")


class InstitutionInvitation(Entity):
    """An invitation to work for an institution; the only way to such an account."""

    __tablename__ = "institution_invitation"
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    role: Mapped[InstitutionRole]
    email: Mapped[str] = mapped_column(String(254))
    language: Mapped[Language]
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    institution: Mapped[Institution] = relationship(lazy="raise")
