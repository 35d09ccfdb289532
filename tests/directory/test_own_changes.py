"""Whoever changed a firm, and the firm's own people, find the change with their next search; nobody else waits for it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask import Flask

from matchmaker.core.actor import Actor, FirmRole, Membership
from matchmaker.core.db import db
from matchmaker.directory import index, own_changes
from matchmaker.directory.own_changes import has_own_changes
from matchmaker.engines.search.query import SearchQuery
from matchmaker.engines.search.writer import Writer
from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import Firm, SearchOutbox
from matchmaker.firms.services import index_later
from tests.clients import Client
from tests.directory.given_firms import russian, turkish
from tests.factories.firms import member_of

pytestmark = pytest.mark.data

Given = Callable[[], Any]
OFFICER = Actor(person_id=700)


def colleague(firm: Firm) -> Actor:
    """Somebody of the firm who changed nothing."""
    return Actor(person_id=701, memberships=(Membership(firm.id, FirmRole.EDITOR, firm.country),))


@pytest.fixture
def firm(app: Flask, given: Given) -> Firm:
    """A firm that the index knows; another that nobody here has to do with was changed since."""
    with given():
        firm, other = turkish(), russian()
    with app.app_context():
        index.sync_now()
    with given():
        index_later(other.id, Actor(person_id=702))
    return firm


def rename(given: Given, firm: Firm, name: str, actor: Actor | None = OFFICER, **values: Any) -> None:
    with given() as session:
        stored = session.get_one(Firm, firm.id)
        stored.trade_name = name
        for column, value in values.items():
            setattr(stored, column, value)
        index_later(firm.id, actor)


def found(text: str) -> list[int]:
    return index.search_index().reader().ids(SearchQuery(text), 100)


def test_the_one_who_changed_a_firm_and_its_people_find_it_and_nobody_else_waits(
    app: Flask, make_app: Callable[..., Flask], given: Given, firm: Firm
) -> None:
    rename(given, firm, "Pervane")

    with app.app_context():
        assert has_own_changes(Actor())
        assert has_own_changes(Actor(person_id=702))
        assert found("pervane") == []
        assert has_own_changes(OFFICER)
        assert found("pervane") == [firm.id]
    rename(given, firm, "Uskur", actor=None)
    with make_app().app_context():
        assert has_own_changes(Actor(person_id=702))
        assert found("uskur") == []
        assert has_own_changes(colleague(firm))
        assert found("uskur") == [firm.id]
    rename(given, firm, "Uskur", state=FirmState.SUSPENDED)
    with app.app_context():
        assert has_own_changes(OFFICER)
        assert found("") == [firm.id + 1]


def test_a_change_that_was_taken_in_is_not_looked_at_again(
    app: Flask,
    given: Given,
    firm: Firm,
    count_statements: Callable[[], AbstractContextManager[list[str]]],
) -> None:
    rename(given, firm, "Pervane")
    with app.app_context():
        has_own_changes(OFFICER)
        home = index.search_index().reader().home
        before = (home / "index" / "meta.json").stat().st_mtime_ns
        with count_statements() as by_visitor:
            has_own_changes(Actor())
        with count_statements() as again:
            has_own_changes(OFFICER)
        db.session.rollback()
        assert index.sync_now() == 2
        after = (home / "index" / "meta.json").stat().st_mtime_ns

    assert (len(by_visitor), len(again)) == (0, 1)
    assert before == after


def test_a_row_that_became_visible_after_later_ones_were_taken_in_is_waited_for(
    app: Flask, given: Given, firm: Firm
) -> None:
    with given() as session:
        session.add(SearchOutbox(seq=90, firm_id=firm.id + 1))
    with app.app_context():
        index.sync_now()
        db.session.rollback()
    with given() as session:
        session.get_one(Firm, firm.id).trade_name = "Pervane"
        session.add(SearchOutbox(seq=89, firm_id=firm.id))

    with app.app_context():
        assert has_own_changes(colleague(firm))
        assert found("pervane") == [firm.id]


def test_who_writes_to_the_index_is_waited_for_and_a_page_that_waited_in_vain_says_so(
    app: Flask, client: Client, given: Given, firm: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    with given():
        owner = member_of(firm)
    client.sign_in(owner)
    rename(given, firm, "Pervane")
    with app.app_context():
        writer = Writer(index.search_index().root)
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        writer.close()

    monkeypatch.setattr(own_changes.time, "sleep", wait)
    monkeypatch.setattr(own_changes, "PATIENCE", 0.0)
    behind = client.get("/firms?q=pervane&country=any").text
    monkeypatch.setattr(own_changes, "PATIENCE", 60.0)
    page = client.get("/firms?q=pervane&country=any").text

    assert ("does not know your last changes" in behind, f'href="/firms/{firm.id}"' in behind) == (
        True,
        False,
    )
    assert ("does not know your last changes" in page, f'href="/firms/{firm.id}"' in page) == (False, True)
    assert waits == [own_changes.LOOK]


def test_who_began_before_the_change_does_not_put_an_older_entry_in_its_place(
    app: Flask, concurrently: Callable[..., list[Any]], given: Given, firm: Firm
) -> None:
    with app.app_context():
        assert db.session.get_one(Firm, firm.id).trade_name != "Pervane"
        concurrently(lambda: rename(given, firm, "Pervane"))
        assert index.search_index().take_in({firm.id})
        index.search_index().renew()
        assert found("pervane") == [firm.id]
