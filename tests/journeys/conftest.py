"""Fixtures of the journeys: a running site with the demo data, and people with browsers."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browsers import Visitor, find_browser, launch, visitor
from tests.databases import Database
from tests.sites import forked_site

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every journey, so that -m 'not browser' leaves them out."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium; without one the journeys are skipped, or fail where REQUIRE_BROWSER=1."""
    with sync_playwright() as playwright:
        path = find_browser(playwright)
        if path is None:
            reason = "no Chromium: `make browser` installs one, or set CHROMIUM to its path"
            if os.environ.get("REQUIRE_BROWSER") == "1":
                pytest.fail(reason, pytrace=False)
            pytest.skip(reason)
        started = launch(playwright, path)
        yield started
        started.close()


@pytest.fixture
def site(browser: Browser, backend: str, databases: Callable[..., Database], tmp_path: Path) -> Iterator[str]:
    """The address of a running site with the demo data; each test has its own."""
    database = databases(backend, "demo")
    with forked_site(database.fresh(tmp_path), tmp_path) as address:
        yield address
    database.renew()


@pytest.fixture
def person(browser: Browser, site: str) -> Iterator[Callable[..., Visitor]]:
    """Gives a person a browser of their own: `buyer = person(locale="tr-TR")`, then `buyer.go("/sign-in")`.

    At the end nobody may have met a console error, a script error or a request to a third party.
    """
    people: list[Visitor] = []

    def new(**options: Any) -> Visitor:
        people.append(visitor(browser, site, **options))
        return people[-1]

    yield new
    for one in people:
        one.context.close()
    assert [error for one in people for error in one.errors] == []
