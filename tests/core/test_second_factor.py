"""Roles at an institution count only with the second factor, whatever view is asked."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from matchmaker.accounts.models import SignedInSession
from matchmaker.core.access import access, current_actor, public, signed_in
from matchmaker.core.actor import InstitutionRole
from matchmaker.core.db import db
from tests.clients import HTMX, Client
from tests.factories.accounts import PersonFactory
from tests.factories.firms import FirmFactory, member_of
from tests.factories.institutions import InstitutionFactory, official

SET_UP = "/settings/second-factor"


@pytest.fixture
def staff(given: Callable[[], Any]) -> int:
    with given():
        return int(official(InstitutionFactory(), InstitutionRole.STAFF).id)


def addresses(app: Flask) -> list[str]:
    """All pages without variables in their address."""
    return [
        rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments
    ]


def test_nothing_but_the_set_up_is_reachable_without_it(app: Flask, client: Client, staff: int) -> None:
    client.sign_in(staff, second_factor=False)

    answers = {path: client.get(path) for path in addresses(app)}

    elsewhere = {path for path, answer in answers.items() if answer.headers.get("Location") != SET_UP}
    assert elsewhere == {SET_UP}


def test_writing_is_not_possible_either(client: Client, staff: int) -> None:
    client.sign_in(staff, second_factor=False)

    assert client.send("/notices/read").location == SET_UP
    assert client.send("/notices/read", headers=HTMX).headers["HX-Redirect"] == SET_UP


def test_actor_has_no_roles_without_it(app: Flask, client: Client, staff: int) -> None:
    for second_factor in (False, True):
        client.sign_in(staff, second_factor=second_factor)
        with client:
            client.get("/nowhere")
            actor = current_actor()
            assert (bool(actor.grants), actor.needs_second_factor) == (second_factor, not second_factor)


def test_signing_out_is_possible(client: Client, staff: int) -> None:
    client.sign_in(staff, second_factor=False)

    assert client.send("/sign-out").location == "/sign-in"


def test_people_of_firms_need_none(client: Client, given: Callable[[], Any]) -> None:
    with given():
        person = member_of(FirmFactory())
    client.sign_in(person, second_factor=False)

    assert client.get("/settings").status_code == 200


def test_rule_and_declaration_are_what_the_view_is_judged_by() -> None:
    assert access(signed_in)(lambda: "").__dict__["access_rule"] is signed_in
    assert access(public, before_second_factor=True)(lambda: "").__dict__["access_rule"] is public


def test_session_in_use_is_extended_by_writing_only(
    app: Flask, client: Client, given: Callable[[], Any]
) -> None:
    with given():
        person = PersonFactory()
    client.sign_in(person)
    with app.app_context():
        before = db.session.get_one(SignedInSession, 1).expires_at

    client.get("/settings")
    with app.app_context():
        assert db.session.get_one(SignedInSession, 1).expires_at == before
    client.send("/notices/read")

    with app.app_context():
        after = db.session.get_one(SignedInSession, 1).expires_at
    assert after > before
