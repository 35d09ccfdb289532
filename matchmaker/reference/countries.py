"""Countries by ISO 3166-1 alpha-2 with their names from CLDR (Babel)."""

import re
from collections.abc import Mapping
from functools import cache

from babel import Locale

from matchmaker.engines.text.collation import sort_key

NOT_COUNTRIES = frozenset(
    {"EU", "EZ", "UN", "XA", "XB", "XK", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "QO", "TA"}
)
"""Alpha-2 codes of CLDR that stand for no entry of ISO 3166-1."""
_ALPHA_2 = re.compile(r"[A-Z]{2}")
OWN_NAMES: Mapping[str, Mapping[str, str]] = {
    "tr": {
        "CD": "Kongo Demokratik Cumhuriyeti",
        "CG": "Kongo Cumhuriyeti",
        "CI": "Fildişi Sahili",
        "HK": "Hong Kong",
        "MM": "Myanmar",
        "MO": "Makao",
        "PS": "Filistin",
    }
}
"""Names as the authorities of Türkiye write them, where CLDR has another."""


@cache
def names(language: str) -> dict[str, str]:
    """All countries, code to name, in the alphabet of the language."""
    territories = Locale(language).territories
    found = {code: str(name) for code, name in territories.items() if _ALPHA_2.fullmatch(code)}
    kept = {code: name for code, name in found.items() if code not in NOT_COUNTRIES}
    kept.update(OWN_NAMES.get(language, {}))
    return dict(sorted(kept.items(), key=lambda item: sort_key(item[1], language)))


def label(code: str, language: str) -> str:
    """The name of a country; the code itself where CLDR has none."""
    return names(language).get(code, code)


def exists(code: str) -> bool:
    """Whether this is the code of a country."""
    return code in names("en")
