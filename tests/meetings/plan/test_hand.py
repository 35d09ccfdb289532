"""The timetable by hand: legal places, what is in the way, moves, swaps, locks, causes in words."""

from typing import Any

import pytest

from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError
from matchmaker.matching.enums import WishKind
from matchmaker.meetings import places
from matchmaker.meetings import queries as day_queries
from matchmaker.meetings.enums import MeetingState, StepVerb
from matchmaker.meetings.models import DayWish, MeetingOrder
from matchmaker.meetings.plan import queries, services
from matchmaker.meetings.plan.causes import causes_of, in_words
from matchmaker.meetings.plan.grid import grid
from matchmaker.meetings.plan.labels import Labels
from matchmaker.meetings.plan.legal import Desk, Ways
from tests.meetings.plan.hall import Hall


def ways(hall: Hall, a: int, b: int) -> Ways:
    """Where a wish may go."""
    hall.refresh()
    problem = queries.problem(hall.day)
    return Desk(problem, Labels.of(problem)).ways(hall.wish(a, b).id)


def refused(hall: Hall, a: int, b: int, slot: int, table: int) -> str:
    """Why a place is refused."""
    hall.refresh()
    with pytest.raises(DomainError) as caught:
        services.place(hall.actor, hall.day, hall.wish(a, b).id, slot, hall.tables[table].id)
    assert caught.value.field == "to"
    return caught.value.message


def test_a_step_of_many_meetings_says_only_how_many(session: Any) -> None:
    hall = Hall()
    step = [{"meeting": one.id, "before": None, "after": {"slot": 1, "table": 1}} for one in hall.wishes]
    assert grid(hall.actor, hall.day).in_words(step) == "4 meetings: no place."
    hall.put(0, 0, 0, 0)
    assert grid(hall.actor, hall.day).in_words(step) == "4 meetings have another place."


def test_free_places_are_where_nobody_and_nothing_is_taken(session: Any) -> None:
    hall = Hall()
    hall.put(0, 0, 0, 0)

    found = ways(hall, 0, 1)

    assert found.free == [(1, table.id) for table in hall.tables]
    assert hall.firm_name(hall.own[0]) in found.refusals[0]
    assert found.swaps == []


def test_every_legal_place_takes_and_every_other_refuses(session: Any) -> None:
    hall = Hall(slots=3)
    hall.interpreter("ru-tr", closed=(2,))
    hall.wish(0, 0).pair = hall.wish(1, 1).pair = "ru-tr"
    hall.put(1, 1, 0, 0, hall.day.interpreters[0].id)
    hall.tables[1].languages, hall.wish(0, 0).language = ["en"], "ru"
    legal = set(ways(hall, 0, 0).free)

    assert legal == {(1, hall.tables[0].id)}
    assert "RU–TR" in refused(hall, 0, 0, 0, 0) or "taken" in refused(hall, 0, 0, 0, 0)
    assert "RU–TR" in refused(hall, 0, 0, 2, 0)
    assert "language" in refused(hall, 0, 0, 1, 1)


def test_a_meeting_is_placed_moved_and_taken_out(session: Any) -> None:
    hall = Hall()
    number, table = hall.wish(0, 0).id, hall.tables[1].id

    verbs = [
        services.place(hall.actor, hall.day, number, 0, table).step,
        services.place(hall.actor, hall.day, number, 1, table).step,
        services.place(hall.actor, hall.day, number, 1, table).step,
        services.unplace(hall.actor, hall.day, number),
    ]

    assert [step and step.verb for step in verbs] == [StepVerb.PLACE, StepVerb.MOVE, None, StepVerb.UNPLACE]


def test_those_that_may_change_places_are_those_that_can(session: Any) -> None:
    hall = Hall(slots=4, tables=3, firms=3, people=1)
    for a, b, slot, table in (
        (0, 0, 0, 0),
        (1, 1, 0, 1),
        (0, 1, 1, 0),
        (2, 2, 1, 1),
        (1, 0, 2, 0),
        (2, 1, 3, 2),
    ):
        hall.put(a, b, slot, table)
    hall.own[2].closed = [0]
    hall.refresh()
    problem = queries.problem(hall.day)
    at = {one.meeting: one for one in problem.placements}

    def changes(number: int, other: int) -> bool:
        try:
            Desk(problem, Labels.of(problem)).moves(number, at[other].slot, at[other].table)
        except DomainError:
            return False
        return True

    found = {number: Desk(problem, Labels.of(problem)).ways(number).swaps for number in at}
    assert found == {
        number: [other for other in sorted(at) if other != number and changes(number, other)] for number in at
    }
    assert sum(map(len, found.values())) not in (0, len(at) * (len(at) - 1))


