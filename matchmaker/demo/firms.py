"""Writing the invented firms with everything that belongs to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, Final

from matchmaker.accounts.models import Person
from matchmaker.core.actor import FirmRole
from matchmaker.demo import numbers
from matchmaker.demo.profiles import CURRENCY, Line, Profile, day_of
from matchmaker.demo.tables import dice
from matchmaker.demo.texts import texts_of
from matchmaker.demo.writing import add_all, add_numbered
from matchmaker.engines.text.names import name_key
from matchmaker.firms.consent_texts import VERSION, blank_text
from matchmaker.firms.declarations.rules import ASKED_DAYS, last_day
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
from matchmaker.reference.declaration_terms import holder_of, term_on
from matchmaker.reference.nace import NaceRevision

ASKED, ASKED_AGO = "firm.tr", 12
"""Whose firm is asked for a new declaration of size, and so many days ago."""
RUN_OUT: Final = 4
"""The place, in both countries, of a firm whose declaration has run out."""
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


WAS_VERIFIED: Final = frozenset({FirmState.VERIFIED, FirmState.SUSPENDED, FirmState.ARCHIVED})
REASONS: Final = {
    ("TR", FirmState.ON_HOLD): "Kapasite raporunun süresi dolmuş; güncel raporu ekleyip yeniden gönderin.",
    ("TR", FirmState.SUSPENDED): "Ticaret sicili kaydında firmanın faaliyetine ara verdiği görülüyor.",
    ("TR", FirmState.ARCHIVED): "Firma faaliyetini sona erdirdi.",
    (
        "RU",
        FirmState.ON_HOLD,
    ): "Уточните адрес производства: он не совпадает с данными реестра, и отправьте анкету снова.",
    ("RU", FirmState.SUSPENDED): "По данным реестра фирма исключена из перечня субъектов МСП.",
    ("RU", FirmState.ARCHIVED): "Фирма прекратила деятельность.",
}


@dataclass(frozen=True, slots=True)
class Stored:
    """An invented firm in the database, with its first person."""

    id: int
    person_id: int
    profile: Profile


def add_firms(profiles: Sequence[Profile], accounts: dict[str, int], morning: datetime) -> list[Stored]:
    """Write firms with their people, `accounts` being the documented ones; answers them in the order given."""
    people = _people(profiles, accounts, morning)
    first = _firsts(profiles, people)
    ids = add_numbered(Firm, [_firm(one, owner, morning) for one, owner in zip(profiles, first, strict=True)])
    stored = [Stored(*row) for row in zip(ids, first, profiles, strict=True)]
    _add_contacts(stored, people, morning)
    _add_statements(stored, morning)
    add_all(SearchOutbox, [{"firm_id": one.id} for one in stored])
    return stored


def _people(profiles: Sequence[Profile], accounts: dict[str, int], morning: datetime) -> list[int]:
    """The numbers of the people of all firms, one firm after the other."""
    new = [_person(one, at, morning) for one in profiles if not one.accounts for at in range(len(one.people))]
    numbers = iter(add_numbered(Person, new))
    found: list[int] = []
    for one in profiles:
        mine = [accounts[name] for name in one.accounts]
        found += mine or [next(numbers) for _ in one.people]
    return found


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


def address_of(profile: Profile, at: int) -> str:
    """The mail address of one of the firm's people, under a domain that is kept for examples."""
    return f"{profile.people[at].local}{at or ''}@{profile.name.slug}.example"


def _person(profile: Profile, at: int, morning: datetime) -> dict[str, Any]:
    one, moment = profile.people[at], joined(profile, morning) - timedelta(days=1)
    address = address_of(profile, at)
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
    street = chance.choice(STREETS[profile.country]).format(a=chance.randint(1, 24), b=chance.randint(1, 98))
    russian = profile.country == "RU"
    return {
        "country": profile.country,
        "state": profile.state,
        "source": FirmSource.DEMO,
        "legal_name": profile.name.legal,
        "name_romanised": profile.name.romanised,
        "trade_name": profile.name.trade,
        "name_key": name_key(profile.name.legal),
        "legal_form": profile.name.form,
        "region_code": profile.region,
        "region_note": profile.region_note,
        "town": profile.town.name,
        "address": street,
        "website": f"https://www.{profile.name.slug}.example" if chance.random() < 0.8 else "",
        **_figures(profile, today),
        "ownership": {},
        **declared(profile, morning),
        "register_status": RegisterStatus.FOUND.value if russian else "",
        "register_checked_on": moment.date() if russian else None,
        "prefilled": [],
        "visibility": profile.visibility,
        "wizard_step": "certificates" if profile.state is FirmState.DRAFT else "",
        "registered_at": None if profile.state is FirmState.DRAFT else moment + timedelta(hours=3),
        "submitted_at": None if profile.state is FirmState.DRAFT else moment + timedelta(hours=3),
        "verified_at": moment + timedelta(days=3) if profile.state in WAS_VERIFIED else None,
        "listed_at": moment + timedelta(days=3) if profile.state in WAS_VERIFIED else None,
        "hold_reason": REASONS.get((profile.country, profile.state), ""),
        "created_by_id": owner,
        "created_at": moment,
        "updated_at": moment + timedelta(days=3),
    }


