"""The secret address of a person's calendar: made, looked up by its owner, revoked, found by a calendar program."""

import secrets

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from matchmaker.accounts.models import CalendarFeed, Person
from matchmaker.accounts.secret_keys import fingerprint, lock, unlock
from matchmaker.core import audit
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import existing

PURPOSE = "calendar feed"


def feed_of_person(person_id: int) -> CalendarFeed | None:
    """The address that a person has made, if any."""
    return db.session.scalar(select(CalendarFeed).where(CalendarFeed.person_id == person_id))


def feed_of_token(token: str) -> CalendarFeed:
    """The feed of a secret address with its person; raises NotFound when revoked, unknown, or the account disabled."""
    return existing(
        db.session.scalar(
            select(CalendarFeed)
            .join(CalendarFeed.person)
            .options(joinedload(CalendarFeed.person))
            .where(CalendarFeed.digest == fingerprint(token, PURPOSE), Person.disabled_at.is_(None))
        )
    )


def token_of(feed: CalendarFeed) -> str:
    """The secret part of the address; empty when SECRET_KEY has changed since, and the address no longer works."""
    return unlock(feed.locked_token, PURPOSE) or ""


def make_feed(actor: Actor, person: Person) -> CalendarFeed:
    """Give the person a new address; one made before stops working."""
    token = secrets.token_urlsafe(32)
    feed = feed_of_person(person.id)
    renewed = feed is not None
    if feed is None:
        feed = CalendarFeed(person_id=person.id)
        db.session.add(feed)
    feed.digest, feed.locked_token = fingerprint(token, PURPOSE), lock(token, PURPOSE)
    db.session.flush()
    audit.record(actor, "renew_calendar" if renewed else "make_calendar", "calendar_feed", feed.id)
    return feed


def revoke_feed(actor: Actor, person: Person) -> None:
    """End the person's address; raises NotFound where there is none."""
    feed = existing(feed_of_person(person.id))
    audit.record(actor, "revoke_calendar", "calendar_feed", feed.id)
    db.session.delete(feed)
    db.session.flush()
