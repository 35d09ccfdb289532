"""Reads of notices and of the mail outbox."""

from sqlalchemy import func, or_, select

from matchmaker.accounts.secret_keys import fingerprint
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import existing
from matchmaker.core.mail import MailState, OutboxMail
from matchmaker.core.paging import Paging, Part
from matchmaker.notifications.enums import NewsCategory, NoticeCategory
from matchmaker.notifications.models import MutedCategory, NewsOptIn, Notice

PAGE = 30
TOKENS = "unsubscribe"
"""What the key of the links by which news are ended is for."""


def notices(person_id: int, number: int = 1) -> Part[Notice]:
    """A person's notices, newest first."""
    total = db.session.scalar(select(func.count(Notice.id)).where(Notice.person_id == person_id)) or 0
    found = (
        select(Notice)
        .where(Notice.person_id == person_id)
        .order_by(Notice.created_at.desc(), Notice.id.desc())
    )
    paging = Paging(number, PAGE, total)
    return Part(db.session.scalars(found.limit(PAGE).offset(paging.offset)).all(), paging)


def notice(notice_id: int) -> Notice:
    """One notice; raises NotFound."""
    return existing(db.session.get(Notice, notice_id))


def unread_count(person_id: int) -> int:
    """How many notices a person has not read."""
    unread = (Notice.person_id == person_id, Notice.read_at.is_(None))
    return db.session.scalar(select(func.count(Notice.id)).where(*unread)) or 0


def muted(person_id: int) -> frozenset[NoticeCategory]:
    """The categories of which a person wants no mail."""
    return frozenset(
        db.session.scalars(select(MutedCategory.category).where(MutedCategory.person_id == person_id))
    )


def news_opt_in(person_id: int, category: NewsCategory) -> NewsOptIn | None:
    """What a person once said about news of a category; ended or not."""
    return db.session.scalar(
        select(NewsOptIn).where(NewsOptIn.person_id == person_id, NewsOptIn.category == category)
    )


def wants_news(person_id: int) -> frozenset[NewsCategory]:
    """The categories of news that a person asked for."""
    asked = (NewsOptIn.person_id == person_id, NewsOptIn.ended_at.is_(None))
    return frozenset(db.session.scalars(select(NewsOptIn.category).where(*asked)))


def opt_in_of_token(token: str) -> NewsOptIn:
    """What the link of a mail belongs to; raises NotFound."""
    return existing(
        db.session.scalar(select(NewsOptIn).where(NewsOptIn.digest == fingerprint(token, TOKENS)))
    )


def mails(actor: Actor, state: MailState | None = None, number: int = 1) -> Part[OutboxMail]:
    """The mails an actor may see, newest first: all for the operator, else those of the own institution."""
    seen = [OutboxMail.id > 0]
    if not actor.is_operator:
        seen = [or_(*(OutboxMail.institution_id == grant.institution_id for grant in actor.grants))]
    if state is not None:
        seen.append(OutboxMail.state == state)
    total = db.session.scalar(select(func.count(OutboxMail.id)).where(*seen)) or 0
    paging = Paging(number, PAGE, total)
    found = select(OutboxMail).where(*seen).order_by(OutboxMail.id.desc()).limit(PAGE).offset(paging.offset)
    return Part(db.session.scalars(found).all(), paging)


def mail(mail_id: int) -> OutboxMail:
    """One mail; raises NotFound."""
    return existing(db.session.get(OutboxMail, mail_id))
