"""The page of the exposure."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from matchmaker.core.i18n import LANGUAGES
from matchmaker.matching.exposure import services
from tests.clients import HTMX, Client
from tests.matching.world import World, make_firm

Given = Callable[[], AbstractContextManager[Any]]


def text(client: Client, url: str, **options: Any) -> str:
    answer = client.get(url, **options)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_set_the_cap_and_see_the_round(client: Client, world: World, work_off: Callable[[], int]) -> None:
    client.sign_in(world.people["coordinator_tr"])
    assert "Not computed yet" in text(client, "/fit/exposure")
    values = {"share": "20", "reason": "New firms should be seen too."}
    assert client.submit("/fit/exposure", values, form="cap-form").status_code == 303
    part = text(client, "/fit/exposure", headers=HTMX)
    assert "every 3s" in part
    assert part.strip() in text(client, "/fit/exposure")
    work_off()
    page = text(client, "/fit/exposure")
    assert "over 2 lists with set of points 2026-1 and a cap of 20 per cent" in page
    assert "0 firms are over the cap" in page
    assert "New firms should be seen too." in page
    assert "<rect" in page


def test_what_is_wrong_stands_beside_its_field(client: Client, world: World) -> None:
    client.sign_in(world.people["coordinator_tr"])
    answer = client.submit("/fit/exposure", {"share": "200", "reason": ""}, form="cap-form")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Enter a number between 1 and 100." in page
    assert "Write the reason." in page
    assert 'value="200"' in page


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_staff_read_it_in_their_language(
    client: Client, world: World, code: str, work_off: Callable[[], int]
) -> None:
    client.sign_in(world.people["staff_tr"])
    client.submit("/fit/exposure", form="/fit/exposure/round")
    work_off()
    page = text(client, f"/fit/exposure?lang={code}")
    assert "2026-1" in page
    assert "cap-form" not in page


def test_why_not_names_what_moves_a_firm_in_a_list(
    client: Client, world: World, given: Given, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("matchmaker.matching.exposure.allocation.PLACES", 1)
    with given():
        owner = make_firm("Anatolian", "TR")
        make_firm("Next", "RU", offers="732510", seeks="848110")
        services.make_round(lambda done, total: None)
        owner_id = owner.id
    client.sign_in(world.people["staff_ru"])
    page = text(client, f"/why-not?first={owner_id}&second={world.ru}")
    assert "Volga Pump is over the cap: by points it would stand in 2 lists, at most 1 are allowed." in page
    assert "In the list of Anatolian, Volga Pump is not among the first 100." in page
    page = text(client, f"/why-not?first={world.tr}&second={world.ru}")
    assert "In the list of Anadolu Vana, Volga Pump stands in place 1." in page
    assert "over the cap" not in page
