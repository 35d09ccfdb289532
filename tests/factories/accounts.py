"""People with accounts."""

from datetime import timedelta

import factory
from factory import LazyAttribute, LazyFunction, Sequence

from matchmaker.accounts.models import Person, SignedInSession
from matchmaker.core import clock
from matchmaker.core.db import db
from tests.factories.base import EntityFactory


class PersonFactory(EntityFactory):
    """Somebody whose address is confirmed, without a password: `client.sign_in(person)` needs none."""

    class Meta:
        model = Person

    class Params:
        unconfirmed = factory.Trait(email_confirmed_at=None)
        disabled = factory.Trait(disabled_at=LazyFunction(clock.now))

    email = Sequence(lambda count: f"person{count}@example.com")
    email_key = LazyAttribute(lambda row: row.email.casefold())
    password_hash = ""
    name = Sequence(lambda count: f"Person {count}")
    language = "en"
    country = "TR"
    email_confirmed_at = LazyFunction(clock.now)


def session_of(person_id: int) -> SignedInSession:
    """One more session of a person, in a browser that nobody holds the token of."""
    ends = clock.now() + timedelta(hours=1)
    session = SignedInSession(digest=f"nobody's {person_id}", person_id=person_id, expires_at=ends)
    db.session.add(session)
    db.session.flush()
    return session
