"""Categories of notices."""

from enum import StrEnum


class NoticeCategory(StrEnum):
    """What a notice is about; people switch the mail of a category on or off."""

    MATCHES = "matches"
    MESSAGES = "messages"
    FIRM = "firm"
    WORK = "work"
