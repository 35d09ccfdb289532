"""Messages and reminders to a group of those who signed up."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.core.db import Entity, Line, Prose
from matchmaker.programmes.mailings.enums import ReminderAnchor


class Worded:
    """Subject and text in the languages of the readers; a language is written in whole or not at all."""

    subject_tr: Mapped[Line] = mapped_column(default="")
    subject_ru: Mapped[Line] = mapped_column(default="")
    subject_en: Mapped[Line] = mapped_column(default="")
    text_tr: Mapped[Prose] = mapped_column(default="")
    text_ru: Mapped[Prose] = mapped_column(default="")
    text_en: Mapped[Prose] = mapped_column(default="")

    def subject(self, language: str) -> str:
        """The subject in a language; empty where it is not written."""
        return str(getattr(self, f"subject_{language}"))

    def text(self, language: str) -> str:
        """The text in a language; empty where it is not written."""
        return str(getattr(self, f"text_{language}"))


class ProgrammeMessage(Worded, Entity):
    """One message, a draft until sent_at; filters are those of the participants table, read again when it is sent.

    recipients and left_out are the numbers of people at the moment of sending.
    """

    __tablename__ = "programme_message"
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"), index=True)
    filters: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    sent_at: Mapped[datetime | None]
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    recipients: Mapped[int] = mapped_column(default=0)
    left_out: Mapped[int] = mapped_column(default=0)


class ProgrammeReminder(Worded, Entity):
    """A message that the clock sends to those in some states, at a time of day of the venue.

    The moment is never stored: it follows from the programme's dates (reminder_rules.due_at), so that it moves with them.
    days are counted from the anchor; day is set for a fixed day instead. sent_for is the moment it was last sent for;
    reached is how many people got it in all. Of those in the states it goes to those who pass the filters (quota, country, form);
    one that is not there limits nothing.
    """

    __tablename__ = "programme_reminder"
    __table_args__ = (CheckConstraint("days >= 0", name="days_not_negative"),)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"), index=True)
    states: Mapped[list[Any]] = mapped_column(default=list)
    filters: Mapped[dict[str, Any]] = mapped_column(default=dict)
    anchor: Mapped[ReminderAnchor]
    days: Mapped[int] = mapped_column(default=0)
    day: Mapped[date | None]
    clock_time: Mapped[str] = mapped_column(String(5), default="09:00")
    created_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    sent_for: Mapped[datetime | None]
    reached: Mapped[int] = mapped_column(default=0)
