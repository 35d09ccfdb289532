"""What a firm says about itself, one row per statement."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.core import clock
from matchmaker.core.db import Base, BigKey, Code, Country, Entity, Language, Line, Name, Prose
from matchmaker.core.files import StoredFile, index_of_files
from matchmaker.firms.enums import MarketStatus, PartnershipSide, Side, TextSource


class FirmText(Entity):
    """The texts of a firm in one language."""

    __tablename__ = "firm_text"
    __table_args__ = (UniqueConstraint("firm_id", "language"),)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id", ondelete="CASCADE"))
    language: Mapped[Language]
    summary: Mapped[str] = mapped_column(String(250), default="")
    description: Mapped[Prose] = mapped_column(default="")
    advantages: Mapped[Prose] = mapped_column(default="")
    source: Mapped[TextSource] = mapped_column(default=TextSource.AUTHOR)


class FirmSector(Entity):
    """A NACE or OKVED code as registered, with its revision and the NACE Rev. 2 class both sides share."""

    __tablename__ = "firm_sector"
    __table_args__ = (
        UniqueConstraint("firm_id", "code", "revision"),
        Index("ix_firm_sector_main_class", "firm_id", "main", "nace_class"),
    )
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id", ondelete="CASCADE"))
    code: Mapped[Code]
    revision: Mapped[Code]
    nace_class: Mapped[Code] = mapped_column(default="", index=True)
    main: Mapped[bool] = mapped_column(default=False)


class FirmProduct(Entity):
    """A good that a firm offers or seeks: HS code of 2, 4 or 6 digits, amounts per year in `unit`.

    For an offer `quantity` is the yearly capacity, for a need the yearly need. required_certificates holds scheme
    codes, separated by spaces, that a supplier has to have.
    """

    __tablename__ = "firm_product"
    __table_args__ = (Index("ix_firm_product_firm_id_side", "firm_id", "side"),)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id", ondelete="CASCADE"))
    side: Mapped[Side]
    hs_code: Mapped[str] = mapped_column(String(6), index=True)
    hs_revision: Mapped[Code] = mapped_column(default="HS2022")
    name: Mapped[Name] = mapped_column(default="")
    specification: Mapped[Prose] = mapped_column(default="")
    quantity: Mapped[Decimal | None] = mapped_column(Numeric(18, 3))
    unit: Mapped[Code] = mapped_column(default="")
    required_certificates: Mapped[Line] = mapped_column(default="")


class FirmCertificate(Entity):
    """A certificate with its validity; an expired one counts nowhere."""

    __tablename__ = "firm_certificate"
    __table_args__ = (index_of_files("ix_firm_certificate_file_id", "file_id"),)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id", ondelete="CASCADE"), index=True)
    scheme: Mapped[str] = mapped_column(String(40))
    number: Mapped[Name] = mapped_column(default="")
    issuer: Mapped[Name] = mapped_column(default="")
    issued_on: Mapped[date | None]
    valid_until: Mapped[date | None] = mapped_column(index=True)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    file: Mapped[StoredFile | None] = relationship(lazy="raise")


class FirmLanguage(Entity):
    """A language in which the firm can do business."""

    __tablename__ = "firm_language"
    __table_args__ = (UniqueConstraint("firm_id", "language"),)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id", ondelete="CASCADE"))
    language: Mapped[Language]


class FirmPartnership(Entity):
    """A kind of cooperation and which end of it the firm takes."""

    __tablename__ = "firm_partnership"
    __table_args__ = (UniqueConstraint("firm_id", "type_code", "side"),)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id", ondelete="CASCADE"))
    type_code: Mapped[str] = mapped_column(String(40))
    side: Mapped[PartnershipSide]


class FirmMarket(Entity):
    """What the firm does or wants in one country."""

    __tablename__ = "firm_market"
    __table_args__ = (UniqueConstraint("firm_id", "country"),)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id", ondelete="CASCADE"))
    country: Mapped[Country]
    status: Mapped[MarketStatus]
    since: Mapped[date]


class FirmMarketChange(Entity):
    """The history of export experience: one row per change."""

    __tablename__ = "firm_market_change"
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id", ondelete="CASCADE"), index=True)
    country: Mapped[Country]
    before: Mapped[MarketStatus | None]
    after: Mapped[MarketStatus | None]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class FirmPast(Base):
    """The region and the class of the main branch that a firm had before one of them changed at a moment.

    A report as of an earlier day takes the first row after that day, and the firm as it is where there is none. Rows are
    written from the registration on and never changed.
    """

    __tablename__ = "firm_past"
    __table_args__ = (Index("ix_firm_past_until", "until", "firm_id"),)
    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id", ondelete="CASCADE"), index=True)
    until: Mapped[datetime] = mapped_column(default=clock.now)
    region_code: Mapped[str] = mapped_column(String(8), default="")
    nace_class: Mapped[Code] = mapped_column(default="")
