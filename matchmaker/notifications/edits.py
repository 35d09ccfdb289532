"""The words of one draft, opened for staff and closed again: its links are places that stay, and nobody sees their tokens."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from flask import current_app
from flask_babel import gettext as _

from matchmaker.core.errors import DomainError, existing
from matchmaker.core.i18n import in_language
from matchmaker.core.mail import OutboxMail
from matchmaker.core.wordings import LINK, REWORDED, RewordedMail, bodies, used


@dataclass(frozen=True, slots=True)
class Opened:
    """A draft as staff edit it: links by the names that stand for them, and the sentences that nobody changes."""

    subject: str
    text: str
    links: Mapping[str, str]
    fixed: tuple[str, ...]


def kind_of(mail: OutboxMail) -> RewordedMail | None:
    """The kind of a mail whose words staff may change; automatic notices and security mails have none."""
    written = (one for one in REWORDED.values() if one.folder != "notice")
    return next((one for one in written if mail.notice in (one.key, one.folder)), None)


def can_be_edited(mail: OutboxMail) -> bool:
    """Whether staff may change the words of such a mail while it is a draft."""
    return kind_of(mail) is not None


def open_words(mail: OutboxMail) -> Opened:
    """The words of a mail for editing."""
    text, fixed = _without_fixed(mail)
    links: dict[str, str] = {}

    def named(found: re.Match[str]) -> str:
        name = next((name for name, url in links.items() if url == found.group()), "")
        if not name:
            name = LINK if not links else f"{LINK}_{len(links) + 1}"
            links[name] = found.group()
        return f"{{{name}}}"

    base = re.escape(current_app.config["BASE_URL"].rstrip("/"))
    text = re.sub(rf"{base}(?:/\S*)?", named, text)
    return Opened(mail.subject, text, links, fixed)


def write(mail: OutboxMail, subject: str, text: str) -> None:
    """Put other words into a mail, text and HTML alike; raises DomainError at the field."""
    kind, opened = existing(kind_of(mail)), open_words(mail)
    subject, text = " ".join(subject.split()), "\n".join(text.strip().splitlines())
    check(opened, subject, text)
    mail.subject = subject[:500]
    mail.text, mail.html = bodies(kind, subject, text, mail.language, opened.links, opened.fixed)


def check(opened: Opened, subject: str, text: str) -> None:
    """Raises DomainError for words that are empty, leave a link out, or name one that there is not."""
    for field, words in (("subject", subject), ("text", text)):
        if not words:
            raise DomainError(_("Write the subject.") if field == "subject" else _("Write the text."), field)
        before = used(opened.subject if field == "subject" else opened.text)
        allowed = [*before, *opened.links] if field == "text" else before
        for name in used(words):
            if name not in allowed:
                known = ", ".join(f"{{{one}}}" for one in opened.links) or "–"
                said = _("%(piece)s is not known in this mail. You can use: %(known)s.")
                raise DomainError(said % {"piece": f"{{{name}}}", "known": known}, field)
    for name in opened.links:
        if name not in used(text):
            said = _("%(piece)s has to stay in the text: the mail is of no use without it.")
            raise DomainError(said % {"piece": f"{{{name}}}"}, "text")


def _without_fixed(mail: OutboxMail) -> tuple[str, tuple[str, ...]]:
    kind = kind_of(mail)
    text, found = mail.text, []
    with in_language(mail.language):
        for sentence in kind.fixed if kind else ():
            shape = re.sub(r"%\\?\(\w+\\?\)s", ".+?", re.escape(str(sentence)))
            said = re.search(rf"^{shape}$", text, re.MULTILINE)
            if said:
                found.append(said.group())
                text = text.replace(said.group(), "", 1)
    return re.sub(r"\n{3,}", "\n\n", text).strip(), tuple(found)
