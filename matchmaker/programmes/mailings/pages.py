"""What the pages of messages show."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from matchmaker.core.i18n import LANGUAGES, language
from matchmaker.core.mail import OutboxMail
from matchmaker.programmes.group_words import group_words
from matchmaker.programmes.mailings import queries
from matchmaker.programmes.mailings.enums import LeftOut
from matchmaker.programmes.mailings.models import ProgrammeMessage, Worded
from matchmaker.programmes.mailings.rules import Group, language_for
from matchmaker.programmes.models import Programme
from matchmaker.reference import languages

WHY_LEFT_OUT = {
    LeftOut.NO_ADDRESS: _l("No e-mail address is known."),
    LeftOut.CLOSED: _l("The account is closed."),
    LeftOut.TWICE: _l("The same address gets it already."),
}


@dataclass(frozen=True, slots=True)
class MessagePage:
    """One message before or after it is sent."""

    message: ProgrammeMessage
    subject: str
    group_words: str
    group: Group
    texts: list[tuple[str, str, str, str]]
    others: list[tuple[str, str]]
    left_out: list[tuple[str, str]]
    drafts: Sequence[OutboxMail]


def message_page(programme: Programme, message: ProgrammeMessage) -> MessagePage:
    """Put the preview together."""
    group, written = queries.group_of(programme, message), queries.written(message)
    return MessagePage(
        message,
        subject_for_reader(message),
        group_words(programme, message.filters),
        group,
        [(code, tongue(code), message.subject(code), message.text(code)) for code in written],
        [(one.name, tongue(one.language)) for one in group.in_another_language],
        [(one.name, str(WHY_LEFT_OUT[why])) for one, why in group.left_out],
        queries.drafts(message.id) if message.sent_at else [],
    )


def tongue(code: str) -> str:
    """The name of a language in the reader's."""
    return languages.title(code, language())


def subject_for_reader(message: Worded) -> str:
    """The subject in the language of the page, else in another."""
    return message.subject(language_for(language(), [code for code in LANGUAGES if message.subject(code)]))
