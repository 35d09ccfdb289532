"""Mending a running day: the fewest moves, only those concerned are told, and a changed day is worked out anew."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select, update

from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError
from matchmaker.meetings import places, queries
from matchmaker.meetings.enums import (
    DayState,
    MeetingState,
    ParticipantState,
    RepairKind,
    RepairState,
    StepVerb,
)
from matchmaker.meetings.live import offers, repairs
from matchmaker.meetings.live import queries as live_queries
from matchmaker.meetings.models import DayParticipant, DayRepair, DayVersion, Meeting
from matchmaker.meetings.plan import agenda_calendar
from matchmaker.notifications.models import Notice
from matchmaker.programmes.models import Programme
from matchmaker.programmes.signals import programme_cancelled
from tests.factories.firms import member_of
from tests.factories.running_days import BEFORE, FIRST, RunningDay

pytestmark = pytest.mark.data


def propose(hall: RunningDay, firm: DayParticipant, kind: RepairKind, hour: str = "") -> DayRepair:
    moment = datetime.fromisoformat(f"2027-01-20T{hour}:00+03:00") if hour else None
    return repairs.propose(hall.actor, queries.participant(firm.id), kind, moment)


def apply(hall: RunningDay, repair: DayRepair) -> repairs.Applied:
    return repairs.apply(hall.actor, live_queries.repair(repair.id))


def told() -> list[int]:
    return sorted(db.session.scalars(select(Notice.person_id).where(Notice.kind == "meetings_mended")))


def test_a_proposal_changes_nothing_and_tells_nobody(session: Any, time_machine: Any) -> None:
    time_machine.move_to(BEFORE, tick=False)
    hall = RunningDay()
    seats = {one.id: (one.slot_id, one.table_id) for one in hall.meetings.values()}

    repair = propose(hall, hall.own[0], RepairKind.LATE, "09:50")

    assert {one.id: (one.slot_id, one.table_id) for one in hall.meetings.values()} == seats
    assert (repair.proposal["moved"], repair.proposal["least"], repair.proposal["lost"]) == (1, 1, [])
    assert told() == []


def test_a_proposal_that_was_applied_since_we_looked_is_not_put_aside(
    session: Any, time_machine: Any
) -> None:
    time_machine.move_to(BEFORE, tick=False)
    hall = RunningDay()
    repair = live_queries.repair(propose(hall, hall.own[0], RepairKind.LATE, "09:50").id)
    applied = update(DayRepair).values(state=RepairState.APPLIED)
    session.execute(applied.execution_options(synchronize_session=False))

    repairs.discard(hall.actor, repair)

    assert repair.state is RepairState.APPLIED


def test_a_late_arrival_moves_the_fewest_and_tells_only_those(session: Any, time_machine: Any) -> None:
    time_machine.move_to(BEFORE, tick=False)
    hall = RunningDay()
    moved = hall.meetings[0, 0]

    applied = apply(hall, propose(hall, hall.own[0], RepairKind.LATE, "09:50"))

    assert moved.slot_id == moved.told_slot_id == hall.slots[3].id
    assert (moved.told_before_id, moved.sequence) == (hall.slots[0].id, 1)
    concerned = [hall.person(one).person_id for one in (hall.own[0], hall.foreign[0])]
    assert told() == sorted(concerned)
    assert applied.told == 2
    version = db.session.scalars(select(DayVersion).where(DayVersion.number == 2)).one()
    assert [one["meeting"] for one in version.changes] == [moved.id]
    assert queries.participant(hall.own[0].id).arrives_at == datetime(2027, 1, 20, 6, 50, tzinfo=UTC)


def test_colleagues_whose_own_agenda_stays_are_not_told(session: Any, time_machine: Any) -> None:
    time_machine.move_to(BEFORE, tick=False)
    hall = RunningDay()
    member_of(queries.participant(hall.own[0].id).firm)

    apply(hall, propose(hall, hall.own[0], RepairKind.LATE, "09:50"))

    assert told() == sorted(hall.accounts[one.id] for one in (hall.own[0], hall.foreign[0]))


def test_a_called_off_programme_ends_its_day_and_strikes_out_its_meetings(
    session: Any, time_machine: Any
) -> None:
    time_machine.move_to(BEFORE, tick=False)
    hall = RunningDay()
    held = hall.meetings[0, 0]
    held.state, hall.meetings[1, 0].sequence = MeetingState.HELD, 1

    programme_cancelled.send(db.session.get_one(Programme, hall.day.programme_id))

    assert queries.day(hall.day.id).state is DayState.CANCELLED
    assert (held.state, hall.meetings[1, 0].state) == (MeetingState.HELD, MeetingState.CANCELLED)
    entries = agenda_calendar.of_person(hall.accounts[hall.own[0].id])
    assert [(one.version, one.cancelled) for one in entries] == [(2, True)]
    notices = select(Notice.person_id).where(Notice.kind == "b2b_day_called_off")
    assert sorted(db.session.scalars(notices)) == sorted(hall.accounts.values())


def test_an_early_leave_gives_up_what_has_no_other_time(session: Any, time_machine: Any) -> None:
    time_machine.move_to(FIRST, tick=False)
    hall = RunningDay()

    applied = apply(hall, propose(hall, hall.own[0], RepairKind.EARLY_LEAVE, "10:15"))

    lost = hall.meetings[2, 0]
    assert (lost.state, lost.slot_id, lost.told_slot_id) == (MeetingState.WISHED, None, None)
    assert hall.meetings[0, 0].state is MeetingState.PLACED, "what has begun stays"
    assert applied.told == 2


def test_a_cancellation_moves_nobody_and_offers_what_is_free(session: Any, time_machine: Any) -> None:
    time_machine.move_to(BEFORE, tick=False)
    hall = RunningDay()
    waiting = hall.waiting(hall.foreign[0])
    others = {key: one.slot_id for key, one in hall.meetings.items() if key[1] != 0}

    repair = propose(hall, hall.own[0], RepairKind.CANCELLATION)
    apply(hall, repair)

    assert {hall.meetings[key].slot_id for key in others} == set(others.values())
    gone = [hall.meetings[slot, 0] for slot in range(3)]
    assert {(one.state, one.living_key, one.slot_id) for one in gone} == {
        (MeetingState.CANCELLED, None, None)
    }
    assert queries.participant(hall.own[0].id).state is ParticipantState.CANCELLED
    assert [one["meeting"] for one in repair.proposal["offers"]] == [waiting.id]
    assert waiting.offered_slot_id is not None
    assert waiting.state is MeetingState.WISHED, "an offer blocks nothing"

    apply(hall, propose(hall, hall.foreign[0], RepairKind.CANCELLATION))
    assert waiting.offered_slot_id is None, "nobody is asked to meet a firm that does not come"


@pytest.mark.parametrize("kind", [RepairKind.CANCELLATION, RepairKind.EARLY_LEAVE])
def test_a_proposal_asks_nobody_about_what_was_declined_or_is_asked_already(
    session: Any, time_machine: Any, kind: RepairKind
) -> None:
    time_machine.move_to(BEFORE, tick=False)
    hall = RunningDay(slots=3)
    declined, asked = hall.waiting(hall.foreign[1], weight=99), hall.waiting(hall.foreign[2], weight=98)
    wanted = hall.waiting(hall.foreign[1])
    for one in (declined, asked):
        offers.offer(hall.actor, hall.day, one.id, 2)
    offers.decline(hall.actor, hall.side(declined, queries.participant(declined.parties[0].participant_id)))

    repair = propose(hall, hall.own[0], kind, "09:50" if kind is RepairKind.EARLY_LEAVE else "")

    assert [one["meeting"] for one in repair.proposal["offers"]] == [wanted.id]


def test_a_proposal_of_a_day_that_changed_is_worked_out_anew(session: Any, time_machine: Any) -> None:
    time_machine.move_to(BEFORE, tick=False)
    hall = RunningDay()
    old = propose(hall, hall.own[0], RepairKind.LATE, "09:50")
    other = hall.meetings[2, 1]
    places.change(hall.actor, hall.day, StepVerb.UNPLACE, {other.id: None})

    applied = apply(hall, old)

    assert old.state is RepairState.DISCARDED
    assert applied.anew is not None
    assert applied.anew.plan_step == queries.day(hall.day.id).plan_step
    assert hall.meetings[0, 0].slot_id == hall.slots[0].id
    assert told() == []


def test_a_proposal_grows_old_with_the_clock_of_the_day(session: Any, time_machine: Any) -> None:
    time_machine.move_to(BEFORE, tick=False)
    hall = RunningDay()
    old = propose(hall, hall.own[0], RepairKind.CANCELLATION)

    time_machine.move_to(FIRST, tick=False)
    applied = apply(hall, old)

    assert applied.anew is not None
    changed = {one["meeting"] for one in applied.anew.proposal["changes"]}
    assert hall.meetings[0, 0].id not in changed, "the meeting that is on is not taken away"


def test_a_proposal_is_dealt_with_once(session: Any, time_machine: Any) -> None:
    time_machine.move_to(BEFORE, tick=False)
    hall = RunningDay()
    first = propose(hall, hall.own[0], RepairKind.LATE, "09:50")
    second = propose(hall, hall.own[0], RepairKind.LATE, "10:15")
    assert first.state is RepairState.DISCARDED

    apply(hall, second)

    for repair in (first, second):
        with pytest.raises(Conflict):
            apply(hall, repair)


@pytest.mark.parametrize("hour", ["", "08:00", "09:30", "23:00"])
def test_a_time_that_says_nothing_is_refused(session: Any, time_machine: Any, hour: str) -> None:
    time_machine.move_to(BEFORE, tick=False)
    hall = RunningDay()

    with pytest.raises(DomainError) as refused:
        propose(hall, hall.own[0], RepairKind.LATE, hour)

    assert refused.value.field == "moment"


def test_a_locked_meeting_of_a_firm_that_cancels_is_over_too(session: Any, time_machine: Any) -> None:
    time_machine.move_to(BEFORE, tick=False)
    hall = RunningDay()
    kept: Meeting = hall.meetings[1, 0]
    kept.locked = True

    apply(hall, propose(hall, hall.own[0], RepairKind.NO_SHOW))

    assert (kept.state, kept.absent_id) == (MeetingState.CANCELLED, hall.own[0].id)
    assert queries.participant(hall.own[0].id).state is ParticipantState.NO_SHOW
