"""Notices to a person."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.core.db import Entity, Line
from matchmaker.notifications.enums import NewsCategory, NoticeCategory


class Notice(Entity):
    """Something a person should know; the event key keeps the same event from reaching the person twice.

    `kind` names a sentence in notifications.kinds that is written in the reader's language when shown, with `subject`
    put in; `path` is the page it is about.
    """

    __tablename__ = "notice"
    __table_args__ = (UniqueConstraint("person_id", "event_key"),)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(60))
    subject: Mapped[Line] = mapped_column(default="")
    path: Mapped[Line] = mapped_column(default="")
    event_key: Mapped[str] = mapped_column(String(160))
    read_at: Mapped[datetime | None]


class MutedCategory(Entity):
    """A category of which a person wants no mail; the notices themselves still appear on the page."""

    __tablename__ = "muted_category"
    __table_args__ = (UniqueConstraint("person_id", "category"),)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    category: Mapped[NoticeCategory]


class NewsOptIn(Entity):
    """That a person asked for news of a category, since when, and whether that has ended; without a row none is sent.

    The row outlives its end, so that the link in an old mail still answers. The token of the link is kept locked, because
    every mail repeats it, and as a keyed digest, by which it is found.
    """

    __tablename__ = "news_opt_in"
    __table_args__ = (UniqueConstraint("person_id", "category"),)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    category: Mapped[NewsCategory]
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    locked_token: Mapped[str] = mapped_column(String(300))
