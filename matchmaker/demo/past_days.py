"""A B2B day of the demo that was held yesterday: its timetable, who came, what both sides say of each meeting.

The day of the demo that goes on now is written with the same parts, as far as the clock has come.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from sqlalchemy import Select, select

from matchmaker.core.db import db
from matchmaker.demo.firms import Stored
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
from matchmaker.demo.tables import dice
from matchmaker.demo.writing import add_all, add_numbered
from matchmaker.engines.fit.scoring import score
from matchmaker.meetings.enums import (
    CheckRule,
    DayState,
    MeetingState,
    MeetingVerb,
    Outcome,
    ParticipantState,
    StepVerb,
)
from matchmaker.meetings.models import (
    B2bDay,
    CheckIn,
    CheckPoint,
    DayInterpreter,
    DayParticipant,
    DayPerson,
    DaySlot,
    DayTable,
    DayVersion,
    Meeting,
    MeetingBooking,
    MeetingEvent,
    MeetingOutcome,
    MeetingParty,
    PlanStep,
)
from matchmaker.meetings.places import Seat
from matchmaker.meetings.presence.rules import passing_key
from matchmaker.programmes.models import Programme

Row = TypeVar("Row", DaySlot, DayTable, DayInterpreter, Meeting)
POINT: Final = "Giriş · Вход"
EARLY: Final = timedelta(minutes=40)
"""Badges are looked at from so long before the first meeting."""
LARGE_HALL, LARGE_SIDE, MANY_WISHES = 20, 25, 9
"""Tables, firms of each side that fit best, and wishes of a firm: enough meetings to learn points from."""
LADDER: Final = (Outcome.NO_INTEREST, Outcome.USEFUL, Outcome.COOPERATION_POSSIBLE, Outcome.NEXT_STEP_AGREED)
STEPS: Final = {"TR": "Numune gönderilecek", "RU": "Пришлём образцы и прайс-лист"}
NOTE: Final = "Örnek sürüm. · Образец версии. · Sample version."


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting that has a place: its seat, its two firms by number of the participant, and who does not come."""

    meeting: int
    seat: Seat
    firms: tuple[int, int]
    absent: int | None


def add_past_day(pairs: Pairs, trip_id: int, people: dict[str, int], morning: datetime) -> None:
    """Write the day; the firms of the documented accounts were there and met."""
    trip = db.session.get_one(Programme, trip_id)
    day_id = add_day(trip, DayState.DONE, people, morning, tables=LARGE_HALL)
    guests = add_guests(day_id, guests_around(pairs, LARGE_SIDE), morning - timedelta(days=5))
    fits = dict(fits_of(pairs, guests))
    wishes = list(wishes_of(guests, fits, least=MANY_WISHES))
    add_wishes(day_id, wishes)
    add_chosen(day_id, guests, fits, wishes)
    going, missing, released = first_people(guests), guests[-1].number, morning - timedelta(days=2)
    held = list(seated(day_id, going, missing))
    place(day_id, held, going, released, morning)
    release(day_id, held, people["staff.tr"], released)
    db.session.get_one(DayParticipant, missing).state = ParticipantState.NO_SHOW
    check_in(day_id, {missing}, people["staff.ru"])
    say(held, guests, pairs)


def seated(day_id: int, going: Mapping[int, int], missing: int) -> Iterator[Held]:
    """The meetings by fit, each at the first time at which both firms, a table and an interpreter are free."""
    slots = db.session.scalars(of_day(DaySlot, day_id).order_by(DaySlot.position)).all()
    tables = db.session.scalars(of_day(DayTable, day_id).order_by(DayTable.number)).all()
    interpreters = db.session.scalars(of_day(DayInterpreter, day_id).order_by(DayInterpreter.id)).all()
    parties = _parties(day_id)
    taken: dict[int, set[object]] = {slot.id: set() for slot in slots}
    ranked = of_day(Meeting, day_id).order_by(Meeting.weight.desc(), Meeting.id)
    for one in db.session.scalars(ranked):
        firms = parties[one.id]
        able = [speaker for speaker in interpreters if one.pair in speaker.pairs] if one.pair else [None]
        for slot in slots:
            busy = taken[slot.id]
            table = next((row for row in tables if row not in busy), None)
            free = [row for row in able if row is None or row not in busy]
            if table is None or not free or not busy.isdisjoint(firms):
                continue
            busy |= {table, *firms, *([free[0]] if free[0] else [])}
            people = tuple(sorted(going[firm] for firm in firms))
            seat = Seat(slot.id, table.id, people, free[0].id if free[0] else None)
            yield Held(one.id, seat, firms, missing if missing in firms else None)
            break


