"""Provinces and federal subjects after ISO 3166-2, their groups, and the region codes that registers use."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from matchmaker.engines.text.collation import sort_key
from matchmaker.reference.tables import Labels, labels, rows


@dataclass(frozen=True, slots=True)
class Region:
    """A province of Türkiye, a subject of Russia, or the like; `group` is its NUTS-2 area or federal district."""

    code: str
    country: str
    group: str
    labels: Labels

    def label(self, language: str) -> str:
        """The name in this language, else in English."""
        return self.labels.best(language)


@cache
def all_regions() -> Mapping[str, Region]:
    """Every region by its ISO 3166-2 code, in the order of the codes."""
    return MappingProxyType(
        {
            row["code"]: Region(row["code"], row["country"], row["group"], labels(row, "name"))
            for row in rows("regions")
        }
    )


def get(code: str) -> Region | None:
    """The region of an ISO 3166-2 code, or None."""
    return all_regions().get(code)


@cache
def _by_name() -> Mapping[str, Region]:
    return {
        name: one for one in all_regions().values() for name in (one.labels.tr, one.labels.ru, one.labels.en)
    }


def called(name: str, language: str) -> str:
    """The name in this language of the region or city that is called so in any language; empty for an unknown one."""
    found = _by_name().get(name)
    return found.label(language) if found else ""


@cache
def of_country(country: str, language: str) -> tuple[Region, ...]:
    """The regions of a country (ISO 3166-1 alpha-2) in the alphabet of the reader; empty where none are kept."""
    mine = [one for one in all_regions().values() if one.country == country]
    return tuple(sorted(mine, key=lambda one: sort_key(one.label(language), language)))


def label(code: str, language: str) -> str:
    """The name of a stored region; the code itself where it is unknown."""
    found = get(code)
    return found.label(language) if found else code


GENERIC = re.compile(
    r"\b(Republic of|Republic|Oblast|Krai|Autonomous|Okrug|Cumhuriyeti|Oblastı|Krayı|Özerk|Okrugu"
    r"|Республика|автономный|автономная|область|край|округ)\b| — .*$"
)


def short_label(code: str, language: str) -> str:
    """The name without the word for its kind, for places too narrow for the whole one, such as a diagram."""
    whole = label(code, language)
    return " ".join(GENERIC.sub(" ", whole).split()) or whole


@cache
def _register_codes() -> Mapping[tuple[str, str], str]:
    return MappingProxyType({(row["country"], row["code"]): row["iso_code"] for row in rows("tax_regions")})


def of_register(country: str, code: str) -> Region | None:
    """The region that a national register means by its own code; None = not mapped to ISO 3166-2."""
    return get(_register_codes().get((country, code.strip()), ""))
