"""What a request carries: nothing that cannot be kept, whether typed, in the address or in the name of a file."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, request
from werkzeug.datastructures import FileStorage

from matchmaker.core.actor import VISITOR
from matchmaker.core.db import db
from matchmaker.core.files import StoredFile, store_document
from matchmaker.core.requests import (
    LARGEST_KEY,
    asked_keys,
    asked_number,
    asked_page,
    kept,
    key_of_record,
    key_or_none,
)
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.firms.enums import FirmState
from matchmaker.matching.finding import meant
from tests.clients import Client
from tests.factories.firms import FirmFactory

pytestmark = pytest.mark.data


def test_control_characters_are_dropped_and_line_ends_kept() -> None:
    assert kept("a\x00b\x1b[31m\tc\r\nd\x7f") == "ab[31m\tc\r\nd"


def test_a_query_and_a_form_carry_no_control_characters(app: Flask) -> None:
    with app.test_request_context("/?q=a%00b", method="POST", data={"name": "c\x00d", "x": ["1", "2\x01"]}):
        assert request.args["q"] == "ab"
        assert request.form["name"] == "cd"
        assert request.form.getlist("x") == ["1", "2"]
        assert request.values["name"] == "cd"


def test_a_form_larger_than_a_megabyte_is_refused_unread_with_a_page(client: Client) -> None:
    fitting = client.send("/sign-in", {"email": "x" * 900_000})
    refused = client.send("/sign-in", {"email": "x" * 1_100_000})

    assert fitting.status_code == 422
    assert refused.status_code == 413
    assert "Error 413" in refused.text
    assert "xxxx" not in refused.text


@pytest.mark.parametrize(
    "number", ["0", "-1", str(LARGEST_KEY + 1), "9" * 30, "0" * 10 + "1" + "0" * 5000, "x", "²", ""]
)
def test_no_record_has_such_a_number(app: Flask, number: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        key_of_record(number)
    assert key_or_none(number) is None
    with app.test_request_context(query_string={"firm": [number, "7"]}):
        assert asked_keys("firm") == [7]


@pytest.mark.parametrize(("typed", "page"), [("-3", 1), ("0", 1), ("7", 7), ("9" * 30, 100_000), ("x", 1)])
def test_a_page_is_moved_to_one_that_can_be(app: Flask, typed: str, page: int) -> None:
    with app.test_request_context(f"/?page={typed}&after=5"):
        assert asked_page() == page
        assert asked_number("after", least=0, most=4) == 4


@pytest.mark.parametrize("number", [LARGEST_KEY, LARGEST_KEY + 1, 10**30])
def test_an_address_with_a_number_of_no_record_is_404(client: Client, number: int) -> None:
    assert client.get(f"/firms/{number}").status_code in (303, 404)
    assert client.get(f"/mous/{number}").status_code in (303, 404)


def test_a_file_keeps_its_name_without_control_characters(app: Flask) -> None:
    upload = FileStorage(io.BytesIO(b"%PDF-1.7"), filename="price\x00 list\n.pdf")
    with app.app_context(), unit_of_work():
        stored = store_document(VISITOR, upload, "file")
        db.session.refresh(stored)

        assert stored.name == "price list\n.pdf"
        assert isinstance(stored, StoredFile)


def test_a_static_file_is_what_it_says(client: Client) -> None:
    name = next(Path(str(client.application.static_folder)).rglob("*.css"))
    answer = client.get(f"/static/{name.relative_to(str(client.application.static_folder))}")

    assert answer.status_code == 200
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_staff_do_not_find_a_registration_that_was_not_sent(app: Flask, given: Callable[[], Any]) -> None:
    with given():
        draft = FirmFactory(state=FirmState.DRAFT, legal_name="Unsent Works")
        sent = FirmFactory(state=FirmState.SUBMITTED, legal_name="Sent Works")
    with app.app_context():
        assert [firm.id for firm in meant("Works")] == [sent.id]
        assert meant(str(draft.id)) == []
