"""The day as the engine sees it, and its plans as seats."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.core.db import db
from matchmaker.core.errors import Conflict
from matchmaker.engines.timetable.day import Placement
from matchmaker.engines.timetable.place import Effort
from matchmaker.engines.timetable.planning import plan_day
from matchmaker.matching.enums import WishKind
from matchmaker.meetings import places
from matchmaker.meetings import queries as day_queries
from matchmaker.meetings.enums import MeetingState, ParticipantState, StepVerb
from matchmaker.meetings.models import DayWish, MeetingBooking, MeetingOrder
from matchmaker.meetings.plan import queries
from matchmaker.meetings.plan.problem import problem_of
from matchmaker.meetings.plan.rows import Rows
from matchmaker.meetings.plan.seats import seats_of
from tests.meetings.plan.hall import Hall

pytestmark = pytest.mark.data


def test_rows_become_the_day_of_the_engine(session: Any) -> None:
    hall = Hall(slots=3)
    late, absent, wish = hall.own[0], hall.foreign[1], hall.wish(0, 0)
    late.arrives_at = hall.slots[0].starts_at + timedelta(minutes=1)
    late.closed, late.least, late.most = [2], 1, 4
    absent.state = ParticipantState.CANCELLED
    hall.tables[0].host_id, hall.tables[1].host_id = late.id, absent.id
    wish.block_id, wish.fixed_slot_id, wish.pair = hall.slots[0].block_id, hall.slots[1].id, "ru-tr"
    db.session.add(MeetingOrder(meeting_id=wish.id, earlier_id=hall.wish(1, 0).id))
    db.session.add(
        DayWish(day_id=hall.day.id, from_id=hall.own[1].id, to_id=hall.foreign[0].id, kind=WishKind.NO_THANKS)
    )
    hall.interpreter("ru-tr", "en-ru", closed=(0,))

    day = queries.problem(hall.day).day

    firm = {one.id: one for one in day.firms}
    assert (firm[late.id].blocked, firm[late.id].least, firm[late.id].most) == ({0, 2}, 1, 4)
    assert firm[absent.id].blocked == {0, 1, 2}
    assert [one.host for one in day.tables] == [late.id, None]
    assert [(one.name, one.sizes) for one in day.pools] == [("ru-tr", (0, 1, 1))]
    told = {one.id: one for one in day.meetings}[wish.id]
    assert (told.session, told.fixed, told.pools) == (day.slots[1].session, 1, (0,))
    assert told.after == (hall.wish(1, 0).id,)
    assert [one.id for one in day.meetings if one.declined] == [hall.wish(1, 0).id]


def test_plain_rows_make_the_same_day_as_the_objects_themselves(session: Any) -> None:
    """With everything that a day can have: what is read column by column leaves nothing out."""
    hall = Hall(slots=3, tables=3, firms=3, people=2)
    broad = hall.interpreter("ru-tr", "en-ru", closed=(2,))
    hall.interpreter("ru-tr")
    for a, b, slot, table, interpreter in ((0, 0, 0, 0, broad.id), (1, 1, 0, 1, None), (2, 2, 1, 2, None)):
        hall.wish(a, b).pair = "en-ru" if interpreter else ""
        hall.put(a, b, slot, table, interpreter)
    hall.wish(0, 0).locked, hall.wish(1, 1).state = True, MeetingState.HELD
    hall.wish(2, 2).state, hall.wish(1, 2).state = MeetingState.NOT_HELD, MeetingState.PENDING
    hall.wish(0, 1).block_id, hall.wish(0, 1).must = hall.slots[0].block_id, True
    hall.wish(0, 2).fixed_slot_id, hall.wish(0, 2).language = hall.slots[2].id, "en"
    late, gone = hall.own[0], hall.foreign[2]
    late.arrives_at, late.leaves_at = hall.slots[0].ends_at, hall.slots[2].ends_at
    late.least, late.most, late.closed, gone.state = 1, 4, [1], ParticipantState.NO_SHOW
    hall.people(hall.own[1])[0].left_at = hall.slots[0].starts_at
    hall.tables[2].host_id, hall.tables[1].languages = gone.id, ["tr"]
    db.session.add(MeetingOrder(meeting_id=hall.wish(0, 1).id, earlier_id=hall.wish(1, 0).id))
    refused = {"from_id": hall.own[2].id, "to_id": hall.foreign[0].id, "kind": WishKind.NO_THANKS}
    db.session.add(DayWish(day_id=hall.day.id, **refused))
    hall.refresh()

    read = queries.problem(hall.day)

    everything: Any = Rows(
        hall.day,
        tuple(sorted(day_queries.participants(hall.day.id), key=lambda one: one.id)),
        tuple(queries.all_meetings(hall.day.id)),
        tuple(db.session.scalars(select(MeetingOrder))),
        tuple(db.session.scalars(select(DayWish))),
    )
    made = problem_of(everything)
    assert (read.day, read.placements, read.pairs) == (made.day, made.placements, made.pairs)
    assert (read.fixed, read.nobody) == (made.fixed, made.nobody)
    assert seats_of(read, read.placements) == seats_of(made, made.placements)


def test_a_plan_is_stored_as_seats(session: Any) -> None:
    hall = Hall()
    problem = queries.problem(hall.day)

    plan = plan_day(problem.day, effort=Effort(500))
    places.change(hall.actor, hall.day, StepVerb.PLAN, seats_of(problem, plan.placements))

    hall.refresh()
    again = queries.problem(hall.day)
    assert again.placements == plan.placements
    assert len(db.session.scalars(select(MeetingBooking)).all()) == 4 * 3
    assert seats_of(again, again.placements) == {one.id: places.seat_of(one) for one in again.rows.meetings}


def test_who_speaks_the_language_goes(session: Any) -> None:
    hall = Hall(people=2)
    silent, speaker = hall.people(hall.own[0])
    silent.languages, speaker.languages = ["tr"], ["tr", "en"]
    hall.wish(0, 0).language = "en"
    hall.refresh()

    seats = seats_of(queries.problem(hall.day), [Placement(hall.wish(0, 0).id, 0, hall.tables[0].id)])

    seat = seats[hall.wish(0, 0).id]
    assert seat is not None
    assert speaker.id in seat.people
    assert silent.id not in seat.people


def test_a_firm_with_two_people_meets_twice_at_once(session: Any) -> None:
    hall = Hall(people=2)
    placements = [Placement(hall.wish(0, b).id, 0, hall.tables[b].id) for b in range(2)]

    seats = seats_of(queries.problem(hall.day), placements)

    people = [person for seat in seats.values() if seat for person in seat.people]
    assert len(people) == len(set(people)) == 4


def test_interpreters_are_given_by_all_their_pairs(session: Any) -> None:
    """The one of two languages is kept for the meeting that nobody else can take."""
    hall = Hall()
    broad = hall.interpreter("ru-tr", "en-ru")
    narrow = hall.interpreter("ru-tr")
    hall.wish(0, 0).pair, hall.wish(1, 1).pair = "en-ru", "ru-tr"
    hall.refresh()
    placements = [Placement(hall.wish(at, at).id, 0, hall.tables[at].id) for at in range(2)]

    seats = seats_of(queries.problem(hall.day), placements)

    chosen = [seat.interpreter for at in range(2) if (seat := seats[hall.wish(at, at).id])]
    assert chosen == [broad.id, narrow.id]


def test_a_fixed_meeting_keeps_its_interpreter_of_another_pool(session: Any) -> None:
    hall = Hall()
    broad = hall.interpreter("ru-tr", "en-ru")
    hall.wish(0, 0).pair = "en-ru"
    hall.put(0, 0, 0, 0, broad.id)
    hall.wish(0, 0).locked = True
    hall.wish(1, 1).pair = "ru-tr"
    hall.refresh()

    problem = queries.problem(hall.day)

    assert [(one.name, one.sizes) for one in problem.day.pools] == [("en-ru", (1, 0)), ("ru-tr", (0, 1))]
    assert problem.fixed == {hall.wish(0, 0).id}
    with pytest.raises(Conflict):
        seats_of(problem, [*problem.placements, Placement(hall.wish(1, 1).id, 0, hall.tables[1].id)])


def test_what_is_placed_can_be_kept_as_it_is(session: Any) -> None:
    hall = Hall()
    hall.put(0, 0, 0, 0)

    assert queries.problem(hall.day).fixed == frozenset()
    problem = queries.problem(hall.day, keep_all=True)

    assert problem.fixed == {hall.wish(0, 0).id}
    assert hall.wish(0, 0).id not in seats_of(problem, problem.placements)


def test_pending_meetings_and_free_places_of_missed_ones_are_left_out(session: Any) -> None:
    hall = Hall()
    hall.put(0, 0, 0, 0)
    hall.put(1, 1, 0, 1)
    missed, held = hall.wish(0, 0), hall.wish(1, 1)
    missed.state, held.state = MeetingState.NOT_HELD, MeetingState.HELD
    hall.wish(0, 1).state = MeetingState.PENDING
    db.session.query(MeetingBooking).filter_by(meeting_id=missed.id).delete()
    hall.refresh()

    problem = queries.problem(hall.day)

    assert {one.id for one in problem.day.meetings} == {held.id, hall.wish(1, 0).id}
    assert problem.fixed == {held.id}
    assert problem.meetings[held.id].state is MeetingState.HELD


def test_a_firm_that_names_nobody_is_told_apart(session: Any) -> None:
    hall = Hall()
    hall.people(hall.own[0])[0].left_at = hall.slots[0].starts_at
    hall.refresh()

    problem = queries.problem(hall.day)

    assert problem.nobody == {hall.own[0].id}
    assert problem.day.firms[0].blocked == {0, 1}
