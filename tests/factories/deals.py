"""Deals of introduced firms."""

from decimal import Decimal

from factory import LazyAttribute, LazyFunction

from matchmaker.core import clock
from matchmaker.matching.deals.enums import Currency, DealKind, DealState
from matchmaker.matching.deals.models import Deal
from tests.factories.base import EntityFactory


class DealFactory(EntityFactory):
    """A sale that one firm of a match reported and the other has not answered."""

    class Meta:
        model = Deal

    kind = DealKind.SALE
    state = DealState.REPORTED
    amount = Decimal(1500)
    currency = Currency.EUR
    signed_on = LazyFunction(clock.today)

    @LazyAttribute
    def open_match_id(self) -> int | None:
        """The match's number while the deal waits."""
        return self.match_id if self.state is DealState.REPORTED else None
