"""Firms and their people."""

from decimal import Decimal

from factory import LazyAttribute, LazyFunction, Sequence

from matchmaker.accounts.models import Person
from matchmaker.core import clock
from matchmaker.core.actor import FirmRole
from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import Firm, FirmMember
from tests.factories.accounts import PersonFactory
from tests.factories.base import EntityFactory


class FirmFactory(EntityFactory):
    """A verified firm of Türkiye; `country="RU"` for the other side."""

    class Meta:
        model = Firm

    country = "TR"
    state = FirmState.VERIFIED
    legal_name = Sequence(lambda count: f"Firm {count} Ltd")
    name_romanised = LazyAttribute(lambda row: row.legal_name)
    name_key = LazyAttribute(lambda row: row.legal_name.casefold())
    region_code = LazyAttribute(lambda row: {"TR": "TR-42", "RU": "RU-TA"}.get(row.country, ""))
    founded_year = 2005
    headcount = 40
    turnover = Decimal(90_000_000)
    turnover_currency = LazyAttribute(lambda row: {"TR": "TRY", "RU": "RUB"}.get(row.country, "EUR"))
    size_class = "small"
    registered_at = LazyAttribute(lambda row: None if row.state is FirmState.DRAFT else clock.now())
    verified_at = LazyFunction(clock.now)
    listed_at = LazyFunction(clock.now)


class FirmMemberFactory(EntityFactory):
    """A person's role in a firm; take it from `member_of` where the person is what matters."""

    class Meta:
        model = FirmMember

    firm_id = LazyAttribute(lambda row: FirmFactory().id)
    person_id = LazyAttribute(lambda row: PersonFactory().id)
    role = FirmRole.ADMINISTRATOR


def member_of(firm: Firm, role: FirmRole = FirmRole.ADMINISTRATOR) -> Person:
    """A new person with a role in the firm."""
    person: Person = PersonFactory(country=firm.country)
    FirmMemberFactory(firm_id=firm.id, person_id=person.id, role=role)
    return person
