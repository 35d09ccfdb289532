"""A B2B day of the demo trip with firms of both sides and their wishes, ready to be planned; invented only."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import select

from matchmaker.core.db import db
from matchmaker.demo.pairs import BEST, Pairs
from matchmaker.demo.writing import add_all, add_numbered
from matchmaker.engines.fit.scoring import score
from matchmaker.engines.fit.weights import WEIGHTS_2026_1
from matchmaker.firms.models import ContactPerson
from matchmaker.matching.enums import WishKind
from matchmaker.matching.exclusions import refused
from matchmaker.matching.wishes import turned_down
from matchmaker.meetings.enums import BlockKind, DayState, MeetingOrigin, MeetingState
from matchmaker.meetings.models import (
    B2bDay,
    DayBlock,
    DayInterpreter,
    DayParticipant,
    DayPerson,
    DaySlot,
    DayTable,
    DayWish,
    Meeting,
    MeetingParty,
)
from matchmaker.meetings.setup.rules import Stretch, slots_of
from matchmaker.meetings.wishes.rules import living_key, spoken
from matchmaker.programmes.enums import ProgrammeKind, SignUpState
from matchmaker.programmes.models import Delegate, Programme, SignUp
from matchmaker.programmes.trips.enums import ItemKind
from matchmaker.programmes.trips.models import TripItem

HOSTS: Final = 9
TABLES: Final = 6
LEAST: Final = 3
BLOCKS: Final = (
    (BlockKind.MEETINGS, 0, 100, "Öğleden önce", "До перерыва", "First part"),
    (BlockKind.BREAK, 100, 130, "Kahve arası", "Перерыв на кофе", "Coffee break"),
    (BlockKind.MEETINGS, 130, 280, "Öğleden sonra", "После перерыва", "Second part"),
)
"""Kind, minutes from the beginning of the item to begin and end, names."""
ENTRANCES: Final = {"RU": "Северный вход", "TR": "A kapısı"}
INTERPRETERS: Final = (
    ("Айше Темирова", ["ru-tr"], "+7 999 000-81-01"),
    ("Эмре Каплан", ["ru-tr", "en-ru"], "+7 999 000-81-02"),
    ("Лейла Сафина", ["ru-tr"], "+7 999 000-81-03"),
)


@dataclass(frozen=True, slots=True)
class Guest:
    """A firm at the day: number of the firm, the sign-up it came by, the participant's number, languages."""

    firm_id: int
    sign_up_id: int | None
    languages: tuple[str, ...]
    number: int = 0


def add_meetings(pairs: Pairs, people: dict[str, int], programme_ids: list[int], morning: datetime) -> None:
    """Set up a day of each trip: the first is to be planned, at the second firms say their wishes.

    The documented firms take part in both.
    """
    planned, asked = db.session.scalars(
        select(Programme)
        .where(Programme.id.in_(programme_ids), Programme.kind == ProgrammeKind.TRIP)
        .order_by(Programme.id)
        .limit(2)
    )
    day_id = add_day(planned, DayState.PLANNING, people, morning)
    own = _travellers(pairs, planned)
    guests = add_guests(day_id, [*own, *_hosts(pairs, own)], morning - timedelta(days=3))
    fits = dict(fits_of(pairs, guests))
    wishes = list(wishes_of(guests, fits))
    add_wishes(day_id, wishes)
    add_chosen(day_id, guests, fits, wishes)
    _add_asked(pairs, asked, people, morning)


def _add_asked(pairs: Pairs, trip: Programme, people: dict[str, int], morning: datetime) -> None:
    """A day at which some firms have said their wishes; the documented ones have not yet."""
    day_id = add_day(trip, DayState.WISHES, people, morning)
    guests = add_guests(day_id, guests_around(pairs), None)
    fits = dict(fits_of(pairs, guests))
    silent = {one.number for one in guests[:6]}
    add_wishes(day_id, [one for one in wishes_of(guests, fits) if one["from_id"] not in silent])


def guests_around(pairs: Pairs, most: int = BEST) -> list[Guest]:
    """The documented firms, then the firms that fit them best, at most so many of each side."""
    own = [pairs.own[code].id for code in ("TR", "RU")]
    best = [number for one in own for number, _total in pairs.best_of(one, most)]
    return [Guest(number, None, _tongues(pairs, number)) for number in dict.fromkeys([*own, *best])]


