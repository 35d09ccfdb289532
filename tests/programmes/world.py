"""A programme of two agencies with firms that can sign up for it."""

from typing import Any

from matchmaker.core.actor import Actor, FirmRole
from matchmaker.firms import queries as firms
from matchmaker.programmes import queries
from matchmaker.programmes import sign_up_services as services
from matchmaker.programmes.models import Programme, SignUp
from matchmaker.programmes.sign_up_services import Application, NewDelegate
from tests.factories.accounts import PersonFactory
from tests.factories.firms import FirmFactory, member_of
from tests.factories.programmes import ProgrammeFactory
from tests.matching.world import actor_of


def programme_with(**settings: Any) -> Programme:
    """A programme, loaded with all that its page shows."""
    return queries.programme(ProgrammeFactory(**settings).id)


def firm_with(country: str = "TR", **settings: Any) -> tuple[Actor, int]:
    """Somebody who speaks for a new firm, and the firm's number."""
    firm = FirmFactory(country=country, **settings)
    return actor_of(member_of(firm, FirmRole.EDITOR)), firm.id


def person_alone(country: str = "TR") -> Actor:
    """Somebody without a firm."""
    return actor_of(PersonFactory(country=country))


def application(people: int = 1, **settings: Any) -> Application:
    """So many named people."""
    return Application([NewDelegate(f"Person {place}") for place in range(people)], {}, **settings)


def signs_up(
    actor: Actor, programme: Programme, firm_id: int | None = None, people: int = 1, **settings: Any
) -> SignUp:
    """Sign a firm or a person up."""
    firm = firms.firm(firm_id) if firm_id else None
    return services.sign_up(actor, programme, firm, application(people, **settings))
