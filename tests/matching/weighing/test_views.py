"""Pages of sets of points as the institutions use them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask import Flask

from matchmaker.core.db import db
from matchmaker.core.i18n import LANGUAGES
from matchmaker.core.jobs import Job
from matchmaker.matching.weighing import queries
from matchmaker.matching.weighing.enums import WeightState
from tests.clients import HTMX, Client
from tests.factories.weighing import REPORT, proposed_by, simulated
from tests.matching.world import World

Given = Callable[[], AbstractContextManager[Any]]


def text(client: Client, url: str, **options: Any) -> str:
    answer = client.get(url, **options)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_from_other_numbers_to_a_set_in_use(
    client: Client, world: World, app: Flask, work_off: Callable[[], int]
) -> None:
    client.sign_in(world.people["coordinator_tr"])
    sent = client.submit("/fit/weights/new", {"languages": "0", "product_6": "20"}, form="points")
    assert sent.status_code == 303
    address = sent.headers["Location"]
    assert "every 2s" in text(client, address)
    work_off()
    shown = text(client, address)
    assert "0 of 2 lists change (0%)" in shown
    assert "every 2s" not in shown
    part = text(client, address, headers=HTMX)
    assert part.strip().startswith('<div id="simulation"')
    # The rest of the block are forms, whose tokens differ from one rendering to the next.
    assert part.partition("<form")[0] in shown
    assert client.submit(address, {"reason": "Languages decide little."}, form="answer").status_code == 303
    other = app.test_client()
    assert isinstance(other, Client)
    other.sign_in(world.people["coordinator_ru"])
    assert "Languages decide little." in text(other, "/fit/weights")
    assert "Agree for Russia" in text(other, address)
    assert other.submit(address, form=f"{address}/confirm").status_code == 303
    assert "2026-2" in text(client, "/fit")
    assert "Languages decide little." in text(client, "/fit")


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"languages": "4"}, "these add up to 51"),
        ({"languages": "many"}, "Enter a whole number, in digits."),
        ({"languages": ""}, "Enter the points, 0 for none."),
        ({"languages": "51"}, "Enter a number between 0 and 50."),
        ({"product_4": "18"}, "Give at least as many points as for the level before."),
    ],
)
def test_numbers_that_make_no_set_are_refused_and_kept(
    client: Client, world: World, values: dict[str, str], message: str
) -> None:
    client.sign_in(world.people["staff_tr"])
    answer = client.submit("/fit/weights/new", values, form="points")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert message in page
    for typed in values.values():
        assert f'value="{typed}"' in page


def test_the_form_begins_with_another_set(client: Client, world: World, given: Given) -> None:
    with given():
        number = simulated().id
    client.sign_in(world.people["staff_tr"])
    assert 'value="20"' in text(client, f"/fit/weights/new?from={number}")
    assert 'value="20"' not in text(client, "/fit/weights/new")


def test_decline_needs_a_reason(client: Client, world: World, given: Given, app: Flask) -> None:
    with given():
        number = proposed_by(world.people["coordinator_tr"]).id
    client.sign_in(world.people["coordinator_ru"])
    answer = client.submit(f"/fit/weights/{number}", {"reason": "No."}, form="answer")
    assert answer.status_code == 422
    assert "Write at least 10 letters" in answer.get_data(as_text=True)
    client.submit(f"/fit/weights/{number}", {"reason": "Languages do count."}, form="answer")
    with app.app_context():
        assert queries.weight_set(number).state is WeightState.DECLINED
    assert "Languages do count." in text(client, f"/fit/weights/{number}")


def test_staff_read_and_do_not_decide(client: Client, world: World, given: Given) -> None:
    with given():
        number = proposed_by(world.people["coordinator_tr"]).id
    client.sign_in(world.people["compliance_ru"])
    page = text(client, f"/fit/weights/{number}")
    assert "Agree for" not in page
    assert client.send(f"/fit/weights/{number}/confirm").status_code == 404


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_the_list_of_sets(
    client: Client, world: World, given: Given, code: str, count_statements: Callable[[], Any]
) -> None:
    with given():
        simulated(author_id=world.people["staff_tr"])
        proposed_by(world.people["coordinator_tr"])
    client.sign_in(world.people["coordinator_ru"])
    text(client, f"/fit/weights?lang={code}")
    with count_statements() as few:
        page = text(client, "/fit/weights")
    assert "2026-1" in page
    for other in ("/fit/exposure", "/fit/relevance", "/fit/quality"):
        assert f'href="{other}"' in page
    with given():
        for _round in range(5):
            simulated(author_id=world.people["staff_ru"])
    with count_statements() as many:
        assert text(client, "/fit/weights").count("/fit/weights/") == 5 + 1 + 2 + 1
    assert len(many) == len(few)


def test_the_lists_that_change_most_are_open_and_the_others_folded(
    client: Client, world: World, given: Given
) -> None:
    with given():
        draft = simulated()
        rows = [[firm, [], []] for firm in (world.tr, world.ru)] * 4
        db.session.get_one(Job, draft.job_id).result = REPORT | {"rows": rows, "changed": 8}
    client.sign_in(world.people["coordinator_tr"])

    shown = text(client, f"/fit/weights/{draft.id}")

    opened, summary, folded = shown.partition("3 more lists</summary>")
    assert summary
    assert opened.count('<tr class="texts">') == 5
    assert folded.count('<tr class="texts">') == 3
