"""A B2B day moves by its table only, and only by those who run it."""

from typing import Any

import pytest

from matchmaker.core.errors import Conflict, NotAllowed
from matchmaker.meetings import queries, rules, services
from matchmaker.meetings.enums import DayState, DayVerb
from matchmaker.meetings.models import B2bDay
from tests.factories.accounts import PersonFactory
from tests.factories.meetings import B2bDayFactory
from tests.matching.world import actor_of
from tests.meetings.world import runner_of


def test_every_state_but_the_ends_leads_on() -> None:
    leads = {one.before for one in rules.DAY_STEPS}

    assert leads == set(DayState) - rules.ENDED


def test_a_step_of_the_table_is_taken(session: Any) -> None:
    day = queries.day(B2bDayFactory().id)

    services.move_day(runner_of(day), day, DayVerb.PUBLISH)

    assert day.state is DayState.PUBLISHED
    assert day.published_at is not None


def test_a_step_that_the_state_does_not_have_is_refused(session: Any) -> None:
    day = queries.day(B2bDayFactory().id)

    with pytest.raises(Conflict):
        services.move_day(runner_of(day), day, DayVerb.FINISH)


def test_nobody_else_moves_a_day(session: Any) -> None:
    day: B2bDay = queries.day(B2bDayFactory().id)

    with pytest.raises(NotAllowed):
        services.move_day(actor_of(PersonFactory().id), day, DayVerb.PUBLISH)
