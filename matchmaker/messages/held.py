"""What conversations keep of a person."""

from flask_babel import lazy_gettext as _l

from matchmaker.core.personal_data import Fate, Held, Part
from matchmaker.messages.models import Message, MessageAttachment, ReadMark

WHY = _l("It is the correspondence of two firms and stays with them. The author is shown as removed.")
MESSAGE = Held(Message, _l("Messages that you wrote"), (Message.author_id,), Fate.KEPT, why=WHY)
PART = Part(
    "messages",
    _l("Messages"),
    held=(
        Held(
            MessageAttachment,
            _l("Files that you sent with messages"),
            (),
            Fate.KEPT,
            below=((MessageAttachment.message_id, MESSAGE),),
            why=WHY,
        ),
        MESSAGE,
        Held(ReadMark, _l("How far you have read"), (ReadMark.person_id,), Fate.REMOVED),
    ),
)
