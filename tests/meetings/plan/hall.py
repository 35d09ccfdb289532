"""A small B2B day with rooms, firms of two sides and wishes of each pair, and what a test changes of it."""

from matchmaker.core.db import db
from matchmaker.meetings import places, queries
from matchmaker.meetings.enums import StepVerb
from matchmaker.meetings.models import B2bDay, DayInterpreter, DayParticipant, DayPerson, Meeting
from matchmaker.meetings.places import Seat
from tests.factories.accounts import PersonFactory
from tests.factories.meetings import B2bDayFactory, meeting_of, participant_of, room
from tests.matching.world import actor_of


class Hall:
    """Slots and tables as asked; `own[a]` and `foreign[b]` wish to meet in `wish(a, b)`."""

    def __init__(self, slots: int = 2, tables: int = 2, firms: int = 2, people: int = 1) -> None:
        self.day: B2bDay = B2bDayFactory()
        self.slots, self.tables = room(self.day, slots=slots, tables=tables)
        self.own = [participant_of(self.day, people=people) for _ in range(firms)]
        self.foreign = [participant_of(self.day, country="RU", people=people) for _ in range(firms)]
        self.wishes = [
            meeting_of(self.day, (a, b), weight=50 + 10 * i + j)
            for i, a in enumerate(self.own)
            for j, b in enumerate(self.foreign)
        ]
        self.actor = actor_of(PersonFactory().id)
        self.refresh()

    def refresh(self) -> None:
        """Read the day again as a page would."""
        db.session.flush()
        db.session.expire_all()
        self.day = queries.day(self.day.id)

    def wish(self, a: int, b: int) -> Meeting:
        """The meeting of two firms."""
        return self.wishes[a * len(self.foreign) + b]

    def firm_name(self, participant: DayParticipant) -> str:
        """The name of a firm."""
        return queries.participant(participant.id).firm.name

    def people(self, participant: DayParticipant) -> list[DayPerson]:
        """Whom a firm sends."""
        return queries.participant(participant.id).people

    def seat(self, a: int, b: int, slot: int, table: int, interpreter: int | None = None) -> Seat:
        """A seat with the first person of both firms."""
        people = sorted(self.people(one)[0].id for one in (self.own[a], self.foreign[b]))
        return Seat(self.slots[slot].id, self.tables[table].id, tuple(people), interpreter)

    def put(self, a: int, b: int, slot: int, table: int, interpreter: int | None = None) -> None:
        """Place a wish."""
        seat = self.seat(a, b, slot, table, interpreter)
        places.change(self.actor, self.day, StepVerb.PLACE, {self.wish(a, b).id: seat})
        self.refresh()

    def interpreter(self, *pairs: str, closed: tuple[int, ...] = ()) -> DayInterpreter:
        """One more interpreter."""
        one = DayInterpreter(day_id=self.day.id, name="Interpreter", pairs=list(pairs), closed=list(closed))
        db.session.add(one)
        self.refresh()
        return one
