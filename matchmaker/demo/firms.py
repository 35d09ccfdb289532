"""Writing the invented firms with everything that belongs to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from matchmaker.accounts.models import Person
from matchmaker.core.actor import FirmRole
from matchmaker.demo import numbers
from matchmaker.demo.profiles import CURRENCY, Profile, day_of
from matchmaker.demo.tables import dice
from matchmaker.demo.texts import texts_of
from matchmaker.demo.writing import add_all, add_numbered
from matchmaker.engines.text.names import name_key
from matchmaker.firms.enums import ConsentPurpose, FirmSource, FirmState, RegisterStatus
from matchmaker.firms.models import (
    ContactConsent,
    ContactPerson,
    Firm,
    FirmCertificate,
    FirmIdentifier,
    FirmLanguage,
    FirmMarket,
    FirmMember,
    FirmPartnership,
    FirmProduct,
    FirmSector,
    FirmText,
    SearchOutbox,
)
from matchmaker.reference import nace, size_rules
from matchmaker.reference.nace import NaceRevision

NO_PASSWORD: Final = "!"
"""The people of the invented firms have accounts that nobody can sign in to."""
POSITIONS: Final = {
    "TR": ("İhracat Müdürü", "Genel Müdür", "Satış Sorumlusu", "Dış Ticaret Uzmanı", "Satın Alma Müdürü"),
    "RU": (
        "Директор по экспорту",
        "Генеральный директор",
        "Менеджер ВЭД",
        "Начальник отдела сбыта",
        "Коммерческий директор",
    ),
}
STREETS: Final = {
    "TR": (
        "Organize Sanayi Bölgesi {a}. Cadde No: {b}",
        "Sanayi Mahallesi {a}. Sokak No: {b}",
        "Küçük Sanayi Sitesi {a}. Blok No: {b}",
    ),
    "RU": (
        "ул. Заводская, д. {b}",
        "ул. Промышленная, д. {b}, стр. {a}",
        "Индустриальный проезд, д. {b}",
        "ул. Складская, д. {b}",
    ),
}
PHONES: Final = {"TR": "+90 850 000 {:02}{:02}", "RU": "+7 999 000-{:02}-{:02}"}


@dataclass(frozen=True, slots=True)
class Stored:
    """An invented firm in the database, with its first person."""

    id: int
    person_id: int
    profile: Profile


def add_firms(profiles: Sequence[Profile], morning: datetime) -> list[Stored]:
    """Write verified firms with their people; answers them in the order given."""
    people = add_numbered(
        Person, [_person(one, at, morning) for one in profiles for at in range(len(one.people))]
    )
    first = _firsts(profiles, people)
    ids = add_numbered(Firm, [_firm(one, owner, morning) for one, owner in zip(profiles, first, strict=True)])
    stored = [Stored(*row) for row in zip(ids, first, profiles, strict=True)]
    _add_contacts(stored, people, morning)
    _add_statements(stored, morning)
    add_all(SearchOutbox, [{"firm_id": one.id, "at": morning} for one in stored])
    return stored


def _firsts(profiles: Sequence[Profile], people: Sequence[int]) -> list[int]:
    found, at = [], 0
    for one in profiles:
        found.append(people[at])
        at += len(one.people)
    return found


def joined(profile: Profile, morning: datetime) -> datetime:
    """When the firm came to the platform."""
    chance = dice("joined", profile.country, profile.place)
    return morning - timedelta(days=chance.randint(20, 390), minutes=chance.randint(0, 480))


def _address(profile: Profile, at: int) -> str:
    return f"{profile.people[at].local}@{profile.name.slug}.example"


def _person(profile: Profile, at: int, morning: datetime) -> dict[str, Any]:
    one, moment = profile.people[at], joined(profile, morning) - timedelta(days=1)
    address = f"{one.local}{at or ''}@{profile.name.slug}.example"
    return {
        "email": address,
        "email_key": address,
        "password_hash": NO_PASSWORD,
        "name": one.name,
        "name_romanised": one.romanised,
        "language": profile.language,
        "country": profile.country,
        "email_confirmed_at": moment,
        "recovery_hashes": [],
        "password_changed_at": moment,
        "created_at": moment,
        "updated_at": moment,
    }


def _firm(profile: Profile, owner: int, morning: datetime) -> dict[str, Any]:
    moment, chance = joined(profile, morning), dice("place", profile.country, profile.place)
    today = morning.date()
    rule = size_rules.size_class(
        profile.country, today, profile.headcount, profile.turnover, divisions=(profile.sector.nace[:2],)
    )
    street = chance.choice(STREETS[profile.country]).format(a=chance.randint(1, 24), b=chance.randint(1, 98))
    russian = profile.country == "RU"
    return {
        "country": profile.country,
        "state": FirmState.VERIFIED,
        "source": FirmSource.DEMO,
        "legal_name": profile.name.legal,
        "name_romanised": profile.name.romanised,
        "trade_name": profile.name.trade,
        "name_key": name_key(profile.name.legal),
        "legal_form": profile.name.form,
        "region_code": profile.region,
        "town": profile.town.name,
        "address": street,
        "website": f"https://www.{profile.name.slug}.example" if chance.random() < 0.8 else "",
        "founded_year": profile.founded,
        "headcount": profile.headcount,
        "turnover": profile.turnover,
        "turnover_currency": CURRENCY[profile.country],
        "turnover_year": today.year - 1,
        "ownership": {},
        "size_class": rule.size_class.value,
        "size_rule": rule.rule,
        "declared_on": moment.date(),
        "register_status": RegisterStatus.FOUND.value if russian else "",
        "register_checked_on": moment.date() if russian else None,
        "prefilled": [],
        "visibility": profile.visibility,
        "submitted_at": moment + timedelta(hours=3),
        "verified_at": moment + timedelta(days=3),
        "created_by_id": owner,
        "created_at": moment,
        "updated_at": moment + timedelta(days=3),
    }


def identifiers(profile: Profile) -> dict[str, str]:
    """The numbers of a firm by scheme."""
    count = profile.place + 1
    if profile.country == "TR":
        scheme = "TCKN" if profile.name.sole else "VKN"
        inner = numbers.person_number_tr(count) if profile.name.sole else numbers.tax_number_tr(count)
        return {scheme: inner, "MERSIS": numbers.mersis(inner)}
    if profile.name.sole:
        return {"INN12": numbers.inn_person(count), "OGRNIP": numbers.ogrnip(count, profile.founded)}
    return {
        "INN10": numbers.inn_company(count),
        "OGRN": numbers.ogrn(count, profile.founded),
        "KPP": numbers.kpp(count),
    }


def _add_contacts(stored: Sequence[Stored], people: Sequence[int], morning: datetime) -> None:
    members, contacts, consents = [], [], []
    at = 0
    for one in stored:
        profile, moment = one.profile, joined(one.profile, morning)
        chance = dice("contacts", profile.country, profile.place)
        for place, who in enumerate(profile.people):
            number, at = people[at], at + 1
            role = FirmRole.EDITOR if place else FirmRole.ADMINISTRATOR
            members.append({"firm_id": one.id, "person_id": number, "role": role, "created_at": moment})
            contacts.append(
                {
                    "firm_id": one.id,
                    "person_id": number,
                    "name": who.name,
                    "name_romanised": who.romanised,
                    "position": chance.choice(POSITIONS[profile.country]),
                    "email": f"{who.local}{place or ''}@{profile.name.slug}.example",
                    "phone": PHONES[profile.country].format(chance.randint(0, 99), chance.randint(0, 99)),
                    "languages": list(profile.languages[: 2 + place]),
                    "created_at": moment,
                }
            )
            consents.append(_purposes(chance.random(), place))
    add_all(FirmMember, members)
    add_consents(add_numbered(ContactPerson, contacts), consents, contacts, morning)


def _purposes(drawn: float, place: int) -> tuple[ConsentPurpose, ...]:
    """Most people agree to both, some to disclosure only, few to nothing."""
    if drawn < 0.82:
        return (ConsentPurpose.PUBLICATION, ConsentPurpose.DISCLOSURE)
    return (ConsentPurpose.DISCLOSURE,) if drawn < 0.92 or not place and drawn < 0.97 else ()


def add_consents(
    ids: Sequence[int],
    purposes: Sequence[tuple[ConsentPurpose, ...]],
    contacts: Sequence[dict[str, Any]],
    morning: datetime,
) -> None:
    """Write the consents of contact persons, each for one purpose."""
    add_all(
        ContactConsent,
        [
            {
                "contact_id": number,
                "purpose": purpose,
                "text_version": "demo",
                "language": contact["languages"][0],
                "text": "Consent of the demo.",
                "given_at": contact["created_at"] + timedelta(minutes=20),
                "created_at": contact["created_at"],
            }
            for number, given, contact in zip(ids, purposes, contacts, strict=True)
            for purpose in given
        ],
    )


def _add_statements(stored: Sequence[Stored], morning: datetime) -> None:
    """Numbers, sectors, products, certificates, languages, partnerships, markets and texts."""
    today = morning.date()
    by_table: dict[Any, list[dict[str, Any]]] = {}
    for one in stored:
        profile, moment = one.profile, joined(one.profile, morning)
        common = {"firm_id": one.id, "created_at": moment}
        for table, found in _statements(profile, today).items():
            by_table.setdefault(table, []).extend({**common, **row} for row in found)
    for table, found in by_table.items():
        add_all(table, found)


def _statements(profile: Profile, today: Any) -> dict[Any, list[dict[str, Any]]]:
    revision = NaceRevision.OKVED_2 if profile.country == "RU" else NaceRevision.NACE_2
    return {
        FirmIdentifier: [
            {"scheme": scheme, "value": value, "verified_on": joined_day(today)}
            for scheme, value in identifiers(profile).items()
        ],
        FirmSector: [
            {
                "code": code,
                "revision": revision.value,
                "nace_class": nace.sector_of(code, revision) or "",
                "main": at == 0,
            }
            for at, code in enumerate(profile.sectors)
        ],
        FirmProduct: [
            {
                "side": line.side,
                "hs_code": line.good.hs,
                "name": line.good.names.own(profile.language),
                "specification": line.good.specifications[profile.language] if line.specified else "",
                "quantity": line.quantity,
                "unit": line.good.unit,
                "required_certificates": " ".join(line.required),
            }
            for line in profile.lines
        ],
        FirmCertificate: [
            {
                "scheme": held.scheme,
                "number": held.number,
                "issuer": "",
                "issued_on": day_of(today, held.issued),
                "valid_until": day_of(today, held.valid),
            }
            for held in profile.certificates
        ],
        FirmLanguage: [{"language": code} for code in profile.languages],
        FirmPartnership: [{"type_code": code, "side": side} for code, side in profile.partnerships],
        FirmMarket: [
            {"country": code, "status": status, "since": day_of(today, -200)}
            for code, status in sorted(profile.markets.items())
        ],
        FirmText: texts_of(profile),
    }


def joined_day(today: Any) -> Any:
    """A day on which numbers were checked."""
    return day_of(today, -15)
