"""What the goods of a firm are called in the reader's language, where the firm named them in its own."""

from collections.abc import Iterable
from typing import Any, Final

from matchmaker.firms.names import own_language
from matchmaker.reference.good_names import name_of_code

SHOWN: Final = 3


def name_of_good(product: Any, country: str, language: str) -> str:
    """The own name that a firm of a country gave a good for readers of its language, else the name of its code."""
    if product.name and own_language(country) == language:
        return str(product.name)
    return name_of_code(product.hs_code, language)


def line_of_goods(products: Iterable[Any], country: str, language: str) -> list[str]:
    """The first goods of one side, each name once."""
    found: dict[str, None] = {}
    for product in products:
        found[name_of_good(product, country, language)] = None
        if len(found) == SHOWN:
            break
    return list(found)
