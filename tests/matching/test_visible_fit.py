"""A fit tells one firm nothing that the other firm hides, on the match page and among the suggestions."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask import Flask

from matchmaker.core.db import db
from matchmaker.engines.fit.facts import Fit
from matchmaker.firms import queries as firms
from matchmaker.firms.enums import FieldGroup
from matchmaker.firms.models import Firm
from matchmaker.matching import services
from matchmaker.matching.fitting import fit_of
from matchmaker.matching.visible_fit import visible_part
from tests.clients import Client
from tests.matching.world import TEXT, World, make_world

Given = Callable[[], AbstractContextManager[Any]]
UNSAID = "The other firm does not show this field"
HIDDEN = {"products": "staff", "certificates": "staff", "partnerships": "staff", "sector": "staff"}


@pytest.fixture
def world(given: Given) -> World:
    with given():
        made = make_world()
        services.ask(made.actor("firm_tr"), made.firm("TR"), made.firm("RU"), text=TEXT)
    return made


def hide(given: Given, firm_id: int) -> None:
    with given():
        db.session.get_one(Firm, firm_id).visibility = HIDDEN


def page(app: Flask, world: World, name: str) -> str:
    client = app.test_client()
    assert isinstance(client, Client)
    return client.sign_in(world.people[name]).get("/matches/1?lang=en").text


def test_a_match_page_says_nothing_about_a_hidden_field(app: Flask, world: World, given: Given) -> None:
    open_page = page(app, world, "firm_tr")
    with given():
        hidden_id = world.firm("RU").id
    hide(given, hidden_id)

    before_introduction = page(app, world, "firm_tr")

    assert UNSAID not in open_page
    assert before_introduction.count(UNSAID) >= 5
    assert UNSAID not in page(app, world, "firm_ru"), "the firm that hides reads the other one"
    assert UNSAID not in page(app, world, "coordinator_tr")


def test_the_visible_part_keeps_hints_for_the_own_firm_only(app: Flask, world: World, given: Given) -> None:
    with app.app_context():
        loaded = firms.firms({world.firm("TR").id, world.firm("RU").id})
        own, other = (loaded[world.firm(country).id] for country in ("TR", "RU"))
        fit: Fit = fit_of(own, other)

    shown = visible_part(fit, frozenset())

    assert {row.criterion for row in shown.rows} == {"reciprocity"}
    assert all(one.firm == "a" for one in shown.missing)
    assert visible_part(fit, frozenset(FieldGroup)) == fit
