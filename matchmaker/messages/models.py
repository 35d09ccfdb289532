"""The messages of a match and how far each person has read."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Person
from matchmaker.core import clock
from matchmaker.core.db import Entity, Language, Prose
from matchmaker.core.files import StoredFile
from matchmaker.matching.models import Match


class Message(Entity):
    """One message; firm_id is None where a coordinator wrote."""

    __tablename__ = "message"
    match_id: Mapped[int] = mapped_column(ForeignKey("match.id", ondelete="CASCADE"), index=True)
    firm_id: Mapped[int | None] = mapped_column(ForeignKey("firm.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    language: Mapped[Language]
    text: Mapped[Prose]
    match: Mapped[Match] = relationship(lazy="raise")
    author: Mapped[Person] = relationship(lazy="raise")
    attachments: Mapped[list["MessageAttachment"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="MessageAttachment.id"
    )


class MessageAttachment(Entity):
    """A file sent with a message."""

    __tablename__ = "message_attachment"
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    file: Mapped[StoredFile] = relationship(lazy="raise")
    message: Mapped[Message] = relationship(lazy="raise", overlaps="attachments")


class ReadMark(Entity):
    """The last message a person has seen in a match."""

    __tablename__ = "read_mark"
    __table_args__ = (UniqueConstraint("match_id", "person_id"),)
    match_id: Mapped[int] = mapped_column(ForeignKey("match.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    message_id: Mapped[int]
    read_at: Mapped[datetime] = mapped_column(default=clock.now)
