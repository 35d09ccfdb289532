"""Reads of accounts."""

import hashlib
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from matchmaker.accounts.enums import LinkPurpose
from matchmaker.accounts.models import OneTimeLink, Person, SignedInSession
from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.core.errors import existing
from matchmaker.core.mail import OutboxMail


def digest(token: str) -> str:
    """What is kept of a secret token."""
    return hashlib.sha256(token.encode()).hexdigest()


def person_of_session(token: str) -> tuple[Person, SignedInSession] | None:
    """The person behind a session cookie and the session, unless ended, expired or disabled."""
    found = db.session.execute(
        select(Person, SignedInSession)
        .join(SignedInSession, SignedInSession.person_id == Person.id)
        .where(
            SignedInSession.digest == digest(token),
            SignedInSession.expires_at > clock.now(),
            Person.disabled_at.is_(None),
            Person.email_confirmed_at.is_not(None),
        )
    ).first()
    return None if found is None else (found[0], found[1])


def person(person_id: int, *, locked: bool = False) -> Person:
    """A person by number, for a change with the row locked; raises NotFound."""
    statement = select(Person).where(Person.id == person_id)
    if locked:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return existing(db.session.scalar(statement))


def person_by_key(key: str, *, locked: bool = False) -> Person | None:
    """The person of a folded address, if there is one."""
    statement = select(Person).where(Person.email_key == key)
    if locked:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(statement)


def sessions(person_id: int) -> Sequence[SignedInSession]:
    """The sessions that run, newest first."""
    running = (SignedInSession.person_id == person_id, SignedInSession.expires_at > clock.now())
    return db.session.scalars(
        select(SignedInSession).where(*running).order_by(SignedInSession.id.desc())
    ).all()


def session(session_id: int) -> SignedInSession:
    """A session by number; raises NotFound."""
    return existing(db.session.get(SignedInSession, session_id))


def open_link(token: str, purpose: LinkPurpose) -> OneTimeLink | None:
    """The link of a token with its person, unless used, expired, or the person's account disabled."""
    return db.session.scalar(
        select(OneTimeLink)
        .join(Person, Person.id == OneTimeLink.person_id)
        .where(
            OneTimeLink.digest == digest(token),
            OneTimeLink.purpose == purpose,
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > clock.now(),
            Person.disabled_at.is_(None),
        )
        .options(selectinload(OneTimeLink.person))
    )


def mails_of_browser(tokens: Iterable[str]) -> Sequence[OutboxMail]:
    """The mails to the people who signed up in a browser, newest first; for the demonstration only."""
    digests = [digest(token) for token in tokens]
    addresses = (
        select(Person.email)
        .join(OneTimeLink, OneTimeLink.person_id == Person.id)
        .where(OneTimeLink.browser.in_(digests), OneTimeLink.purpose == LinkPurpose.CONFIRM_EMAIL)
    )
    found = (
        select(OutboxMail)
        .where(OutboxMail.to_address.in_(addresses))
        .order_by(OutboxMail.id.desc())
        .limit(20)
    )
    return db.session.scalars(found).all()
