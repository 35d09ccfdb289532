"""What earlier days propose: only where chance does not explain it, and only by somebody's press."""

from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.errors import NotAllowed
from matchmaker.meetings import queries
from matchmaker.meetings.enums import DayState, MeetingState
from matchmaker.meetings.lessons import rules, services
from matchmaker.meetings.lessons.queries import lessons
from matchmaker.meetings.lessons.rules import Record
from tests.factories.accounts import PersonFactory
from tests.factories.meetings import B2bDayFactory, meeting_of, participant_of, room
from tests.matching.world import actor_of
from tests.meetings.world import runner_of


@pytest.mark.parametrize(
    ("record", "chance"),
    [
        (Record(0, 0), 1.0),
        (Record(4, 0), 1.0),
        (Record(1, 1), 0.2),
        (Record(2, 2), 0.04),
        (Record(8, 4), 0.0563),
    ],
)
def test_few_meetings_say_little(record: Record, chance: float) -> None:
    assert rules.chance(record) == pytest.approx(chance, abs=1e-4)


@pytest.mark.parametrize(
    ("record", "limit", "least", "proposed"),
    [
        (Record(1, 1), 10, 0, None),
        (Record(8, 4), 10, 0, None),
        (Record(16, 8), 10, 0, 6),
        (Record(16, 8), 10, 8, 8),
        (Record(100, 20), 10, 0, None),
        (Record(8, 8), 1, 0, None),
    ],
)
def test_a_limit_is_proposed_only_where_chance_does_not_explain_it(
    record: Record, limit: int, least: int, proposed: int | None
) -> None:
    told = rules.lesson(record, limit, least)

    assert (told and told.proposed) == proposed


def test_a_lesson_is_taken_by_who_runs_the_day_and_kept_in_the_record(session: Any) -> None:
    first = B2bDayFactory(state=DayState.DONE)
    late, kept, other = participant_of(first), participant_of(first), participant_of(first, country="RU")
    for firm in (late, kept):
        for _at in range(3):
            one = meeting_of(first, (firm, other), MeetingState.NOT_HELD)
            one.living_key, one.absent_id = None, late.id if firm is late else None
    made = B2bDayFactory(programme_id=first.programme_id)
    room(made, slots=8)
    again = [participant_of(made, queries.participant(one.id).firm) for one in (late, kept)]
    day = queries.day(made.id)

    found = lessons(day)
    assert [(one.id, told.record, told.now) for one, told in found] == [(again[0].id, Record(3, 3), 8)]
    assert again[0].most is None, "nothing changes by itself"
    with pytest.raises(NotAllowed):
        services.take(actor_of(PersonFactory().id), queries.participant(again[0].id))

    services.take(runner_of(day), queries.participant(again[0].id))

    assert again[0].most == found[0][1].proposed
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "take_lesson")).one()
    assert (entry.after["most"], entry.after["record"]) == (again[0].most, {"promised": 3, "missed": 3})
    assert services.take(runner_of(day), queries.participant(again[1].id)) is None
