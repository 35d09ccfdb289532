"""What programmes count under a memorandum: done ones by kind, and each firm or expert once."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from matchmaker.mous.figures import FIGURES
from matchmaker.programmes.enums import ProgrammeKind, ProgrammeState, SignUpState
from tests.factories.accounts import PersonFactory
from tests.factories.firms import FirmFactory
from tests.factories.institutions import InstitutionFactory
from tests.factories.mous import mou_between
from tests.factories.programmes import ProgrammeFactory, SignUpFactory

pytestmark = pytest.mark.data
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
ENDS = datetime(2026, 6, 1, 15, tzinfo=UTC)


def held(mou_id: int, kind: ProgrammeKind = ProgrammeKind.TRAINING, **settings: Any) -> int:
    """A programme that was done on the first of June 2026."""
    plain = {
        "state": ProgrammeState.DONE,
        "ends_at": ENDS,
        "starts_at": settings.get("ends_at", ENDS) - timedelta(hours=2),
    }
    return int(ProgrammeFactory(mou_id=mou_id, kind=kind, **{**plain, **settings}).id)


def counted(key: str, mou_id: int, since: date = YEAR[0], until: date = YEAR[1]) -> list[tuple[date, str]]:
    """Days and pages of the records behind a figure."""
    return [(row.day, row.url) for row in FIGURES[key].rows(mou_id, since, until)]


@pytest.fixture
def mous(session: Any) -> tuple[int, int]:
    """Two memorandums."""
    bodies = [InstitutionFactory(country=code) for code in ("TR", "RU", "KZ")]
    return mou_between(*bodies[:2]).id, mou_between(*bodies[1:]).id


def test_what_was_done_counts_by_kind_on_the_day_it_ended(mous: tuple[int, int]) -> None:
    mine, other = mous
    training = held(mine)
    trip = held(mine, ProgrammeKind.TRIP, ends_at=ENDS + timedelta(days=30))
    held(mine, ProgrammeKind.EXCHANGE, state=ProgrammeState.RUNNING)
    held(other)

    assert counted("trainings", mine) == [(date(2026, 6, 1), f"/programmes/{training}")]
    assert counted("trips", mine) == [(date(2026, 7, 1), f"/programmes/{trip}")]
    assert counted("exchanges", mine) == []
    assert [url for _day, url in counted("programmes", mine)] == [
        f"/programmes/{one}" for one in (training, trip)
    ]
    assert FIGURES["programmes"].totals(None) == {mine: Decimal(2), other: Decimal(1)}
    assert FIGURES["programmes"].totals(date(2026, 6, 2)) == {mine: Decimal(1)}


def test_the_first_and_the_last_day_of_a_time_belong_to_it(mous: tuple[int, int]) -> None:
    held(mous[0], ends_at=datetime(2026, 6, 1, 23, 30, tzinfo=UTC))

    assert counted("trainings", mous[0], date(2026, 6, 1), date(2026, 6, 1))
    assert not counted("trainings", mous[0], date(2026, 6, 2), YEAR[1])
    assert not counted("trainings", mous[0], YEAR[0], date(2026, 5, 31))


def test_a_firm_that_came_twice_counts_once_and_one_that_stayed_away_does_not(mous: tuple[int, int]) -> None:
    mine = mous[0]
    first, second = held(mine), held(mine, ends_at=ENDS + timedelta(days=9))
    came, absent = FirmFactory(country="TR").id, FirmFactory(country="RU").id
    for programme in (second, first):
        SignUpFactory(programme_id=programme, firm_id=came, state=SignUpState.ATTENDED)
    SignUpFactory(programme_id=first, firm_id=absent, state=SignUpState.NO_SHOW)
    SignUpFactory(programme_id=first, state=SignUpState.COMPLETED)

    assert counted("firms_trained", mine) == [(date(2026, 6, 1), f"/programmes/{first}")]
    assert FIGURES["firms_trained"].totals(None) == {mine: Decimal(1)}


def test_experts_count_by_person_and_only_those_of_exchanges(mous: tuple[int, int]) -> None:
    mine = mous[0]
    exchange, training = held(mine, ProgrammeKind.EXCHANGE), held(mine)
    expert = PersonFactory(name="Ada Expert").id
    for programme in (exchange, training):
        SignUpFactory(programme_id=programme, person_id=expert, state=SignUpState.COMPLETED)

    rows = FIGURES["experts"].rows(mine, *YEAR)
    assert [(row.label, row.amount, row.url) for row in rows] == [
        ("Ada Expert", Decimal(1), f"/programmes/{exchange}")
    ]
    assert FIGURES["experts"].totals(None) == {mine: Decimal(1)}
