"""People as actors, as a request would make them."""

from matchmaker.accounts.models import Person
from matchmaker.core.actor import Actor
from matchmaker.institutions.queries import grants


def actor(person: Person) -> Actor:
    """The person with their roles at institutions."""
    return Actor(person_id=person.id, name=person.name, email=person.email, grants=grants(person.id))
