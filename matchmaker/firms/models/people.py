"""The people of a firm: members with accounts, contact persons with their consents, invitations and join requests."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Person
from matchmaker.core.actor import FirmRole
from matchmaker.core.db import Entity, Language, Name, Prose
from matchmaker.firms.enums import ConsentPurpose, JoinState
from matchmaker.firms.models.firm import Firm


class FirmMember(Entity):
    """A person's role in a firm."""

    __tablename__ = "firm_member"
    __table_args__ = (UniqueConstraint("firm_id", "person_id"),)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[FirmRole]
    person: Mapped[Person] = relationship(lazy="raise")
    firm: Mapped[Firm] = relationship(lazy="raise", overlaps="members")


class FirmInvitation(Entity):
    """An invitation of a colleague into a firm."""

    __tablename__ = "firm_invitation"
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id", ondelete="CASCADE"), index=True)
    email: Mapped[str] = mapped_column(String(254))
    role: Mapped[FirmRole]
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    firm: Mapped[Firm] = relationship(lazy="raise")


class JoinRequest(Entity):
    """Somebody typed the identifier of a firm that is here already and asks to join it."""

    __tablename__ = "join_request"
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    note: Mapped[Prose] = mapped_column(default="")
    state: Mapped[JoinState] = mapped_column(default=JoinState.OPEN)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    firm: Mapped[Firm] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])


class ContactPerson(Entity):
    """A person whom partners may write to; shown only with the person's own consents.

    person_id is set where the contact has an account; consent_digest is that of the link by which a contact without
    one gives or withdraws consent. languages holds language codes.
    """

    __tablename__ = "contact_person"
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    name: Mapped[Name]
    name_romanised: Mapped[Name] = mapped_column(default="")
    position: Mapped[Name] = mapped_column(default="")
    email: Mapped[str] = mapped_column(String(254))
    phone: Mapped[str] = mapped_column(String(40), default="")
    languages: Mapped[list[Any]] = mapped_column(default=list)
    consent_digest: Mapped[str | None] = mapped_column(String(64), unique=True)
    consents: Mapped[list["ContactConsent"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="ContactConsent.id"
    )
    firm: Mapped[Firm] = relationship(lazy="raise", overlaps="contacts")

    def consented(self, purpose: ConsentPurpose) -> bool:
        """Whether the person's consent for a purpose stands now."""
        return any(item.purpose is purpose and item.withdrawn_at is None for item in self.consents)


class ContactConsent(Entity):
    """One consent for one purpose: the text as read, its version and language, given and withdrawn when."""

    __tablename__ = "contact_consent"
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact_person.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[ConsentPurpose]
    text_version: Mapped[str] = mapped_column(String(20))
    language: Mapped[Language]
    text: Mapped[Prose]
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
