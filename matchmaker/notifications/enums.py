"""Categories of notices and of mails."""

from enum import StrEnum


class NoticeCategory(StrEnum):
    """What a notice is about; people switch the mail of a category on or off."""

    MATCHES = "matches"
    MESSAGES = "messages"
    FIRM = "firm"
    WORK = "work"


class NewsCategory(StrEnum):
    """What comes by mail only after somebody asked for it; every such mail tells how to end it in one step."""

    SAVED_SEARCHES = "saved_searches"
