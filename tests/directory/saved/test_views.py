"""Saving searches as people do, from the directory and back."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from matchmaker.core.db import db
from matchmaker.core.errors import Conflict
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.directory.saved import rules, services
from matchmaker.directory.saved.enums import Frequency
from matchmaker.directory.saved.models import SavedSearch
from matchmaker.directory.saved.queries import selection_of
from matchmaker.notifications.enums import NewsCategory
from matchmaker.notifications.queries import wants_news
from tests.clients import HTMX, Client
from tests.directory.given_firms import turkish
from tests.factories.accounts import PersonFactory
from tests.factories.saved import saved_search
from tests.matching.world import actor_of

Given = Callable[[], AbstractContextManager[Any]]


@pytest.fixture
def reader(given: Given) -> int:
    with given():
        number: int = PersonFactory(country="TR").id
        turkish()
    return number


def saved(app: Flask) -> list[SavedSearch]:
    with app.app_context():
        return list(db.session.scalars(select(SavedSearch).order_by(SavedSearch.id)))


def test_from_the_directory_to_a_saved_search_and_back(app: Flask, client: Client, reader: int) -> None:
    page = client.sign_in(reader).get("/firms?q=vana&size=small&page=2&lang=en").text
    found = re.search(r'href="(/saved-searches/new\?[^"]*)"', page)
    assert found
    address = found[1].replace("&amp;", "&")
    assert address == "/saved-searches/new?q=vana&size=small"
    assert 'value="vana, Small"' in client.get(address).text

    client.submit(address, {"name": "Valves", "frequency": "weekly"}, form="search-form")

    (row,) = saved(app)
    assert (row.person_id, row.name, row.query) == (reader, "Valves", "q=vana&size=small")
    assert row.frequency is Frequency.WEEKLY
    listed = client.get("/saved-searches").text
    assert 'href="/firms?q=vana&amp;size=small"' in listed
    assert "“vana”, Small" in listed
    with app.app_context():
        assert wants_news(reader) == {NewsCategory.SAVED_SEARCHES}


def test_a_change_of_the_filters_changes_what_is_saved(client: Client, reader: int) -> None:
    part = client.sign_in(reader).get("/firms?q=vana&size=micro", headers=HTMX).text
    assert 'hx-swap-oob="innerHTML:#save-search"' in part
    assert "/saved-searches/new?q=vana&amp;size=micro" in part


def test_no_mails_are_wanted_without_a_frequency(app: Flask, client: Client, reader: int) -> None:
    client.sign_in(reader).submit("/saved-searches/new?q=vana", {}, form="search-form")

    assert saved(app)[0].frequency is Frequency.NONE
    with app.app_context():
        assert wants_news(reader) == frozenset()


def test_an_empty_search_offers_to_tell_also_a_visitor(client: Client, reader: int) -> None:
    link = "/saved-searches/new?mails=daily&amp;q=xqzjk"
    assert link in client.get("/firms?q=xqzjk").text
    sent = client.get("/saved-searches/new?mails=daily&q=xqzjk")
    assert sent.location.startswith("/sign-in?next=/saved-searches/new")
    form = client.sign_in(reader).get("/saved-searches/new?mails=daily&q=xqzjk").text
    assert re.search(r'<input[^>]*checked[^>]*value="daily"', form)
    assert client.get("/saved-searches/new?mails=nonsense").status_code == 200


def test_the_same_filters_lead_to_what_was_saved(client: Client, reader: int, given: Given) -> None:
    with given():
        number = saved_search(reader, "size=micro&size=small&q=vana", name="Mine").id
    client.sign_in(reader)
    again = client.get("/saved-searches/new?size=small&size=micro&q=vana&sort=name")
    assert (again.status_code, again.location) == (303, f"/saved-searches/{number}")
    assert "You have saved these filters already, as “Mine”." in client.get(again.location).text


def test_a_missing_name_stands_beside_its_field(app: Flask, client: Client, reader: int) -> None:
    client.sign_in(reader)
    answer = client.submit(
        "/saved-searches/new?q=vana&lang=en", {"name": " ", "frequency": "daily"}, form="search-form"
    )
    assert answer.status_code == 422
    assert 'id="name-error"' in answer.text
    assert re.search(r'<input[^>]*checked[^>]*value="daily"', answer.text)
    assert saved(app) == []


def test_one_more_than_allowed_is_refused(
    app: Flask, client: Client, reader: int, given: Given, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "MOST_SEARCHES", 1)
    with given():
        saved_search(reader, "q=vana")
    answer = client.sign_in(reader).submit("/saved-searches/new?q=pump&lang=en", form="search-form")
    assert answer.status_code == 422
    assert "You have 1 saved searches, the most allowed." in answer.text
    assert len(saved(app)) == 1


def test_name_and_frequency_change_and_the_search_goes(
    app: Flask, client: Client, reader: int, given: Given
) -> None:
    with given():
        row = saved_search(reader, "q=vana", frequency=Frequency.NONE)
        number, told = row.id, row.told_until
    client.sign_in(reader)
    client.submit(f"/saved-searches/{number}", {"name": "Other", "frequency": "daily"}, form="search-form")
    (found,) = saved(app)
    assert (found.name, found.frequency) == ("Other", Frequency.DAILY)
    assert found.told_until > told
    client.submit("/saved-searches", form=f"/saved-searches/{number}/delete")
    assert saved(app) == []


def test_of_others_nothing_is_known(client: Client, reader: int, given: Given) -> None:
    with given():
        number = saved_search(reader, "q=vana", name="Secret plan").id
        other = PersonFactory().id
    client.sign_in(other)
    assert client.get(f"/saved-searches/{number}").status_code == 404
    assert client.send(f"/saved-searches/{number}/delete").status_code == 404
    assert "Secret plan" not in client.get("/saved-searches").text


def test_ended_mails_are_switched_on_again(app: Flask, client: Client, reader: int, given: Given) -> None:
    with given():
        saved_search(reader, "q=vana")
    client.sign_in(reader)
    assert "Mails of saved searches are switched off" in client.get("/saved-searches?lang=en").text
    client.submit("/saved-searches", form="/saved-searches/mails")
    assert "Mails of saved searches are switched off" not in client.get("/saved-searches").text
    with app.app_context():
        assert wants_news(reader) == {NewsCategory.SAVED_SEARCHES}


@pytest.mark.data
@pytest.mark.parametrize("second", ["q=vana", "q=pump"])
def test_two_windows_at_once_save_one(
    app: Flask,
    reader: int,
    concurrently: Callable[..., list[Any]],
    monkeypatch: pytest.MonkeyPatch,
    second: str,
) -> None:
    monkeypatch.setattr(rules, "MOST_SEARCHES", 1)

    def save(query: str) -> None:
        with unit_of_work():
            services.save(actor_of(reader), selection_of(query), name="Valves", frequency=Frequency.DAILY)

    results = concurrently(lambda: save("q=vana"), lambda: save(second))
    assert sorted(type(one) for one in results if one is not None) == [Conflict]
    with app.app_context():
        assert db.session.scalar(select(func.count(SavedSearch.id))) == 1
