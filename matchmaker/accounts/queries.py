"""Reads of accounts."""

import hashlib

from sqlalchemy import select

from matchmaker.accounts.models import Person, SignedInSession
from matchmaker.core import clock
from matchmaker.core.db import db


def digest(token: str) -> str:
    """What is kept of a secret token."""
    return hashlib.sha256(token.encode()).hexdigest()


def person_of_session(token: str) -> tuple[Person, int] | None:
    """The person behind a session cookie and the session's number, unless ended, expired or disabled."""
    found = db.session.execute(
        select(Person, SignedInSession.id)
        .join(SignedInSession, SignedInSession.person_id == Person.id)
        .where(
            SignedInSession.digest == digest(token),
            SignedInSession.expires_at > clock.now(),
            Person.disabled_at.is_(None),
            Person.email_confirmed_at.is_not(None),
        )
    ).first()
    return None if found is None else (found[0], found[1])
