"""Messages to those who signed up."""

from factory import LazyAttribute

from matchmaker.programmes.mailings.enums import ReminderAnchor
from matchmaker.programmes.mailings.models import ProgrammeMessage, ProgrammeReminder
from tests.factories.accounts import PersonFactory
from tests.factories.base import EntityFactory


class MessageToGroupFactory(EntityFactory):
    """A draft in English to everybody; give programme_id."""

    class Meta:
        model = ProgrammeMessage

    created_by_id = LazyAttribute(lambda row: PersonFactory().id)
    subject_en = "Bring a pen"
    text_en = "Please bring a pen."


class ReminderFactory(EntityFactory):
    """To the confirmed, three days before the start at 09:00; give programme_id."""

    class Meta:
        model = ProgrammeReminder

    created_by_id = LazyAttribute(lambda row: PersonFactory().id)
    anchor = ReminderAnchor.BEFORE_START
    days = 3
    states = ("confirmed",)
    subject_en = "Soon"
    text_en = "It begins soon."
