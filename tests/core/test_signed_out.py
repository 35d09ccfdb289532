"""A form that is sent after the session has ended: the way to sign in and back, and what was typed."""

from typing import Any

import pytest

from tests.clients import HTMX, Client

PAGE = "/b2b-days?page=2"
FORM = "/b2b-days/1/versions"
FROM = {"Referer": f"http://localhost{PAGE}"}
NOTE = "The morning begins half an hour later."


def test_a_form_of_an_ended_session_leads_to_sign_in_and_back(client: Client) -> None:
    said = client.post(FORM, data={"note": NOTE}, headers=FROM)

    assert said.status_code == 400
    assert "You are signed out" in said.text
    assert NOTE in said.text
    assert 'href="/sign-in?next=/b2b-days?page%3D2"' in said.text


@pytest.mark.parametrize(
    ("data", "headers"),
    [({"note": NOTE}, FROM), ({"to": "3-12"}, {**HTMX, "HX-Current-URL": FROM["Referer"]})],
)
def test_a_form_with_good_tokens_after_the_session_ended_keeps_what_was_typed(
    client: Client, data: dict[str, Any], headers: dict[str, str]
) -> None:
    said = client.send(FORM, data, headers=headers)

    assert said.status_code == 400
    assert 'href="/sign-in?next=/b2b-days?page%3D2"' in said.text
    assert "HX-Redirect" not in said.headers


def test_a_button_after_the_session_ended_leads_back_to_its_page(client: Client) -> None:
    assert client.send(FORM, headers=FROM).location == "/sign-in?next=/b2b-days?page%3D2"
