"""By when tasks are to be done, by the calendar of the officer's country, and the list of overdue ones."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from matchmaker.core import clock
from matchmaker.core.actor import InstitutionRole
from matchmaker.firms.enums import FirmState
from matchmaker.home.due_days import LIMITS, by_due, due_of, overdue
from matchmaker.home.enums import TaskKind
from matchmaker.home.inbox import Task
from tests.clients import Client
from tests.factories.firms import FirmFactory
from tests.factories.institutions import InstitutionFactory, official


def task(kind: TaskKind, *moment: int) -> Task:
    """A task that came at a moment in UTC."""
    return Task(kind, 1, ("Firm",), datetime(*moment, tzinfo=UTC))  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("kind", "country", "came", "due"),
    [
        # 29 October is a holiday in Türkiye, half of the day before too; 4 November is one in Russia.
        (TaskKind.CHANGE, "TR", (2026, 10, 27, 9), date(2026, 11, 2)),
        (TaskKind.CHANGE, "RU", (2026, 10, 27, 9), date(2026, 10, 30)),
        (TaskKind.SCREEN, "RU", (2026, 11, 3, 9), date(2026, 11, 6)),
        (TaskKind.SCREEN, "TR", (2026, 11, 3, 9), date(2026, 11, 5)),
        # Half past ten at night in UTC is the next day in both countries.
        (TaskKind.SCREEN, "TR", (2026, 11, 2, 22, 30), date(2026, 11, 5)),
        (TaskKind.VERIFY, None, (2026, 10, 28, 9), date(2026, 11, 4)),
    ],
)
def test_only_working_days_of_the_own_country_count(
    kind: TaskKind, country: str | None, came: tuple[int, ...], due: date
) -> None:
    found = due_of(task(kind, *came), country)
    assert found is not None
    assert found.on == due


def test_the_last_day_is_not_late_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    one = task(TaskKind.SCREEN, 2026, 11, 3, 9)
    for now, late in (
        (datetime(2026, 11, 5, 20, tzinfo=UTC), False),
        (datetime(2026, 11, 5, 21, tzinfo=UTC), True),
    ):
        monkeypatch.setattr(clock, "now", lambda now=now: now)
        assert [overdue([one], "TR")] == [[one] if late else []]


def test_a_day_that_a_law_sets_stands_before_any_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Task(TaskKind.ERASE, 1, ("Person",), datetime(2026, 11, 3, tzinfo=UTC), date(2026, 12, 3))
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 12, 4, 9, tzinfo=UTC))
    found = due_of(asked, "TR")
    assert found is not None
    assert (found.on, found.is_late) == (date(2026, 12, 3), True)


def test_what_is_due_first_comes_first() -> None:
    verify, screen = task(TaskKind.VERIFY, 2026, 11, 2, 9), task(TaskKind.SCREEN, 2026, 11, 3, 9)
    assert by_due([verify, screen], "TR") == [screen, verify]
    assert set(LIMITS) <= set(TaskKind)


def test_the_inbox_tells_days_and_lists_what_is_overdue(client: Client, given: Callable[[], Any]) -> None:
    with given():
        officer = official(InstitutionFactory(country="TR"), InstitutionRole.STAFF)
        for name, days in (("Old Works", 40), ("New Works", 0)):
            came = clock.now() - timedelta(days=days)
            FirmFactory(country="TR", state=FirmState.SUBMITTED, submitted_at=came, legal_name=name)
    client.sign_in(officer)
    page = client.get("/inbox").text
    assert ("Old Works" in page, "New Works" in page, page.count("Overdue</span>")) == (True, True, 1)
    assert 'href="/inbox?overdue=1"' in page
    late = client.get("/inbox?overdue=1").text
    assert ("Old Works" in late, "New Works" in late) == (True, False)
    assert "Overdue" in client.get("/home").text
