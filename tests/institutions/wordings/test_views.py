"""The pages of mail templates, as staff use them."""

from collections.abc import Callable
from typing import Any

import pytest

from matchmaker.core.actor import InstitutionRole
from tests.clients import Client
from tests.factories.institutions import InstitutionFactory, official

WORDS = {"subject": "{heading}: please read", "text": "Dear {name},\n\n{words}\n\n{link}"}


@pytest.fixture
def address(client: Client, given: Callable[[], Any]) -> str:
    with given():
        agency = InstitutionFactory(short_name="AGENCY")
        staff = official(agency, InstitutionRole.STAFF)
        staff.language = "en"
    client.sign_in(staff)
    return f"/mail/templates/{agency.id}/programme_message/en"


def test_words_are_changed_listed_and_given_back(client: Client, address: str) -> None:
    shown = client.get(address).text
    assert "Hello {name}," in shown
    assert "Hello Ayşe Yılmaz," in shown
    assert "Name of the organising institution" in shown

    client.submit(address, WORDS, form=address)

    page = client.get(address).text
    assert "Saved. Mails written from now on" in page
    assert "<ins>{heading}: please read</ins>" in page
    assert "Own words" in client.get("/mail/templates").text
    client.submit(address, {"number": "0"}, form="/versions")
    assert "Own words" not in client.get("/mail/templates").text


@pytest.mark.parametrize("step", ["", "preview", "test"])
def test_an_unknown_place_is_named_at_its_field_and_the_words_are_kept(
    client: Client, address: str, step: str
) -> None:
    answer = client.send(
        address, {**WORDS, "text": "Dear {nmae}, {words} {link}", "version": "0", "step": step}
    )

    assert answer.status_code == 422
    assert 'id="text-error"' in answer.text
    assert "{nmae} is not known in this mail." in answer.text
    assert "Dear {nmae}, {words} {link}</textarea>" in answer.text


@pytest.mark.parametrize(("step", "told"), [("preview", "Nothing is saved yet."), ("test", "to nobody else")])
def test_words_are_tried_without_saving_them(client: Client, address: str, step: str, told: str) -> None:
    answer = client.send(address, {**WORDS, "version": "0", "step": step})

    assert answer.status_code == 200
    assert told in answer.text
    assert "The room has changed: please read" in answer.text
    assert "please read" not in client.get(address).text


def test_the_second_writer_is_shown_what_stands_now(client: Client, address: str) -> None:
    client.send(address, {**WORDS, "version": "0"})

    answer = client.send(address, {**WORDS, "subject": "Mine", "version": "0"})

    assert answer.status_code == 409
    assert 'value="Mine"' in answer.text
    assert "What stands now" in answer.text
    assert '<input id="version" name="version" type="hidden" value="1">' in answer.text
