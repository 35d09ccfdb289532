"""A form that could not be taken gives its texts back."""

from flask import Flask

from matchmaker.core.typed import typed_texts
from tests.clients import Client

LETTER = "We make ball valves of brass and look for a partner who sells them."


def test_a_form_whose_session_is_lost_gives_its_text_back(client: Client) -> None:
    answer = client.post(
        "/sign-in", data={"email": "a@b.example", "password": "x" * 30 + " y", "note": LETTER}
    )

    assert answer.status_code == 400
    assert LETTER in answer.text
    assert "x" * 30 not in answer.text


def test_short_entries_choices_and_doubles_are_left_out(app: Flask) -> None:
    data = {"name": "Anadolu", "choice": "w" * 40, "one": LETTER, "other": LETTER}
    with app.test_request_context("/", method="POST", data=data):
        assert typed_texts() == [LETTER]
