"""The shortlist as the people of a firm use it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.i18n import LANGUAGES
from matchmaker.directory.shortlist.models import ShortlistEntry
from matchmaker.firms.enums import FirmState
from tests.clients import Client
from tests.matching.world import World, make_firm, make_world

Given = Callable[[], AbstractContextManager[Any]]


@pytest.fixture
def world(given: Given) -> World:
    with given():
        return make_world()


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_from_the_profile_to_a_note_and_off_again(client: Client, world: World) -> None:
    client.sign_in(world.people["member_tr"])
    profile = f"/firms/{world.ru}"
    sent = client.submit(profile, form=f"/shortlist/{world.ru}/keep")
    assert (sent.status_code, sent.headers["Location"]) == (303, profile)
    client.submit(f"/shortlist/{world.ru}/note", {"note": "=SUM(A1) good castings"}, form="note-form")
    page = text(client, "/shortlist")
    assert "good castings" in page
    assert "Volga Pump" in page
    client.submit("/shortlist", form=f"/shortlist/{world.ru}/drop")
    assert "Nothing on your shortlist" in text(client, "/shortlist")


def test_a_firm_that_left_the_directory_can_be_taken_off(client: Client, world: World, given: Given) -> None:
    with given():
        gone = make_firm("Gone", "RU")
        gone.state = FirmState.SUSPENDED
        db.session.add(ShortlistEntry(firm_id=world.tr, other_id=gone.id))
        number = gone.id
    client.sign_in(world.people["firm_tr"])
    assert "A firm that has left the directory" in text(client, "/shortlist")
    client.submit("/shortlist", form=f"/shortlist/{number}/drop")
    assert "Nothing on your shortlist" in text(client, "/shortlist")
    assert client.get(f"/shortlist/{number}/note").status_code == 404


def test_a_long_note_stands_beside_its_field(client: Client, world: World, given: Given) -> None:
    with given():
        db.session.add(ShortlistEntry(firm_id=world.tr, other_id=world.ru))
    client.sign_in(world.people["firm_tr"])
    answer = client.submit(f"/shortlist/{world.ru}/note", {"note": "x" * 1001}, form="note-form")
    assert answer.status_code == 422
    assert "Write at most 1000 letters." in answer.get_data(as_text=True)
    assert "x" * 1001 in answer.get_data(as_text=True)


def test_the_other_firm_sees_nothing_of_it(client: Client, world: World, given: Given) -> None:
    with given():
        db.session.add(ShortlistEntry(firm_id=world.tr, other_id=world.ru, note="Too dear"))
    client.sign_in(world.people["firm_ru"])
    assert "Too dear" not in text(client, "/shortlist")
    assert "Too dear" not in text(client, f"/shortlist/compare?firm={world.tr}")


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_compare_shows_at_most_four_and_only_what_may_be_seen(
    client: Client, world: World, given: Given, code: str
) -> None:
    with given():
        others = [make_firm(f"Compared {number}", "RU") for number in range(5)]
        others[0].visibility = {"size": "staff"}
        for one in others:
            one.headcount = 77_000 + one.id
        numbers = [one.id for one in others]
    client.sign_in(world.people["firm_tr"])
    asked = "&".join(f"firm={number}" for number in [*numbers, 999_999])
    page = text(client, f"/shortlist/compare?{asked}&lang={code}")
    assert [f"Compared {number}" in page for number in range(5)] == [True] * 4 + [False]
    assert f"{77_000 + numbers[0]}" not in page
    assert f"{77_000 + numbers[1]}" in page


def test_the_file_is_harmless(client: Client, world: World, given: Given) -> None:
    with given():
        db.session.add(ShortlistEntry(firm_id=world.tr, other_id=world.ru, note="=1+1"))
    client.sign_in(world.people["firm_tr"])
    answer = client.get("/shortlist/csv?lang=en")
    assert answer.mimetype == "text/csv"
    rows = answer.get_data(as_text=True)
    assert "Volga Pump" in rows
    assert "'=1+1" in rows
    assert client.get("/shortlist/xlsx").get_data()[:2] == b"PK"
    with given():
        lines = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "export")).all()
        told = {"filters": {}, "rows": 1}
        assert [(one.entity, one.entity_id, one.after) for one in lines] == [
            ("shortlist", world.tr, told)
        ] * 2


def test_statements_do_not_grow_with_the_list(
    client: Client, world: World, given: Given, count_statements: Callable[[], Any]
) -> None:
    client.sign_in(world.people["firm_tr"])
    with given():
        db.session.add(ShortlistEntry(firm_id=world.tr, other_id=world.ru))
    text(client, "/shortlist")
    with count_statements() as few:
        text(client, "/shortlist")
    with given():
        for number in range(4):
            other = make_firm(f"More {number}", "RU")
            db.session.add(ShortlistEntry(firm_id=world.tr, other_id=other.id))
    text(client, "/shortlist")
    with count_statements() as many:
        text(client, "/shortlist")
    assert len(many) == len(few)
