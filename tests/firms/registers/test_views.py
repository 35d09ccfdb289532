"""Pages of imports: upload, progress, counts, errors, dry run, taking over; who may see what."""

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session
from stdnum.tr import vkn
from werkzeug.test import TestResponse

from matchmaker.accounts.models import Person
from matchmaker.core import large_uploads
from matchmaker.core.actor import InstitutionRole
from matchmaker.core.db import db
from matchmaker.core.files import StoredFile, path_of
from matchmaker.core.jobs import Job, JobState
from matchmaker.firms.models import Firm, RegisterImport
from matchmaker.firms.registers import queries, services, views
from tests.clients import HTMX, Client
from tests.factories.institutions import InstitutionFactory, official
from tests.factories.registers import JobFactory, RegisterImportErrorFactory, RegisterImportFactory
from tests.firms.registers.invented import many, member, register

Given = Callable[[], AbstractContextManager[scoped_session[Session]]]
NUMBER = "481234567" + vkn.calc_check_digit("481234567")
LIST = f"VKN;name;region\n{NUMBER};Işıldak Örgü Ltd. Şti.;İzmir\n1234567891;Wrong;İzmir\n"


@pytest.fixture
def people(given: Given) -> dict[str, Person]:
    with given():
        turkish, russian = InstitutionFactory(country="TR"), InstitutionFactory(country="RU")
        return {
            "staff.tr": official(turkish, InstitutionRole.STAFF),
            "other.tr": official(turkish, InstitutionRole.STAFF),
            "staff.ru": official(russian, InstitutionRole.STAFF),
            "expert.ru": official(russian, InstitutionRole.EXPERT),
        }


@pytest.fixture
def staff(client: Client, people: dict[str, Person]) -> Client:
    return client.sign_in(people["staff.ru"])


def zip_of(folder: Path, *members: bytes) -> bytes:
    return register(folder / "register.zip", *members).read_bytes()


def send_register(client: Client, content: bytes, name: str = "rsmp.zip") -> TestResponse:
    return client.submit("/register-imports", {"file": (io.BytesIO(content), name)})


def send_list(client: Client, text: str) -> TestResponse:
    return client.submit("/firm-lists", {"file": (io.BytesIO(text.encode()), "list.csv")})


def test_register_is_uploaded_imported_and_counted(
    staff: Client, app: Flask, work_off: Callable[[], int], tmp_path: Path
) -> None:
    answer = send_register(staff, zip_of(tmp_path, member([*many(30), "<Документ><a></Документ>"])))
    assert answer.status_code == 303
    waiting = staff.get(answer.location)
    assert "Waiting for the worker" in waiting.text
    assert 'hx-trigger="every 2s"' in waiting.text

    work_off()
    page = staff.get(answer.location)

    assert "Finished on" in page.text
    assert "every 2s" not in page.text
    assert "<dt>Entries read</dt><dd>31</dd>" in page.text
    assert "<dt>Malformed</dt><dd>1</dd>" in page.text
    assert "The XML of the entry is broken" in page.text
    assert "rsmp.zip" in staff.get("/register-imports").text
    with app.app_context():
        stored = db.session.scalars(select(StoredFile)).one()
        assert not path_of(stored).exists(), "the upload holds personal data and is not kept"


def test_progress_block_is_part_of_the_page(staff: Client, given: Given) -> None:
    with given():
        job = JobFactory(
            kind=services.REGISTER_JOB,
            state=JobState.RUNNING,
            done=25,
            total=100,
            detail={"rate": 5000, "remaining": 130},
        )
        number = RegisterImportFactory(job_id=job.id, read=1000).id

    page = staff.get(f"/register-imports/{number}")
    block = staff.get(f"/register-imports/{number}", headers=HTMX)

    assert without_tokens(block.text) in without_tokens(page.text)
    assert block.text.strip().startswith('<div id="run"')
    assert "25% of the file" in block.text
    assert "5,000 entries a second" in block.text
    assert "about 3 minutes left" in block.text


