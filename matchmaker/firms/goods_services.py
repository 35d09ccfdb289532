"""Writes of sectors, products and certificates."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask_babel import gettext as _

from matchmaker.core import clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import DomainError, existing
from matchmaker.core.files import StoredFile
from matchmaker.firms import sizes
from matchmaker.firms.enums import Side
from matchmaker.firms.models import Firm, FirmCertificate, FirmProduct, FirmSector
from matchmaker.firms.services import changing
from matchmaker.reference import hs, nace


@dataclass(frozen=True, slots=True)
class Sector:
    """A code as the firm is registered with it and the revision it belongs to."""

    code: str
    revision: str


@dataclass(frozen=True, slots=True)
class Product:
    """One line of goods; quantity per year, in `unit`; certificates a supplier has to have."""

    hs_code: str
    name: str = ""
    specification: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    required_certificates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate as the firm states it."""

    scheme: str
    number: str
    issuer: str
    issued_on: date | None
    valid_until: date | None


def set_sectors(actor: Actor, firm: Firm, version: int | None, sectors: list[Sector]) -> None:
    """Keep the codes of activity, the first as the main one, each with the NACE Rev. 2 class both sides share."""
    with changing(actor, firm, "sectors", version):
        typed = {(item.code, item.revision): item for item in sectors}
        if "sectors" in firm.prefilled and {(row.code, row.revision) for row in firm.sectors} != typed.keys():
            firm.prefilled = [name for name in firm.prefilled if name != "sectors"]
        write_sectors(firm, list(typed.values()))
        sizes.compute(firm, firm.declared_on or clock.today())


def write_sectors(firm: Firm, sectors: list[Sector]) -> None:
    """Put the codes into the firm's rows, the first as the main one."""
    have = {(row.code, row.revision): row for row in firm.sectors}
    rows = [
        have.get((item.code, item.revision)) or FirmSector(code=item.code, revision=item.revision)
        for item in sectors
    ]
    for place, row in enumerate(rows):
        row.nace_class = nace.sector_of(row.code, row.revision) or ""
        row.main = place == 0
    firm.sectors[:] = rows


def set_products(actor: Actor, firm: Firm, version: int | None, side: Side, products: list[Product]) -> None:
    """Keep the lines that the firm offers or seeks; raises DomainError for a code the nomenclature does not have."""
    for item in products:
        if hs.get(item.hs_code) is None:
            raise DomainError(
                _("Choose a code from the list: %(code)s is not one.", code=item.hs_code), "lines"
            )
    with changing(actor, firm, side.value, version):
        have = [row for row in firm.products if row.side is side]
        rest = [row for row in firm.products if row.side is not side]
        rows = have[: len(products)] + [FirmProduct(side=side) for _spare in products[len(have) :]]
        for row, item in zip(rows, products, strict=True):
            row.hs_code, row.hs_revision, row.name = item.hs_code, hs.REVISION, item.name
            row.specification, row.quantity, row.unit = item.specification, item.quantity, item.unit
            row.required_certificates = " ".join(item.required_certificates)
        firm.products[:] = rest + rows


def add_certificate(
    actor: Actor, firm: Firm, version: int | None, certificate: Certificate, file: StoredFile | None
) -> FirmCertificate:
    """Add a certificate with its file, if any."""
    row = FirmCertificate(firm_id=firm.id)
    with changing(actor, firm, "certificates", version):
        _write_certificate(row, certificate, file)
        firm.certificates.append(row)
    return row


def change_certificate(
    actor: Actor,
    firm: Firm,
    version: int | None,
    certificate_id: int,
    certificate: Certificate,
    file: StoredFile | None,
) -> None:
    """Change a certificate; without a new file the present one stays. Raises NotFound."""
    row = certificate_of(firm, certificate_id)
    with changing(actor, firm, "certificates", version):
        _write_certificate(row, certificate, file or row.file)


def remove_certificate(actor: Actor, firm: Firm, certificate_id: int) -> None:
    """Take a certificate away; raises NotFound."""
    row = certificate_of(firm, certificate_id)
    with changing(actor, firm, "certificates", None):
        firm.certificates.remove(row)


def certificate_of(firm: Firm, certificate_id: int) -> FirmCertificate:
    """The firm's certificate of this number; raises NotFound."""
    return existing(next((row for row in firm.certificates if row.id == certificate_id), None))


def _write_certificate(row: FirmCertificate, certificate: Certificate, file: StoredFile | None) -> None:
    row.scheme, row.number, row.issuer = certificate.scheme, certificate.number, certificate.issuer
    row.issued_on, row.valid_until = certificate.issued_on, certificate.valid_until
    row.file, row.file_id = file, file.id if file else None
    db.session.add(row)
