"""Messages to those who signed up."""

from factory import LazyAttribute

from matchmaker.programmes.mailings.models import ProgrammeMessage
from tests.factories.accounts import PersonFactory
from tests.factories.base import EntityFactory


class MessageToGroupFactory(EntityFactory):
    """A draft in English to everybody; give programme_id."""

    class Meta:
        model = ProgrammeMessage

    created_by_id = LazyAttribute(lambda row: PersonFactory().id)
    subject_en = "Bring a pen"
    text_en = "Please bring a pen."