def of_day(model: type[Row], day_id: int) -> Select[Row]:
    """What belongs to a day."""
    return select(model).where(model.day_id == day_id)


def first_people(guests: Sequence[Guest]) -> dict[int, int]:
    """Who goes to all meetings of a firm, by number of the participant."""
    numbers = [one.number for one in guests]
    rows = db.session.scalars(
        select(DayPerson).where(DayPerson.participant_id.in_(numbers)).order_by(DayPerson.id.desc())
    )
    return {one.participant_id: one.id for one in rows}


def _parties(day_id: int) -> dict[int, tuple[int, int]]:
    """The two firms of each meeting."""
    rows = db.session.execute(
        select(MeetingParty.meeting_id, MeetingParty.participant_id)
        .join(Meeting, Meeting.id == MeetingParty.meeting_id)
        .where(Meeting.day_id == day_id)
        .order_by(MeetingParty.id)
    )
    found: dict[int, list[int]] = defaultdict(list)
    for meeting, firm in rows:
        found[meeting].append(firm)
    return {meeting: (firms[0], firms[1]) for meeting, firms in found.items()}


def place(
    day_id: int, held: Sequence[Held], going: Mapping[int, int], released: datetime, now: datetime
) -> None:
    """The meetings at their places with what they take there, and what the clock has made of them by now."""
    slots = {one.id: one for one in db.session.scalars(of_day(DaySlot, day_id))}
    rows = {one.id: one for one in db.session.scalars(of_day(Meeting, day_id))}
    bookings: list[dict[str, Any]] = []
    events: list[dict[str, Any]] = []
    for one in held:
        row, seat = rows[one.meeting], one.seat
        slot = slots[seat.slot]
        row.state, row.sequence, row.locked = MeetingState.PLACED, 1, slot.starts_at <= now
        row.slot_id = row.told_slot_id = seat.slot
        row.table_id = row.told_table_id = seat.table
        events.append(_event(one, MeetingVerb.PLACE, MeetingState.PLACED, released))
        if slot.ends_at <= now:
            row.state = MeetingState.HELD if one.absent is None else MeetingState.NOT_HELD
            row.absent_id, row.ended_at = one.absent, slot.ends_at
            verb = MeetingVerb.HOLD if one.absent is None else MeetingVerb.MISS
            events.append(_event(one, verb, row.state, slot.ends_at))
        bookings += _bookings(one)
    db.session.flush()
    add_all(MeetingBooking, bookings)
    add_all(MeetingEvent, sorted(events, key=lambda event: (event["at"], event["meeting_id"])))
    numbers = [one.meeting for one in held]
    for party in db.session.scalars(select(MeetingParty).where(MeetingParty.meeting_id.in_(numbers))):
        party.person_id = going[party.participant_id]
    db.session.flush()


def _event(one: Held, verb: MeetingVerb, state: MeetingState, at: datetime) -> dict[str, Any]:
    return {
        "meeting_id": one.meeting,
        "at": at,
        "verb": verb,
        "state": state,
        "before_slot_id": None if verb is MeetingVerb.PLACE else one.seat.slot,
        "after_slot_id": one.seat.slot,
        "note": "",
    }


def _bookings(one: Held) -> list[dict[str, Any]]:
    seat = one.seat
    taken: list[tuple[int | None, int | None, int | None]] = [(seat.table, None, None)]
    taken += [(None, person, None) for person in seat.people]
    taken += [(None, None, seat.interpreter)] if seat.interpreter is not None else []
    return [
        {
            "meeting_id": one.meeting,
            "slot_id": seat.slot,
            "table_id": table,
            "person_id": person,
            "interpreter_id": interpreter,
        }
        for table, person, interpreter in taken
    ]


