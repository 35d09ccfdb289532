"""The tables that the invented firms are made from; columns are separated by bars, members of a list by spaces."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from types import MappingProxyType
from typing import Final

from matchmaker.reference.tables import Labels

SEED: Final = "tandem-2026"


def dice(*subject: object) -> Random:
    """Chance that falls alike on every run, independent for each subject."""
    return Random("/".join((SEED, *map(str, subject))))


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of data/<name>.csv."""
    text = files("matchmaker.demo").joinpath("data", f"{name}.csv").read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines(), delimiter="|", quoting=csv.QUOTE_NONE)


@dataclass(frozen=True, slots=True)
class Good:
    """A product: what a small and what a large firm makes of it in a year, its names, and one usual specification."""

    hs: str
    unit: str
    low: int
    high: int
    names: Labels
    specifications: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sector:
    """A branch of one country: what its firms offer and seek, where they are, what they are called."""

    code: str
    country: str
    weight: int
    nace: str
    other_nace: tuple[str, ...]
    offers: tuple[str, ...]
    seeks: tuple[str, ...]
    regions: Mapping[str, int]
    certificates: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Town:
    """A town, and the same with what Russian puts after “в”."""

    name: str
    locative: str


@cache
def goods() -> Mapping[str, Good]:
    """Every product by its HS code."""
    return MappingProxyType(
        {
            row["hs"]: Good(
                hs=row["hs"],
                unit=row["unit"],
                low=int(row["low"]),
                high=int(row["high"]),
                names=Labels(row["tr"], row["ru"], row["en"]),
                specifications=MappingProxyType({"tr": row["spec_tr"], "ru": row["spec_ru"]}),
            )
            for row in rows("goods")
        }
    )


@cache
def sectors(country: str) -> tuple[Sector, ...]:
    """The sectors of a country."""
    return tuple(_sector(row) for row in rows("sectors") if row["country"] == country)


def _sector(row: dict[str, str]) -> Sector:
    shares = (entry.split(":") for entry in row["regions"].split())
    return Sector(
        code=row["code"],
        country=row["country"],
        weight=int(row["weight"]),
        nace=row["nace"],
        other_nace=tuple(row["other_nace"].split()),
        offers=tuple(row["offers"].split()),
        seeks=tuple(row["seeks"].split()),
        regions=MappingProxyType({region: int(share) for region, share in shares}),
        certificates=tuple(row["certificates"].split()),
        words=tuple(row["words"].split(";")),
    )


@cache
def towns(region: str) -> tuple[Town, ...]:
    """The towns of a region."""
    return _towns()[region]


@cache
def _towns() -> Mapping[str, tuple[Town, ...]]:
    return MappingProxyType(
        {row["region"]: tuple(_town(entry) for entry in row["towns"].split(";")) for row in rows("towns")}
    )


def _town(entry: str) -> Town:
    name, _, locative = entry.partition(",")
    return Town(name, locative or name)


@cache
def certificates_of_goods(country: str) -> Mapping[str, tuple[str, ...]]:
    """Which certificates the makers of a product in a country usually hold, by HS code."""
    found: dict[str, tuple[str, ...]] = {}
    for sector in sectors(country):
        for hs in sector.offers:
            found.setdefault(hs, sector.certificates)
    return MappingProxyType(found)
