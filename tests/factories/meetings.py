"""B2B days with slots, tables, firms and their people, and meetings."""

import secrets
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from factory import LazyAttribute, LazyFunction

from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.firms.models import Firm
from matchmaker.meetings.enums import BlockKind, DayState, MeetingOrigin, MeetingState
from matchmaker.meetings.models import (
    B2bDay,
    DayBlock,
    DayParticipant,
    DayPerson,
    DaySlot,
    DayTable,
    Meeting,
    MeetingParty,
)
from matchmaker.programmes.enums import ProgrammeKind, ProgrammeState
from tests.factories.base import EntityFactory
from tests.factories.firms import FirmFactory
from tests.factories.programmes import ProgrammeFactory


class B2bDayFactory(EntityFactory):
    """A day that is being planned, of a confirmed trip, in a week; bare, without slots and tables."""

    class Meta:
        model = B2bDay
        exclude = ("made_programme",)

    made_programme = LazyFunction(
        lambda: ProgrammeFactory(kind=ProgrammeKind.TRIP, state=ProgrammeState.CONFIRMED)
    )
    programme_id = LazyAttribute(lambda row: row.made_programme.id)
    state = DayState.PLANNING
    held_on = LazyFunction(lambda: clock.today() + timedelta(days=7))
    zone = "Europe/Istanbul"
    place = "Hall 2"


def room(day: B2bDay, slots: int = 4, tables: int = 2) -> tuple[list[DaySlot], list[DayTable]]:
    """Slots from half past nine at the venue in one block, and numbered tables."""
    start = datetime.combine(day.held_on, time(9, 30), tzinfo=ZoneInfo(day.zone))
    step = timedelta(minutes=day.slot_minutes + day.change_minutes)
    block = DayBlock(
        day_id=day.id,
        kind=BlockKind.MEETINGS,
        starts_at=start,
        ends_at=start + slots * step,
        name_en="Morning",
    )
    db.session.add(block)
    db.session.flush()
    length = timedelta(minutes=day.slot_minutes)
    made = [
        DaySlot(
            day_id=day.id,
            block_id=block.id,
            position=at,
            starts_at=start + at * step,
            ends_at=start + at * step + length,
        )
        for at in range(slots)
    ]
    numbered = [DayTable(day_id=day.id, number=number + 1) for number in range(tables)]
    db.session.add_all([*made, *numbered])
    db.session.flush()
    return made, numbered


def participant_of(
    day: B2bDay,
    firm: Firm | None = None,
    *,
    country: str = "TR",
    people: int = 1,
    person_id: int | None = None,
) -> DayParticipant:
    """A firm at the day with the people it sends, the first with an account where person_id is given."""
    firm = firm or FirmFactory(country=country)
    participant = DayParticipant(day_id=day.id, firm_id=firm.id, languages=["tr", "en"])
    db.session.add(participant)
    db.session.flush()
    for at in range(people):
        db.session.add(
            DayPerson(
                participant_id=participant.id,
                person_id=person_id if at == 0 else None,
                name=f"Person {at + 1} of {firm.name}",
                badge_token=secrets.token_urlsafe(24),
            )
        )
    db.session.flush()
    return participant


def meeting_of(
    day: B2bDay,
    participants: Iterable[DayParticipant],
    state: MeetingState = MeetingState.WISHED,
    weight: int = 50,
) -> Meeting:
    """A meeting of these firms that has no place yet."""
    numbers = sorted(one.id for one in participants)
    meeting = Meeting(
        day_id=day.id,
        living_key="-".join(map(str, numbers)),
        state=state,
        origin=MeetingOrigin.WISHES,
        weight=weight,
    )
    db.session.add(meeting)
    db.session.flush()
    db.session.add_all(MeetingParty(meeting_id=meeting.id, participant_id=number) for number in numbers)
    db.session.flush()
    return meeting
