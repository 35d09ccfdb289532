"""The B2B day of a journey: its world before it is planned, what the morning finds, and how far its clock is."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Flask
from sqlalchemy import select

from matchmaker.accounts.models import Person
from matchmaker.app import create_app
from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.demo.accounts import DOMAIN
from matchmaker.firms.models import Firm, FirmMember
from matchmaker.firms.names import shown_name
from matchmaker.meetings import queries
from matchmaker.meetings.enums import DayState, MeetingState
from matchmaker.meetings.models import B2bDay, DayParticipant, Meeting, MeetingOutcome, MeetingParty
from matchmaker.programmes.enums import ProgrammeKind
from matchmaker.programmes.models import Programme
from tests.databases import close_engines
from tests.factories.firms import FirmFactory, member_of
from tests.factories.meetings import B2bDayFactory, meeting_of, participant_of, room
from tests.settings import config_for

SIDE, SLOTS, TABLES = 3, 6, 3
ON = timedelta(minutes=5)
"""How long the first meetings have gone on when the day is looked at again."""


@dataclass(frozen=True)
class Cast:
    """Who plays which part on the day; numbers of participants and meetings.

    `pair` meet at the first time: the firm of each side that has an account, and their meeting. `late` comes too
    late for its next meeting, `gone` cancels. `missing` is a firm that does not come to a meeting that is on, `waiting` the
    wish of the one who waits for it, and `guest` the other firm of that wish, which came to the door today.
    """

    late: tuple[int, str]
    arrival: str
    gone: int
    missing: tuple[int, int]
    waiting: int
    guest: int
    badges: list[str]


class Hall:
    """Three firms of each side who all want to meet, six times, three tables; the first firm of each side has an account."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        with self._writing():
            day = self._make()
            self.number, self.path = day.id, f"/b2b-days/{day.id}"

    def _make(self) -> B2bDay:
        trip = db.session.scalars(
            select(Programme).where(Programme.kind == ProgrammeKind.TRIP).order_by(Programme.id).limit(1)
        ).one()
        zone = zone_far_from_midnight(clock.now())
        day: B2bDay = B2bDayFactory(programme_id=trip.id, state=DayState.WISHES, zone=zone)
        room(day, slots=SLOTS, tables=TABLES)
        sides = [
            [_known(day, country), *(_unknown(day, country) for _ in range(SIDE - 1))]
            for country in ("TR", "RU")
        ]
        self.pair = (sides[0][0].id, sides[1][0].id)
        for at, own in enumerate(sides[0]):
            for beside, other in enumerate(sides[1]):
                # That of the firms with accounts weighs most, so it leads the list of those without a place.
                meeting = meeting_of(day, (own, other), weight=90 - 10 * at - beside)
                if not at and not beside:
                    self.meeting = meeting.id
                if at == beside == 1:
                    self.second = meeting.id
                if at == beside == 2:
                    self.third = meeting.id
        # The firm that will be late cannot stay to the end either, so there are free places that it may not have.
        sides[0][2].closed = [SLOTS - 1]
        self._sides = [[one.id for one in side] for side in sides]
        return day

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._app.app_context(), unit_of_work():
            yield

    def morning(self) -> Cast:
        """The day has come: its first meetings began five minutes ago, and one more firm stands at the door."""
        with self._writing():
            day = queries.day(self.number)
            later = clock.now() - ON - day.slots[0].starts_at
            for row in (*day.slots, *day.blocks):
                row.starts_at, row.ends_at = row.starts_at + later, row.ends_at + later
            day.held_on = day.clock(day.slots[0].starts_at).date()
            db.session.flush()
            return self._cast(day)

    def _cast(self, day: B2bDay) -> Cast:
        (_, freed, late), (_, missing, gone) = self._sides
        firms = {one.id: one for one in queries.participants(day.id)}
        missed = next(position for position in range(1, SLOTS) if late in self._at(day, position))
        guest = _unknown(day, "RU")
        waiting = meeting_of(day, (firms[freed], guest), weight=70)
        arrival = day.clock(day.slots[missed].starts_at + timedelta(minutes=5))
        return Cast(
            late=(late, shown_name(firms[late].firm, "en").text),
            arrival=f"{arrival:%H:%M}",
            gone=gone,
            missing=(missing, self.second),
            waiting=waiting.id,
            guest=guest.id,
            badges=[one.people[0].badge_token for one in firms.values()],
        )

    @staticmethod
    def _at(day: B2bDay, position: int) -> set[int]:
        """The firms that have a meeting at a time."""
        found = (
            select(MeetingParty.participant_id)
            .join(Meeting, Meeting.id == MeetingParty.meeting_id)
            .where(Meeting.slot_id == day.slots[position].id)
        )
        return set(db.session.scalars(found))

    def outcomes(self) -> list[tuple[int, str]]:
        """What is stored of the meeting of the two firms with accounts: who said what, each time it was said."""
        with self._writing():
            said = select(MeetingOutcome).where(MeetingOutcome.meeting_id == self.meeting)
            return sorted((one.participant_id, str(one.outcome)) for one in db.session.scalars(said))

    def ended(self) -> dict[MeetingState, int]:
        """How many meetings of the day are in each state."""
        with self._writing():
            states = db.session.scalars(select(Meeting.state).where(Meeting.day_id == self.number)).all()
            return {state: states.count(state) for state in set(states)}


@contextmanager
def hall_of(folder: Path) -> Iterator[Hall]:
    """A hall in the database of a running site."""
    app = create_app(config_for(f"sqlite:///{folder / 'tandem.sqlite3'}", folder))
    yield Hall(app)
    close_engines(app)


def zone_far_from_midnight(now: datetime) -> str:
    """A venue where a day that begins now ends on the same date."""
    here, there = "Europe/Istanbul", "Asia/Vladivostok"
    return here if 1 <= now.astimezone(ZoneInfo(here)).hour < 20 else there


def _known(day: B2bDay, country: str) -> DayParticipant:
    """The firm of a country that has an account in the demo."""
    email = f"firm.{country.lower()}@{DOMAIN}"
    firm, person = db.session.execute(
        select(Firm, Person.id)
        .join(FirmMember, FirmMember.firm_id == Firm.id)
        .join(Person, Person.id == FirmMember.person_id)
        .where(Person.email == email)
        .order_by(Firm.id)
        .limit(1)
    ).one()
    return participant_of(day, firm, country=country, person_id=person)


def _unknown(day: B2bDay, country: str) -> DayParticipant:
    firm = FirmFactory(country=country)
    return participant_of(day, firm, country=country, person_id=member_of(firm).id)
