"""Accounts of persons, their sessions and one-time links."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.enums import LinkPurpose
from matchmaker.core import clock
from matchmaker.core.db import Base, Country, Entity, Language, Name


class Person(Entity):
    """An account; email_key is the folded address that has to be unique, the secret of the second factor is encrypted.

    Once erased_at is set the row is a number without a name, to which what had to stay refers.
    """

    __tablename__ = "person"
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    name: Mapped[Name]
    name_romanised: Mapped[Name] = mapped_column(default="")
    language: Mapped[Language] = mapped_column(default="en")
    country: Mapped[Country | None]
    email_confirmed_at: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
    totp_secret: Mapped[str] = mapped_column(String(300), default="")
    totp_confirmed_at: Mapped[datetime | None]
    totp_last_step: Mapped[int] = mapped_column(default=0)
    recovery_hashes: Mapped[list[Any]] = mapped_column(default=list)
    password_changed_at: Mapped[datetime] = mapped_column(default=clock.now)


class SignedInSession(Base):
    """One signed-in browser; the cookie holds the token whose digest stands here, so ending the row signs it out."""

    __tablename__ = "signed_in_session"
    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    second_factor: Mapped[bool] = mapped_column(default=False)
    browser: Mapped[str] = mapped_column(String(200), default="")
    started_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    person: Mapped[Person] = relationship(lazy="raise")


class OneTimeLink(Entity):
    """A link that works once and until its time; only the digest of its token is kept.

    `browser` is the digest of a number that the browser which asked for the link keeps in its cookie.
    """

    __tablename__ = "one_time_link"
    purpose: Mapped[LinkPurpose]
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    browser: Mapped[str] = mapped_column(String(64), default="")
    person: Mapped[Person] = relationship(lazy="raise")


class CalendarFeed(Entity):
    """The secret address of a person's calendar; ending the row revokes it.

    The token is kept locked, so that its owner can look the address up again, and as a keyed digest, by which it is found.
    """

    __tablename__ = "calendar_feed"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), unique=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    locked_token: Mapped[str] = mapped_column(String(300))
    person: Mapped[Person] = relationship(lazy="raise")
