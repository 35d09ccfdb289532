"""Entries of an invented national register, so that typing a number fills a registration in.

Every Russian demo firm has its entry. Those of FREE belong to nobody yet: the first is a company, the second a sole
trader, whose name the register only confirms.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from matchmaker.demo import numbers
from matchmaker.demo.firms import Stored, identifiers
from matchmaker.demo.writing import add_all
from matchmaker.engines.text.names import name_key
from matchmaker.firms.enums import RegisterKind
from matchmaker.firms.models import RegisterEntry
from matchmaker.reference import size_rules
from matchmaker.reference.nace import NaceRevision
from matchmaker.reference.size_rules import SizeClass

FORMS: Final = (
    ("Общество с ограниченной ответственностью", "ООО"),
    ("Публичное акционерное общество", "ПАО"),
    ("Акционерное общество", "АО"),
)
FREE_FROM: Final = 90_001
FREE: Final[tuple[dict[str, Any], ...]] = (
    {
        "kind": RegisterKind.COMPANY,
        "name": "Общество с ограниченной ответственностью «Кедровый ручей»",
        "short_name": "ООО «Кедровый ручей»",
        "region_code": "RU-TOM",
        "place": "Томск",
        "size_class": "small",
        "main_sector": "16.10",
    },
    {
        "kind": RegisterKind.SOLE_TRADER,
        "name": "Мещерская Таисия Олеговна",
        "short_name": "",
        "region_code": "RU-YAR",
        "place": "Ярославль",
        "size_class": "micro",
        "main_sector": "13.92",
    },
    {
        "kind": RegisterKind.COMPANY,
        "name": "Акционерное общество «Велеградский инструмент»",
        "short_name": "АО «Велеградский инструмент»",
        "region_code": "RU-SVE",
        "place": "Первоуральск",
        "size_class": "medium",
        "main_sector": "25.73",
    },
    {
        "kind": RegisterKind.COMPANY,
        "name": "Общество с ограниченной ответственностью «Дубравный хлеб»",
        "short_name": "ООО «Дубравный хлеб»",
        "region_code": "RU-KDA",
        "place": "Армавир",
        "size_class": "small",
        "main_sector": "10.71",
    },
    *(
        {
            "kind": RegisterKind.COMPANY,
            "name": f"Общество с ограниченной ответственностью «{name}»",
            "short_name": f"ООО «{name}»",
            "region_code": region,
            "place": place,
            "size_class": size,
            "main_sector": sector,
        }
        for name, region, place, size, sector in (
            ("Тихоярский насос", "RU-TA", "Казань", "small", "28.13"),
            ("Белоключ-Литьё", "RU-LIP", "Липецк", "medium", "24.51"),
            ("Росная долина", "RU-BEL", "Белгород", "small", "10.51"),
            ("Камнегорский редуктор", "RU-PER", "Пермь", "medium", "28.15"),
            ("Льняной двор", "RU-IVA", "Иваново", "micro", "13.20"),
            ("Светлоборье", "RU-VLG", "Вологда", "small", "31.09"),
            ("Медвежий мост", "RU-MOW", "Москва", "small", "46.69"),
            ("Озёрная керамика", "RU-TVE", "Тверь", "micro", "23.31"),
        )
    ),
)


def free_numbers() -> list[str]:
    """The INN of each entry of FREE."""
    return [
        numbers.inn_company(FREE_FROM + at)
        if row["kind"] is RegisterKind.COMPANY
        else numbers.inn_person(FREE_FROM + at)
        for at, row in enumerate(FREE)
    ]


def add_register(stored: Sequence[Stored], state_on: date) -> None:
    """Write the entries of the Russian firms and the free ones."""
    common = {
        "country": "RU",
        "sector_revision": NaceRevision.OKVED_2.value,
        "state_on": state_on,
        "entered_on": date(2016, 8, 1),
    }
    found = [_of_firm(one) | common for one in stored]
    # Those that nobody registered stand first in the list of prospects, which without words goes by number.
    add_all(RegisterEntry, [*(_free(at, row) | common for at, row in enumerate(FREE)), *found])


def _of_firm(one: Stored) -> dict[str, Any]:
    profile = one.profile
    values = identifiers(profile)
    sole = profile.name.sole
    name = profile.name.legal.removeprefix("ИП ") if sole else profile.name.legal
    rule = size_rules.size_class(
        "RU", date(2026, 1, 1), profile.headcount, profile.turnover, divisions=(profile.sectors[0][:2],)
    )
    return {
        "identifier": values["INN12" if sole else "INN10"],
        "second_identifier": values["OGRNIP" if sole else "OGRN"],
        "kind": RegisterKind.SOLE_TRADER if sole else RegisterKind.COMPANY,
        "name": name,
        "short_name": "" if sole else _short(name),
        "name_key": name_key(name),
        "region_code": profile.region,
        "place": profile.town.name,
        "size_class": rule.size_class.value if rule.size_class is not SizeClass.NOT_SME else "",
        "main_sector": profile.sectors[0],
        "sectors": list(profile.sectors),
    }


def _short(name: str) -> str:
    """A name with its legal form as letters, the way registers shorten it."""
    return next((name.replace(form, letters, 1) for form, letters in FORMS if name.startswith(form)), name)


def _free(at: int, row: dict[str, Any]) -> dict[str, Any]:
    company = row["kind"] is RegisterKind.COMPANY
    registration = numbers.ogrn if company else numbers.ogrnip
    return {
        **row,
        "identifier": free_numbers()[at],
        "second_identifier": registration(FREE_FROM + at, 2016),
        "name_key": name_key(row["name"]),
        "sectors": [row["main_sector"]],
    }
