"""Suspected pairs of firms."""

from factory import LazyAttribute

from matchmaker.firms.duplicates.models import SuspectedPair
from tests.factories.base import EntityFactory
from tests.factories.firms import FirmFactory


class SuspectedPairFactory(EntityFactory):
    """An open pair of two Turkish firms with the same name."""

    class Meta:
        model = SuspectedPair

    country = "TR"
    first_id = LazyAttribute(lambda _row: FirmFactory().id)
    second_id = LazyAttribute(lambda _row: FirmFactory().id)
    score = 100
    strength = 100
