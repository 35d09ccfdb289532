"""The firms of a B2B day, the people they send, and what they wish of each other."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Person
from matchmaker.core.db import Entity, Line, Name, Prose
from matchmaker.firms.models import Firm
from matchmaker.matching.enums import WishKind
from matchmaker.meetings.enums import ParticipantState
from matchmaker.meetings.models.day import B2bDay
from matchmaker.programmes.models import Delegate, SignUp


class DayParticipant(Entity):
    """A firm at a B2B day; sign_up_id where it came by the trip, None where staff added a host firm.

    languages are those its people speak there. least and most are its own guaranteed minimum and limit of meetings, None
    for those of the day. arrives_at and leaves_at bound its presence, closed holds positions of slots at which it
    cannot meet. The number of people who are there is the number of meetings it can hold at the same time.
    """

    __tablename__ = "day_participant"
    __table_args__ = (
        UniqueConstraint("day_id", "firm_id"),
        CheckConstraint("most IS NULL OR most >= 0", name="most_not_negative"),
        CheckConstraint(
            "leaves_at IS NULL OR arrives_at IS NULL OR leaves_at > arrives_at", name="leaves_after"
        ),
    )
    day_id: Mapped[int] = mapped_column(ForeignKey("b2b_day.id", ondelete="CASCADE"))
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    sign_up_id: Mapped[int | None] = mapped_column(ForeignKey("sign_up.id", ondelete="SET NULL"), index=True)
    state: Mapped[ParticipantState] = mapped_column(default=ParticipantState.EXPECTED)
    languages: Mapped[list[Any]] = mapped_column(default=list)
    least: Mapped[int | None]
    most: Mapped[int | None]
    arrives_at: Mapped[datetime | None]
    leaves_at: Mapped[datetime | None]
    closed: Mapped[list[Any]] = mapped_column(default=list)
    wishes_saved_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    day: Mapped[B2bDay] = relationship(lazy="raise")
    firm: Mapped[Firm] = relationship(lazy="raise")
    sign_up: Mapped[SignUp | None] = relationship(lazy="raise")
    people: Mapped[list["DayPerson"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="DayPerson.id", back_populates="participant"
    )


class DayPerson(Entity):
    """Somebody whom a firm sends to a B2B day; badge_token is the random text of the badge's QR code, nothing else.

    left_at is set where somebody else took over for good.
    """

    __tablename__ = "day_person"
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("day_participant.id", ondelete="CASCADE"), index=True
    )
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    delegate_id: Mapped[int | None] = mapped_column(
        ForeignKey("delegate.id", ondelete="SET NULL"), index=True
    )
    name: Mapped[Name]
    name_romanised: Mapped[Name] = mapped_column(default="")
    position: Mapped[Name] = mapped_column(default="")
    languages: Mapped[list[Any]] = mapped_column(default=list)
    badge_token: Mapped[str] = mapped_column(String(64), unique=True)
    left_at: Mapped[datetime | None]
    participant: Mapped[DayParticipant] = relationship(lazy="raise", back_populates="people")
    person: Mapped[Person | None] = relationship(lazy="raise")
    delegate: Mapped[Delegate | None] = relationship(lazy="raise")


class DayWish(Entity):
    """What one firm wishes of another at a B2B day; no thanks keeps the pair apart for good."""

    __tablename__ = "day_wish"
    __table_args__ = (
        UniqueConstraint("from_id", "to_id"),
        CheckConstraint("from_id <> to_id", name="two_firms"),
    )
    day_id: Mapped[int] = mapped_column(ForeignKey("b2b_day.id", ondelete="CASCADE"), index=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("day_participant.id", ondelete="CASCADE"))
    to_id: Mapped[int] = mapped_column(ForeignKey("day_participant.id", ondelete="CASCADE"), index=True)
    kind: Mapped[WishKind]
    note: Mapped[Prose] = mapped_column(default="")
    topic: Mapped[Line] = mapped_column(default="")
    said_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
