"""A B2B day of the demo that goes on at the first start: two rounds are over, the third is on, the rest is to come."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.demo.meetings import (
    Guest,
    add_chosen,
    add_day,
    add_guests,
    add_wishes,
    fits_of,
    guests_around,
    wishes_of,
)
from matchmaker.demo.pairs import Pairs
from matchmaker.demo.past_days import Held, check_in, first_people, of_day, place, release, say, seated
from matchmaker.demo.writing import add_all, add_numbered
from matchmaker.meetings.enums import DayState, MeetingOrigin, MeetingState, MeetingVerb
from matchmaker.meetings.models import DaySlot, Meeting, MeetingEvent, MeetingParty
from matchmaker.meetings.wishes.rules import living_key, spoken
from matchmaker.programmes.models import Programme

GONE: Final = timedelta(minutes=55)
"""How long the day has gone on: the third meeting of twenty minutes began five minutes ago."""
STEP: Final = 5
"""The day begins at a full five minutes."""
WAITING: Final = 4
"""So many wishes have no place yet: they fill places that become free."""
VENUES: Final = (
    ("Europe/Moscow", "Казань", "Выставочный центр «Пример», зал 1"),
    ("Asia/Kamchatka", "Петропавловск-Камчатский", "Дом предпринимателя «Пример», зал 1"),
)
"""Zone, city, hall. Of two halves of a day one is near noon at any hour, so that the day never runs over midnight."""
TEXTS: Final = {
    "title_tr": "Parça üreticileri alıcılarla buluşuyor",
    "title_ru": "Производители деталей встречаются с покупателями",
    "title_en": "Parts makers meet buyers",
    "summary_tr": "Üç gün: fabrika ziyaretleri ve numaralı masalarda ikili görüşmeler.",
    "summary_ru": "Три дня: посещение заводов и деловые встречи за пронумерованными столами.",
    "summary_en": "Three days: factory visits and business meetings at numbered tables.",
}


def venue(now: datetime) -> tuple[str, str, str]:
    """The venue where it is nearest to noon."""

    def from_noon(one: tuple[str, str, str]) -> float:
        local = now.astimezone(ZoneInfo(one[0]))
        return abs(local.hour + local.minute / 60 - 12)

    return min(VENUES, key=from_noon)


def trip_of_now(now: datetime) -> dict[str, str]:
    """The trip of the day as a line of the table of programmes: from yesterday morning to tomorrow evening."""
    zone, city, hall = venue(now)
    return {
        **dict.fromkeys(("sectors", "interpretation"), ""),
        **TEXTS,
        "kind": "trip",
        "organiser": "KOSGEB",
        "host": "RSMB",
        "state": "running",
        "mode": "room",
        "zone": zone,
        "country": "RU",
        "city": city,
        "place": hall,
        "languages": "ru tr",
        "days": "-1",
        "hours": "9",
        "length": "56",
        "closes": "-5",
        "places": "20",
        "most": "2",
        "approval": "1",
        "taken": "0",
        "waiting": "0",
    }


def add_running_day(pairs: Pairs, trip_id: int, people: dict[str, int], morning: datetime) -> None:
    """Write the day; the firms of the documented accounts are there, one firm has not come, one asks for a meeting."""
    now = clock.now()
    starts = now.replace(minute=now.minute - now.minute % STEP, second=0, microsecond=0) - GONE
    trip = db.session.get_one(Programme, trip_id)
    day_id = add_day(trip, DayState.RUNNING, people, morning, starts)
    guests = add_guests(day_id, guests_around(pairs), starts - timedelta(days=5))
    fits = dict(fits_of(pairs, guests))
    wishes = list(wishes_of(guests, fits))
    add_wishes(day_id, wishes)
    add_chosen(day_id, guests, fits, wishes)
    going, missing, released = first_people(guests), guests[-1].number, starts - timedelta(days=2)
    held = list(seated(day_id, going, missing))[:-WAITING]
    place(day_id, held, going, released, now)
    release(day_id, held, people["staff.tr"], released)
    check_in(day_id, {missing}, people["staff.ru"])
    over = {one.id for one in db.session.scalars(of_day(DaySlot, day_id)) if one.ends_at <= now}
    say([one for one in held if one.seat.slot in over], guests, pairs)
    _ask(day_id, guests, fits, held)


def _ask(
    day_id: int, guests: Sequence[Guest], fits: Mapping[tuple[int, int], int], held: Sequence[Held]
) -> None:
    """A firm asks each documented firm for the last time of the day: the best of those it has no meeting with."""
    slot = db.session.scalars(of_day(DaySlot, day_id).order_by(DaySlot.position.desc()).limit(1)).one()
    living = {one.living_key for one in db.session.scalars(of_day(Meeting, day_id))}
    busy = {firm for one in held if one.seat.slot == slot.id for firm in one.firms}
    for own in guests[:2]:
        askers = {
            other: fit
            for (one, other), fit in fits.items()
            if one == own.number and living_key((one, other)) not in living and not busy & {one, other}
        }
        if askers:
            number = max(askers, key=lambda other: (askers[other], -other))
            busy.add(number)
            asker = next(one for one in guests if one.number == number)
            _request(day_id, asker, own, slot, askers[number])


def _request(day_id: int, asker: Guest, asked: Guest, slot: DaySlot, fit: int) -> None:
    language, pair = spoken(asker.languages, asked.languages)
    row: dict[str, Any] = {
        "day_id": day_id,
        "living_key": living_key((asker.number, asked.number)),
        "state": MeetingState.PENDING,
        "origin": MeetingOrigin.REQUEST,
        "asked_by_id": asker.number,
        "weight": fit,
        "language": language,
        "pair": pair,
        "offered_slot_id": slot.id,
        "answer_due_at": slot.starts_at,
        "cause": {},
    }
    (number,) = add_numbered(Meeting, [row])
    parties = ((asker.number, clock.now()), (asked.number, None))
    add_all(
        MeetingParty,
        [{"meeting_id": number, "participant_id": firm, "accepted_at": at} for firm, at in parties],
    )
    asking = {"meeting_id": number, "verb": MeetingVerb.ASK, "state": MeetingState.PENDING, "note": ""}
    add_all(MeetingEvent, [asking | {"after_slot_id": slot.id}])
