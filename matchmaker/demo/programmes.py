"""Trainings, an expert exchange and business trips of the demo, with firms that signed up."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from matchmaker.demo.firms import Stored
from matchmaker.demo.tables import dice
from matchmaker.demo.writing import add_all, add_numbered
from matchmaker.firms.enums import FirmState
from matchmaker.programmes import rules
from matchmaker.programmes.enums import (
    ProgrammeKind,
    ProgrammeMode,
    ProgrammeState,
    ProgrammeVerb,
    SignUpState,
    SignUpVerb,
)
from matchmaker.programmes.models import Delegate, Programme, ProgrammeEvent, SignUp, SignUpEvent

PLANNED_BEFORE: Final = timedelta(days=50)


def add_programmes(
    stored: dict[str, list[Stored]],
    people: dict[str, int],
    institutions: dict[str, int],
    mou_id: int,
    morning: datetime,
    table: Sequence[dict[str, str]],
) -> list[int]:
    """Write programmes with their sign-ups; answers their numbers in the order of the table."""
    drafts = [_programme(row, institutions, people, mou_id, morning) for row in table]
    numbers = add_numbered(Programme, drafts)
    add_all(
        ProgrammeEvent,
        [
            {
                "programme_id": number,
                "at": draft["created_at"],
                "verb": ProgrammeVerb.CREATE,
                "before": None,
                "after": ProgrammeState.DRAFT,
                "person_id": draft["created_by_id"],
            }
            for number, draft in zip(numbers, drafts, strict=True)
        ],
    )
    signed_up = [
        sign_up
        for number, row, draft in zip(numbers, table, drafts, strict=True)
        for sign_up in _sign_ups(number, row, draft, stored)
    ]
    ids = add_numbered(SignUp, [row for row, _firm in signed_up])
    add_all(
        Delegate,
        [
            line
            for number, (row, firm) in zip(ids, signed_up, strict=True)
            for line in _delegates(number, row, firm)
        ],
    )
    add_all(SignUpEvent, [_event(number, row) for number, (row, _firm) in zip(ids, signed_up, strict=True)])
    return numbers


def _programme(
    row: dict[str, str], institutions: dict[str, int], people: dict[str, int], mou_id: int, morning: datetime
) -> dict[str, Any]:
    kind, organiser = ProgrammeKind(row["kind"]), row["organiser"]
    created = morning - PLANNED_BEFORE
    texts = {
        f"{part}_{code}": row[f"{part}_{code}"]
        for part in ("title", "summary")
        for code in ("tr", "ru", "en")
    }
    return {
        **texts,
        **_times(row, morning),
        "kind": kind,
        "state": ProgrammeState(row["state"]),
        "mou_id": mou_id,
        "area": rules.AREAS[kind],
        "institution_id": institutions[organiser],
        "host_institution_id": institutions[row["host"]] if row["host"] else None,
        "zone": row["zone"],
        "mode": ProgrammeMode(row["mode"]),
        "country": row["country"],
        "city": row["city"],
        "place": row["place"],
        "link": "https://meet.demo.example/room" if row["mode"] != "room" else "",
        "languages": row["languages"].split(),
        "interpretation": row["interpretation"].split(),
        "sectors": row["sectors"].split(),
        "places": int(row["places"]),
        "most_people": int(row["most"]),
        "minimum": 10 if kind is ProgrammeKind.TRIP else 0,
        "approval": bool(row["approval"]),
        "published_at": created + timedelta(days=3),
        "created_by_id": people["staff.tr" if organiser == "KOSGEB" else "staff.ru"],
        "created_at": created,
        "updated_at": created,
    }


def _times(row: dict[str, str], morning: datetime) -> dict[str, Any]:
    """The moments of a programme, at whole hours of the venue."""
    zone = ZoneInfo(row["zone"])
    starts = (morning + timedelta(days=int(row["days"]))).astimezone(zone)
    starts = starts.replace(hour=int(row["hours"]), minute=0)
    ends = starts + timedelta(hours=int(row["length"]))
    closes = (morning + timedelta(days=int(row["closes"]))).astimezone(zone).replace(hour=18, minute=0)
    opens = morning - PLANNED_BEFORE + timedelta(days=70 if row["state"] == "published" else 20)
    return {
        "starts_at": starts,
        "ends_at": ends,
        "opens_at": opens,
        "closes_at": starts - timedelta(days=2) if row["state"] == "done" else closes,
        "ended_at": ends if row["state"] == "done" else None,
    }


def _sign_ups(
    programme_id: int, row: dict[str, str], draft: dict[str, Any], stored: dict[str, list[Stored]]
) -> Iterator[tuple[dict[str, Any], Stored]]:
    """Firms of both countries in turn until the places are taken, then those who wait."""
    chance = dice("programme", row["title_en"])
    firms = [
        firm
        for country in ("TR", "RU")
        for firm in stored[country][3:]
        if firm.profile.state is FirmState.VERIFIED
    ]
    chance.shuffle(firms)
    left, waiting = int(row["taken"]), int(row["waiting"])
    for arrival, firm in enumerate(firms, start=1):
        if not left and not waiting:
            return
        brought = min(chance.choice((1, 1, 1, 2)), draft["most_people"], left or 1)
        state = SignUpState.CONFIRMED if left else SignUpState.WAITING
        if left and row["state"] == "done":
            state = SignUpState.ATTENDED
        if left and row["approval"] and arrival % 3 == 0:
            state = SignUpState.APPLIED
        left, waiting = max(left - brought, 0), waiting if left else waiting - 1
        arrived = draft["opens_at"] + timedelta(hours=7 * arrival)
        yield _sign_up(programme_id, firm, state, arrival, brought, arrived), firm


def _sign_up(
    programme_id: int, firm: Stored, state: SignUpState, arrival: int, brought: int, arrived: datetime
) -> dict[str, Any]:
    profile = firm.profile
    return {
        "programme_id": programme_id,
        "person_id": firm.person_id,
        "firm_id": firm.id,
        "state": state,
        "living_key": rules.living_key(programme_id, firm.person_id, firm.id),
        "arrival": arrival,
        "people": brought,
        "country": profile.country,
        "region_code": profile.region,
        "size_class": profile.size,
        "sectors": sorted({code[:2] for code in profile.sectors}),
        "language": profile.language,
        "arrived_at": arrived,
        "confirmed_at": arrived if state in rules.SETTLED else None,
        "created_at": arrived,
        "updated_at": arrived,
    }


def _delegates(sign_up_id: int, row: dict[str, Any], firm: Stored) -> Iterator[dict[str, Any]]:
    for place in range(row["people"]):
        name = firm.profile.people[place % len(firm.profile.people)]
        yield {
            "sign_up_id": sign_up_id,
            "person_id": row["person_id"] if place == 0 else None,
            "name": name.name,
            "name_romanised": name.romanised,
            "language": row["language"],
            "created_at": row["created_at"],
        }


def _event(sign_up_id: int, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "sign_up_id": sign_up_id,
        "at": row["created_at"],
        "verb": SignUpVerb.APPLY,
        "before": None,
        "after": row["state"],
        "person_id": row["person_id"],
    }
