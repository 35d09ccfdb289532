"""Check-in: every scan counts once, whatever is sent again and however many devices see the same badge."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.meetings import queries as day_queries
from matchmaker.meetings.enums import CheckRule, DayState, ParticipantState
from matchmaker.meetings.models import CheckIn, CheckPoint
from matchmaker.meetings.presence import queries, services
from matchmaker.meetings.presence.enums import Refusal
from matchmaker.meetings.presence.services import Scan
from tests.factories.accounts import PersonFactory
from tests.factories.meetings import B2bDayFactory, participant_of
from tests.matching.world import actor_of


class Door:
    """A running day with a firm that sends two people, and one check point."""

    def __init__(self, rule: CheckRule = CheckRule.ONCE_A_DAY) -> None:
        self.day = B2bDayFactory(state=DayState.RUNNING)
        self.firm = participant_of(self.day, people=2)
        self.people = day_queries.participant(self.firm.id).people
        self.point = CheckPoint(day_id=self.day.id, name="Entrance", rule=rule)
        db.session.add(self.point)
        db.session.flush()
        self.actor = actor_of(PersonFactory().id)

    def scan(self, key: str, person: int = 0, **more: Any) -> services.Answer:
        badge = self.people[person].badge_token
        wanted = Scan(**({"key": key, "at": clock.now(), "code": badge} | more))
        return services.check_in(self.actor, queries.point(self.point.id), wanted)


@pytest.mark.parametrize(
    ("rule", "same_day", "next_day"),
    [
        (CheckRule.ONCE, Refusal.PASSED, Refusal.PASSED),
        (CheckRule.ONCE_A_DAY, Refusal.PASSED, None),
        (CheckRule.FREE, None, None),
    ],
)
def test_a_rule_says_how_often_one_person_passes(
    session: Any, time_machine: Any, rule: CheckRule, same_day: Refusal | None, next_day: Refusal | None
) -> None:
    time_machine.move_to("2027-01-20T06:00:00Z", tick=False)
    door = Door(rule)

    assert door.scan("first-scan").refusal is None
    assert door.scan("first-other-person", person=1).refusal is None
    assert door.scan("second-scan").refusal == same_day
    time_machine.move_to("2027-01-21T06:00:00Z", tick=False)
    assert door.scan("third-scan").refusal == next_day


def test_a_refused_second_scan_names_the_first(session: Any) -> None:
    door = Door()
    first = door.scan("first-scan")

    again = door.scan("second-scan")

    assert again.passage == first.passage


def test_a_scan_sent_twice_answers_the_same_and_counts_once(session: Any) -> None:
    door = Door(CheckRule.FREE)

    first, again = door.scan("the-same-scan"), door.scan("the-same-scan")

    assert (again.refusal, again.passage) == (None, first.passage)
    assert db.session.scalar(select(func.count()).select_from(CheckIn)) == 1


def test_a_badge_is_refused_for_a_reason(session: Any) -> None:
    door = Door()
    assert door.scan("unknown-code", code="no such badge").refusal is Refusal.UNKNOWN
    elsewhere = Door()
    assert door.scan("other-day", code=elsewhere.people[0].badge_token).refusal is Refusal.UNKNOWN
    door.people[1].left_at = clock.now()
    assert door.scan("replaced", person=1).refusal is Refusal.REPLACED
    door.firm.state = ParticipantState.CANCELLED
    assert door.scan("cancelled").refusal is Refusal.CANCELLED
    door.day.state = DayState.PLANNING
    assert door.scan("not-open").refusal is Refusal.NOT_OPEN


def test_undone_passages_stay_and_the_person_passes_again(session: Any) -> None:
    door = Door()
    first = door.scan("first-scan").passage
    assert first is not None

    services.undo(door.actor, queries.passage(first.id))

    assert queries.passed(door.point.id) == {}
    assert door.scan("second-scan").refusal is None
    assert first.undone_at is not None


def test_a_passage_undone_since_we_looked_is_undone_once(session: Any) -> None:
    door = Door()
    first = door.scan("first-scan").passage
    assert first is not None
    before = clock.now() - timedelta(minutes=1)
    undone = update(CheckIn).values(undone_at=before, passing_key=None)
    session.execute(undone.execution_options(synchronize_session=False))

    services.undo(door.actor, first)

    assert (first.undone_at, first.undone_by_id) == (before, None)


def test_scans_made_offline_count_at_the_moment_of_the_device(session: Any, time_machine: Any) -> None:
    time_machine.move_to("2027-01-20T09:00:00Z", tick=False)
    door = Door()
    seen = clock.now() - timedelta(hours=2)
    late = Scan("late-scan", clock.now(), door.people[0].badge_token, offline=True)
    early = Scan("early-scan", seen, door.people[0].badge_token, offline=True)
    wrong_clock = Scan("wrong-clock", seen - timedelta(days=900), door.people[1].badge_token, offline=True)

    answers = services.send_waiting(door.actor, queries.point(door.point.id), [late, early, wrong_clock])

    told = {one.scan.key: (one.refusal, one.passage and one.passage.scanned_at) for one in answers}
    assert told["early-scan"] == (None, seen)
    assert told["late-scan"] == (Refusal.PASSED, seen)
    assert told["wrong-clock"][1] > seen


def test_a_firm_marked_absent_that_arrives_is_expected_again(session: Any) -> None:
    door = Door()
    door.firm.state = ParticipantState.NO_SHOW

    door.scan("first-scan")

    assert door.firm.state is ParticipantState.EXPECTED


def test_a_point_that_was_passed_stays(session: Any) -> None:
    door = Door()
    door.scan("first-scan")

    with pytest.raises(Conflict):
        services.remove_point(door.actor, door.point)


def test_a_twin_written_since_we_looked_is_the_same_scan(
    session: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = Door()
    first = door.scan("the-same-scan")
    monkeypatch.setattr(queries, "by_scan_key", lambda key: None)

    again = door.scan("the-same-scan")

    assert (again.refusal, again.passage) == (None, first.passage)


def test_the_same_badge_on_several_devices_at_once_passes_once(
    app: Flask, given: Any, concurrently: Any
) -> None:
    with given():
        door = Door()

    def device(key: str) -> Callable[[], services.Answer]:
        def deed() -> services.Answer:
            with unit_of_work():
                return door.scan(key)

        return deed

    answers = concurrently(
        *(device(key) for key in ("device-one", "device-two", "device-one", "device-three"))
    )

    with given():
        assert db.session.scalar(select(func.count()).select_from(CheckIn)) == 1
        kept = db.session.scalars(select(CheckIn.scan_key)).one()
    refused = [one.scan.key for one in answers if one.refusal is Refusal.PASSED]
    assert [one for one in answers if isinstance(one, Exception)] == []
    assert sorted(refused) == sorted(
        one for one in ("device-one", "device-two", "device-one", "device-three") if one != kept
    )
