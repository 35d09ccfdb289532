"""The mail outbox: written in the transaction of its cause, sent by the worker, with retries."""

import logging
import re
import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from enum import StrEnum
from typing import Any

import click
from flask import Flask, current_app, render_template
from flask_babel import gettext as _
from sqlalchemy import String, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.core import clock, jobs, wordings
from matchmaker.core.db import Entity, Language, Line, Prose, db
from matchmaker.core.errors import Conflict
from matchmaker.core.i18n import in_language
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.core.wordings import LINK, REWORDED, RewordedMail, Wording

log = logging.getLogger(__name__)
MOST_ATTEMPTS = 6
LEASE = timedelta(minutes=5)
"""How long a mail being sent is left alone by others; longer than a server may take to answer."""
SECRET = re.compile(r"(?<=/)[A-Za-z0-9_-]{32,}")
"""The token of a link, by which its holder could act as the reader."""


PROMPT = frozenset({"already_have_account", "confirm", "reset"})
"""Mails that somebody waits for at this moment to get in; nobody holds them back."""


class MailState(StrEnum):
    """Where a mail stands."""

    DRAFT = "draft"
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"


class OutboxMail(Entity):
    """One mail as its reader will get it; dedupe_key keeps one event from reaching a person twice.

    `secret` marks a mail with the token of a link: nobody but its reader may see it, and it is blanked once sent.
    `unsubscribe_url` is the address by which a mail program ends such mails in one step (RFC 8058); service mails have none.
    `edits` counts how often staff changed the words. While a worker sends it, `error` is empty and `next_attempt_at` ahead.
    """

    __tablename__ = "outbox_mail"
    notice: Mapped[str] = mapped_column(String(60))
    to_address: Mapped[str] = mapped_column(String(254), index=True)
    language: Mapped[Language]
    subject: Mapped[Line]
    text: Mapped[Prose]
    html: Mapped[Prose]
    state: Mapped[MailState] = mapped_column(default=MailState.QUEUED, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    error: Mapped[Line] = mapped_column(default="")
    institution_id: Mapped[int | None] = mapped_column(index=True)
    dedupe_key: Mapped[str | None] = mapped_column(String(200), unique=True)
    secret: Mapped[bool] = mapped_column(default=False)
    unsubscribe_url: Mapped[Line] = mapped_column(default="")
    edits: Mapped[int] = mapped_column(default=0)

    @property
    def can_be_held(self) -> bool:
        """Whether it can be kept from leaving: it waits or failed, and no worker has it in hand."""
        in_hand = self.next_attempt_at is not None and not self.error and self.next_attempt_at > clock.now()
        waits = self.state is MailState.FAILED or (self.state is MailState.QUEUED and not in_hand)
        return waits and self.notice not in PROMPT

    @property
    def can_be_sent_again(self) -> bool:
        """Whether the words are still whole: those of a sent link are not."""
        return self.state in (MailState.FAILED, MailState.SENT) and (
            not self.secret or BLANK not in self.text
        )


BLANK = "••••"


def queue_mail(
    notice: str,
    to: str,
    language: str,
    *,
    dedupe_key: str | None = None,
    institution_id: int | None = None,
    unsubscribe_url: str = "",
    kind: str = "",
    worded_by: int | None = None,
    **context: Any,
) -> OutboxMail | None:
    """Write the mail of templates/mail/<notice>/ in its reader's language; None when this event was mailed before.

    An institution's own words for the kind (the notice itself where none is named) take the place of the product's:
    those of worded_by, else of institution_id. `unsubscribe_url` is for mails that come only because somebody asked for
    them.
    """
    if dedupe_key is not None and db.session.scalar(
        select(OutboxMail.id).where(OutboxMail.dedupe_key == dedupe_key)
    ):
        return None
    own = wordings.wording_of(kind or notice, worded_by or institution_id, language)
    if own is None:
        mail = draft_mail(notice, to, language, unsubscribe_url=unsubscribe_url, **context)
    else:
        mail = worded_mail(
            REWORDED[kind or notice], own, to, language, _values(REWORDED[kind or notice], context)
        )
        mail.notice = notice
    mail.unsubscribe_url = unsubscribe_url
    mail.dedupe_key, mail.institution_id, mail.state = dedupe_key, institution_id, MailState.QUEUED
    db.session.add(mail)
    return mail


def draft_mail(notice: str, to: str, language: str, **context: Any) -> OutboxMail:
    """The mail of a notice, written but kept nowhere."""
    values = {**context, "product": current_app.config["PRODUCT_NAME"], "mail_language": language}
    with in_language(language):
        subject = render_template(f"mail/{notice}/subject.txt", **values)
        text = render_template(f"mail/{notice}/body.txt", **values).strip() + "\n"
        html = render_template(f"mail/{notice}/body.html", subject=subject.strip(), **values)
    return _draft(notice, to, language, subject, text, html)


def worded_mail(
    kind: RewordedMail, words: Wording, to: str, language: str, values: dict[str, Any]
) -> OutboxMail:
    """A mail in the words of an institution, written but kept nowhere."""
    return _draft(kind.key, to, language, *wordings.written(kind, words, language, values))


def _draft(notice: str, to: str, language: str, subject: str, text: str, html: str) -> OutboxMail:
    return OutboxMail(
        notice=notice,
        to_address=to,
        language=language,
        subject=" ".join(subject.split())[:500],
        text=text,
        html=html,
        state=MailState.DRAFT,
        secret=SECRET.search(text) is not None,
    )


def _values(kind: RewordedMail, context: dict[str, Any]) -> dict[str, Any]:
    values = {place.name: context[place.source or place.name] for place in kind.places if place.name != LINK}
    values[LINK] = link(kind.endpoint, token=context["token"]) if kind.endpoint else context["url"]
    return values


def without_secrets(text: str) -> str:
    """The words of a mail with the tokens of its links blanked."""
    return SECRET.sub(BLANK, text)


def link(endpoint: str, **values: Any) -> str:
    """A full address for use inside a mail, also where no request is running."""
    base: str = current_app.config["BASE_URL"].rstrip("/")
    return base + str(current_app.url_map.bind("").build(endpoint, values))


def release(mail: OutboxMail) -> None:
    """Let a draft go, or send a failed or sent one again; raises Conflict where there is nothing left to send.

    Looks again under lock: somebody else may have let it go, or the worker sent it and blanked its link.
    """
    db.session.refresh(mail, with_for_update=True)
    if mail.state is not MailState.DRAFT and not mail.can_be_sent_again:
        raise Conflict(_("This mail cannot be sent again: its link is not kept."))
    mail.state, mail.attempts, mail.error, mail.next_attempt_at = MailState.QUEUED, 0, "", None


def hold(mail: OutboxMail) -> None:
    """Keep a mail from leaving until it is let go; raises Conflict once it has left or a worker has it in hand."""
    db.session.refresh(mail, with_for_update=True)
    if not mail.can_be_held:
        raise Conflict(_("This mail can no longer be held back."))
    mail.state, mail.next_attempt_at = MailState.DRAFT, None


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail server gets of a mail."""

    mail_id: int
    notice: str
    to: str
    subject: str
    text: str
    html: str
    at: datetime
    unsubscribe_url: str


def send_queued(most: int = 50) -> int:
    """Send what is due, oldest first; a failed mail is tried again ever later, then marked failed.

    Commits before and after each mail, so that no lock is held while a mail server thinks.
    """
    db.session.commit()
    count = 0
    while count < most and (letter := _next_letter()) is not None:
        _send(letter)
        count += 1
    return count


def _next_letter() -> Letter | None:
    with unit_of_work():
        due = or_(OutboxMail.next_attempt_at.is_(None), OutboxMail.next_attempt_at <= clock.now())
        waiting = (
            select(OutboxMail)
            .where(OutboxMail.state == MailState.QUEUED, due)
            .order_by(OutboxMail.id)
            .limit(1)
        )
        mail = db.session.scalar(waiting.with_for_update(skip_locked=True))
        if mail is None:
            return None
        mail.attempts, mail.next_attempt_at, mail.error = mail.attempts + 1, clock.now() + LEASE, ""
        return Letter(
            mail_id=mail.id,
            notice=mail.notice,
            to=mail.to_address,
            subject=mail.subject,
            text=mail.text,
            html=mail.html,
            at=mail.created_at,
            unsubscribe_url=mail.unsubscribe_url,
        )


def _send(letter: Letter) -> None:
    error = ""
    try:
        _deliver(letter)
    except (OSError, smtplib.SMTPException, ValueError) as failure:
        error = f"{type(failure).__name__}: {failure}"[:500]
    with unit_of_work():
        mail = db.session.get_one(OutboxMail, letter.mail_id, populate_existing=True)
        if error:
            _failed(mail, error)
        else:
            _sent(mail)


def _failed(mail: OutboxMail, error: str) -> None:
    mail.error = error
    mail.next_attempt_at = clock.now() + timedelta(minutes=2**mail.attempts)
    if mail.attempts >= MOST_ATTEMPTS:
        mail.state = MailState.FAILED


def _sent(mail: OutboxMail) -> None:
    mail.state, mail.sent_at, mail.error, mail.next_attempt_at = MailState.SENT, clock.now(), "", None
    if mail.secret and not current_app.config["DEMO"]:
        mail.text, mail.html = without_secrets(mail.text), without_secrets(mail.html)
        mail.unsubscribe_url = without_secrets(mail.unsubscribe_url)


def _deliver(letter: Letter) -> None:
    config = current_app.config
    if not config["MAIL_HOST"]:
        if config["DEMO"] and not config["TESTING"]:
            click.echo(f"To: {letter.to}\nSubject: {letter.subject}\n\n{letter.text}")
        log.info("mail %s (%s) not sent: no mail server is set", letter.mail_id, letter.notice)
        return
    with smtplib.SMTP(config["MAIL_HOST"], config["MAIL_PORT"], timeout=20) as server:
        if config["MAIL_TLS"]:
            server.starttls(context=ssl.create_default_context())
        if config["MAIL_USER"]:
            server.login(config["MAIL_USER"], config["MAIL_PASSWORD"])
        server.send_message(_message(letter, config["MAIL_FROM"]))


class WholeAddresses(EmailPolicy):
    """Leaves the address in List-Unsubscribe whole: folding would turn a long one into words that programs cannot read."""

    def fold(self, name: str, value: str) -> str:
        """One header as text."""
        if name.lower() == "list-unsubscribe":
            return f"{name}: {value}{self.linesep}"
        folded: str = super().fold(name, value)
        return folded

    def fold_binary(self, name: str, value: str) -> bytes:
        """One header as bytes."""
        if name.lower() == "list-unsubscribe":
            return self.fold(name, value).encode("ascii")
        return super().fold_binary(name, value)


def _message(letter: Letter, sender: str) -> EmailMessage:
    message = EmailMessage(policy=WholeAddresses())
    message["Subject"], message["From"], message["To"] = letter.subject, sender, letter.to
    message["Date"] = format_datetime(letter.at)
    # The same number at every attempt, so that a mail sent twice is shown once.
    message["Message-ID"] = (
        f"<outbox-{letter.mail_id}-{int(letter.at.timestamp())}@{sender.rpartition('@')[2]}>"
    )
    message["Auto-Submitted"] = "auto-generated"
    if letter.unsubscribe_url:
        message["List-Unsubscribe"] = f"<{letter.unsubscribe_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    return message


jobs.loop("mail", 2)(send_queued)


def init_mail(app: Flask) -> None:
    """Give mail templates full links."""
    app.jinja_env.globals["mail_link"] = link
