"""Messages and their files."""

from factory import LazyAttribute

from matchmaker.messages.models import Message, MessageAttachment
from tests.factories.accounts import PersonFactory
from tests.factories.base import EntityFactory
from tests.factories.files import stored_pdf
from tests.factories.matching import MatchFactory


class MessageFactory(EntityFactory):
    """A message in a match."""

    class Meta:
        model = Message

    match_id = LazyAttribute(lambda row: MatchFactory().id)
    author_id = LazyAttribute(lambda row: PersonFactory().id)
    language = "en"
    text = "Can you cast DN 200?"


def attachment_of(message: Message) -> MessageAttachment:
    """A file sent with a message, as it lies on the disk."""

    class MessageAttachmentFactory(EntityFactory):
        class Meta:
            model = MessageAttachment

    attachment: MessageAttachment = MessageAttachmentFactory(message_id=message.id, file_id=stored_pdf().id)
    return attachment
