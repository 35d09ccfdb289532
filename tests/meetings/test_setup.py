"""Setting a day up: slots follow from blocks, keep what is placed in them, and what was closed stays closed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from matchmaker.core.errors import DomainError
from matchmaker.meetings import places, queries, services
from matchmaker.meetings.enums import BlockKind, DayState, DayVerb, StepVerb
from matchmaker.meetings.models import B2bDay
from matchmaker.meetings.places import Seat
from matchmaker.meetings.setup import block_services, frame_services, table_services
from matchmaker.meetings.setup.block_services import Block
from matchmaker.meetings.setup.frame_services import Frame
from matchmaker.meetings.setup.rules import NewSlot, Stretch, closed_anew, slots_of
from tests.clients import Client
from tests.factories.meetings import B2bDayFactory, meeting_of, participant_of, room
from tests.meetings.world import runner_of

NINE = datetime(2027, 1, 20, 9, tzinfo=UTC)


def at(minutes: int) -> datetime:
    return NINE + timedelta(minutes=minutes)


def test_slots_leave_time_to_change_and_none_at_the_end() -> None:
    blocks = (
        Stretch(2, BlockKind.MEETINGS, at(120), at(140)),
        Stretch(1, BlockKind.MEETINGS, at(0), at(70)),
        Stretch(3, BlockKind.BREAK, at(70), at(120)),
    )

    assert slots_of(blocks, 20, 5) == [
        NewSlot(1, at(0), at(20)),
        NewSlot(1, at(25), at(45)),
        NewSlot(1, at(50), at(70)),
        NewSlot(2, at(120), at(140)),
    ]


def test_what_was_closed_stays_closed_for_the_same_time() -> None:
    old = [(at(0), at(20)), (at(25), at(45)), (at(50), at(70))]
    new = [(at(0), at(30)), (at(35), at(65))]

    assert closed_anew([1], old, new) == [0, 1]
    assert closed_anew([2], old, new) == [1]


@pytest.fixture
def day(session: Any) -> B2bDay:
    made = B2bDayFactory()
    room(made, slots=4, tables=2)
    session.expire_all()
    return queries.day(made.id)


def frame_of(day: B2bDay) -> Frame:
    return Frame(**{name: getattr(day, name) for name in Frame.__dataclass_fields__})


def put_first(day: B2bDay) -> None:
    """Place a meeting at the first table in the last slot."""
    firms = [participant_of(day), participant_of(day, country="RU")]
    people = tuple(sorted(queries.participant(one.id).people[0].id for one in firms))
    meeting = meeting_of(day, firms)
    seat = Seat(day.slots[-1].id, day.tables[0].id, people)
    places.change(None, day, StepVerb.PLACE, {meeting.id: seat})


def test_another_length_keeps_the_slots_that_begin_alike(day: B2bDay) -> None:
    first = day.slots[0].id

    frame_services.change(runner_of(day), day, replace(frame_of(day), slot_minutes=45, change_minutes=5))

    assert [one.position for one in day.slots] == [0, 1]
    assert day.slots[0].id == first
    assert day.slots[0].ends_at - day.slots[0].starts_at == timedelta(minutes=45)


def test_a_slot_with_a_meeting_does_not_vanish(day: B2bDay) -> None:
    put_first(day)

    with pytest.raises(DomainError) as caught:
        frame_services.change(runner_of(day), day, replace(frame_of(day), slot_minutes=45))
    assert caught.value.field == "slot_minutes"
    assert "10:45" in caught.value.message
    with pytest.raises(DomainError):
        block_services.remove_block(runner_of(day), day, day.blocks[0].id)


def test_blocks_do_not_overlap(day: B2bDay) -> None:
    block = day.blocks[0]
    later = Block(BlockKind.BREAK, block.ends_at - timedelta(minutes=1), block.ends_at + timedelta(hours=1))

    with pytest.raises(DomainError) as caught:
        block_services.save_block(runner_of(day), day, later)
    assert caught.value.field == "starts_at"


def test_a_second_block_numbers_its_slots_on(day: B2bDay) -> None:
    ends = day.blocks[0].ends_at
    wanted = Block(BlockKind.MEETINGS, ends, ends + timedelta(minutes=45), name_en="Afternoon")

    block_services.save_block(runner_of(day), day, wanted)

    assert [one.position for one in day.slots] == [0, 1, 2, 3, 4, 5]
    assert [one.name("en") for one in day.blocks] == ["Morning", "Afternoon"]


def test_the_clock_of_the_day_moves_with_its_date(day: B2bDay) -> None:
    runner = runner_of(day)
    programme = day.programme
    wanted = replace(frame_of(day), held_on=programme.last_day, zone="Europe/Moscow")

    frame_services.change(runner, day, wanted)

    assert {day.clock(one.starts_at).date() for one in day.slots} == {programme.last_day}
    assert day.clock(day.slots[0].starts_at).strftime("%H:%M") == "09:30"


def test_tables_are_numbered_on_and_stay_while_meetings_are_there(day: B2bDay) -> None:
    runner = runner_of(day)
    table_services.add_tables(runner, day, 3, "Hall 2", ["ru"])
    assert [one.number for one in queries.locked_day(day.id).tables] == [1, 2, 3, 4, 5]

    put_first(day)
    with pytest.raises(DomainError):
        table_services.remove_table(runner, day, day.tables[0].id)
    shut = table_services.Table(number=1, closed=(3,))
    with pytest.raises(DomainError) as caught:
        table_services.save_table(runner, day, day.tables[0].id, shut)
    assert caught.value.field == "closed"


def test_firms_are_asked_only_when_both_sides_are_there(day: B2bDay) -> None:
    day.state = DayState.DRAFT
    participant_of(day)

    with pytest.raises(DomainError):
        services.move_day(runner_of(day), day, DayVerb.OPEN)
    participant_of(day, country="RU")
    assert services.move_day(runner_of(day), day, DayVerb.OPEN).state is DayState.WISHES


def test_a_firm_that_cannot_be_added_is_refused_beside_what_was_typed(client: Client, given: Any) -> None:
    with given():
        day = B2bDayFactory()
        there, path = participant_of(day).firm_id, f"/b2b-days/{day.id}"
        staff = runner_of(queries.day(day.id)).person_id
    client.sign_in(staff)

    for typed in ("987654", "x", str(there)):
        answer = client.send(f"{path}/firms", {"firm_id": typed})
        assert answer.status_code == 422
        assert "Only verified firms of the two sides that do not take part yet can be added." in answer.text
        assert f'value="{typed}"' in answer.text