def add_wishes(day_id: int, wishes: Sequence[dict[str, Any]]) -> None:
    """Write what firms said, without notes."""
    add_all(DayWish, [one | {"day_id": day_id, "note": "", "topic": ""} for one in wishes])


def add_day(
    trip: Programme,
    state: DayState,
    people: dict[str, int],
    morning: datetime,
    starts: datetime | None = None,
    *,
    tables: int = TABLES,
) -> int:
    """Set a day up: at a given moment, else at its place in the trip, else on its second day; answers its number."""
    item = db.session.scalars(
        select(TripItem).where(TripItem.programme_id == trip.id, TripItem.kind == ItemKind.B2B)
    ).one_or_none()
    starts = starts or (item.starts_at if item else trip.starts_at + timedelta(days=1))
    asked = state is DayState.WISHES
    row: dict[str, Any] = {
        "programme_id": trip.id,
        "item_id": item.id if item else None,
        "state": state,
        "held_on": starts.astimezone(ZoneInfo(trip.zone)).date(),
        "zone": trip.zone,
        "place": item.place if item else trip.place,
        "entrance": ENTRANCES[trip.country],
        "slot_minutes": 20,
        "change_minutes": 5,
        "wishes_until": morning + timedelta(days=14)
        if asked
        else min(morning - timedelta(days=1), starts - timedelta(days=3)),
        "least": LEAST,
        "host_country": trip.country,
        "created_by_id": people["staff.tr"],
        "created_at": morning - timedelta(days=12),
    }
    (number,) = add_numbered(B2bDay, [row])
    _add_slots(number, starts, row)
    add_all(
        DayTable,
        [{"day_id": number, "number": at, "languages": [], "closed": []} for at in range(1, tables + 1)],
    )
    add_all(
        DayInterpreter,
        [
            {"day_id": number, "name": name, "pairs": known, "phone": phone, "closed": []}
            for name, known, phone in INTERPRETERS
        ],
    )
    return number


def _add_slots(number: int, starts: datetime, day: dict[str, Any]) -> None:
    blocks: list[dict[str, Any]] = [
        {
            "day_id": number,
            "kind": kind,
            "starts_at": starts + timedelta(minutes=begin),
            "ends_at": starts + timedelta(minutes=end),
            "name_tr": name_tr,
            "name_ru": name_ru,
            "name_en": name_en,
        }
        for kind, begin, end, name_tr, name_ru, name_en in BLOCKS
    ]
    ids = add_numbered(DayBlock, blocks)
    stretches = [
        Stretch(block, one["kind"], one["starts_at"], one["ends_at"])
        for block, one in zip(ids, blocks, strict=True)
    ]
    slots = slots_of(stretches, day["slot_minutes"], day["change_minutes"])
    add_all(
        DaySlot,
        [
            {
                "day_id": number,
                "block_id": one.block,
                "position": position,
                "starts_at": one.starts_at,
                "ends_at": one.ends_at,
            }
            for position, one in enumerate(slots)
        ],
    )


def _travellers(pairs: Pairs, trip: Programme) -> list[Guest]:
    """The documented firm of the sending side, and those whose sign-up is confirmed."""
    rows = db.session.execute(
        select(SignUp.firm_id, SignUp.id)
        .where(SignUp.programme_id == trip.id, SignUp.state == SignUpState.CONFIRMED)
        .order_by(SignUp.arrival)
    )
    found = [(pairs.own["TR"].id, None), *((firm, number) for firm, number in rows if firm is not None)]
    return [Guest(firm, number, _tongues(pairs, firm)) for firm, number in dict(found).items()]


def _hosts(pairs: Pairs, own: Sequence[Guest]) -> list[Guest]:
    """The documented firm of the host and the firms there that fit those who travel best."""
    totals: dict[int, int] = {}
    for guest in own:
        for number, total in pairs.best_of(guest.firm_id):
            totals[number] = totals.get(number, 0) + total
    ranked = sorted(totals, key=lambda number: (-totals[number], number))
    chosen = dict.fromkeys((pairs.own["RU"].id, *ranked))
    return [Guest(number, None, _tongues(pairs, number)) for number in list(chosen)[:HOSTS]]


def _tongues(pairs: Pairs, firm_id: int) -> tuple[str, ...]:
    return tuple(pairs.firms[firm_id].profile.languages[:2])


