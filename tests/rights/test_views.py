"""The page of own data as people use it."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from sqlalchemy import select

from matchmaker.accounts.passwords import hash_password
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.rights.services import ask_export
from tests.clients import HTMX, Client
from tests.factories.accounts import PersonFactory
from tests.factories.rights import ready_export
from tests.matching.world import actor_of
from tests.rights.lives import PASSWORD

PAGE = "/settings/own-data"


def someone() -> Any:
    """Somebody with a password."""
    return PersonFactory(password_hash=hash_password(PASSWORD))


def test_asking_begins_the_archive_and_the_page_follows_it(client: Client, given: Callable[[], Any]) -> None:
    with given():
        person = someone()
    client.sign_in(person)

    page = client.submit(PAGE, {"password": PASSWORD}, form=PAGE)

    assert page.status_code == 303
    followed = client.get(PAGE)
    assert "The archive is being made." in followed.text
    part = client.get(PAGE, headers=HTMX)
    assert part.text in followed.text
    assert 'hx-trigger="every 2s"' in part.text


def test_a_wrong_password_is_said_at_the_field(client: Client, given: Callable[[], Any]) -> None:
    with given():
        person = someone()
    client.sign_in(person)

    page = client.submit(PAGE, {"password": "wrong"}, form=PAGE)

    assert page.status_code == 422
    assert "This is not your password." in page.text


def test_only_the_person_gets_the_archive_and_its_leaving_is_logged(
    client: Client, given: Callable[[], Any], app: Flask
) -> None:
    with given():
        person, other = someone(), someone()
        path = f"{PAGE}/{ready_export(person.id).id}/archive"
        late = f"{PAGE}/{ready_export(person.id, days=-1).id}/archive"

    assert app.test_client().get(path).status_code == 303
    client.sign_in(other)
    assert client.get(path).status_code == 404
    client.sign_in(person)
    assert client.get(late).status_code == 404
    found = client.get(path)

    assert found.status_code == 200
    assert found.headers["Cache-Control"] == "private, no-store"
    assert "attachment" in found.headers["Content-Disposition"]
    with app.app_context():
        logged = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "export")).all()
        assert [entry.actor_id for entry in logged] == [person.id]


def test_a_second_archive_at_once_is_refused_with_a_reason(client: Client, given: Callable[[], Any]) -> None:
    with given():
        person = someone()
        ask_export(actor_of(person), person, PASSWORD)
    client.sign_in(person)

    page = client.send(PAGE, {"password": PASSWORD})

    assert page.status_code == 422
    assert "waiting or running already" in page.text