def test_file_that_is_no_zip_is_refused_at_the_field(staff: Client, app: Flask) -> None:
    answer = send_register(staff, b"hello")

    assert answer.status_code == 422
    assert "This file is not the zip of the register." in answer.text
    with app.app_context():
        assert db.session.scalars(select(Job)).all() == []
        assert db.session.scalars(select(RegisterImport)).all() == []
        assert list((app.config["INSTANCE"] / "uploads").iterdir()) == []


@pytest.mark.parametrize("address", ["/register-imports", "/firm-lists"])
def test_missing_file_is_told_at_the_field(staff: Client, address: str) -> None:
    answer = staff.submit(address, form=address)

    assert answer.status_code == 422
    assert "Choose the file." in answer.text


def test_second_import_waits_for_the_first(staff: Client, tmp_path: Path) -> None:
    content = zip_of(tmp_path, member(many(3)))
    assert send_register(staff, content).status_code == 303

    answer = send_register(staff, content)

    assert answer.status_code == 422
    assert "A register import is running." in answer.text


def test_import_is_stopped_and_goes_on(
    staff: Client, app: Flask, work_off: Callable[[], int], tmp_path: Path
) -> None:
    page = send_register(staff, zip_of(tmp_path, member(many(8)))).location
    number = int(page.rsplit("/", 1)[1])

    assert staff.submit(page, form="stop").status_code == 303
    work_off()
    stopped = staff.get(page)
    assert "The import was stopped." in stopped.text
    assert staff.submit(page, form="resume").status_code == 303
    work_off()

    assert "Finished on" in staff.get(page).text
    with app.app_context():
        assert queries.register_import(number).read == 8


def test_stopping_what_does_not_run_is_refused(staff: Client, given: Given) -> None:
    with given():
        from_shell = RegisterImportFactory().id
        over = RegisterImportFactory(job_id=JobFactory(kind=services.REGISTER_JOB).id).id

    assert staff.send(f"/register-imports/{from_shell}/stop").status_code == 409
    assert staff.send(f"/register-imports/{over}/stop").status_code == 409
    assert staff.send(f"/register-imports/{over}/resume").status_code == 409
    assert "begun from the command line" in staff.get(f"/register-imports/{from_shell}").text


def test_failed_import_says_so(staff: Client, given: Given) -> None:
    with given():
        job = JobFactory(kind=services.REGISTER_JOB, state=JobState.FAILED)
        number = RegisterImportFactory(job_id=job.id).id

    assert "The import ended with an error." in staff.get(f"/register-imports/{number}").text


def test_errors_are_shown_page_by_page(staff: Client, given: Given) -> None:
    with given():
        number = RegisterImportFactory(finished_at=None).id
        for count in range(queries.ERRORS_SHOWN + 5):
            RegisterImportErrorFactory(import_id=number, reason=f"bad_identifier: number {count}.")

    address = f"/register-imports/{number}"
    first = staff.get(address)
    following = first.text.split(f'href="{address}?after=')[1].split('"')[0]
    second = staff.get(f"{address}?after={following}")

    assert "number 0." in first.text
    assert f"number {queries.ERRORS_SHOWN}." not in first.text
    assert f"number {queries.ERRORS_SHOWN}." in second.text
    assert f'href="{address}?after=' not in second.text


def test_list_is_checked_first_and_then_taken_over(
    client: Client, app: Flask, people: dict[str, Person], work_off: Callable[[], int]
) -> None:
    client.sign_in(people["staff.tr"])
    page = send_list(client, LIST).location
    assert "Waiting for the worker" in client.get(page).text
    work_off()
    checked = client.get(page)
    assert "The check digit or length of the tax number is wrong" in checked.text
    assert "Row left out" in checked.text
    assert "Take over 1 row" in checked.text
    with app.app_context():
        assert db.session.scalars(select(Firm)).all() == []

    applied = client.submit(page, form="apply").location
    work_off()

    assert "The good rows were taken over as drafts." in client.get(applied).text
    with app.app_context():
        firm = db.session.scalars(select(Firm)).one()
        assert (firm.legal_name, firm.created_by_id) == ("Işıldak Örgü Ltd. Şti.", people["staff.tr"].id)
        assert list((app.config["INSTANCE"] / "uploads").iterdir()) == []
    assert client.send(f"{page}/apply").status_code == 409
    overview = client.get("/firm-lists").text
    assert overview.count("list.csv") == 2


