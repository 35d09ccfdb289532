"""What the product needs to know of a country beyond its codes: a table that a further country joins by a row.

zone: the clock of its institutions; language: the one of the interface in which its firms are written to; leads: the
interface language in which this country stands first of two parties; classification: the one its firms are registered in.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class CountryData:
    """One row of the table; empty text where nothing is said."""

    country: str
    zone: str
    language: str
    leads: str
    classification: str


@cache
def all_countries() -> Mapping[str, CountryData]:
    """The countries of the table by their code."""
    text = files("matchmaker.core").joinpath("countries.csv").read_text(encoding="utf-8")
    found = (CountryData(**row) for row in csv.DictReader(text.splitlines()))
    return MappingProxyType({row.country: row for row in found})


def zones() -> dict[str, str]:
    """The zone of each country."""
    return {code: row.zone for code, row in all_countries().items()}


def leading() -> dict[str, str]:
    """By language of the interface, the country that stands first in it."""
    return {row.leads: code for code, row in all_countries().items() if row.leads}


def language_of(country: str) -> str:
    """The language of the interface that firms of a country are written to in; empty where it is not known."""
    found = all_countries().get(country)
    return found.language if found else ""
