"""Entries of national registers and the imports that brought them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.core import clock
from matchmaker.core.db import Base, BigKey, Code, Country, Entity, Line, Name, Prose
from matchmaker.firms.enums import RegisterKind


class RegisterEntry(Base):
    """One business in a national register. A sole trader's name is personal data and never shown for a number.

    identifier is the tax number (INN), second_identifier the registration number (OGRN, OGRNIP) where the entry has
    one; region_code is empty where the register's own code has no ISO 3166-2 subject.
    """

    __tablename__ = "register_entry"
    __table_args__ = (
        UniqueConstraint("country", "identifier"),
        Index("ix_register_entry_country_second_identifier", "country", "second_identifier"),
    )
    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    country: Mapped[Country]
    identifier: Mapped[str] = mapped_column(String(20))
    second_identifier: Mapped[str] = mapped_column(String(20), default="")
    kind: Mapped[RegisterKind]
    name: Mapped[Line]
    short_name: Mapped[Line] = mapped_column(default="")
    name_key: Mapped[Line] = mapped_column(default="")
    register_region: Mapped[str] = mapped_column(String(8), default="")
    region_code: Mapped[str] = mapped_column(String(8), default="")
    place: Mapped[Line] = mapped_column(default="")
    size_class: Mapped[str] = mapped_column(String(20), default="")
    main_sector: Mapped[Code] = mapped_column(default="")
    sectors: Mapped[list[Any]] = mapped_column(default=list)
    sector_revision: Mapped[Code] = mapped_column(default="")
    entered_on: Mapped[date | None]
    state_on: Mapped[date | None]
    content_hash: Mapped[str] = mapped_column(String(32), default="")
    import_id: Mapped[int | None] = mapped_column(ForeignKey("register_import.id"))


UNFINISHED = text("finished_at IS NULL AND sha256 <> ''")


class RegisterImport(Entity):
    """One import of a register file with its counts; read = added + changed + unchanged + malformed.

    A file has one import that is not finished; who begins it again goes on with that one.
    """

    __tablename__ = "register_import"
    __table_args__ = (
        Index(
            "uq_register_import_unfinished",
            "country",
            "sha256",
            unique=True,
            sqlite_where=UNFINISHED,
            postgresql_where=UNFINISHED,
        ),
    )
    country: Mapped[Country]
    file_name: Mapped[Name]
    sha256: Mapped[str] = mapped_column(String(64), default="")
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    read: Mapped[int] = mapped_column(default=0)
    added: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    malformed: Mapped[int] = mapped_column(default=0)
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    position: Mapped[dict[str, Any]] = mapped_column(default=dict)
    finished_at: Mapped[datetime | None]


class RegisterImportError(Base):
    """One entry that could not be taken, where it stood and why."""

    __tablename__ = "register_import_error"
    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("register_import.id", ondelete="CASCADE"), index=True)
    member: Mapped[Name]
    place: Mapped[Name] = mapped_column(default="")
    reason: Mapped[Prose]
    at: Mapped[datetime] = mapped_column(default=clock.now)
