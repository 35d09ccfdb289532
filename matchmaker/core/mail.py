"""The mail outbox: written in the transaction of its cause, sent by the worker, with retries."""

import logging
import smtplib
from datetime import datetime, timedelta
from email.message import EmailMessage
from enum import StrEnum
from typing import Any

from flask import Flask, current_app, render_template
from sqlalchemy import String, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.core import clock, jobs
from matchmaker.core.db import Entity, Language, Line, Prose, db
from matchmaker.core.i18n import in_language

log = logging.getLogger(__name__)
MOST_ATTEMPTS = 6


class MailState(StrEnum):
    """Where a mail stands."""

    DRAFT = "draft"
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"


class OutboxMail(Entity):
    """One mail as its reader will get it; dedupe_key keeps one event from reaching a person twice."""

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


def queue_mail(
    notice: str, to: str, language: str, *, dedupe_key: str | None = None, institution_id: int | None = None, **context: Any
) -> OutboxMail | None:
    """Write the mail of templates/mail/<notice>/ in its reader's language; None when this event was mailed before."""
    if dedupe_key is not None and db.session.scalar(select(OutboxMail.id).where(OutboxMail.dedupe_key == dedupe_key)):
        return None
    values = {**context, "product": current_app.config["PRODUCT_NAME"], "mail_language": language}
    with in_language(language):
        mail = OutboxMail(
            notice=notice,
            to_address=to,
            language=language,
            subject=render_template(f"mail/{notice}/subject.txt", **values).strip(),
            text=render_template(f"mail/{notice}/body.txt", **values).strip() + "\n",
            html=render_template(f"mail/{notice}/body.html", **values),
            institution_id=institution_id,
            dedupe_key=dedupe_key,
        )
    db.session.add(mail)
    return mail


def link(endpoint: str, **values: Any) -> str:
    """A full address for use inside a mail, also where no request is running."""
    base: str = current_app.config["BASE_URL"].rstrip("/")
    path: str = current_app.url_map.bind("").build(endpoint, values)
    return base + path


def release(mail: OutboxMail) -> None:
    """Let a draft go, or send a failed or sent one again."""
    mail.state, mail.attempts, mail.error, mail.next_attempt_at = MailState.QUEUED, 0, "", None


def send_queued(most: int = 50) -> int:
    """Send what is due, oldest first; a failed mail is tried again ever later, then marked failed."""
    due = or_(OutboxMail.next_attempt_at.is_(None), OutboxMail.next_attempt_at <= clock.now())
    waiting = select(OutboxMail).where(OutboxMail.state == MailState.QUEUED, due).order_by(OutboxMail.id).limit(most)
    mails = db.session.scalars(waiting.with_for_update(skip_locked=True)).all()
    for mail in mails:
        _attempt(mail)
    return len(mails)


def _attempt(mail: OutboxMail) -> None:
    mail.attempts += 1
    try:
        _deliver(mail)
    except (OSError, smtplib.SMTPException) as error:
        mail.error = f"{type(error).__name__}: {error}"[:500]
        mail.next_attempt_at = clock.now() + timedelta(minutes=2**mail.attempts)
        if mail.attempts >= MOST_ATTEMPTS:
            mail.state = MailState.FAILED
        return
    mail.state, mail.sent_at, mail.error = MailState.SENT, clock.now(), ""


def _deliver(mail: OutboxMail) -> None:
    config = current_app.config
    if not config["MAIL_HOST"]:
        log.info("mail %s (%s) not sent: no mail server is set", mail.id, mail.notice)
        return
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = mail.subject, config["MAIL_FROM"], mail.to_address
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    with smtplib.SMTP(config["MAIL_HOST"], config["MAIL_PORT"], timeout=20) as server:
        if config["MAIL_TLS"]:
            server.starttls()
        if config["MAIL_USER"]:
            server.login(config["MAIL_USER"], config["MAIL_PASSWORD"])
        server.send_message(message)


jobs.loop("mail", 2)(send_queued)


def init_mail(app: Flask) -> None:
    """Give mail templates full links."""
    app.jinja_env.globals["mail_link"] = link
