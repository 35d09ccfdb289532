"""What conversations keep of a person."""

from flask_babel import lazy_gettext as _l

from matchmaker.core.personal_data import Held, Part
from matchmaker.messages.models import Message, MessageAttachment, ReadMark

MESSAGE = Held(Message, _l("Messages that you wrote"), (Message.author_id,))
PART = Part(
    "messages",
    _l("Messages"),
    held=(
        Held(
            MessageAttachment,
            _l("Files that you sent with messages"),
            (),
            below=((MessageAttachment.message_id, MESSAGE),),
        ),
        MESSAGE,
        Held(ReadMark, _l("How far you have read"), (ReadMark.person_id,)),
    ),
)
