"""What a trip has beside the programme: where it goes, what it needs, its papers, and the items of its itinerary."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.core.db import Country, Entity, Line, Name, Prose
from matchmaker.core.files import StoredFile
from matchmaker.programmes.models import Delegate, Programme
from matchmaker.programmes.trips.enums import CostModel, ItemKind
from matchmaker.programmes.trips.models.schemes import SupportScheme


class TripFrame(Entity):
    """The frame of one trip. The destination country is that of the programme, from_country sends the delegates.

    hs_codes are the goods the trip is about; weights maps a Criterion to its weight, empty for the usual ones;
    purge_days is how many days after the last day passports and needs of delegates are destroyed.
    """

    __tablename__ = "trip_frame"
    __table_args__ = (CheckConstraint("purge_days BETWEEN 0 AND 730", name="purge_days_in_range"),)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"), unique=True)
    from_country: Mapped[Country]
    hs_codes: Mapped[list[Any]] = mapped_column(default=list)
    cost_model: Mapped[CostModel] = mapped_column(default=CostModel.FIRM)
    cost_note: Mapped[Line] = mapped_column(default="")
    insurance_required: Mapped[bool] = mapped_column(default=True)
    insurance_note: Mapped[Line] = mapped_column(default="")
    scheme_id: Mapped[int | None] = mapped_column(ForeignKey("support_scheme.id"))
    weights: Mapped[dict[str, Any]] = mapped_column(default=dict)
    purge_days: Mapped[int] = mapped_column(default=90)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    programme: Mapped[Programme] = relationship(lazy="raise")
    scheme: Mapped[SupportScheme | None] = relationship(lazy="raise")
    destinations: Mapped[list["TripDestination"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="TripDestination.from_on, TripDestination.id"
    )


class TripDestination(Entity):
    """A city where the trip stays, from one day to another."""

    __tablename__ = "trip_destination"
    __table_args__ = (CheckConstraint("to_on >= from_on", name="ends_after_begin"),)
    frame_id: Mapped[int] = mapped_column(ForeignKey("trip_frame.id", ondelete="CASCADE"), index=True)
    city: Mapped[Name]
    from_on: Mapped[date]
    to_on: Mapped[date]


class TripDocument(Entity):
    """A paper that everybody who sees the trip may load."""

    __tablename__ = "trip_document"
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"), index=True)
    title: Mapped[Name]
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    file: Mapped[StoredFile] = relationship(lazy="raise")


class TripItem(Entity):
    """One item of an itinerary, shown in `zone`, that of the place.

    With a capacity delegates choose it and take one of its seats; without one it is for all of them.
    """

    __tablename__ = "trip_item"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("capacity IS NULL OR capacity > 0", name="capacity_positive"),
        Index("ix_trip_item_programme_id_starts_at", "programme_id", "starts_at"),
    )
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"))
    kind: Mapped[ItemKind]
    title_tr: Mapped[Name] = mapped_column(default="")
    title_ru: Mapped[Name] = mapped_column(default="")
    title_en: Mapped[Name] = mapped_column(default="")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    zone: Mapped[str] = mapped_column(String(64))
    place: Mapped[Line] = mapped_column(default="")
    capacity: Mapped[int | None]
    host_contact: Mapped[Line] = mapped_column(default="")
    interpreter: Mapped[Line] = mapped_column(default="")
    note: Mapped[Prose] = mapped_column(default="")
    dress_note: Mapped[Line] = mapped_column(default="")
    safety_note: Mapped[Line] = mapped_column(default="")
    cancelled_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    programme: Mapped[Programme] = relationship(lazy="raise")
    seats: Mapped[list["TripSeat"]] = relationship(
        lazy="raise",
        cascade="all, delete-orphan",
        order_by="TripSeat.seat, TripSeat.id",
        back_populates="item",
    )

    def title(self, language: str) -> str:
        """The title in a language, else in the first one there is."""
        texts = (str(getattr(self, f"title_{code}") or "") for code in (language, "en", "tr", "ru"))
        return next((text for text in texts if text), "")


class TripSeat(Entity):
    """A delegate at an item. `seat` is one of 1 to the capacity and given once; None where everybody takes part.

    attended is None until somebody recorded it.
    """

    __tablename__ = "trip_seat"
    __table_args__ = (
        UniqueConstraint("item_id", "delegate_id"),
        UniqueConstraint("item_id", "seat"),
        CheckConstraint("seat IS NULL OR seat > 0", name="seat_positive"),
    )
    item_id: Mapped[int] = mapped_column(ForeignKey("trip_item.id", ondelete="CASCADE"))
    delegate_id: Mapped[int] = mapped_column(ForeignKey("delegate.id", ondelete="CASCADE"), index=True)
    seat: Mapped[int | None]
    attended: Mapped[bool | None]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    item: Mapped[TripItem] = relationship(lazy="raise", back_populates="seats")
    delegate: Mapped[Delegate] = relationship(lazy="raise")
