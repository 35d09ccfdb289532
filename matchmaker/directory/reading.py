"""Reading what the index is told: listed firms as plain columns, under the names by which a loaded firm has them."""

from collections.abc import Collection, Mapping, Sequence
from itertools import starmap
from typing import Any, Final, NamedTuple

from matchmaker.core.db import db
from matchmaker.firms.columns import NAMED, Reading, verified_rows
from matchmaker.firms.models import (
    Firm,
    FirmCertificate,
    FirmLanguage,
    FirmPartnership,
    FirmProduct,
    FirmSector,
    FirmText,
)


class ListedFirm(NamedTuple):
    """A listed firm, with a row of columns for each statement about it."""

    id: int
    country: str
    legal_form: str
    trade_name: str
    legal_name: str
    name_romanised: str
    region_code: str
    size_class: str
    visibility: Mapping[str, str]
    texts: Sequence[Any]
    sectors: Sequence[Any]
    products: Sequence[Any]
    certificates: Sequence[Any]
    languages: Sequence[Any]
    partnerships: Sequence[Any]


_OWN: Final = (
    *NAMED,
    Firm.region_code,
    Firm.size_class,
    Firm.visibility,
)
_STATEMENTS: Final = (
    (FirmText, (FirmText.language, FirmText.summary, FirmText.description, FirmText.advantages)),
    (FirmSector, (FirmSector.nace_class,)),
    (FirmProduct, (FirmProduct.side, FirmProduct.hs_code, FirmProduct.name, FirmProduct.specification)),
    (FirmCertificate, (FirmCertificate.scheme, FirmCertificate.valid_until)),
    (FirmLanguage, (FirmLanguage.language,)),
    (FirmPartnership, (FirmPartnership.type_code, FirmPartnership.side)),
)
"""In the order of the fields of ListedFirm."""


def listed_firms(ids: Collection[int], session: Reading = db.session) -> list[ListedFirm]:
    """Those of some firms that are listed at this moment, in the order of their numbers."""
    return list(starmap(ListedFirm, verified_rows(session, ids, _OWN, _STATEMENTS)))
