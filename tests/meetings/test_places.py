"""Where meetings are: nothing and nobody is booked twice, whoever writes; steps are undone."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, NotFound
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.meetings import places, queries
from matchmaker.meetings.enums import MeetingState, StepVerb
from matchmaker.meetings.models import DayInterpreter, Meeting, MeetingBooking, MeetingEvent, PlanStep
from matchmaker.meetings.places import Seat
from tests.factories.accounts import PersonFactory
from tests.factories.meetings import B2bDayFactory, meeting_of, participant_of, room
from tests.matching.world import actor_of

pytestmark = pytest.mark.data


class Hall:
    """A day with two slots, two tables, two firms a side, and a meeting of each pair."""

    def __init__(self) -> None:
        self.day = B2bDayFactory()
        self.slots, self.tables = room(self.day, slots=2, tables=2)
        self.own = [participant_of(self.day) for _ in range(2)]
        self.foreign = [participant_of(self.day, country="RU") for _ in range(2)]
        self.meetings = [meeting_of(self.day, (a, b)) for a in self.own for b in self.foreign]
        self.people = {
            one.id: [person.id for person in queries.participant(one.id).people]
            for one in (*self.own, *self.foreign)
        }
        self.interpreter = DayInterpreter(day_id=self.day.id, name="Interpreter", pairs=["ru-tr"])
        db.session.add(self.interpreter)
        db.session.flush()
        self.actor = actor_of(PersonFactory().id)

    def seat(self, which: int, slot: int, table: int, interpreter: bool = False) -> Seat:
        parties = (self.own[which // 2], self.foreign[which % 2])
        people = tuple(sorted(self.people[one.id][0] for one in parties))
        chosen = self.interpreter.id if interpreter else None
        return Seat(self.slots[slot].id, self.tables[table].id, people, chosen)

    def put(self, which: int, slot: int, table: int, interpreter: bool = False) -> PlanStep | None:
        seat = self.seat(which, slot, table, interpreter)
        return places.change(self.actor, self.day, StepVerb.PLACE, {self.meetings[which].id: seat})


@pytest.mark.parametrize(
    ("second", "why"),
    [
        ((3, 0, 0, False), "the table is taken"),
        ((1, 0, 1, False), "a person is elsewhere"),
        ((3, 0, 1, True), "the interpreter is taken"),
    ],
)
def test_nothing_and_nobody_is_booked_twice(
    session: Any, second: tuple[int, int, int, bool], why: str
) -> None:
    hall = Hall()
    hall.put(0, 0, 0, interpreter=True)

    with pytest.raises(Conflict):
        hall.put(*second)

    other = hall.meetings[second[0]]
    db.session.refresh(other)
    assert (other.state, other.slot_id) == (MeetingState.WISHED, None), (
        "nothing half done stays in the request"
    )
    assert len(db.session.scalars(select(MeetingBooking)).all()) == 4


def test_a_seat_of_the_last_moment_is_given_once(app: Flask, given: Any, concurrently: Any) -> None:
    with given():
        hall = Hall()
        seats = {which: hall.seat(which, 0, 0) for which in (0, 3)}
        numbers = [one.id for one in hall.meetings]

    def places_it(which: int) -> Callable[[], bool]:
        def deed() -> bool:
            with unit_of_work():
                day = queries.day(hall.day.id)
                return (
                    places.change(hall.actor, day, StepVerb.PLACE, {numbers[which]: seats[which]}) is not None
                )

        return deed

    results = concurrently(*(places_it(which) for which in (0, 3, 0, 3, 0, 3)))

    with given():
        placed = db.session.scalars(select(Meeting).where(Meeting.state == MeetingState.PLACED)).all()
        tables = db.session.scalars(select(MeetingBooking).where(MeetingBooking.table_id.is_not(None))).all()
        assert len(placed) == len(tables) == 1
    assert sum(one is True for one in results) == 1
    assert sum(isinstance(one, Conflict) for one in results) == 3


def test_two_meetings_change_places_in_one_step(session: Any) -> None:
    hall = Hall()
    hall.put(0, 0, 0)
    hall.put(3, 1, 0)
    first, second = hall.meetings[0], hall.meetings[3]

    places.change(
        hall.actor, hall.day, StepVerb.SWAP, {first.id: hall.seat(0, 1, 0), second.id: hall.seat(3, 0, 0)}
    )

    assert (first.slot_id, second.slot_id) == (hall.slots[1].id, hall.slots[0].id)
    verbs = db.session.scalars(select(MeetingEvent.verb).where(MeetingEvent.meeting_id == first.id)).all()
    assert verbs == ["place", "move"]


def test_steps_are_undone_from_the_last(session: Any) -> None:
    hall = Hall()
    hall.put(0, 0, 0)
    hall.put(0, 1, 1)

    assert places.undo(hall.actor, hall.day) is not None
    assert hall.meetings[0].slot_id == hall.slots[0].id
    assert places.undo(hall.actor, hall.day) is not None
    assert hall.meetings[0].state is MeetingState.WISHED
    assert places.undo(hall.actor, hall.day) is None


def test_a_step_is_not_undone_over_a_locked_meeting(session: Any) -> None:
    hall = Hall()
    hall.put(0, 0, 0)
    hall.meetings[0].locked = True
    db.session.flush()

    with pytest.raises(Conflict):
        places.undo(hall.actor, hall.day)
    with pytest.raises(Conflict):
        hall.put(0, 1, 0)


def test_a_seat_that_is_the_same_is_no_step(session: Any) -> None:
    hall = Hall()
    hall.put(0, 0, 0)

    assert hall.put(0, 0, 0) is None


def test_a_meeting_of_another_day_is_not_known(session: Any) -> None:
    hall, other = Hall(), Hall()

    with pytest.raises(NotFound):
        places.change(hall.actor, hall.day, StepVerb.PLACE, {other.meetings[0].id: None})
