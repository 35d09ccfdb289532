"""The inbox: filters in the address, buttons in rows, several tasks at once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from matchmaker.accounts.models import Person
from matchmaker.core import clock
from matchmaker.core.actor import InstitutionRole
from matchmaker.firms.enums import FirmState
from tests.clients import Client
from tests.factories.firms import FirmFactory
from tests.factories.institutions import InstitutionFactory, official


@dataclass
class World:
    """Two officers of one institution, one of another country, two firms to verify."""

    one: Person
    other: Person
    abroad: Person
    codes: list[str]


@pytest.fixture
def world(given: Callable[[], Any]) -> World:
    """See above."""
    with given():
        agency = InstitutionFactory(country="TR")
        one, other = (official(agency, InstitutionRole.STAFF) for _ in range(2))
        one.name, other.name = "Ayşe Officer", "Mert Officer"
        abroad = official(InstitutionFactory(country="RU"), InstitutionRole.STAFF)
        firms = [
            FirmFactory(state=FirmState.SUBMITTED, submitted_at=clock.now(), legal_name=name)
            for name in ("Konya Works", "Bursa Works")
        ]
    return World(one, other, abroad, [f"verify-{firm.id}" for firm in firms])


def test_taken_in_its_row_and_found_by_the_filter(client: Client, world: World) -> None:
    client.sign_in(world.one)
    answer = client.send("/inbox?kind=verify", {"pressed": f"take:{world.codes[0]}"})
    assert (answer.status_code, answer.location) == (303, "/inbox?kind=verify")
    assert "1 task is yours now." in client.get("/inbox").text
    for query, shown in (
        ("holder=mine", (True, False)),
        ("holder=none", (False, True)),
        (f"holder={world.one.id}&kind=verify", (True, False)),
        (f"holder={world.other.id}", (False, False)),
        ("holder=nonsense", (True, True)),
        ("holder=%C2%B2", (True, True)),
        (f"holder={'9' * 5000}", (True, True)),
    ):
        page = client.get(f"/inbox?{query}").text
        assert ("Konya Works" in page, "Bursa Works" in page) == shown, query
    assert "No task fits." in client.get("/inbox?kind=screen").text
    client.send("/inbox", {"pressed": f"give_back:{world.codes[0]}"})
    assert "Konya Works" in client.get("/inbox?holder=none").text


def test_several_are_given_and_what_cannot_be_is_named(client: Client, world: World) -> None:
    client.sign_in(world.other)
    client.send("/inbox", {"pressed": f"take:{world.codes[1]}"})
    client.sign_in(world.one)
    fields = {"pressed": "give", "person": str(world.other.id), "reason": "On leave"}
    answer = client.send("/inbox", {**fields, "selected": [*world.codes, "verify-999999"]})
    assert answer.status_code == 303
    page = client.get("/inbox").text
    assert "1 task was given on." in page
    assert "Left out: Bursa Works. Mert Officer holds this task." in page
    assert "1 task is not there any more." in page
    assert "On leave" in page


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"person": "", "reason": "Because"}, "Choose a colleague."),
        ({"reason": " "}, "Give the reason."),
        ({"selected": []}, "Choose at least one task."),
        ({"pressed": "sell"}, "Choose what to do."),
    ],
)
def test_what_is_missing_is_told_and_what_was_typed_stays(
    client: Client, world: World, fields: dict[str, Any], told: str
) -> None:
    client.sign_in(world.one)
    whole = {"pressed": "give", "selected": world.codes[:1], "person": str(world.other.id), "reason": "Busy"}
    answer = client.send("/inbox", whole | fields)
    assert (answer.status_code, told in answer.text) == (422, True)
    if "reason" not in fields:
        assert 'value="Busy"' in answer.text
    if "selected" not in fields:
        assert f'value="{world.codes[0]}" checked' in answer.text


def test_nobody_gives_to_or_takes_from_another_institution(client: Client, world: World) -> None:
    client.sign_in(world.abroad)
    assert client.send("/inbox", {"pressed": f"take:{world.codes[0]}"}).status_code == 303
    assert "1 task is not there any more." in client.get("/inbox").text
    client.sign_in(world.one)
    assert "Konya Works" in client.get("/inbox?holder=none").text
    fields = {"pressed": "give", "selected": world.codes, "person": str(world.abroad.id), "reason": "Busy"}
    assert client.send("/inbox", fields).status_code == 422


def test_heads_see_who_has_how_much(client: Client, world: World, given: Callable[[], Any]) -> None:
    client.sign_in(world.one)
    assert client.get("/inbox/load").status_code == 404
    assert "/inbox/load" not in client.get("/inbox").text
    with given():
        head = official(InstitutionFactory(country="TR"), InstitutionRole.COORDINATOR)
    client.sign_in(head)
    page = client.get("/inbox/load").text
    assert head.name in page
    assert "Mert Officer" not in page
    assert 'href="/inbox?holder=none"' in page
