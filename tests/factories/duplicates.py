"""Suspected pairs of firms."""

from factory import LazyAttribute

from matchmaker.firms.duplicates.models import SuspectedPair
from matchmaker.firms.enums import FirmState
from matchmaker.firms.merging.models import MergeRecord
from tests.factories.accounts import PersonFactory
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


class MergeRecordFactory(EntityFactory):
    """A merge of two Turkish firms that moved nothing."""

    class Meta:
        model = MergeRecord

    country = "TR"
    kept_id = LazyAttribute(lambda _row: FirmFactory().id)
    merged_id = LazyAttribute(lambda _row: FirmFactory(state=FirmState.ARCHIVED).id)
    state_before = FirmState.VERIFIED
    reason = "Registered twice"
    person_id = LazyAttribute(lambda _row: PersonFactory().id)
