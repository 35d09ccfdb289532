"""Lists that go out on a schedule."""

from factory import LazyAttribute

from matchmaker.programmes.lists.models import ScheduledList
from tests.factories.accounts import PersonFactory
from tests.factories.base import EntityFactory


class ScheduledListFactory(EntityFactory):
    """The whole list on Mondays at 09:00, to nobody; give programme_id."""

    class Meta:
        model = ScheduledList

    created_by_id = LazyAttribute(lambda row: PersonFactory().id)
