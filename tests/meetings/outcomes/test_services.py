"""Outcomes: each side says its own, the state follows, staff settle contradictions; figures count what was held."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import update

from matchmaker.core.errors import Conflict, DomainError
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.meetings import queries as day_queries
from matchmaker.meetings.enums import MeetingState, Outcome
from matchmaker.meetings.live import absences
from matchmaker.meetings.models import Meeting
from matchmaker.meetings.outcomes import figures, queries, results_page, rows, services
from matchmaker.mous.figures import FIGURES
from tests.factories.running_days import BEFORE, FIRST, RunningDay

assert figures


def test_each_side_says_its_own_and_may_say_it_anew(session: Any, time_machine: Any) -> None:
    time_machine.move_to(FIRST, tick=False)
    hall = RunningDay()
    meeting = hall.meetings[0, 0]
    own, foreign = hall.side(meeting, hall.own[0]), hall.side(meeting, hall.foreign[0])

    services.say(hall.member(hall.own[0]), own, Outcome.NOT_HELD)
    assert meeting.state is MeetingState.NOT_HELD
    services.say(hall.member(hall.foreign[0]), foreign, Outcome.USEFUL)
    assert meeting.state is MeetingState.HELD
    services.say(hall.member(hall.own[0]), own, Outcome.NEXT_STEP_AGREED, "samples by March")

    said = {one.participant_id: (one.outcome, one.next_step) for one in meeting.outcomes}
    assert said == {
        hall.own[0].id: (Outcome.NEXT_STEP_AGREED, "samples by March"),
        hall.foreign[0].id: (Outcome.USEFUL, ""),
    }


def test_nothing_is_said_before_the_meeting_begins(session: Any, time_machine: Any) -> None:
    time_machine.move_to(BEFORE, tick=False)
    hall = RunningDay()

    with pytest.raises(Conflict):
        services.say(hall.actor, hall.side(hall.meetings[0, 0], hall.own[0]), Outcome.USEFUL)


def test_what_the_desk_found_stands_until_it_is_settled(session: Any, time_machine: Any) -> None:
    time_machine.move_to(FIRST, tick=False)
    hall = RunningDay()
    meeting = hall.meetings[0, 0]
    absences.mark(hall.actor, hall.side(meeting, hall.foreign[0]))

    services.say(hall.actor, hall.side(meeting, hall.foreign[0]), Outcome.USEFUL)
    assert meeting.state is MeetingState.NOT_HELD
    with pytest.raises(DomainError):
        services.settle(hall.actor, meeting, held=True, reason=" ")
    services.settle(hall.actor, meeting, held=True, reason="Seen at the table")

    assert (meeting.state, meeting.absent_id) == (MeetingState.HELD, None)


def test_a_side_that_speaks_while_staff_settle_is_heard(
    given: Any, concurrently: Any, time_machine: Any
) -> None:
    time_machine.move_to(FIRST)
    with given():
        hall = RunningDay()
        number = hall.meetings[0, 0].id
        side, other = hall.own[0].id, hall.foreign[0].id
        actor = hall.actor

    def says(participant_id: int, outcome: Outcome) -> Callable[[], None]:
        def deed() -> None:
            with unit_of_work():
                services.say(actor, queries.side(participant_id, number), outcome)

        return deed

    def settles() -> None:
        with unit_of_work():
            services.settle(actor, queries.meeting(number), held=True, reason="Seen at the table")

    results = concurrently(settles, says(side, Outcome.NOT_HELD), settles, says(other, Outcome.USEFUL))

    assert results == [None] * 4
    with given():
        said = {one.participant_id: one.outcome for one in queries.meeting(number).outcomes}
    assert said == {side: Outcome.NOT_HELD, other: Outcome.USEFUL}


def test_a_meeting_that_lost_its_place_since_we_looked_is_not_settled(
    session: Any, time_machine: Any
) -> None:
    time_machine.move_to(FIRST, tick=False)
    hall = RunningDay()
    meeting = hall.meetings[0, 0]
    gone = update(Meeting).where(Meeting.id == meeting.id).values(state=MeetingState.CANCELLED)
    session.execute(gone.execution_options(synchronize_session=False))

    with pytest.raises(Conflict):
        services.settle(hall.actor, meeting, held=True, reason="Seen at the table")


def test_figures_and_results_count_the_same_meetings(session: Any, time_machine: Any) -> None:
    time_machine.move_to(FIRST, tick=False)
    hall = RunningDay()
    for at, said in enumerate((Outcome.NEXT_STEP_AGREED, Outcome.USEFUL, Outcome.NOT_HELD)):
        services.say(hall.actor, hall.side(hall.meetings[0, at], hall.own[at]), said)

    day = day_queries.day(hall.day.id)
    mou = day.programme.mou_id
    counted = [
        (FIGURES[key].totals(None)[mou], len(FIGURES[key].rows(mou, date(2027, 1, 1), date(2027, 12, 31))))
        for key in ("b2b_meetings", "second_meetings")
    ]
    counts = results_page.counts(day, rows.results(day.id))

    assert counted == [(2, 2), (1, 1)]
    assert (counts.held, counts.second, counts.promised) == (2, 1, 3)
