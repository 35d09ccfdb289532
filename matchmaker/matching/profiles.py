"""What the score knows about a stored firm: codes and yearly quantities in one unit per kind, nothing else.

A profile can be made of any firm; only verified, matchable ones stand in the lists (see lists.py). The loader of many
firms reads plain columns in six statements, which is what makes building the lists cheap.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import starmap
from typing import Any, Final, NamedTuple, Protocol

from sqlalchemy import Select, exists, func, select

from matchmaker.core import clock
from matchmaker.engines.fit.profile import HS_LEVELS, FitProfile, ProductLine, digits
from matchmaker.firms.columns import AT_ONCE, Reading, verified_rows
from matchmaker.firms.enums import FirmState, PartnershipSide, Side
from matchmaker.firms.models import (
    Firm,
    FirmCertificate,
    FirmLanguage,
    FirmPartnership,
    FirmProduct,
    FirmSector,
)
from matchmaker.firms.rules import is_matchable
from matchmaker.reference import partnerships
from matchmaker.reference.units import UNITS, in_unit

IMPLIED: Final[Mapping[tuple[str, str], tuple[str, str]]] = {
    # Who supplies abroad seeks a buyer abroad, and who buys abroad seeks a supplier there.
    ("EXPORT", "offers"): ("IMPORT", "seeks"),
    ("EXPORT", "seeks"): ("IMPORT", "offers"),
    ("IMPORT", "offers"): ("EXPORT", "seeks"),
    ("IMPORT", "seeks"): ("EXPORT", "offers"),
}
BASE_UNITS: Final = {unit.quantity: unit.code for unit in UNITS.values() if unit.factor == 1.0}
OWN_COLUMNS: Final = (
    Firm.id,
    Firm.country,
    Firm.size_class,
    Firm.state,
    Firm.region_code,
    Firm.region_note,
)
STATEMENTS: Final = (
    (
        FirmProduct,
        (
            FirmProduct.side,
            FirmProduct.hs_code,
            FirmProduct.quantity,
            FirmProduct.unit,
            FirmProduct.required_certificates,
        ),
    ),
    (FirmCertificate, (FirmCertificate.scheme, FirmCertificate.issued_on, FirmCertificate.valid_until)),
    (FirmLanguage, (FirmLanguage.language,)),
    (FirmPartnership, (FirmPartnership.type_code, FirmPartnership.side)),
    (FirmSector, (FirmSector.nace_class,)),
)
"""In the order of the fields of StoredFirm."""


class Product(Protocol):
    """A stored good, as a row of the table or of a statement."""

    side: Any
    hs_code: Any
    quantity: Any
    unit: Any
    required_certificates: Any


class StoredFirm(NamedTuple):
    """A firm as plain columns, under the names by which a loaded firm has them."""

    id: int
    country: str
    size_class: str
    state: FirmState
    region_code: str
    region_note: str
    products: Sequence[Any]
    certificates: Sequence[Any]
    languages: Sequence[Any]
    partnerships: Sequence[Any]
    sectors: Sequence[Any]


def profile_of(firm: Firm | StoredFirm, today: date | None = None) -> FitProfile:
    """The profile of a firm as of a day, today if none is given."""
    return make_profile(
        firm.id,
        firm.country,
        firm.size_class,
        products=firm.products,
        certificates=firm.certificates,
        languages=[row.language for row in firm.languages],
        partnerships=[(row.type_code, row.side) for row in firm.partnerships],
        sectors=[row.nace_class for row in firm.sectors],
        today=today or clock.today(),
    )


def make_profile(
    firm_id: int,
    country: str,
    size_class: str,
    *,
    products: Iterable[Product],
    certificates: Iterable[Any],
    languages: Iterable[str],
    partnerships: Iterable[tuple[str, PartnershipSide]],
    sectors: Iterable[str],
    today: date,
) -> FitProfile:
    """The profile of what is stored about a firm; certificates count only while they are valid."""
    goods = [row for row in products if is_code(row.hs_code)]
    return FitProfile(
        firm_id=firm_id,
        country=country,
        offered=tuple(sorted((line_of(row) for row in goods if row.side is Side.OFFERED), key=_order)),
        sought=tuple(sorted((line_of(row) for row in goods if row.side is Side.SOUGHT), key=_order)),
        partnerships=frozenset(pairs(partnerships)),
        certificates=frozenset(row.scheme for row in certificates if is_valid(row, today)),
        languages=frozenset(languages),
        sectors=tuple(sorted({digits(code) for code in sectors if is_class(code)})),
        size_class=size_class,
    )


def is_code(hs_code: str) -> bool:
    """Whether the score can read the code; a list taken over from elsewhere may hold others."""
    return len(hs_code) in HS_LEVELS and hs_code.isascii() and hs_code.isdecimal()


def is_class(code: str) -> bool:
    """Whether a sector is told down to the class; others take no part in the score."""
    plain = digits(code)
    return len(plain) == 4 and plain.isascii() and plain.isdecimal()


def is_valid(certificate: Any, today: date) -> bool:
    """Whether a certificate counts today: issued, where that is known, and not past its last day."""
    begun = certificate.issued_on is None or certificate.issued_on <= today
    return begun and (certificate.valid_until is None or certificate.valid_until >= today)


def line_of(row: Product) -> ProductLine:
    """A good with its yearly amount in the one unit in which amounts of its kind are compared."""
    amount, unit = float(row.quantity) if row.quantity is not None else None, str(row.unit or "")
    if amount is not None and unit in UNITS:
        base = BASE_UNITS[UNITS[unit].quantity]
        amount, unit = in_unit(amount, unit, base), base
    return ProductLine(
        row.hs_code,
        quantity_per_year=amount,
        unit=unit or None,
        required_certificates=frozenset((row.required_certificates or "").split()),
    )


def pairs(chosen: Iterable[tuple[str, PartnershipSide]]) -> Iterable[tuple[str, str]]:
    """The types of cooperation with their sides as the score knows them, implied ones included."""
    for code, side in chosen:
        kind = partnerships.get(code)
        pair = (code, "symmetric" if kind is not None and kind.symmetric else side.value)
        yield pair
        if pair in IMPLIED:
            yield IMPLIED[pair]


def _order(line: ProductLine) -> tuple[str, float, str, tuple[str, ...]]:
    return (
        line.hs,
        line.quantity_per_year or 0.0,
        line.unit or "",
        tuple(sorted(line.required_certificates)),
    )


# ---------------------------------------------------------------- many firms at once


def matchable() -> Select[Any]:
    """Numbers of the firms that firms.rules.is_matchable accepts, as a statement."""
    has_product = exists().where(FirmProduct.firm_id == Firm.id)
    has_partnership = exists().where(FirmPartnership.firm_id == Firm.id)
    mapped = (Firm.region_code != "") | (Firm.region_note == "")
    return select(Firm.id).where(Firm.state == FirmState.VERIFIED, has_product, has_partnership, mapped)


def matchable_ids(session: Reading) -> list[int]:
    """All of them in order."""
    return list(session.scalars(matchable().order_by(Firm.id)))


def count_verified(session: Reading) -> int:
    """How many firms are verified: about as many as are matchable, and cheap to ask."""
    return session.scalar(select(func.count(Firm.id)).where(Firm.state == FirmState.VERIFIED)) or 0


def load_profiles(session: Reading, ids: Collection[int], today: date) -> list[FitProfile]:
    """The profiles of those of these firms that are matchable, in order of their numbers."""
    wanted, found = sorted(ids), []
    for start in range(0, len(wanted), AT_ONCE):
        some = verified_rows(session, wanted[start : start + AT_ONCE], OWN_COLUMNS, STATEMENTS)
        found += [profile_of(firm, today) for firm in starmap(StoredFirm, some) if is_matchable(firm)]
    return found
