"""Codes with which an institution vouches for a business before it registers."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.core.db import Country, Entity, Name


class RegistrationCode(Entity):
    """A code bound to one tax number: that business registers with it once and is verified without a further check.

    The code itself is kept locked, so that its letter can be printed again; `digest` finds it. `open_key` names country
    and number while the code can be used, so no number has two such codes. firm_id is the firm that typed it, used_at
    the moment at which that firm was verified by it.
    """

    __tablename__ = "registration_code"
    country: Mapped[Country]
    identifier: Mapped[str] = mapped_column(String(20), index=True)
    addressee: Mapped[Name]
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    locked: Mapped[str] = mapped_column(String(300))
    open_key: Mapped[str | None] = mapped_column(String(30), unique=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    issued_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    expires_at: Mapped[datetime]
    firm_id: Mapped[int | None] = mapped_column(ForeignKey("firm.id", ondelete="SET NULL"), index=True)
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
