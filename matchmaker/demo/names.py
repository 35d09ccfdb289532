"""Invented names of firms and persons, put together from parts so that none is meant to be a real one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Final

from matchmaker.demo.tables import Sector, dice, rows
from matchmaker.engines.text.romanisation import romanise_ru, romanise_tr

_NOT_ADDRESS: Final = re.compile("[^a-z0-9]+")
_TR_FORMS: Final = {
    "TR-LTD": "{name} Sanayi ve Ticaret Ltd. Şti.",
    "TR-AS": "{name} Sanayi ve Ticaret A.Ş.",
    "TR-KOOP": "S.S. {name} Tarımsal Kalkınma Kooperatifi",
}
_RU_FORMS: Final = {
    "RU-OOO": "Общество с ограниченной ответственностью «{name}»",
    "RU-AO": "Акционерное общество «{name}»",
    "RU-SPK": "Сельскохозяйственный производственный кооператив «{name}»",
}
_RU_KINDS: Final = ("", "", "", "", "ТД ", "ПКФ ", "НПП ", "Завод ")
_FARMING: Final = frozenset({"01", "10"})


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person, in the own script and romanised."""

    name: str
    romanised: str
    language: str
    country: str

    @property
    def local(self) -> str:
        """The part of a mail address before the @."""
        words = _slug(self.romanised).split("-")
        return f"{words[0]}.{words[-1]}"


@dataclass(frozen=True, slots=True)
class FirmName:
    """The names of a firm: as registered, romanised, as it calls itself; its legal form; its part of a web address."""

    legal: str
    romanised: str
    trade: str
    form: str
    slug: str
    sole: bool = False


@cache
def _stems() -> dict[str, list[str]]:
    return {row["part"]: row["words"].split() for row in rows("stems")}


@cache
def _people(country: str) -> tuple[dict[str, list[str]], ...]:
    return tuple(
        {column: row[column].split() for column in ("given", "family", "middle")}
        for row in rows("people")
        if row["country"] == country
    )


def person(chance: Random, country: str, *, full: bool = False) -> Person:
    """A person of a country; `full` writes family name first with the patronymic, where there is one."""
    parts = chance.choice(_people(country))
    given, family = chance.choice(parts["given"]), chance.choice(parts["family"])
    middle = chance.choice(parts["middle"]) if parts["middle"] else ""
    name = (
        " ".join(part for part in (family, given, middle) if part) if full and middle else f"{given} {family}"
    )
    romanise = romanise_ru if country == "RU" else romanise_tr
    return Person(name, romanise(name), country.lower(), country)


def firm_names(sector: Sector, taken: set[str]) -> Iterator[FirmName]:
    """Names for firms of a sector, none of which was given before; `taken` takes them in."""
    chance = dice("names", sector.country, sector.code)
    make = _turkish if sector.country == "TR" else _russian
    while True:
        found = make(chance, sector)
        if found.slug not in taken and not (found.sole and chance.random() < 0.1):
            taken.add(found.slug)
            yield found


def _slug(text: str) -> str:
    return "-".join(_NOT_ADDRESS.sub(" ", text.lower().replace("'", "")).split())


def _turkish(chance: Random, sector: Sector) -> FirmName:
    begin, end = chance.choice(_stems()["TR begin"]), chance.choice(_stems()["TR end"])
    stem = begin + (end[1:] if begin[-1] == end[0] else end)
    name = f"{stem} {chance.choice(sector.words)}"
    coop = sector.nace[:2] in _FARMING and chance.random() < 0.12
    form = "TR-KOOP" if coop else chance.choices(("TR-LTD", "TR-AS", "TR-SAHIS"), (64, 29, 7))[0]
    if form == "TR-SAHIS":
        owner = person(chance, "TR")
        legal = f"{name} – {owner.name}"
        return FirmName(legal, romanise_tr(legal), name, form, _slug(romanise_tr(stem)), sole=True)
    legal = _TR_FORMS[form].format(name=name)
    return FirmName(legal, romanise_tr(legal), name, form, _slug(romanise_tr(stem)))


def _russian(chance: Random, sector: Sector) -> FirmName:
    begin, word = chance.choice(_stems()["RU begin"]), chance.choice(sector.words)
    stem = begin + word
    coop = sector.nace[:2] in _FARMING and chance.random() < 0.12
    form = "RU-SPK" if coop else chance.choices(("RU-OOO", "RU-AO", "RU-IP"), (80, 11, 9))[0]
    slug = _slug(romanise_ru(stem))
    if form == "RU-IP":
        owner = person(chance, "RU", full=True)
        legal = f"ИП {owner.name}"
        return FirmName(legal, romanise_ru(legal), stem, form, slug, sole=True)
    name = ("" if coop else chance.choice(_RU_KINDS)) + stem
    short = {"RU-OOO": "ООО", "RU-AO": "АО", "RU-SPK": "СПК"}[form]
    return FirmName(_RU_FORMS[form].format(name=name), romanise_ru(f"{short} «{name}»"), name, form, slug)