def test_list_block_is_part_of_the_page(
    client: Client, people: dict[str, Person], work_off: Callable[[], int]
) -> None:
    client.sign_in(people["staff.tr"])
    page = send_list(client, LIST).location

    for _round in range(2):
        whole, block = client.get(page), client.get(page, headers=HTMX)
        assert block.text.strip().startswith('<div id="run"')
        assert without_tokens(block.text) in without_tokens(whole.text)
        work_off()


def without_tokens(html: str) -> str:
    """The page without the tokens that differ on each loading."""
    return " ".join(part for part in html.split() if not part.startswith("value="))


def test_staff_of_the_other_side_import_nothing_of_this_one(
    staff: Client, app: Flask, work_off: Callable[[], int]
) -> None:
    page = send_list(staff, LIST).location
    work_off()

    assert "You import firms of your own side only" in staff.get(page).text
    assert "Take over" not in staff.get(page).text


def test_list_without_headings_is_refused_at_the_field(staff: Client, app: Flask) -> None:
    answer = send_list(staff, "nothing\n")

    assert answer.status_code == 422
    assert "No row with column headings was found." in answer.text
    with app.app_context():
        assert list((app.config["INSTANCE"] / "uploads").iterdir()) == []


def test_applying_twice_or_too_early_is_refused(
    staff: Client, given: Given, people: dict[str, Person]
) -> None:
    with given():
        owner: dict[str, Any] = {"owner_id": people["staff.ru"].id}
        running, gone = JobFactory(state=JobState.RUNNING, **owner).id, JobFactory(**owner).id

    assert staff.send(f"/firm-lists/{running}/apply").status_code == 409
    assert staff.send(f"/firm-lists/{gone}/apply").status_code == 409


def test_pages_show_a_list_that_failed_or_was_refused(
    staff: Client, given: Given, people: dict[str, Person]
) -> None:
    with given():
        owner: dict[str, Any] = {"owner_id": people["staff.ru"].id}
        failed = JobFactory(state=JobState.FAILED, **owner).id
        refused = JobFactory(result={"refused": "too_many_rows", "detail": "100000"}, **owner).id

    assert "The work ended with an error." in staff.get(f"/firm-lists/{failed}").text
    assert "This list has too many rows." in staff.get(f"/firm-lists/{refused}").text


def test_only_importers_see_imports_and_lists_only_their_owner(
    app: Flask, given: Given, people: dict[str, Person]
) -> None:
    with given():
        imported = RegisterImportFactory().id
        owned = JobFactory(owner_id=people["staff.tr"].id).id
        other_kind = JobFactory(kind=services.REGISTER_JOB, owner_id=people["staff.tr"].id).id
    answers = {}
    for name, person in people.items():
        client = app.test_client()
        assert isinstance(client, Client)
        client.sign_in(person)
        addresses = (
            "/register-imports",
            f"/register-imports/{imported}",
            "/firm-lists",
            f"/firm-lists/{owned}",
        )
        answers[name] = [client.get(address).status_code for address in addresses]
        assert client.get(f"/firm-lists/{other_kind}").status_code == 404

    assert answers == {
        "staff.tr": [404, 404, 200, 200],
        "other.tr": [404, 404, 200, 404],
        "staff.ru": [200, 200, 200, 404],
        "expert.ru": [404, 404, 404, 404],
    }


def test_only_importers_may_send_more_than_a_document(
    app: Flask, staff: Client, people: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 2000
    content = b"x" * 5000
    expert = app.test_client()
    assert isinstance(expert, Client)
    expert.sign_in(people["expert.ru"])

    tokens = {"csrf_token": expert.csrf_token(), "once": expert.once()}
    refused = expert.post("/register-imports", data=tokens | {"file": (io.BytesIO(content), "r.zip")})
    allowed = send_register(staff, content)

    assert refused.status_code == 413
    assert allowed.status_code == 422
    assert "This file is not the zip of the register." in allowed.text
    assert large_uploads._allowances["registers.upload"].most_bytes == large_uploads.LARGEST
    assert views.bp.name == "registers"
