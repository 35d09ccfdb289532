"""Firms are called in the letters of the reader, on pages and in notices."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from matchmaker.accounts.models import Person
from matchmaker.core.db import db
from matchmaker.matching import queries, services
from matchmaker.notifications.models import Notice
from tests.clients import Client
from tests.matching.world import TEXT, World, make_world

Given = Callable[[], AbstractContextManager[Any]]
CYRILLIC, LATIN = "ООО «Волжский насос»", "Volga Pump"
NAMES = {"TR": ("Anadolu Vana",), "RU": (CYRILLIC, LATIN)}
ORIGINAL = f'lang="ru">{CYRILLIC}<'


@pytest.fixture
def world(given: Given) -> World:
    """The Russian firm publishes its registered name and the spelling in Latin letters."""
    with given():
        found = make_world()
        firm = found.firm("RU")
        firm.legal_name, firm.trade_name, firm.name_romanised = CYRILLIC, "", LATIN
        spoken = {"firm_ru": "ru", "firm_tr": "tr", "coordinator_ru": "ru", "coordinator_tr": "en"}
        for name, language in spoken.items():
            db.session.execute(
                update(Person).where(Person.id == found.people[name]).values(language=language)
            )
        return found


@pytest.fixture
def match_id(world: World, given: Given) -> int:
    """The Russian firm asked, and the Turkish one agreed."""
    with given():
        match = services.ask(world.actor("firm_ru"), world.firm("RU"), world.firm("TR"), text=TEXT)
        services.agree(world.actor("firm_tr"), queries.match(match.id))
        return match.id


def page(app: Flask, world: World, name: str, path: str) -> str:
    client = app.test_client()
    assert isinstance(client, Client)
    return client.sign_in(world.people[name]).get(path).text


def test_the_match_page_gives_both_spellings_to_readers_of_latin(
    app: Flask, world: World, match_id: int
) -> None:
    for language in ("tr", "en"):
        shown = page(app, world, "firm_tr", f"/matches/{match_id}?lang={language}")
        assert f">{LATIN}</a>" in shown
        assert ORIGINAL in shown
    russian = page(app, world, "firm_tr", f"/matches/{match_id}?lang=ru")
    assert f">{CYRILLIC}</a>" in russian
    assert LATIN not in russian


def test_lists_and_the_pages_of_staff_call_it_the_same(app: Flask, world: World, match_id: int) -> None:
    approvals = f"/approvals/{match_id}?lang=en"
    assert LATIN in page(app, world, "firm_tr", "/matches?lang=en")
    assert CYRILLIC not in page(app, world, "firm_tr", "/matches?lang=en")
    for path in (approvals, f"/why-not?first={world.tr}&second={world.ru}&lang=en"):
        shown = page(app, world, "coordinator_tr", path)
        assert LATIN in shown, path
        assert CYRILLIC in shown, path
    assert LATIN not in page(app, world, "coordinator_ru", f"/approvals/{match_id}?lang=ru")


@pytest.mark.parametrize(("name", "own"), [("coordinator_tr", "TR"), ("coordinator_ru", "RU")])
def test_the_inbox_names_the_own_side_first(
    app: Flask, world: World, match_id: int, name: str, own: str
) -> None:
    shown = page(app, world, name, "/inbox")
    place = {
        country: min(shown.find(text) for text in texts if text in shown) for country, texts in NAMES.items()
    }
    assert min(place, key=lambda country: place[country]) == own


def test_a_notice_is_written_in_the_letters_of_its_reader(app: Flask, world: World, match_id: int) -> None:
    with app.app_context():
        subjects = {notice.person_id: notice.subject for notice in db.session.scalars(select(Notice))}
    assert subjects[world.people["firm_tr"]] == LATIN
    assert subjects[world.people["coordinator_tr"]] == f"Anadolu Vana – {LATIN}"
    assert subjects[world.people["coordinator_ru"]] == f"{CYRILLIC} – Anadolu Vana"
