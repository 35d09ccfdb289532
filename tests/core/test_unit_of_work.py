"""What the reader is told when the database refuses: a page with a sentence, never a fault, and nothing half done."""

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from matchmaker.accounts.models import Person
from matchmaker.core.db import db
from tests.clients import Client
from tests.factories.accounts import PersonFactory
from tests.factories.firms import FirmFactory, member_of

pytestmark = pytest.mark.data


def fault(kind: Callable[..., Exception]) -> Exception:
    return kind("refused") if kind is StaleDataError else kind("statement", {}, Exception("secret detail"))


@pytest.mark.parametrize(
    ("kind", "status", "sentence"),
    [
        (IntegrityError, 409, "Somebody was faster"),
        (StaleDataError, 409, "Somebody was faster"),
        (OperationalError, 503, "The service is busy at the moment."),
        (DataError, 400, "Go back"),
    ],
)
@pytest.mark.parametrize("moment", ["in the view", "at the commit"])
def test_a_fault_of_the_database_is_answered_with_a_page(
    client: Client,
    given: Callable[[], Any],
    monkeypatch: pytest.MonkeyPatch,
    kind: type[Exception],
    status: int,
    sentence: str,
    moment: str,
) -> None:
    with given():
        person = PersonFactory(name="Before")
    client.sign_in(person)

    def refuse(*arguments: Any, **options: Any) -> None:
        raise fault(kind)

    if moment == "in the view":
        monkeypatch.setattr("matchmaker.accounts.services.change_settings", refuse)
    else:
        monkeypatch.setattr(db.session, "commit", refuse)
    answer = client.send("/settings", {"name": "After", "language": "en"})
    monkeypatch.undo()

    assert answer.status_code == status
    assert sentence in answer.text
    assert "secret detail" not in answer.text
    assert ("Retry-After" in answer.headers) is (status == 503)
    assert answer.headers["Content-Security-Policy"]
    with client.application.app_context():
        assert db.session.get_one(Person, person.id).name == "Before"


def test_a_record_changed_meanwhile_answers_409(
    client: Client, given: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    with given():
        firm = FirmFactory()
        member = member_of(firm)
    client.sign_in(member)

    def changed_elsewhere(*arguments: Any, **options: Any) -> None:
        loaded = db.session.get_one(type(firm), firm.id)
        db.session.execute(text("UPDATE firm SET version = version + 1 WHERE id = :id"), {"id": firm.id})
        loaded.town = "Elsewhere"
        db.session.flush()

    monkeypatch.setattr("matchmaker.accounts.services.change_settings", changed_elsewhere)
    found = {}
    for came_from in (
        "http://localhost/settings?part=2",
        "http://elsewhere.example/settings?part=3",
        "//localhost",
    ):
        answer = client.send("/settings", {"name": "After", "language": "en"}, headers={"Referer": came_from})
        assert answer.status_code == 409
        found[came_from] = re.findall(r'href="([^"]*)">Go back to the page', answer.text)

    # Back to the page on this site from which one came, else to that of the record.
    assert list(found.values()) == [["/settings?part=2"], ["/settings"], ["/settings"]]


def test_a_locked_database_is_answered_with_a_sentence(
    app: Flask, monkeypatch: pytest.MonkeyPatch, backend: str
) -> None:
    if backend != "sqlite":
        pytest.skip("only the embedded database locks as a whole")
    client = Client(app, use_cookies=True)
    monkeypatch.setattr("matchmaker.core.turns.WAIT_SECONDS", 0.05)
    lock = sqlite3.connect(Path(app.config["INSTANCE_DIR"]) / "tandem.sqlite3", isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    try:
        answer = client.send("/sign-in", {"email": "a@example.org", "password": "x"})
    finally:
        lock.close()

    assert answer.status_code == 503
    assert "The service is busy at the moment." in answer.text
