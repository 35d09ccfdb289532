"""What a cancellation leaves free: the few rows that are read answer as the whole day would."""

import random
from dataclasses import replace
from typing import Any

import pytest

from matchmaker.core.db import db
from matchmaker.engines.timetable import repair as engine
from matchmaker.engines.timetable.live import Live
from matchmaker.engines.timetable.repair import Change
from matchmaker.matching.enums import WishKind
from matchmaker.meetings import places, queries
from matchmaker.meetings.enums import DayState, StepVerb
from matchmaker.meetings.live import vacancies
from matchmaker.meetings.models import B2bDay, DayInterpreter, DayWish, Meeting, MeetingOrder
from matchmaker.meetings.plan import queries as plan_queries
from matchmaker.meetings.plan.seats import seats_of
from tests.factories.meetings import B2bDayFactory, meeting_of, participant_of, room

pytestmark = pytest.mark.data


def a_full_day(seed: int) -> B2bDay:
    """Eight firms and more wishes than places: limits, hosts, languages, interpreters, orders, refusals, two people."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    day = B2bDayFactory(state=DayState.PUBLISHED, most=chance.choice((None, 3)))
    _slots_of_day, tables = room(day, slots=4, tables=3)
    firms = [participant_of(day, country="TR" if at < 4 else "RU", people=1 + (at == 2)) for at in range(8)]
    firms[5].most, firms[6].closed = 2, [chance.randrange(4)]
    tables[0].languages, tables[1].host_id = ["ru"], chance.choice((None, firms[1].id))
    db.session.add(DayInterpreter(day_id=day.id, name="Elif", pairs=["ru-tr"], closed=[chance.randrange(4)]))
    made: list[Meeting] = []
    for one in firms[:4]:
        for other in firms[4:]:
            if chance.random() < 0.9:
                made.append(meeting_of(day, (one, other), weight=chance.randint(1, 9)))
                made[-1].must, made[-1].language = chance.random() < 0.1, chance.choice(("", "", "ru", "tr"))
                made[-1].pair = chance.choice(("", "", "ru-tr"))
    db.session.add(MeetingOrder(meeting_id=made[1].id, earlier_id=made[0].id))
    db.session.add(MeetingOrder(meeting_id=made[5].id, earlier_id=made[-1].id))
    refused = DayWish(day_id=day.id, from_id=firms[3].id, to_id=firms[7].id, kind=WishKind.NO_THANKS)
    db.session.add(refused)
    db.session.flush()
    problem = plan_queries.problem(queries.locked_day(day.id))
    live = Live(problem.day, ())
    waiting = live.waiting()
    chance.shuffle(waiting)
    for meeting in waiting:
        place = live.next_place(meeting, 0)
        if place is not None and live.wants_more(meeting):
            live.put(place)
    places.change(None, day, StepVerb.PLAN, seats_of(problem, live.placed.values()))
    return day


def whole(day: B2bDay, firm: int, open_from: int) -> list[Change]:
    problem = plan_queries.problem(queries.locked_day(day.id))
    found = engine.cancel(problem.day, problem.placements, firm, open_from)
    return [one for one in found.changes if one.old is not None or one.new is not None]


@pytest.mark.parametrize(("seed", "first"), [(0, 100), (1, 1), (2, 2)])
def test_a_cancellation_answers_as_the_whole_day_does(
    session: Any, monkeypatch: pytest.MonkeyPatch, seed: int, first: int
) -> None:
    monkeypatch.setattr(vacancies, "FIRST_WISHES", first)
    day = a_full_day(seed)
    offered = 0
    for participant in queries.participants(day.id):
        for open_from in (0, 2):
            found = vacancies.cancelled(day, participant.id, open_from)
            assert _slots(found) == _slots(whole(day, participant.id, open_from))
            offered += sum(one.old is None for one in found)
    assert offered


def _slots(changes: list[Change]) -> list[Change]:
    """Without the tables of what is offered, which nobody is told."""
    return [one if one.new is None else replace(one, new=replace(one.new, table=None)) for one in changes]
