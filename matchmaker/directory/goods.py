"""What the goods of a firm are called in the reader's language, where the firm named them in its own."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from matchmaker.firms.names import own_language
from matchmaker.reference.good_names import GoodName, name_of_code

if TYPE_CHECKING:
    from matchmaker.firms.models import Firm, FirmProduct

SHOWN: Final = 3


def name_of_good(product: "FirmProduct", firm: "Firm", language: str) -> GoodName:
    """The firm's own name of a good for readers of its language, else the name of its code."""
    if product.name and own_language(firm.country) == language:
        return GoodName(product.name)
    return name_of_code(product.hs_code, language)


def line_of_goods(products: Iterable["FirmProduct"], firm: "Firm", language: str) -> list[GoodName]:
    """The first goods of one side, each name once."""
    found: dict[str, GoodName] = {}
    for product in products:
        name = name_of_good(product, firm, language)
        found.setdefault(name.text, name)
        if len(found) == SHOWN:
            break
    return list(found.values())
