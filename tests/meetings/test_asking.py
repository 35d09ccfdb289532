"""Requests: they block nothing, the one who agrees first gets the time, the other is offered the next."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed, NotFound
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.matching.enums import WishKind
from matchmaker.meetings import queries as day_queries
from matchmaker.meetings.enums import DayState, MeetingState
from matchmaker.meetings.models import DayParticipant, DayWish, Meeting, MeetingBooking
from matchmaker.meetings.plan import queries as plan_queries
from matchmaker.meetings.wishes import asking, asking_queries, queries
from matchmaker.meetings.wishes.asking_queries import request_of
from matchmaker.meetings.wishes.asking_views import may_ask
from tests.factories.firms import member_of
from tests.factories.meetings import B2bDayFactory, meeting_of, participant_of, room
from tests.matching.world import actor_of


class Two:
    """A published day with two slots and one table; two firms of one side and one of the other, each with somebody."""

    def __init__(self, state: DayState = DayState.PUBLISHED, tables: int = 1) -> None:
        made = B2bDayFactory(state=state)
        self.slots, _tables = room(made, slots=2, tables=tables)
        firms = [participant_of(made), participant_of(made), participant_of(made, country="RU")]
        self.first, self.second, self.asked = (one.id for one in firms)
        self.day_id = made.id
        self.people = {one.id: actor_of(member_of(firm_of(one))) for one in firms}

    def ask(self, own: int, slot: int | None = 0) -> int:
        pair = queries.to_wish(own, self.asked)
        number = None if slot is None else self.slots[slot].id
        return asking.ask(self.people[own], pair, number, "Valves").id

    def accept(self, meeting: int) -> Meeting:
        return asking.accept(self.people[self.asked], request_of(self.asked, meeting))


def firm_of(participant: DayParticipant) -> Any:
    return day_queries.participant(participant.id).firm


def test_a_pending_request_blocks_nothing_and_a_lost_time_is_offered_anew(session: Any) -> None:
    two = Two()
    one, other = two.ask(two.first), two.ask(two.second)
    assert db.session.scalars(select(MeetingBooking)).all() == []

    placed = two.accept(one)
    assert (placed.state, placed.slot_id, placed.told_slot_id) == (
        MeetingState.PLACED,
        two.slots[0].id,
        two.slots[0].id,
    )
    lost = two.accept(other)
    assert (lost.state, lost.offered_slot_id) == (MeetingState.PENDING, two.slots[1].id)
    assert two.accept(other).slot_id == two.slots[1].id


def test_a_topic_reveals_no_address(session: Any) -> None:
    two = Two()
    with pytest.raises(DomainError) as refused:
        asking.ask(
            two.people[two.first], queries.to_wish(two.first, two.asked), None, "Telegram: ornekmakina"
        )
    assert refused.value.field == "topic"


@pytest.mark.parametrize("state", [DayState.WISHES, DayState.PLANNING, DayState.DONE])
def test_nobody_asks_while_the_timetable_is_not_out(session: Any, state: DayState) -> None:
    two = Two(state)

    with pytest.raises(Conflict):
        two.ask(two.first, slot=None)
    assert not may_ask(two.people[two.first], day_queries.participant(two.first))


def test_an_agreed_meeting_is_a_version_of_its_own(session: Any) -> None:
    two = Two()

    placed = two.accept(two.ask(two.first))

    version = plan_queries.last_version(two.day_id)
    assert version is not None
    assert (version.number, [one["meeting"] for one in version.changes]) == (1, [placed.id])
    assert (version.places[str(placed.id)]["slot"], version.told) == (two.slots[0].id, 1)


def test_the_same_two_are_asked_once(session: Any) -> None:
    two = Two()
    two.ask(two.first)

    with pytest.raises(Conflict):
        asking.ask(two.people[two.asked], queries.to_wish(two.asked, two.first), None, "")


def test_a_wish_without_a_place_is_refused_as_a_no_is(session: Any) -> None:
    """Otherwise a request would tell who wished whom, or who does not wish to be met."""
    two = Two()
    day_id, no = two.day_id, {"kind": WishKind.NO_THANKS, "from_id": two.asked, "to_id": two.second}
    db.session.add(DayWish(day_id=day_id, **no))
    meeting_of(day_queries.day(day_id), map(day_queries.participant, (two.first, two.asked)))

    for own in (two.first, two.second):
        with pytest.raises(NotFound):
            two.ask(own)
        with pytest.raises(NotFound):
            asking_queries.to_ask_one(own, two.asked)
        assert asking_queries.to_ask(day_queries.participant(own)) == []


def test_nobody_answers_the_own_request(session: Any) -> None:
    two = Two()
    number = two.ask(two.first)

    with pytest.raises(NotAllowed):
        asking.accept(two.people[two.first], request_of(two.first, number))
    asking.take_back(two.people[two.first], request_of(two.first, number))
    with pytest.raises(Conflict):
        two.accept(number)


def test_a_request_that_nobody_answers_ends_and_can_be_made_again(session: Any) -> None:
    two = Two()
    number = two.ask(two.first)

    assert asking.expire(clock.now()) == 0
    assert asking.expire(clock.now() + timedelta(days=3)) == 1
    assert db.session.get_one(Meeting, number).state is MeetingState.CANCELLED
    assert two.ask(two.first) != number


@pytest.mark.data
def test_two_agreements_at_once_never_take_one_table_twice(app: Flask, given: Any, concurrently: Any) -> None:
    with given():
        two = Two()
        numbers = [two.ask(two.first), two.ask(two.second)]

    def accepts(number: int) -> Callable[[], str]:
        def deed() -> str:
            with unit_of_work():
                return str(two.accept(number).state)

        return deed

    results = concurrently(*(accepts(number) for number in numbers))

    with given():
        taken = db.session.scalars(
            select(MeetingBooking.slot_id).where(MeetingBooking.table_id.is_not(None))
        ).all()
        assert len(taken) == len(set(taken))
    assert sorted(map(str, results)) == ["pending", "placed"]