def test_two_meetings_change_places(session: Any) -> None:
    hall = Hall()
    hall.put(0, 0, 0, 0)
    hall.put(0, 1, 1, 0)
    first, second = hall.wish(0, 0), hall.wish(0, 1)
    assert ways(hall, 0, 0).swaps == [second.id]

    placed = services.place(hall.actor, hall.day, first.id, 1, hall.tables[0].id)

    assert placed.step is not None
    assert placed.step.verb is StepVerb.SWAP
    assert placed.problem == queries.problem(day_queries.day(hall.day.id))
    assert (first.slot_id, second.slot_id) == (hall.slots[1].id, hall.slots[0].id)


def test_whoever_took_an_empty_place_meanwhile_is_not_moved_from_it(session: Any) -> None:
    hall = Hall()
    hall.put(0, 0, 0, 0)
    seen = hall.day.plan_step
    hall.put(1, 1, 1, 0)
    first, table = hall.wish(0, 0), hall.tables[0].id

    with pytest.raises(DomainError, match="is at this place now"):
        services.place(hall.actor, hall.day, first.id, 1, table, seen)

    now = day_queries.day(hall.day.id).plan_step
    assert services.place(hall.actor, hall.day, first.id, 1, table, now).step is not None


def test_a_swap_that_harms_the_other_is_refused(session: Any) -> None:
    hall = Hall()
    hall.put(0, 0, 0, 0)
    hall.put(1, 1, 1, 0)
    hall.own[1].closed = [0]

    assert ways(hall, 0, 0).swaps == []
    assert hall.firm_name(hall.own[1]) in refused(hall, 0, 0, 1, 0)


def test_what_is_in_the_way_is_named(session: Any) -> None:
    hall = Hall(slots=3)
    hall.put(0, 0, 1, 0)
    own, foreign = hall.own, hall.foreign
    own[1].most = 0
    foreign[1].closed = [2]
    hall.tables[0].closed, hall.tables[1].host_id = [0], own[1].id

    assert hall.firm_name(own[0]) in refused(hall, 0, 1, 1, 1)
    assert hall.firm_name(foreign[1]) in refused(hall, 0, 1, 2, 1)
    assert hall.firm_name(own[1]) in refused(hall, 1, 0, 0, 1)
    assert "not open" in refused(hall, 0, 1, 0, 0)
    assert hall.firm_name(own[1]) in refused(hall, 0, 1, 0, 1)
    assert "is taken by" in refused(hall, 1, 0, 1, 0)
    hall.wish(0, 1).fixed_slot_id = hall.slots[2].id
    assert "set for" in refused(hall, 0, 1, 0, 1)


def test_declined_and_unknown_places_are_refused(session: Any) -> None:
    hall = Hall()
    no = DayWish(
        day_id=hall.day.id, from_id=hall.own[0].id, to_id=hall.foreign[0].id, kind=WishKind.NO_THANKS
    )
    db.session.add(no)
    db.session.add(MeetingOrder(meeting_id=hall.wish(0, 1).id, earlier_id=hall.wish(1, 1).id))
    hall.put(1, 1, 1, 0)

    assert "no" in refused(hall, 0, 0, 0, 0)
    assert "order" in refused(hall, 0, 1, 0, 1)
    assert "no such place" in refused(hall, 1, 0, 7, 0)


def test_a_locked_meeting_stays(session: Any) -> None:
    hall = Hall()
    hall.put(0, 0, 0, 0)
    number = hall.wish(0, 0).id

    services.set_lock(hall.actor, hall.day, number, locked=True)

    assert "locked" in refused(hall, 0, 0, 1, 0)
    with pytest.raises(Conflict):
        services.unplace(hall.actor, hall.day, number)
    services.set_lock(hall.actor, hall.day, number, locked=False)
    assert services.unplace(hall.actor, hall.day, number) is not None
    with pytest.raises(Conflict):
        services.set_lock(hall.actor, hall.day, number, locked=True)


def test_others_in_the_slot_keep_their_people_where_they_can(session: Any) -> None:
    hall = Hall(people=2)
    hall.put(0, 0, 0, 0)
    before = places.seat_of(hall.wish(0, 0))

    services.place(hall.actor, hall.day, hall.wish(0, 1).id, 0, hall.tables[1].id)

    hall.refresh()
    meetings = queries.problem(hall.day).meetings
    assert places.seat_of(meetings[hall.wish(0, 0).id]) == before
    assert meetings[hall.wish(0, 1).id].state is MeetingState.PLACED


def test_a_wish_without_a_place_says_why(session: Any) -> None:
    hall = Hall(slots=1)
    hall.put(0, 0, 0, 0)
    hall.people(hall.own[1])[0].left_at = hall.slots[0].starts_at
    hall.refresh()
    problem = queries.problem(hall.day)
    labels = Labels.of(problem)

    told = {number: in_words(problem, labels, one) for number, one in causes_of(problem).items()}

    assert hall.firm_name(hall.own[0]) in told[hall.wish(0, 1).id]
    assert hall.firm_name(hall.own[1]) in told[hall.wish(1, 1).id]
    assert hall.wish(0, 0).id not in told
