"""The moment at which the tests begin: nine in the morning in UTC, whatever the hour is.

A test that makes rows "two hours ago" or "later today" means the same day, which at night it would not be: midnight in
Istanbul and in Moscow is 21:00 in UTC. The clock goes on from there through the whole run, so that rows shared by the
tests of a module keep their order. Journeys have the real time, because their browsers, servers and workers have it.
"""

import os
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime

import pytest
import time_machine

MOMENT = "TEST_MOMENT"
"""Another moment to begin at, as in TEST_MOMENT=2027-12-31T20:59:00Z, to look for tests that depend on it."""
AHEAD = "TANDEM_TEST_SECONDS_AHEAD"
"""How far the tests' clock is ahead of the real one; the workers inherit it."""
HOUR = 9


def choose_moment() -> None:
    """Settle for all workers where the tests' clock stands."""
    if AHEAD in os.environ:
        return
    now = datetime.now(UTC)
    given = os.environ.get(MOMENT)
    begin = (
        datetime.fromisoformat(given) if given else now.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    )
    os.environ[AHEAD] = str((begin - now).total_seconds())


class Moment:
    """Lets the collection of the tests, and each test with the fixtures that it is the first to ask for, live then."""

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_collection(self) -> Iterator[object]:
        with _the_moment():
            return (yield)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[object]:
        if item.get_closest_marker("browser"):
            return (yield)
        with _the_moment():
            return (yield)


def _the_moment() -> AbstractContextManager[object]:
    # As a number, because a moment with a zone would also change the zone of the process.
    return time_machine.travel(time.time() + float(os.environ[AHEAD]), tick=True)