def declared(profile: Profile, morning: datetime) -> dict[str, Any]:
    """When a firm declared its size, with figures of which year, and until when that counts.

    Staff asked the firm of firm.tr@ anew, so that its declaration ends soon; one of another has run out.
    """
    today, on = morning.date(), joined(profile, morning).date()
    if on.year < today.year:
        on = min(date(today.year, 5, 5), today - timedelta(days=1))
    if profile.place == RUN_OUT and not profile.accounts:
        on = next(one for one in _springs(today) if _until(profile, one) < today)
    until = _until(profile, on)
    if ASKED in profile.accounts:
        until = min(until, today + timedelta(days=ASKED_DAYS - ASKED_AGO))
    return {"declared_on": on, "declared_until": until, "turnover_year": on.year - 1}


def _springs(today: date) -> list[date]:
    return [date(today.year - back, 5, 20) for back in (1, 2)]


def _until(profile: Profile, on: date) -> date:
    term = term_on((), profile.country, holder_of(profile.name.form), on)
    return last_day(term, on.year - 1, on)


def _figures(profile: Profile, today: date) -> dict[str, Any]:
    """Age and figures with the class that the rule of the day gives them."""
    rule = size_rules.size_class(
        profile.country, today, profile.headcount, profile.turnover, divisions=(profile.sector.nace[:2],)
    )
    return {
        "founded_year": profile.founded,
        "headcount": profile.headcount,
        "turnover": profile.turnover,
        "turnover_currency": CURRENCY[profile.country],
        "size_class": rule.size_class.value,
        "size_rule": rule.rule,
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
                    "email": address_of(profile, place),
                    "phone": PHONES[profile.country].format(chance.randint(0, 99), chance.randint(0, 99)),
                    "languages": list(profile.languages[: 2 + place]),
                    "created_at": moment,
                }
            )
            consents.append(_purposes(0.0 if profile.accounts else chance.random(), place))
    add_all(FirmMember, members)
    add_all(ContactConsent, _consents(add_numbered(ContactPerson, contacts), consents, contacts))


def _purposes(drawn: float, place: int) -> tuple[ConsentPurpose, ...]:
    """Most people agree to both, some to disclosure only, few to nothing."""
    if drawn < 0.82:
        return (ConsentPurpose.PUBLICATION, ConsentPurpose.DISCLOSURE)
    return (ConsentPurpose.DISCLOSURE,) if drawn < 0.92 or (not place and drawn < 0.97) else ()


def _consents(
    ids: Sequence[int], purposes: Sequence[tuple[ConsentPurpose, ...]], contacts: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Consents of contact persons, each for one purpose, with the text as it is shown to everybody."""
    return [
        {
            "contact_id": number,
            "purpose": purpose,
            "text_version": VERSION,
            "language": contact["languages"][0],
            "text": _consent_text(purpose, contact["languages"][0]),
            "given_at": contact["created_at"] + timedelta(minutes=20),
            "created_at": contact["created_at"],
        }
        for number, given, contact in zip(ids, purposes, contacts, strict=True)
        for purpose in given
    ]


@cache
def _consent_text(purpose: ConsentPurpose, language: str) -> str:
    return blank_text(purpose, language, "Tandem").full


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


def _product(line: Line, language: str) -> dict[str, Any]:
    return {
        "side": line.side,
        "hs_code": line.good.hs,
        "name": line.good.names.own(language),
        "specification": line.good.specifications[language] if line.specified else "",
        "quantity": line.quantity,
        "unit": line.good.unit,
        "required_certificates": " ".join(line.required),
    }


def _statements(profile: Profile, today: date) -> dict[Any, list[dict[str, Any]]]:
    revision = NaceRevision.OKVED_2 if profile.country == "RU" else NaceRevision.NACE_2
    return {
        FirmIdentifier: [
            {"scheme": scheme, "value": value, "verified_on": checked_on(today)}
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
        FirmProduct: [_product(line, profile.language) for line in profile.lines],
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


def checked_on(today: date) -> date | None:
    """A day on which numbers were checked."""
    return day_of(today, -15)
