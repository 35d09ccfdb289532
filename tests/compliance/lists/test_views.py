"""Pages of lists: upload, check, taking in, versions with their entries, age."""

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session, scoped_session
from werkzeug.test import TestResponse

from matchmaker.accounts.models import Person
from matchmaker.compliance.lists import queries
from matchmaker.core import clock
from matchmaker.core.actor import InstitutionRole
from matchmaker.core.db import db
from matchmaker.core.jobs import JobState
from tests.clients import HTMX, Client
from tests.compliance.lists.invented import UN, table
from tests.factories.compliance import listed
from tests.factories.institutions import InstitutionFactory, official
from tests.factories.registers import JobFactory

Given = Callable[[], AbstractContextManager[scoped_session[Session]]]
ADDRESS = "/screening/lists"
LIST = "Invented list"


@pytest.fixture
def officer(client: Client, given: Given) -> Client:
    with given():
        person: Person = official(InstitutionFactory(country="TR"), InstitutionRole.COMPLIANCE)
    return client.sign_in(person)


def send(client: Client, content: bytes | str, **values: Any) -> TestResponse:
    data = content.encode() if isinstance(content, str) else content
    return client.submit(
        ADDRESS, {"known": "", "name": LIST, "file": (io.BytesIO(data), "list.csv"), **values}, form=ADDRESS
    )


def test_from_the_upload_to_the_list_in_use(
    officer: Client, given: Given, work_off: Callable[[], int]
) -> None:
    assert "No list is loaded." in officer.get(ADDRESS).text
    answer = send(officer, UN)
    assert answer.status_code == 303
    waiting = officer.get(answer.location)
    assert "Waiting for the worker" in waiting.text
    assert "Stop" in waiting.text

    work_off()
    page = officer.get(answer.location)
    assert "<dt>New</dt><dd>2</dd>" in page.text
    assert "1 line is left out." in page.text
    assert "2026-09-12" in page.text
    assert "every 2s" not in page.text

    refused = officer.submit(answer.location, {}, form=answer.location)
    assert refused.status_code == 422
    assert "Confirm that you have looked at this." in refused.text
    begun = officer.submit(answer.location, {"sure": "y"}, form=answer.location)
    assert begun.status_code == 303
    work_off()
    assert "Version 2026-09-12 with 2 entries is in use." in officer.get(begun.location).text
    index = officer.get(ADDRESS)
    assert "No list is loaded." not in index.text
    assert f'<option value="{LIST}">' in index.text


def test_the_version_before_is_read_with_its_entries(officer: Client, given: Given) -> None:
    with given():
        old = listed("Severny Put", name=LIST, version="1").id
        new = listed("Other", name=LIST, version="2").id
    page = officer.get(f"{ADDRESS}/{old}")
    assert "Earlier version" in page.text
    assert "Severny Put" in page.text
    assert f'href="{ADDRESS}/{new}"' in page.text
    assert "Severny Put" in officer.get(f"{ADDRESS}/{old}?q=северный").text
    assert "No entry has this name or reference" in officer.get(f"{ADDRESS}/{new}?q=северный").text


def test_an_old_list_is_warned_of(officer: Client, given: Given) -> None:
    with given():
        item = listed("One", name=LIST)
        item.dated_on = clock.today() - timedelta(days=30)
    for address in (ADDRESS, "/screening"):
        assert "A list is old." not in officer.get(address).text
    with given():
        queries.lists_in_use()[0].dated_on = clock.today() - timedelta(days=31)
    for address in (ADDRESS, "/screening"):
        assert "A list is old." in officer.get(address).text


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": ""}, "Name the list."),
        ({"file": (io.BytesIO(b"<!DOCTYPE html><html/>"), "un.xml")}, "declares a document type"),
        ({"file": (io.BytesIO(b""), "un.xml")}, "This file is empty."),
        ({"version": "x" * 41}, "Write at most 40 letters."),
    ],
)
def test_what_is_wrong_is_told_at_its_field(officer: Client, values: dict[str, Any], sentence: str) -> None:
    answer = send(officer, table("One"), **values)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert values.get("name", LIST) in answer.text, "what was typed is kept"


def test_a_version_that_is_loaded_is_refused_at_its_field(officer: Client, given: Given) -> None:
    with given():
        listed("One", name=LIST, version="7")
    answer = send(officer, table("One"), known=LIST, name="", version="7")
    assert answer.status_code == 422
    assert "This version of the list is loaded already." in answer.text


def test_a_file_that_says_the_same(officer: Client, given: Given, work_off: Callable[[], int]) -> None:
    answer = send(officer, table("One"))
    work_off()
    officer.submit(answer.location, {}, form=answer.location)
    work_off()
    again = send(officer, table("One"), known=LIST)
    work_off()
    assert "The file says the very same as the version in use." in officer.get(again.location).text
    noted = officer.submit(again.location, {}, form=again.location)
    assert noted.location == ADDRESS
    assert "found unchanged on" in officer.get(ADDRESS).text


def test_progress_and_stop(officer: Client, given: Given) -> None:
    with given():
        arguments = {"file_id": 0, "file_name": "un.xml", "name": LIST, "version": "3", "applying": True}
        job = JobFactory(
            kind=queries.LIST_JOB, arguments=arguments, state=JobState.RUNNING, done=500, total=2000
        ).id
    address = f"{ADDRESS}/checks/{job}"
    block = officer.get(address, headers=HTMX)
    assert block.text.strip().startswith('<div id="run"')
    assert "500 entries so far." in block.text
    assert officer.submit(address, {}, form=f"{address}/stop").status_code == 303
    with given():
        assert queries.check(job).cancel_asked
        db.session.get_one(type(queries.check(job)), job).state = JobState.CANCELLED
    assert "The work was stopped." in officer.get(address).text


def test_others_do_not_know_the_pages(client: Client, given: Given) -> None:
    with given():
        people = [
            official(InstitutionFactory(), role)
            for role in (InstitutionRole.STAFF, InstitutionRole.COORDINATOR, InstitutionRole.ADMINISTRATOR)
        ]
    for person in people:
        assert client.sign_in(person).get(ADDRESS).status_code == 404
