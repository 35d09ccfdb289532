"""A business trip of the demo in full: itinerary, fifteen applications in all states, scores, papers; invented only."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import select

from matchmaker.core.db import db
from matchmaker.demo.firms import Stored
from matchmaker.demo.tables import dice
from matchmaker.demo.trip_texts import APPLICATIONS, EXPERIENCE, ITEMS, REASONS
from matchmaker.demo.writing import add_all, add_numbered
from matchmaker.firms.enums import FirmState
from matchmaker.programmes import rules
from matchmaker.programmes.enums import ProgrammeKind, SignUpState, SignUpVerb
from matchmaker.programmes.models import Delegate, Programme, SignUp, SignUpEvent
from matchmaker.programmes.trips import frame_queries
from matchmaker.programmes.trips.enums import (
    CostKind,
    CostModel,
    Criterion,
    DelegateRelation,
    EntryPath,
    ItemKind,
    PaperKind,
    TravelPurpose,
    VisaState,
)
from matchmaker.programmes.trips.models import (
    EntryRule,
    PassportOfficer,
    SupportRate,
    SupportScheme,
    TravelConsent,
    TravelPapers,
    TripApplication,
    TripAssessment,
    TripDestination,
    TripFrame,
    TripItem,
    TripRelation,
    TripSeat,
)
from matchmaker.programmes.trips.travel_consents import VERSION, passport_text
from matchmaker.programmes.trips.travel_secrets import Passport, lock_passport

SOURCE: Final = "DEMO"
STATES: Final = (
    *(SignUpState.CONFIRMED,) * 6,
    *(SignUpState.APPLIED,) * 5,
    *(SignUpState.WAITING,) * 2,
    SignUpState.REFUSED,
    SignUpState.WITHDRAWN,
)
SCHEME: Final = {
    "name_tr": "Yurt dışı iş gezisi desteği (örnek)",
    "name_ru": "Поддержка зарубежных деловых поездок (пример)",
    "name_en": "Support for business trips abroad (sample)",
}
RATES: Final = (("", 50, 60_000), ("TR-42", 60, 75_000), ("TR-27", 70, 90_000))


def add_trips(
    stored: dict[str, list[Stored]],
    people: dict[str, int],
    institutions: dict[str, int],
    programme_ids: list[int],
    morning: datetime,
) -> None:
    """Fill the first trip of the demo, and write the rules of entry and a scheme, all of them invented."""
    _add_rules(people, morning)
    scheme_id = _add_scheme(institutions["KOSGEB"], morning)
    trip = db.session.scalars(
        select(Programme)
        .where(Programme.id.in_(programme_ids), Programme.kind == ProgrammeKind.TRIP)
        .order_by(Programme.id)
        .limit(1)
    ).one()
    items = _add_itinerary(trip, scheme_id, people)
    sign_ups = _add_sign_ups(trip, stored["TR"], morning)
    delegates = _add_delegates(sign_ups)
    _add_assessments([number for number, row in sign_ups if row["state"] in rules.LIVING], people, morning)
    _add_papers(delegates, trip, morning)
    seats = [
        {"item_id": items["visit"], "delegate_id": number, "seat": place}
        for place, number in enumerate(delegates[:4], start=1)
    ]
    add_all(TripSeat, seats)


def _add_rules(people: dict[str, int], morning: datetime) -> None:
    common = {"valid_from": date(2026, 1, 1), "source_note": SOURCE, "created_at": morning}
    add_all(
        EntryRule,
        [
            common
            | {
                "nationality": "TR",
                "destination": "RU",
                "path": EntryPath.LETTER,
                "lead_days": 20,
                "longest_stay_days": 30,
                "recorded_by_id": people["staff.tr"],
            },
            common
            | {
                "nationality": "RU",
                "destination": "TR",
                "path": EntryPath.NONE,
                "lead_days": 0,
                "longest_stay_days": 60,
                "recorded_by_id": people["staff.ru"],
            },
        ],
    )


def _add_scheme(institution_id: int, morning: datetime) -> int:
    (number,) = add_numbered(
        SupportScheme,
        [
            SCHEME
            | {
                "institution_id": institution_id,
                "currency": "TRY",
                "cost_kinds": [CostKind.TRAVEL, CostKind.LODGING, CostKind.INTERPRETING],
                "paper_kinds": [PaperKind.INVOICE, PaperKind.BOARDING_CARD],
                "valid_from": date(morning.year, 1, 1),
                "source_note": SOURCE,
                "created_at": morning,
            }
        ],
    )
    rates = [
        {"scheme_id": number, "region_code": region, "percent": Decimal(percent), "cap": Decimal(cap)}
        for region, percent, cap in RATES
    ]
    add_all(SupportRate, rates)
    return number


def _add_itinerary(trip: Programme, scheme_id: int, people: dict[str, int]) -> dict[str, int]:
    (frame_id,) = add_numbered(
        TripFrame,
        [
            {
                "programme_id": trip.id,
                "from_country": "TR",
                "hs_codes": ["841370", "848180"],
                "cost_model": CostModel.SHARED,
                "cost_note": "18.500 TRY",
                "insurance_required": True,
                "scheme_id": scheme_id,
                "weights": {},
            }
        ],
    )
    add_all(
        TripDestination,
        [{"frame_id": frame_id, "city": trip.city, "from_on": trip.first_day, "to_on": trip.last_day}],
    )
    add_all(
        PassportOfficer,
        [
            {"programme_id": trip.id, "person_id": people[name], "named_by_id": people["coordinator.tr"]}
            for name in ("coordinator.tr", "staff.ru")
        ],
    )
    return _add_items(trip)


def _add_items(trip: Programme) -> dict[str, int]:
    """The items by kind."""
    first = trip.starts_at.astimezone(ZoneInfo(trip.zone)).replace(hour=0, minute=0)
    rows = [
        {
            "programme_id": trip.id,
            "kind": ItemKind(kind),
            "title_tr": title_tr,
            "title_ru": title_ru,
            "title_en": title_en,
            "starts_at": first + timedelta(days=day, hours=hour),
            "ends_at": first + timedelta(days=day, hours=hour + length),
            "zone": trip.zone,
            "place": place,
            "capacity": capacity,
            "safety_note": safety,
        }
        for kind, day, hour, length, capacity, place, safety, title_tr, title_ru, title_en in ITEMS
    ]
    numbers = add_numbered(TripItem, rows)
    return {str(line[0]): number for line, number in zip(ITEMS, numbers, strict=True)}


def _add_sign_ups(
    trip: Programme, stored: list[Stored], morning: datetime
) -> list[tuple[int, dict[str, Any]]]:
    chance = dice("trip applications")
    firms = [one for one in stored[3:] if one.profile.state is FirmState.VERIFIED]
    chosen = chance.sample(firms, len(STATES))
    rows = [
        _sign_up(trip, firm, state, arrival, morning)
        for arrival, (firm, state) in enumerate(zip(chosen, STATES, strict=True), start=1)
    ]
    numbers = add_numbered(SignUp, rows)
    add_all(
        TripApplication,
        [
            {
                "sign_up_id": number,
                "objectives": APPLICATIONS[place % len(APPLICATIONS)][0],
                "wanted": APPLICATIONS[place % len(APPLICATIONS)][1],
                "experience": EXPERIENCE[place % len(EXPERIENCE)],
                "committed_at": row["arrived_at"],
                "committed_by_id": row["person_id"],
            }
            for place, (number, row) in enumerate(zip(numbers, rows, strict=True))
        ],
    )
    add_all(SignUpEvent, [_event(number, row) for number, row in zip(numbers, rows, strict=True)])
    by_firm = {one.id: one for one in chosen}
    return [
        (number, row | {"firm": by_firm[row["firm_id"]]}) for number, row in zip(numbers, rows, strict=True)
    ]


def _sign_up(
    trip: Programme, firm: Stored, state: SignUpState, arrival: int, morning: datetime
) -> dict[str, Any]:
    profile, arrived = firm.profile, morning - timedelta(days=20 - arrival)
    living = state in rules.LIVING
    return {
        "programme_id": trip.id,
        "person_id": firm.person_id,
        "firm_id": firm.id,
        "state": state,
        "living_key": rules.living_key(trip.id, firm.person_id, firm.id) if living else None,
        "arrival": arrival,
        "people": 1 + (arrival % 4 == 0),
        "country": profile.country,
        "region_code": profile.region,
        "size_class": profile.size,
        "sectors": sorted({code[:2] for code in profile.sectors}),
        "language": profile.language,
        "arrived_at": arrived,
        "confirmed_at": arrived if state in rules.SETTLED else None,
        "ended_at": None if living else morning - timedelta(days=1),
        "reason": REASONS.get(state.value, ""),
        "created_at": arrived,
    }


def _event(sign_up_id: int, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "sign_up_id": sign_up_id,
        "at": row["arrived_at"],
        "verb": SignUpVerb.APPLY,
        "before": None,
        "after": SignUpState.APPLIED,
        "person_id": row["person_id"],
    }


def _add_delegates(sign_ups: list[tuple[int, dict[str, Any]]]) -> list[int]:
    """The delegates of all sign-ups; answers the numbers of those who travel."""
    rows, travel = [], []
    for number, row in sign_ups:
        people = row["firm"].profile.people
        for place in range(row["people"]):
            one = people[place % len(people)]
            rows.append(
                {
                    "sign_up_id": number,
                    "person_id": row["person_id"] if place == 0 else None,
                    "name": one.name,
                    "name_romanised": one.romanised,
                    "email": f"{one.local}@delegates.example",
                    "language": row["language"],
                    "created_at": row["created_at"],
                }
            )
            travel.append(row["state"] in rules.SETTLED)
    numbers = add_numbered(Delegate, rows)
    kinds = (DelegateRelation.OWNER, DelegateRelation.EMPLOYEE, DelegateRelation.PARTNER)
    add_all(
        TripRelation,
        [
            {"delegate_id": number, "relation": kinds[place % len(kinds)]}
            for place, number in enumerate(numbers)
        ],
    )
    return [number for number, goes in zip(numbers, travel, strict=True) if goes]


def _add_assessments(sign_up_ids: list[int], people: dict[str, int], morning: datetime) -> None:
    """Both assessments for most of the living applications, one for the last but one, none for the last."""
    rows = []
    chance = dice("trip scores")
    for place, number in enumerate(sign_up_ids[:-1]):
        assessors = ("coordinator.tr", "staff.ru")[: 1 if place == len(sign_up_ids) - 2 else 2]
        for slot, name in enumerate(assessors, start=1):
            rows.append(
                {
                    "sign_up_id": number,
                    "slot": slot,
                    "assessor_id": people[name],
                    "points": {one.value: chance.randint(2, 5) for one in Criterion},
                    "reasons": {one.value: REASONS[one.value] for one in Criterion},
                    "submitted_at": morning - timedelta(days=2),
                }
            )
    add_all(TripAssessment, rows)


def _add_papers(delegates: list[int], trip: Programme, morning: datetime) -> None:
    """Passports of all but two; half of the visas are granted, so that each light appears."""
    rows = []
    for place, number in enumerate(delegates[:-2]):
        passport = Passport(
            f"ORNEK{place + 1:02d}", "KISI", "TR", f"U{place:08d}", date(2032, 6, 1), date(1980, 1, place + 1)
        )
        ready = place % 2 == 0
        rows.append(
            {
                "delegate_id": number,
                "passport_locked": lock_passport(passport),
                "passport_given_at": morning - timedelta(days=3),
                "visa": VisaState.GRANTED if ready else VisaState.APPLIED,
                "insurer": "Sample Insurance",
                "insured_until": trip.last_day + timedelta(days=30),
                "created_at": morning - timedelta(days=3),
            }
        )
    add_all(TravelPapers, rows)
    _add_consents(rows, trip)


def _add_consents(papers: list[dict[str, Any]], trip: Programme) -> None:
    trip = frame_queries.trip(trip.id)
    names = {one.id: one.name for one in frame_queries.delegates(trip.id)}
    agreed = [
        {
            "delegate_id": row["delegate_id"],
            "purpose": TravelPurpose.PASSPORT,
            "text_version": VERSION,
            "language": "tr",
            "text": passport_text(
                "tr",
                person=names[row["delegate_id"]],
                trip=trip.title("tr"),
                organiser=trip.institution.name("tr"),
                host=(trip.host_institution or trip.institution).name("tr"),
                days=frame_queries.frame(trip).purge_days,
            ).full,
            "given_at": row["created_at"],
        }
        for row in papers
    ]
    add_all(TravelConsent, agreed)
