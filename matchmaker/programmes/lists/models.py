"""The schedule of a list."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.core.db import Entity
from matchmaker.core.schedules import Rhythm
from matchmaker.programmes.lists.enums import ListFormat


class ScheduledList(Entity):
    """A list of the participants who pass some filters, for named staff, at a time of day of the venue.

    filters are those of the participants table; readers holds the numbers of accounts; weekday counts from Monday, 0,
    and says nothing where it goes out every day. sent_for is the moment it last went out for.
    """

    __tablename__ = "scheduled_list"
    __table_args__ = (CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday_of_week"),)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"), index=True)
    filters: Mapped[dict[str, Any]] = mapped_column(default=dict)
    readers: Mapped[list[Any]] = mapped_column(default=list)
    format: Mapped[ListFormat] = mapped_column(default=ListFormat.XLSX)
    rhythm: Mapped[Rhythm] = mapped_column(default=Rhythm.WEEKLY)
    weekday: Mapped[int] = mapped_column(default=0)
    clock_time: Mapped[str] = mapped_column(String(5), default="09:00")
    created_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    sent_for: Mapped[datetime | None]
