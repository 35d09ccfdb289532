"""People with accounts."""

import factory
from factory import LazyAttribute, LazyFunction, Sequence

from matchmaker.accounts.models import Person
from matchmaker.core import clock
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
