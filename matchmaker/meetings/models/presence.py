"""Check points of a B2B day and who passed them."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.core.db import Entity, Name
from matchmaker.meetings.enums import CheckRule
from matchmaker.meetings.models.day import B2bDay
from matchmaker.meetings.models.people import DayPerson


class CheckPoint(Entity):
    """A place where badges are looked at, such as the entrance; rule says how often one person passes."""

    __tablename__ = "check_point"
    day_id: Mapped[int] = mapped_column(ForeignKey("b2b_day.id", ondelete="CASCADE"), index=True)
    name: Mapped[Name]
    rule: Mapped[CheckRule] = mapped_column(default=CheckRule.ONCE_A_DAY)
    day: Mapped[B2bDay] = relationship(lazy="raise")


class CheckIn(Entity):
    """One passage; scan_key is what the scanning device called it, so that a scan sent twice counts once.

    passing_key is "point:person" or "point:person:day" while it counts and the rule limits it, None otherwise, so that
    the database settles who came first. scanned_at is the device's moment, undone_at set where it was a mistake.
    """

    __tablename__ = "check_in"
    point_id: Mapped[int] = mapped_column(ForeignKey("check_point.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("day_person.id", ondelete="CASCADE"), index=True)
    scan_key: Mapped[str] = mapped_column(String(64), unique=True)
    passing_key: Mapped[str | None] = mapped_column(String(60), unique=True)
    scanned_at: Mapped[datetime]
    scanned_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    offline: Mapped[bool] = mapped_column(default=False)
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    point: Mapped[CheckPoint] = relationship(lazy="raise")
    person: Mapped[DayPerson] = relationship(lazy="raise")
