"""A B2B day in the middle of things: placed meetings that firms were told of, at a known hour."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from matchmaker.core import clock
from matchmaker.core.actor import InstitutionRole
from matchmaker.core.db import db
from matchmaker.firms.models import Firm, FirmMember
from matchmaker.firms.names import shown_name
from matchmaker.institutions.models import Institution
from matchmaker.meetings import places, queries
from matchmaker.meetings.enums import DayState, MeetingState, StepVerb
from matchmaker.meetings.models import DayParticipant, DayPerson, DayVersion, Meeting
from matchmaker.meetings.outcomes import queries as outcome_queries
from matchmaker.meetings.outcomes.rules import Side
from matchmaker.meetings.places import Seat
from matchmaker.programmes.models import Programme
from tests.factories.firms import FirmFactory, member_of
from tests.factories.institutions import official
from tests.factories.meetings import B2bDayFactory, meeting_of, participant_of, room
from tests.factories.trips import TripFactory
from tests.matching.world import actor_of

HELD_ON = date(2027, 1, 20)
BEFORE = "2027-01-20T06:00:00Z"
"""Half an hour before the first of the slots, which begin at 9:30, 9:55, 10:20 and 10:45 in Istanbul."""
FIRST = "2027-01-20T06:35:00Z"
SECOND = "2027-01-20T07:00:00Z"
AFTER = "2027-01-20T10:00:00Z"


class RunningDay:
    """Three firms of each side, four slots and three tables; firm i of one side meets firm i + slot of the other.

    In the first three slots all are busy, the last one is free. Each firm has one person with an account. Meetings are
    found by slot and firm of the own side.
    """

    def __init__(
        self, slots: int = 4, held: int = 3, trip: Programme | None = None, known: Sequence[Firm] = ()
    ) -> None:
        """Make it, of a trip where one is given; `known` firms take part as the first of their sides."""
        trip = trip or TripFactory()
        host = db.session.get_one(Institution, trip.institution_id)
        self.staff_id = official(host, InstitutionRole.STAFF).id
        self.day = B2bDayFactory(programme_id=trip.id, state=DayState.RUNNING, held_on=HELD_ON)
        self.slots, self.tables = room(self.day, slots=slots, tables=3)
        self.own = self._side("TR", known)
        self.foreign = self._side("RU", known)
        self.actor = actor_of(self.staff_id)
        self.meetings: dict[tuple[int, int], Meeting] = {}
        seats: dict[int, Any] = {}
        for slot in range(held):
            for at in range(3):
                sides = (self.own[at], self.foreign[(at + slot) % 3])
                made = meeting_of(self.day, sides, weight=50 + 10 * slot + at)
                self.meetings[slot, at] = made
                people = tuple(sorted(self.person(one).id for one in sides))
                seats[made.id] = Seat(self.slots[slot].id, self.tables[at].id, people)
        places.change(self.actor, self.day, StepVerb.PLAN, seats)
        for one in self.meetings.values():
            one.told_slot_id, one.told_table_id = one.slot_id, one.table_id
        kept = {str(number): seat.told() for number, seat in seats.items()}
        db.session.add(DayVersion(day_id=self.day.id, number=1, places=kept, released_at=clock.now()))
        db.session.flush()
        queries.locked_day(self.day.id)
        self.accounts = {one.id: self.person(one).person_id or 0 for one in (*self.own, *self.foreign)}

    def _side(self, country: str, known: Sequence[Firm]) -> list[DayParticipant]:
        came = [self._known(one) for one in known if one.country == country]
        return [*came, *(self._firm(country) for _ in range(3 - len(came)))]

    def _known(self, firm: Firm) -> DayParticipant:
        member = db.session.scalars(
            select(FirmMember.person_id).where(FirmMember.firm_id == firm.id).order_by(FirmMember.id).limit(1)
        ).one()
        return participant_of(self.day, firm, country=firm.country, person_id=member)

    def _firm(self, country: str) -> DayParticipant:
        firm = FirmFactory(country=country)
        return participant_of(self.day, firm, country=country, person_id=member_of(firm).id)

    def begin(self, moment: datetime) -> None:
        """Move the whole day so that its first slot begins at a moment."""
        later = moment - self.slots[0].starts_at
        self.day.held_on = self.day.clock(moment).date()
        for slot in self.slots:
            slot.starts_at, slot.ends_at = slot.starts_at + later, slot.ends_at + later
        db.session.flush()

    def person(self, participant: DayParticipant) -> DayPerson:
        """The one whom a firm sends."""
        return queries.participant(participant.id).people[0]

    def name(self, participant: DayParticipant) -> str:
        """The name under which pages show a firm to a reader of English."""
        return shown_name(db.session.get_one(Firm, participant.firm_id), "en").text

    def member(self, participant: DayParticipant) -> Any:
        """That person as an actor."""
        return actor_of(self.accounts[participant.id])

    def side(self, meeting: Meeting, participant: DayParticipant) -> Side:
        """A firm at its meeting."""
        return outcome_queries.side(participant.id, meeting.id)

    def waiting(self, participant: DayParticipant, weight: int = 70) -> Meeting:
        """A wish of a firm and one more firm of the other side that has no place."""
        country = "RU" if participant in self.own else "TR"
        return meeting_of(self.day, (participant, self._firm(country)), weight=weight)

    def states(self) -> list[MeetingState]:
        """The states of the placed meetings in order."""
        return [one.state for one in self.meetings.values()]
