"""Reading the firms of a page of the directory: plain columns, under the names by which a loaded firm has them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import starmap
from typing import Any, Final, NamedTuple

from matchmaker.firms.columns import NAMED, Reading, verified_rows
from matchmaker.firms.models import Firm, FirmCertificate, FirmLanguage, FirmMarket, FirmProduct


class RowFirm(NamedTuple):
    """What the row of a firm shows, with a row of columns for each statement about it."""

    id: int
    country: str
    legal_form: str
    trade_name: str
    legal_name: str
    name_romanised: str
    region_code: str
    headcount: int | None
    logo_id: int | None
    visibility: Mapping[str, str]
    products: Sequence[Any]
    certificates: Sequence[Any]
    languages: Sequence[Any]
    markets: Sequence[Any]


_OWN: Final = (
    *NAMED,
    Firm.region_code,
    Firm.headcount,
    Firm.logo_id,
    Firm.visibility,
)
_STATEMENTS: Final = (
    (FirmProduct, (FirmProduct.side, FirmProduct.hs_code, FirmProduct.name)),
    (FirmCertificate, (FirmCertificate.scheme, FirmCertificate.valid_until)),
    (FirmLanguage, (FirmLanguage.language,)),
    (FirmMarket, (FirmMarket.status,)),
)
"""In the order of the fields of RowFirm."""


def row_firms(session: Reading, ids: Collection[int]) -> Iterable[RowFirm]:
    """Those of some firms that are listed at this moment."""
    return starmap(RowFirm, verified_rows(session, ids, _OWN, _STATEMENTS))
