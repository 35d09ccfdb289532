"""The fixtures keep their promises: a fresh database for each test, real concurrency, no writing while reading."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from matchmaker.accounts.models import Person
from matchmaker.core import clock
from matchmaker.core.access import current_actor
from matchmaker.core.db import db
from matchmaker.core.unit_of_work import unit_of_work
from tests.clients import Client, FormReader
from tests.factories.accounts import PersonFactory
from tests.moment import HOUR, MOMENT

pytestmark = pytest.mark.data


def people() -> int:
    return db.session.scalar(select(func.count()).select_from(Person)) or 0


@pytest.mark.parametrize("attempt", [1, 2])
def test_given_rows_are_gone_in_the_next_test(app: Flask, given: Callable[[], Any], attempt: int) -> None:
    with given():
        PersonFactory(email="same@example.com")

    with app.app_context():
        assert people() == 1


@pytest.mark.parametrize("attempt", [1, 2])
@pytest.mark.usefixtures("session")
def test_flushed_rows_are_gone_in_the_next_test(attempt: int) -> None:
    PersonFactory(email="same@example.com")

    assert people() == 1


def test_given_rows_stay_readable(given: Callable[[], Any]) -> None:
    with given():
        person = PersonFactory(name="Ayşe")

    assert (person.name, person.id > 0) == ("Ayşe", True)


def test_sign_in_makes_the_client_that_person(app: Flask, client: Client, given: Callable[[], Any]) -> None:
    with given():
        person = PersonFactory()

    with client.sign_in(person) as signed_in:
        signed_in.get("/nowhere")
        assert current_actor().person_id == person.id


def test_concurrently_lets_the_database_settle_a_race(
    concurrently: Callable[..., list[Any]], app: Flask
) -> None:
    def sign_up() -> int:
        with unit_of_work():
            return int(PersonFactory(email="one@example.com").id)

    results = concurrently(sign_up, sign_up, sign_up)

    with app.app_context():
        assert people() == 1
    assert sum(isinstance(result, int) for result in results) == 1


@pytest.mark.skipif(MOMENT in os.environ, reason="another moment is asked for")
def test_the_clock_begins_in_the_morning_of_the_real_day(backend: str) -> None:
    real = datetime.fromtimestamp(time_machine.escape_hatch.time.time(), UTC)

    # The day on which the run began, which may be over when a long one comes here.
    assert clock.now().hour in range(HOUR, HOUR + 3)
    assert clock.now().date() in (real.date(), real.date() - timedelta(days=1))


def test_form_reader_sends_what_a_browser_would() -> None:
    html = """<form id="f" action="/x" method="post"><input type="hidden" name="once" value="1"><input name="name">
    <input type="checkbox" name="a" value="1" checked><input type="checkbox" name="b" value="1">
    <select name="s"><option value="p">P<option value="q" selected>Q</select><textarea name="t">\nline</textarea></form>"""

    form = FormReader(html).forms[0]

    assert form.values == {"once": ["1"], "name": [""], "a": ["1"], "s": ["q"], "t": ["line"]}
