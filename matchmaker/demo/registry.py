"""The 91 memorandums before the Russian one: their public totals, everything else invented and marked as sample.

Made public on 4 October 2021: 91 memorandums with 86 organisations of 68 countries and 5 international bodies. Which
organisations these are was not looked up; names, days, terms and areas here are invented, and each entry says so.
"""

from datetime import date, datetime, timedelta
from typing import Any, Final

from matchmaker.demo.writing import add_all, add_numbered
from matchmaker.institutions.enums import InstitutionKind
from matchmaker.institutions.models import Institution
from matchmaker.mous.enums import MouKind, Renewal, ScopeArea
from matchmaker.mous.models import Mou, MouArea, MouParty
from matchmaker.mous.rules import add_months

COUNTRIES: Final = {
    "europe": (
        [
            "AL",
            "BA",
            "BG",
            "BY",
            "CZ",
            "DE",
            "ES",
            "FR",
            "GR",
            "HR",
            "HU",
            "IT",
            "LT",
            "LV",
            "MD",
            "ME",
            "MK",
            "NL",
            "PL",
            "PT",
            "RO",
            "RS",
            "SK",
            "UA",
        ],
        28,
    ),
    "mena": (["AE", "BH", "DZ", "EG", "IQ", "JO", "KW", "LB", "LY", "MA", "OM", "PS", "QA", "TN"], 17),
    "africa": (["BJ", "CM", "DJ", "ET", "GH", "GM", "KE", "ML", "NE", "SN", "SO", "TZ", "UG"], 14),
    "central_asia": (["AZ", "GE", "KG", "KZ", "TJ", "TM", "UZ"], 13),
    "asia_pacific": (["AF", "BD", "ID", "KR", "MN", "MY", "PK"], 10),
    "americas": (["CO", "MX", "PE"], 4),
}
"""By region: the countries, 68 in all, and how many organisations the region has, 86 in all."""
BODIES: Final = 5
NAMES: Final = (
    ("KOBİ kurumu", "Агентство МСП", "SME agency", InstitutionKind.SME_AGENCY),
    ("KOBİ fonu", "Фонд МСП", "SME fund", InstitutionKind.SME_AGENCY),
    ("Kalkınma bankası", "Банк развития", "Development bank", InstitutionKind.SME_AGENCY),
    ("Sanayi bakanlığı", "Министерство промышленности", "Ministry of industry", InstitutionKind.MINISTRY),
)
BODY: Final = ("KOBİ konseyi", "Совет по МСП", "SME council", InstitutionKind.INTERNATIONAL)
ENDING: Final = {"europe": (4, 17), "mena": (6,), "central_asia": (9,), "asia_pacific": (2,)}
"""Which entries of a region end within half a year."""
SUMMARY: Final = {
    "tr": "Örnek kayıt: kuruluş, tarihler, süre ve alanlar kurgudur.",
    "ru": "Пример записи: организация, даты, срок и направления вымышлены.",
    "en": "Sample entry: organisation, dates, term and areas are invented.",
}


def add_registry(own: int, morning: datetime) -> list[int]:
    """Write the sample institutions and their memorandums with `own`; answers the numbers of the memorandums."""
    partners = [*_organisations(), *((None, "", 0) for _ in range(BODIES))]
    rows = [_institution(place, country) for place, (country, _region, _at) in enumerate(partners, start=1)]
    stamp = {"created_at": morning - timedelta(days=400)}
    institutions = add_numbered(Institution, [row | stamp for row in rows])
    mous = [
        _mou(place, row, ends=at in ENDING.get(region, ()), today=morning.date()) | stamp
        for place, (row, (_country, region, at)) in enumerate(zip(rows, partners, strict=True), start=1)
    ]
    numbers = add_numbered(Mou, mous)
    add_all(
        MouParty,
        [
            {"mou_id": number, "institution_id": party, "position": position} | stamp
            for number, partner in zip(numbers, institutions, strict=True)
            for position, party in enumerate((own, partner))
        ],
    )
    add_all(
        MouArea,
        [
            {"mou_id": number, "area": area} | stamp
            for place, number in enumerate(numbers)
            for at, area in enumerate(ScopeArea)
            if (place * 7 + at * 3) % 5 < 3
        ],
    )
    return numbers


def _organisations() -> list[tuple[str | None, str, int]]:
    """Country, region and place in the region of each organisation; the first countries have more than one."""
    return [
        (codes[at % len(codes)], region, at)
        for region, (codes, count) in COUNTRIES.items()
        for at in range(count)
    ]


def _institution(place: int, country: str | None) -> dict[str, Any]:
    tr, ru, en, kind = BODY if country is None else NAMES[place % len(NAMES)]
    return {
        "code": f"SAMPLE-{place}",
        "kind": kind,
        "country": country,
        "name_original": f"{en} (sample {place})",
        "name_tr": f"{tr} (örnek {place})",
        "name_ru": f"{ru} (пример {place})",
        "name_en": f"{en} (sample {place})",
        "short_name": f"SAMPLE-{place}",
        "language": "en",
    }


def _mou(place: int, partner: dict[str, Any], *, ends: bool, today: date) -> dict[str, Any]:
    signed = date(2004, 3, 1) + timedelta(days=place * 67 % 6300)
    term: int | None = None
    if ends:
        # Signed on the day that lets it end between two and five months from today.
        term = 60
        signed = add_months(today, -58 + place % 4)
    return {
        "number": f"KOSGEB-{place}",
        "kind": MouKind.PROTOCOL if place % 9 == 0 else MouKind.MEMORANDUM,
        "title_tr": f"KOSGEB ile {partner['name_tr']} arasında mutabakat zaptı",
        "title_ru": f"Меморандум о взаимопонимании: KOSGEB и {partner['name_ru']}",
        "title_en": f"Memorandum of Understanding between KOSGEB and {partner['name_en']}",
        "summary_tr": SUMMARY["tr"],
        "summary_ru": SUMMARY["ru"],
        "summary_en": SUMMARY["en"],
        "signed_on": signed,
        "in_force_from": signed,
        "term_months": term,
        "renewal": Renewal.BY_LETTERS if ends else Renewal.UNKNOWN,
        "sample": True,
    }
