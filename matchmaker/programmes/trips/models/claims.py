"""Claims for co-financing with their costs and papers."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Numeric
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.core.db import Entity, Line, Prose
from matchmaker.core.files import StoredFile
from matchmaker.programmes.models import SignUp
from matchmaker.programmes.trips.enums import ClaimState, CostKind, PaperKind
from matchmaker.programmes.trips.models.schemes import SupportScheme


class TripClaim(Entity):
    """A firm's claim for a trip; percent, cap and amount are fixed when it is sent, in the currency of the scheme."""

    __tablename__ = "trip_claim"
    sign_up_id: Mapped[int] = mapped_column(ForeignKey("sign_up.id", ondelete="CASCADE"), unique=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("support_scheme.id"))
    state: Mapped[ClaimState] = mapped_column(default=ClaimState.DRAFT)
    percent: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    cap: Mapped[Decimal | None]
    amount: Mapped[Decimal | None]
    submitted_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[Prose] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    sign_up: Mapped[SignUp] = relationship(lazy="raise")
    scheme: Mapped[SupportScheme] = relationship(lazy="raise")
    costs: Mapped[list["ClaimCost"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="ClaimCost.id"
    )
    papers: Mapped[list["ClaimPaper"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="ClaimPaper.id"
    )


class ClaimCost(Entity):
    """One cost of a claim."""

    __tablename__ = "claim_cost"
    __table_args__ = (CheckConstraint("amount > 0", name="amount_positive"),)
    claim_id: Mapped[int] = mapped_column(ForeignKey("trip_claim.id", ondelete="CASCADE"), index=True)
    kind: Mapped[CostKind]
    amount: Mapped[Decimal]
    note: Mapped[Line] = mapped_column(default="")


class ClaimPaper(Entity):
    """One paper that proves a claim."""

    __tablename__ = "claim_paper"
    claim_id: Mapped[int] = mapped_column(ForeignKey("trip_claim.id", ondelete="CASCADE"), index=True)
    kind: Mapped[PaperKind]
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    file: Mapped[StoredFile] = relationship(lazy="raise")
