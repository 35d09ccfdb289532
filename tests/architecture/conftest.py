"""What is the same at thousands of addresses is done once, where the test is about something else."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask, session

from matchmaker.accounts.cookies import SESSION_KEY
from matchmaker.core import errors, navigation
from matchmaker.core.access import current_actor, login
from matchmaker.core.actor import Actor
from matchmaker.core.navigation import Place, ShownPlace

Counts = dict[tuple[str, int], int]


@pytest.fixture
def counts_once(monkeypatch: pytest.MonkeyPatch) -> Counts:
    """The numbers of the navigation are counted once for each person; emptying what this gives counts them anew."""
    show, counts = navigation._shown, Counts()

    def shown(place: Place, actor: Actor, current: bool) -> ShownPlace:
        key = place.endpoint, actor.person_id
        if place.badge and key not in counts:
            counts[key] = place.badge(actor)
        return replace(show(replace(place, badge=None), actor, current), badge=counts.get(key, 0))

    monkeypatch.setattr(navigation, "_shown", shown)
    return counts


@pytest.fixture
def actors_once(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is behind a session is read once, with all roles: for tests that undo what each request writes.

    After the application was made, which says itself how people are found.
    """
    read: Callable[[Any], Actor | None] = login._request_callback
    known = dict[str | None, Actor | None]()

    def actor(request: Any) -> Actor | None:
        token = session.get(SESSION_KEY)
        if token not in known:
            known[token] = read(request)
        return known[token]

    monkeypatch.setattr(login, "_request_callback", actor)


@pytest.fixture
def error_pages_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each person's page of each error is made once: what it shows hardly depends on the address.

    That it can be made at every address is tested with nonsense in place of the records.
    """
    make: Callable[[int, str], str] = errors.page
    made = dict[tuple[int, int], str]()

    def page(status: int, message: str) -> str:
        key = current_actor().person_id, status
        if key not in made:
            made[key] = make(status, message)
        return made[key]

    monkeypatch.setattr(errors, "page", page)
