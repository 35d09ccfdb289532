"""The searches that people saved."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.core import clock
from matchmaker.core.db import Entity, Name, Prose
from matchmaker.directory.saved.enums import Frequency


class SavedSearch(Entity):
    """One state of the directory that a person wants to come back to, as the part of its address behind the question mark.

    `query_key` says which firms it finds, whatever their order: the same filters are saved once. Its mails
    have told of the firms that were new between `telling_since` and `told_until`.
    """

    __tablename__ = "saved_search"
    __table_args__ = (UniqueConstraint("person_id", "query_key"),)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    name: Mapped[Name]
    query: Mapped[Prose] = mapped_column(default="")
    query_key: Mapped[str] = mapped_column(String(64))
    frequency: Mapped[Frequency] = mapped_column(default=Frequency.NONE, index=True)
    telling_since: Mapped[datetime] = mapped_column(default=clock.now)
    told_until: Mapped[datetime] = mapped_column(default=clock.now)
