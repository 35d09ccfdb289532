"""No-shows and offered places: the freed firm gets the next possible meeting, the last place goes to one."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.matching.enums import WishKind
from matchmaker.meetings import queries
from matchmaker.meetings.enums import MeetingState
from matchmaker.meetings.live import absences, offers, timekeeping, walk_ins
from matchmaker.meetings.live import queries as live_queries
from matchmaker.meetings.live.offers import Taken
from matchmaker.meetings.models import DayWish, Meeting
from matchmaker.meetings.outcomes.queries import side as side_of
from tests.factories.meetings import meeting_of
from tests.factories.running_days import AFTER, BEFORE, FIRST, RunningDay

pytestmark = pytest.mark.data


def yes(hall: RunningDay, meeting: Meeting, at: int) -> Taken:
    party = meeting.parties[at].participant_id
    return offers.accept(hall.actor, hall.side(meeting, queries.participant(party)))


def test_a_no_show_offers_the_next_meeting_to_the_firm_that_waits(session: Any, time_machine: Any) -> None:
    time_machine.move_to(FIRST, tick=False)
    hall = RunningDay()
    waiting = hall.waiting(hall.own[0])
    missed = hall.meetings[0, 0]

    offered = absences.mark(hall.member(hall.own[0]), hall.side(missed, hall.foreign[0]))

    assert (missed.state, missed.absent_id) == (MeetingState.NOT_HELD, hall.foreign[0].id)
    assert offered == [waiting.id]
    assert waiting.offered_slot_id == hall.slots[3].id
    assert waiting.answer_due_at == clock.now() + timedelta(minutes=15)
    assert live_queries.no_shows(hall.day.id) == {hall.foreign[0].id: 1}


def test_a_no_show_is_said_after_the_beginning_and_once(session: Any, time_machine: Any) -> None:
    time_machine.move_to(FIRST, tick=False)
    hall = RunningDay()
    missed, coming = hall.meetings[0, 0], hall.meetings[1, 0]

    absences.mark(hall.actor, hall.side(missed, hall.foreign[0]))

    for meeting in (missed, coming):
        with pytest.raises(Conflict):
            absences.mark(hall.actor, hall.side(meeting, hall.own[0]))


def test_an_offer_is_placed_when_both_said_yes(session: Any, time_machine: Any) -> None:
    time_machine.move_to(FIRST, tick=False)
    hall = RunningDay()
    waiting = hall.waiting(hall.own[0])
    offers.offer(hall.actor, hall.day, waiting.id, 3, hall.own[0].id)

    assert yes(hall, waiting, 0) is Taken.WAITING
    assert waiting.slot_id is None
    assert yes(hall, waiting, 1) is Taken.PLACED
    assert waiting.slot_id == waiting.told_slot_id == hall.slots[3].id
    with pytest.raises(Conflict):
        yes(hall, waiting, 1)


def test_a_declined_or_lapsed_offer_passes_on_and_does_not_come_again(
    session: Any, time_machine: Any
) -> None:
    time_machine.move_to(FIRST, tick=False)
    hall = RunningDay()
    best, second = hall.waiting(hall.own[0], weight=90), hall.waiting(hall.own[0], weight=80)
    assert offers.offer_next(hall.actor, hall.day, hall.own[0].id) == best.id

    side = hall.side(best, queries.participant(best.parties[1].participant_id))
    assert offers.decline(hall.actor, side) == second.id
    time_machine.shift(timedelta(minutes=16))
    assert offers.lapse_due(queries.locked_day(hall.day.id)) == 1
    assert (best.offered_slot_id, second.offered_slot_id) == (None, None)
    assert offers.offer_next(hall.actor, hall.day, hall.own[0].id) is None


def test_the_last_free_table_goes_to_one_of_two_offers(app: Flask, given: Any, concurrently: Any) -> None:
    with given():
        hall = RunningDay(slots=4, held=0)
        hall.day.held_on = clock.today() + timedelta(days=1)
        for at, slot in enumerate(hall.slots):
            slot.starts_at = clock.now() + timedelta(minutes=60 + 30 * at)
            slot.ends_at = slot.starts_at + timedelta(minutes=20)
        for table in hall.tables[1:]:
            table.closed = [0]
        wished = [meeting_of(hall.day, (hall.own[at], hall.foreign[at])) for at in range(2)]
        for one in wished:
            offers.offer(hall.actor, queries.day(hall.day.id), one.id, 0, hall.own[0].id)
            one.parties[0].accepted_at = clock.now()
        sides = [(one.id, one.parties[1].participant_id) for one in wished]

    def answer(meeting_id: int, participant_id: int) -> Callable[[], Taken]:
        def deed() -> Taken:
            with unit_of_work():
                side = side_of(participant_id, meeting_id)
                return offers.accept(hall.actor, side)

        return deed

    results = concurrently(*(answer(*one) for one in sides))

    assert sorted(map(str, results)) == ["gone", "placed"]
    with given():
        placed = db.session.scalars(select(Meeting).where(Meeting.state == MeetingState.PLACED)).all()
        assert len(placed) == 1


def test_two_firms_at_the_desk_meet_at_the_next_common_time(session: Any, time_machine: Any) -> None:
    time_machine.move_to(FIRST, tick=False)
    hall = RunningDay(held=2)

    made = walk_ins.book(
        hall.actor, hall.day, queries.participant(hall.own[0].id), queries.participant(hall.foreign[2].id)
    )

    assert made.slot_id == made.told_slot_id == hall.slots[2].id
    assert len(made.parties) == 2


def test_a_walk_in_is_refused_for_a_reason(session: Any, time_machine: Any) -> None:
    time_machine.move_to(FIRST, tick=False)
    hall = RunningDay(held=2)
    one, met, unwanted, own = (
        queries.participant(row.id) for row in (hall.own[0], hall.foreign[0], hall.foreign[2], hall.own[1])
    )
    db.session.add(DayWish(day_id=hall.day.id, from_id=unwanted.id, to_id=one.id, kind=WishKind.NO_THANKS))
    for other in (one, met, unwanted, own):
        with pytest.raises(DomainError) as refused:
            walk_ins.book(hall.actor, hall.day, one, other)
        assert refused.value.field == "other"


def test_the_clock_locks_what_has_begun_and_holds_what_is_over(session: Any, time_machine: Any) -> None:
    time_machine.move_to(BEFORE, tick=False)
    hall = RunningDay()
    timekeeping.catch_up(queries.locked_day(hall.day.id))
    assert not any(one.locked for one in hall.meetings.values())

    time_machine.move_to(FIRST, tick=False)
    timekeeping.catch_up(queries.locked_day(hall.day.id))
    assert [key for key, one in hall.meetings.items() if one.locked] == [(0, 0), (0, 1), (0, 2)]

    time_machine.move_to(AFTER, tick=False)
    timekeeping.catch_up(queries.locked_day(hall.day.id))
    assert set(hall.states()) == {MeetingState.HELD}
