"""Writes of notices and of the mail outbox."""

import secrets
from collections.abc import Collection

from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from matchmaker.accounts.models import Person
from matchmaker.accounts.secret_keys import fingerprint, lock, unlock
from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db, insert_new
from matchmaker.core.errors import Conflict
from matchmaker.core.i18n import in_language
from matchmaker.core.mail import MailState, OutboxMail, hold, link, queue_mail, release
from matchmaker.core.versions import require_version
from matchmaker.notifications import edits
from matchmaker.notifications.addresses import full_address
from matchmaker.notifications.enums import NewsCategory, NoticeCategory
from matchmaker.notifications.keepers import institution_of
from matchmaker.notifications.kinds import KINDS
from matchmaker.notifications.models import MutedCategory, NewsOptIn, Notice
from matchmaker.notifications.queries import TOKENS, muted, news_opt_in
from matchmaker.notifications.wordings import wording_key


def notify(
    person_id: int,
    kind: str,
    subject: str,
    path: str,
    event_key: str,
    mail: bool = True,
    worded_by: int | None = None,
) -> Notice | None:
    """Tell a person about an event, on the page and by a mail without details; None when told before.

    `path` is the page it is about (from url_for, without host). Raises KeyError for an unknown kind. A disabled or
    unconfirmed account gets no mail, nor does somebody who muted the category. The mail is in the words of the institution
    worded_by, else of the one that looks after the person, where it has written its own for this kind.
    """
    about = KINDS[kind]
    row = {
        "person_id": person_id,
        "kind": kind,
        "subject": subject[:500],
        "path": path,
        "event_key": event_key,
    }
    notice = insert_new(Notice, row, key=("person_id", "event_key"))
    if notice is None or not mail:
        return notice
    person = db.session.get_one(Person, person_id)
    reachable = person.disabled_at is None and person.email_confirmed_at is not None
    if reachable and about.category not in muted(person_id):
        with in_language(person.language):
            news = str(about.news)
        queue_mail(
            "notice",
            to=person.email,
            language=person.language,
            dedupe_key=f"notice {person_id} {event_key}"[:200],
            institution_id=institution_of(person_id),
            kind=wording_key(kind),
            worded_by=worded_by,
            name=person.name,
            news=news,
            url=full_address(path),
        )
        db.session.flush()
    return notice


def mark_read(notice: Notice) -> None:
    """Note that the person has seen a notice."""
    notice.read_at = notice.read_at or clock.now()
    db.session.flush()


def mark_all_read(person_id: int) -> None:
    """Note that the person has seen all notices there are."""
    unread = update(Notice).where(Notice.person_id == person_id, Notice.read_at.is_(None))
    db.session.execute(unread.values(read_at=clock.now()))


def choose_mail(actor: Actor, wanted: Collection[NoticeCategory]) -> None:
    """Send mail of the wanted categories only."""
    db.session.execute(delete(MutedCategory).where(MutedCategory.person_id == actor.person_id))
    for category in NoticeCategory:
        if category not in wanted:
            db.session.add(MutedCategory(person_id=actor.person_id, category=category))
    audit.record(actor, "choose_mail", "person", actor.person_id, after={"mail": sorted(wanted)})
    db.session.flush()


def choose_news(actor: Actor, wanted: Collection[NewsCategory]) -> None:
    """Send news of the wanted categories only."""
    for category in NewsCategory:
        if category in wanted:
            ask_for_news(actor, category)
        elif (asked := news_opt_in(actor.person_id, category)) is not None:
            end_news(actor, asked)


def ask_for_news(actor: Actor, category: NewsCategory) -> None:
    """Note that the actor wants news of a category from now on; who does already goes on."""
    # Said in two windows at once it is said once.
    db.session.execute(select(Person.id).where(Person.id == actor.person_id).with_for_update(key_share=True))
    asked = news_opt_in(actor.person_id, category)
    if asked is not None and asked.ended_at is None:
        return
    if asked is None:
        asked = NewsOptIn(person_id=actor.person_id, category=category, since=clock.now())
        _new_token(asked)
        db.session.add(asked)
    asked.since, asked.ended_at = clock.now(), None
    db.session.flush()
    audit.record(actor, "ask_for_news", "person", actor.person_id, after={"category": category.value})


def end_news(actor: Actor | None, asked: NewsOptIn) -> None:
    """Send no more news of a category; who ends them by the link of a mail need not be signed in. Twice is once."""
    db.session.refresh(asked, with_for_update=True)
    if asked.ended_at is not None:
        return
    asked.ended_at = clock.now()
    after = {"category": asked.category.value, "by_link": actor is None}
    audit.record(actor, "end_news", "person", asked.person_id, after=after)
    db.session.flush()


def unsubscribe_url(asked: NewsOptIn) -> str:
    """The address in a mail by which its reader ends such mails; a new one where SECRET_KEY has changed since."""
    token = unlock(asked.locked_token, TOKENS) or _new_token(asked)
    return link("notifications.unsubscribe", token=token)


def _new_token(asked: NewsOptIn) -> str:
    token = secrets.token_urlsafe(32)
    asked.digest, asked.locked_token = fingerprint(token, TOKENS), lock(token, TOKENS)
    return token


def send_mail(actor: Actor, mail: OutboxMail) -> None:
    """Let a draft go, or send a mail again; raises Conflict where its words are not kept."""
    before = str(mail.state)
    release(mail)
    audit.record(actor, "send", "outbox_mail", mail.id, {"state": before}, {"state": str(mail.state)})
    db.session.flush()


def hold_mail(actor: Actor, mail: OutboxMail) -> None:
    """Keep a mail that waits or failed as a draft; raises Conflict where it is too late."""
    before = str(mail.state)
    hold(mail)
    audit.record(actor, "hold_mail", "outbox_mail", mail.id, {"state": before}, {"state": str(mail.state)})
    db.session.flush()


def edit_mail(actor: Actor, mail: OutboxMail, subject: str, text: str, *, seen: int) -> None:
    """Change the words of a draft; `seen` is how often it was edited when its words were shown.

    Raises Conflict where it is no draft any more, ChangedMeanwhile where somebody else edited it, DomainError at the field for
    words without a link that the mail exists for.
    """
    db.session.refresh(mail, with_for_update=True)
    if mail.state is not MailState.DRAFT or not edits.can_be_edited(mail):
        raise Conflict(_("Only a draft can be edited. This mail is none any more."))
    require_version(mail.edits, seen)
    before = mail.subject
    edits.write(mail, subject, text)
    mail.edits += 1
    after = {"subject": mail.subject, "count": mail.edits}
    audit.record(actor, "edit_mail", "outbox_mail", mail.id, {"subject": before}, after)
    db.session.flush()
