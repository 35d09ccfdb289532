"""The token on a badge."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.core.db import Entity
from matchmaker.programmes.models import Delegate


class Badge(Entity):
    """The random token that the QR code of a delegate's badge holds, and nothing else: whoever finds one learns nothing."""

    __tablename__ = "badge"
    delegate_id: Mapped[int] = mapped_column(ForeignKey("delegate.id", ondelete="CASCADE"), unique=True)
    token: Mapped[str] = mapped_column(String(40), unique=True)
    delegate: Mapped[Delegate] = relationship(lazy="raise")
