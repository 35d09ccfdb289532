"""Invented firms for the tests of the directory."""

from datetime import date
from typing import Any

from matchmaker.firms.enums import PartnershipSide, Side
from matchmaker.firms.models import (
    Firm,
    FirmCertificate,
    FirmLanguage,
    FirmMarket,
    FirmPartnership,
    FirmProduct,
    FirmSector,
    FirmText,
)
from tests.factories.firms import FirmFactory

OPEN = dict.fromkeys(
    ("name", "region", "sector", "products", "texts", "size", "certificates", "markets", "partnerships"),
    "public",
)
"""Everything public, for tests that are not about visibility."""


def good(code: str, side: Side = Side.OFFERED, **values: Any) -> FirmProduct:
    """A line of goods."""
    return FirmProduct(hs_code=code, side=side, **values)


def turkish(**values: Any) -> Firm:
    """A maker of valves in Istanbul that looks for castings."""
    given: dict[str, Any] = {
        "country": "TR",
        "legal_name": "IŞIK Çelik A.Ş.",
        "name_romanised": "Isik Celik A.S.",
        "region_code": "TR-34",
        "visibility": OPEN,
        "texts": [FirmText(language="tr", summary="Süt makineleri ve küresel vana üretiyoruz.")],
        "sectors": [FirmSector(code="28.14", revision="NACE2", nace_class="28.14", main=True)],
        "products": [
            good("848180", name="Küresel vana"),
            good("732510", Side.SOUGHT, required_certificates="ISO9001"),
        ],
        "languages": [FirmLanguage(language="tr"), FirmLanguage(language="en")],
        "partnerships": [FirmPartnership(type_code="DISTRIBUTION", side=PartnershipSide.SEEKS)],
    }
    firm: Firm = FirmFactory(**(given | values))
    return firm


def russian(**values: Any) -> Firm:
    """A foundry in Kazan that looks for valves."""
    given: dict[str, Any] = {
        "country": "RU",
        "legal_name": "ООО «Казань Литьё»",
        "name_romanised": "Kazan Litye",
        "region_code": "RU-TA",
        "visibility": OPEN,
        "texts": [FirmText(language="ru", summary="Отливаем корпуса насосов, надёжный сервис.")],
        "sectors": [FirmSector(code="24.51", revision="OKVED2", nace_class="24.51", main=True)],
        "products": [good("732510", name="Чугунное литьё"), good("848180", Side.SOUGHT)],
        "certificates": [FirmCertificate(scheme="ISO9001", issuer="Register", valid_until=date(2099, 1, 1))],
        "languages": [FirmLanguage(language="ru"), FirmLanguage(language="en")],
        "partnerships": [FirmPartnership(type_code="DISTRIBUTION", side=PartnershipSide.OFFERS)],
        "markets": [],
    }
    firm: Firm = FirmFactory(**(given | values))
    return firm


__all__ = ["OPEN", "FirmMarket", "good", "russian", "turkish"]