def release(day_id: int, held: Sequence[Held], staff: int, released: datetime) -> None:
    """The one step and the one version that firms were told."""
    changes = [{"meeting": one.meeting, "before": None, "after": one.seat.told()} for one in held]
    add_all(
        PlanStep,
        [{"day_id": day_id, "number": 1, "verb": StepVerb.PLAN, "changes": changes, "person_id": staff}],
    )
    version = {
        "day_id": day_id,
        "number": 1,
        "places": {str(one.meeting): one.seat.told() for one in held},
        "changes": changes,
        "bounds": {},
        "told": len({person for one in held for person in one.seat.people}),
        "note": NOTE,
        "released_by_id": staff,
        "released_at": released,
    }
    add_all(DayVersion, [version])
    day = db.session.get_one(B2bDay, day_id)
    day.plan_step, day.published_at = 1, released
    db.session.flush()


def check_in(day_id: int, missing: Collection[int], staff: int) -> None:
    """Everybody passed the entrance one after the other, but for the people of the firms that did not come."""
    day = db.session.get_one(B2bDay, day_id)
    (point,) = add_numbered(CheckPoint, [{"day_id": day_id, "name": POINT, "rule": CheckRule.ONCE_A_DAY}])
    begins = db.session.scalars(
        select(DaySlot.starts_at).where(DaySlot.day_id == day_id).order_by(DaySlot.position).limit(1)
    ).one()
    coming = db.session.scalars(
        select(DayPerson.id)
        .join(DayParticipant, DayParticipant.id == DayPerson.participant_id)
        .where(DayParticipant.day_id == day_id, DayParticipant.id.not_in(missing))
        .order_by(DayPerson.id)
    )
    scans = [(person, begins - EARLY + timedelta(minutes=at)) for at, person in enumerate(coming)]
    add_all(
        CheckIn,
        [
            {
                "point_id": point,
                "person_id": person,
                "scan_key": hashlib.sha256(f"demo scan {person}".encode()).hexdigest()[:32],
                "passing_key": passing_key(point, CheckRule.ONCE_A_DAY, person, at, day.zone),
                "scanned_at": at,
                "scanned_by_id": staff,
            }
            for person, at in scans
        ],
    )
    db.session.flush()


def say(held: Sequence[Held], guests: Sequence[Guest], pairs: Pairs) -> None:
    """What came of the meetings: two sides mostly see them alike, one pair contradicts each other.

    The documented firms have not said yet what came of their last meeting. A meeting goes the better, the more the goods
    answer each other and the firms share a language, which counts for more than the points in use say.
    """
    chance = dice("outcomes of a B2B day")
    firms = {one.number: pairs.firms[one.firm_id] for one in guests}
    own = [one.number for one in guests[:2]]
    open_ones = {max((one.seat.slot, one.meeting) for one in held if firm in one.firms)[1] for firm in own}
    contradicted = next(one.meeting for one in held if one.absent is None and not {*own} & {*one.firms})
    rows: list[dict[str, Any]] = []
    for one in held:
        first = _step(_liking(pairs, one.firms, firms) + chance.gauss(0, 0.8))
        second = _step(first + chance.choice((-1, 0, 0, 1)))
        said = (LADDER[first], LADDER[second])
        if one.meeting == contradicted:
            said = (Outcome.NOT_HELD, Outcome.COOPERATION_POSSIBLE)
        for firm, outcome in zip(one.firms, said, strict=True):
            if firm == one.absent or (firm in own and one.meeting in open_ones):
                continue
            told = Outcome.NOT_HELD if one.absent is not None else outcome
            rows.append(
                {
                    "meeting_id": one.meeting,
                    "participant_id": firm,
                    "outcome": told,
                    "next_step": STEPS[firms[firm].profile.country]
                    if told is Outcome.NEXT_STEP_AGREED
                    else "",
                    "note": "",
                    "said_by_id": firms[firm].person_id,
                }
            )
    add_all(MeetingOutcome, rows)


def _liking(pairs: Pairs, numbers: tuple[int, int], firms: Mapping[int, Stored]) -> float:
    """Where on the ladder a meeting of two firms ends on the whole."""
    own, other = (pairs.by_id[firms[number].id] for number in numbers)
    fit = score(own, other)
    goods, tongue = (
        row.points / (row.most_a + row.most_b) for row in (fit.row("products"), fit.row("languages"))
    )
    return 1.4 * goods + 1.6 * tongue - 0.9


def _step(place: float) -> int:
    return min(max(round(place), 0), len(LADDER) - 1)
