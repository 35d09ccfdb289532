"""Rules of entry by nationality and destination, as the institutions record them; dated, never constants."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.core.db import Country, Entity, Line
from matchmaker.programmes.trips.enums import EntryPath


class EntryRule(Entity):
    """What a national of one country needs for a stay in another from a day on, until a later row replaces it.

    lead_days are calendar days from asking for the papers to having them; longest_stay_days is None where the
    source names no limit; source_note says where the rule was read.
    """

    __tablename__ = "entry_rule"
    __table_args__ = (
        UniqueConstraint("nationality", "destination", "valid_from"),
        CheckConstraint("lead_days >= 0", name="lead_not_negative"),
        CheckConstraint("longest_stay_days IS NULL OR longest_stay_days > 0", name="stay_positive"),
        CheckConstraint("nationality <> destination", name="abroad"),
    )
    nationality: Mapped[Country]
    destination: Mapped[Country]
    path: Mapped[EntryPath]
    lead_days: Mapped[int] = mapped_column(default=0)
    longest_stay_days: Mapped[int | None]
    valid_from: Mapped[date]
    source_note: Mapped[Line]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
