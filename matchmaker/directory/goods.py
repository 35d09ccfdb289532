"""What a good is called in the reader's language, where the firm named it in its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from matchmaker.firms.names import own_language
from matchmaker.reference import hs
from matchmaker.reference.hs import HsCode
from matchmaker.reference.tables import parts, rows

if TYPE_CHECKING:
    from matchmaker.firms.models import Firm, FirmProduct

SHOWN: Final = 3
_HEADING: Final = 4


@dataclass(frozen=True, slots=True)
class GoodName:
    """The name of a good and its language where that is not the reader's."""

    text: str
    lang: str = ""


@lru_cache(maxsize=1)
def _everyday() -> dict[str, dict[str, str]]:
    return {
        row["code"]: {name.removeprefix("words_"): text for name, text in row.items() if name != "code"}
        for row in rows("hs_words")
    }


@lru_cache(maxsize=32_768)
def name_of_code(code: str, language: str) -> GoodName:
    """The everyday name of a code or its heading in the language, else its wording there, else the English wording."""
    entry = hs.get(code)
    if entry is None:
        return GoodName(f"HS {code}")
    near = [
        one for one in (entry, *reversed(entry.path)) if len(one.code) >= _HEADING and one.code.isdecimal()
    ]
    for one in near:
        if everyday := parts(_everyday().get(one.code, {}).get(language, "")):
            return GoodName(everyday[0][:1].upper() + everyday[0][1:])
    return _worded(entry, near, language)


def _worded(entry: HsCode, near: Iterable[HsCode], language: str) -> GoodName:
    own = next((text for one in near if (text := one.labels.own(language))), "")
    if own:
        return GoodName(own)
    return GoodName(entry.labels.en, "" if language == "en" else "en")


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
