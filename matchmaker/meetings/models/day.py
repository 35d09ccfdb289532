"""A B2B day as staff set it up: its blocks, slots, tables and interpreters."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.core.db import Country, Entity, Line, Name
from matchmaker.meetings.enums import BlockKind, DayState
from matchmaker.programmes.models import Programme
from matchmaker.programmes.trips.models import TripItem


class B2bDay(Entity):
    """One day of meetings of a programme, shown in `zone` (IANA), that of the venue.

    slot_minutes is how long a meeting lasts, change_minutes how long people have to change tables. least is the number
    of meetings guaranteed to every firm where possible, most the limit of a firm that sets none itself. fairness is the
    most by which the break counts of two firms may differ. host_country names the side that keeps its tables, empty for
    none. same_side allows meetings of two firms of one side. plan_step counts every change of the working timetable.
    """

    __tablename__ = "b2b_day"
    __table_args__ = (
        CheckConstraint("slot_minutes BETWEEN 5 AND 120", name="slot_minutes_in_range"),
        CheckConstraint("change_minutes BETWEEN 0 AND 60", name="change_minutes_in_range"),
        CheckConstraint("least >= 0", name="least_not_negative"),
        CheckConstraint("most IS NULL OR most >= least", name="most_not_below_least"),
        CheckConstraint("fairness >= 0", name="fairness_not_negative"),
    )
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("trip_item.id", ondelete="SET NULL"), unique=True)
    state: Mapped[DayState] = mapped_column(default=DayState.DRAFT)
    held_on: Mapped[date]
    zone: Mapped[str] = mapped_column(String(64))
    place: Mapped[Line] = mapped_column(default="")
    entrance: Mapped[Line] = mapped_column(default="")
    slot_minutes: Mapped[int] = mapped_column(default=20)
    change_minutes: Mapped[int] = mapped_column(default=5)
    wishes_until: Mapped[datetime | None]
    least: Mapped[int] = mapped_column(default=0)
    most: Mapped[int | None]
    fairness: Mapped[int] = mapped_column(default=2)
    host_country: Mapped[Country] = mapped_column(default="")
    same_side: Mapped[bool] = mapped_column(default=False)
    plan_step: Mapped[int] = mapped_column(default=0)
    published_at: Mapped[datetime | None]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    programme: Mapped[Programme] = relationship(lazy="raise")
    item: Mapped[TripItem | None] = relationship(lazy="raise")
    blocks: Mapped[list["DayBlock"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="DayBlock.starts_at"
    )
    slots: Mapped[list["DaySlot"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="DaySlot.position"
    )
    tables: Mapped[list["DayTable"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="DayTable.number"
    )
    interpreters: Mapped[list["DayInterpreter"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="DayInterpreter.id"
    )

    def clock(self, moment: datetime) -> datetime:
        """A moment as the clocks of the venue show it."""
        return moment.astimezone(ZoneInfo(self.zone))

    def time_of(self, moment: datetime) -> str:
        """The time of day of a moment there, such as 09:30."""
        return f"{self.clock(moment):%H:%M}"


class DayBlock(Entity):
    """A stretch of the day: meetings, whose slots follow from it, or a break with its name."""

    __tablename__ = "day_block"
    __table_args__ = (
        UniqueConstraint("day_id", "starts_at"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
    )
    day_id: Mapped[int] = mapped_column(ForeignKey("b2b_day.id", ondelete="CASCADE"))
    kind: Mapped[BlockKind]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    name_tr: Mapped[Name] = mapped_column(default="")
    name_ru: Mapped[Name] = mapped_column(default="")
    name_en: Mapped[Name] = mapped_column(default="")

    def name(self, language: str) -> str:
        """Its name in a language, else in the first one there is."""
        spoken = dict.fromkeys((language, "en", "tr", "ru"))
        names = (str(getattr(self, f"name_{code}", "") or "") for code in spoken)
        return next((name for name in names if name), "")


class DaySlot(Entity):
    """A time at which meetings are held; position counts from 0 through the day, block_id is its session."""

    __tablename__ = "day_slot"
    __table_args__ = (
        UniqueConstraint("day_id", "position"),
        UniqueConstraint("day_id", "starts_at"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
    )
    day_id: Mapped[int] = mapped_column(ForeignKey("b2b_day.id", ondelete="CASCADE"))
    block_id: Mapped[int] = mapped_column(ForeignKey("day_block.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class DayTable(Entity):
    """A place for one meeting at a time; languages limits it (empty: any), host_id keeps it for one participant.

    closed holds the positions of slots at which it cannot be used.
    """

    __tablename__ = "day_table"
    __table_args__ = (
        UniqueConstraint("day_id", "number"),
        CheckConstraint("number > 0", name="number_positive"),
    )
    day_id: Mapped[int] = mapped_column(ForeignKey("b2b_day.id", ondelete="CASCADE"))
    number: Mapped[int]
    room: Mapped[Name] = mapped_column(default="")
    languages: Mapped[list[Any]] = mapped_column(default=list)
    host_id: Mapped[int | None] = mapped_column(ForeignKey("day_participant.id", ondelete="SET NULL"))
    closed: Mapped[list[Any]] = mapped_column(default=list)


class DayInterpreter(Entity):
    """An interpreter with the pairs of languages, such as "ru-tr" in order of the alphabet; closed as for a table.

    The first pair is what the timetable counts on; any pair may be given by hand.
    """

    __tablename__ = "day_interpreter"
    day_id: Mapped[int] = mapped_column(ForeignKey("b2b_day.id", ondelete="CASCADE"), index=True)
    name: Mapped[Name]
    pairs: Mapped[list[Any]] = mapped_column(default=list)
    phone: Mapped[str] = mapped_column(String(40), default="")
    closed: Mapped[list[Any]] = mapped_column(default=list)
