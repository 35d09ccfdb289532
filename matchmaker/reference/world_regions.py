"""Regions of the world for grouping memorandums: countries by the table world_regions.csv, our own coarse grouping."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from matchmaker.reference.tables import rows

INTERNATIONAL: Final = "international"
NAMES: Final[Mapping[str, LazyString]] = MappingProxyType(
    {
        "europe": _l("Europe"),
        "mena": _l("Middle East, North Africa"),
        "africa": _l("Africa, south of the Sahara"),
        "central_asia": _l("Caucasus, Central Asia"),
        "asia_pacific": _l("Asia and Pacific"),
        "americas": _l("Americas"),
        INTERNATIONAL: _l("International bodies"),
    }
)
"""Codes in the order in which they are shown, with their names."""


@cache
def _regions() -> Mapping[str, str]:
    return MappingProxyType({row["code"]: row["region"] for row in rows("world_regions")})


def of_country(country: str | None) -> str:
    """The region of a country; a body without a country is international, and so is what the table does not name."""
    return _regions().get(country or "", INTERNATIONAL)