def add_guests(day_id: int, guests: Sequence[Guest], said_at: datetime | None) -> list[Guest]:
    """Let firms take part with the people they send; answers them with their numbers."""
    numbers = add_numbered(
        DayParticipant,
        [
            {
                "day_id": day_id,
                "firm_id": one.firm_id,
                "sign_up_id": one.sign_up_id,
                "languages": list(one.languages),
                "closed": [],
                "wishes_saved_at": said_at,
            }
            for one in guests
        ],
    )
    found = [
        Guest(one.firm_id, one.sign_up_id, one.languages, number)
        for one, number in zip(guests, numbers, strict=True)
    ]
    add_all(DayPerson, [row for one in found for row in _people(one)])
    return found


def _people(guest: Guest) -> list[dict[str, Any]]:
    """The delegates of the trip, else the first contact person; badges are the same on every run."""
    if guest.sign_up_id is not None:
        sent = select(Delegate).where(Delegate.sign_up_id == guest.sign_up_id).order_by(Delegate.id)
        people: Sequence[Delegate | ContactPerson] = db.session.scalars(sent).all()
    else:
        named = select(ContactPerson).where(ContactPerson.firm_id == guest.firm_id).order_by(ContactPerson.id)
        people = db.session.scalars(named.limit(1)).all()
    return [
        {
            "participant_id": guest.number,
            "person_id": one.person_id,
            "delegate_id": one.id if isinstance(one, Delegate) else None,
            "name": one.name,
            "name_romanised": one.name_romanised,
            "position": one.position,
            "languages": list(guest.languages),
            "badge_token": hashlib.sha256(f"demo badge {guest.number} {at}".encode()).hexdigest()[:32],
        }
        for at, one in enumerate(people)
    ]


def fits_of(pairs: Pairs, guests: Sequence[Guest]) -> Iterator[tuple[tuple[int, int], int]]:
    """The fit of each pair across the border that may meet, by the numbers of the participants."""
    for one in guests:
        shut = refused(one.firm_id) | turned_down(one.firm_id)
        own = pairs.by_id[one.firm_id]
        for other in guests:
            theirs = pairs.by_id[other.firm_id]
            if own.country != theirs.country and other.firm_id not in shut:
                yield (one.number, other.number), score(own, theirs).total


def wishes_of(
    guests: Sequence[Guest], fits: dict[tuple[int, int], int], least: int = 5
) -> Iterator[dict[str, Any]]:
    """Each firm wants the best of the other side, the first of them by all means, and some do not want the last."""
    for place, one in enumerate(guests):
        known = [(total, other) for (number, other), total in fits.items() if number == one.number]
        ranked = [other for _total, other in sorted(known, key=lambda row: (-row[0], row[1]))]
        wanted = least + place % 4
        for rank, other in enumerate(ranked):
            if rank >= wanted and (place % 3 or rank < len(ranked) - 1):
                continue
            kind = WishKind.MUST_MEET if rank < 1 + place % 2 else WishKind.WOULD_MEET
            yield {
                "from_id": one.number,
                "to_id": other,
                "kind": kind if rank < wanted else WishKind.NO_THANKS,
            }


def add_chosen(
    day_id: int, guests: Sequence[Guest], fits: dict[tuple[int, int], int], wishes: Sequence[dict[str, Any]]
) -> None:
    """A meeting for every pair that wants each other."""
    said = {(one["from_id"], one["to_id"]): one["kind"] for one in wishes}
    tongues = {one.number: one.languages for one in guests}
    rows, pairs = [], []
    for (one, other), kind in said.items():
        back = said.get((other, one), WishKind.NO_THANKS)
        if one > other or WishKind.NO_THANKS in (kind, back):
            continue
        language, pair = spoken(tongues[one], tongues[other])
        pairs.append((one, other))
        rows.append(
            {
                "day_id": day_id,
                "living_key": living_key((one, other)),
                "state": MeetingState.WISHED,
                "origin": MeetingOrigin.WISHES,
                "weight": fits[one, other],
                "points_set": WEIGHTS_2026_1.name,
                "must": WishKind.MUST_MEET in (kind, back),
                "language": language,
                "pair": pair,
                "cause": {},
            }
        )
    numbers = add_numbered(Meeting, rows)
    add_all(
        MeetingParty,
        [
            {"meeting_id": number, "participant_id": side}
            for number, pair in zip(numbers, pairs, strict=True)
            for side in pair
        ],
    )
