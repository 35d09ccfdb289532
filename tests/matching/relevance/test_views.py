"""The pages on which firms say what is not relevant, and on which the institutions read the rate."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from matchmaker.core.i18n import LANGUAGES
from tests.clients import Client
from tests.matching.world import World, make_firm, make_world

Given = Callable[[], AbstractContextManager[Any]]


@pytest.fixture
def world(given: Given) -> World:
    with given():
        made = make_world()
        make_firm("Twin", "RU", offers="732599", seeks="848180")
        return made


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_from_a_suggestion_and_back(client: Client, world: World) -> None:
    client.sign_in(world.people["firm_tr"])
    link = f"/firms/{world.ru}/not-relevant?next=/suggestions"
    assert link in text(client, "/suggestions")
    sent = client.submit(link, {"reason": "goods", "note": "Castings only"}, form="not-relevant")
    assert (sent.status_code, sent.headers["Location"]) == (303, "/suggestions")
    page = text(client, "/suggestions")
    assert link not in page
    assert "Castings only" in page
    assert "Like firms that you called not relevant, in: goods" in page
    assert "You called this firm not relevant." in text(client, f"/firms/{world.ru}")
    client.submit("/suggestions", form=f"/firms/{world.ru}/relevant")
    assert link in text(client, "/suggestions")


def test_without_a_reason_then_beside_the_field_and_kept(client: Client, world: World) -> None:
    client.sign_in(world.people["editor_tr"])
    answer = client.submit(f"/firms/{world.ru}/not-relevant", {"note": "Far away"}, form="not-relevant")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Choose a reason." in page
    assert 'value="Far away"' in page


def test_it_leads_nowhere_else(client: Client, world: World) -> None:
    client.sign_in(world.people["firm_tr"])
    address = f"/firms/{world.ru}/not-relevant?next=https://example.com/"
    answer = client.submit(address, {"reason": "other"}, form="not-relevant")
    assert answer.headers["Location"] == f"/firms/{world.ru}"


def test_readers_of_the_firm_see_the_list_without_buttons(client: Client, world: World) -> None:
    client.sign_in(world.people["member_tr"])
    assert "not-relevant" not in text(client, "/suggestions")


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_the_rate(client: Client, world: World, code: str) -> None:
    client.sign_in(world.people["firm_tr"])
    client.send(f"/firms/{world.ru}/not-relevant", {"reason": "size"})
    client.sign_in(world.people["compliance_ru"])
    page = text(client, f"/fit/relevance?lang={code}")
    assert "2026-1" in page
    assert {"en": "Too large or too small for us"}.get(code, "") in page


def test_suggestions_cost_the_same_statements_for_more_firms(
    client: Client, world: World, given: Given, count_statements: Callable[[], Any]
) -> None:
    client.sign_in(world.people["firm_tr"])
    client.send(f"/firms/{world.ru}/not-relevant", {"reason": "size"})
    text(client, "/suggestions")
    with count_statements() as few:
        text(client, "/suggestions")
    with given():
        for number in range(4):
            make_firm(f"More {number}", "RU", offers="732599", seeks="848180")
    text(client, "/suggestions")
    with count_statements() as many:
        text(client, "/suggestions")
    assert len(many) == len(few)
