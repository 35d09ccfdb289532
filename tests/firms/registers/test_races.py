"""Imports begun, gone on with or taken over twice at the same moment: one job, on both databases."""

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session
from werkzeug.datastructures import FileStorage

from matchmaker.core.actor import Actor, Grant, InstitutionRole
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict
from matchmaker.core.files import StoredFile, keep_upload, path_of
from matchmaker.core.jobs import Job, JobState
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.firms.models import RegisterImport
from matchmaker.firms.registers import queries, services
from tests.factories.registers import JobFactory, RegisterImportFactory
from tests.firms.registers.invented import many, member, register

pytestmark = pytest.mark.data
Given = Callable[[], AbstractContextManager[scoped_session[Session]]]
Concurrently = Callable[..., list[Any]]
OPERATOR = Actor(person_id=1, grants=(Grant(InstitutionRole.ADMINISTRATOR, 1, None, operator=True),))


def waiting() -> list[Job]:
    return list(db.session.scalars(select(Job).where(Job.state == JobState.QUEUED)))


def kept_file() -> int:
    return keep_upload(OPERATOR, FileStorage(io.BytesIO(b"x"), "list.csv"), "text/csv").id


def test_a_file_begun_twice_at_once_is_one_import(app: Flask, concurrently: Concurrently) -> None:
    def begins() -> int:
        with unit_of_work():
            return services.begin_import(None, file_name="r.zip", sha256="a" * 64).id

    first, second = concurrently(begins, begins)

    assert first == second
    with app.app_context():
        assert [one.id for one in db.session.scalars(select(RegisterImport))] == [first]


def test_of_two_registers_uploaded_at_once_one_is_read(
    app: Flask, concurrently: Concurrently, tmp_path: Path
) -> None:
    def uploads(name: str, count: int) -> Callable[[], int]:
        content = register(tmp_path / name, member(many(count))).read_bytes()

        def deed() -> int:
            with unit_of_work():
                sent = FileStorage(io.BytesIO(content), name)
                return services.upload_register(OPERATOR, sent, "file").id

        return deed

    results = concurrently(uploads("one.zip", 2), uploads("other.zip", 3))

    refused = [one for one in results if isinstance(one, Conflict)]
    assert [(one.message, one.field) for one in refused] == [
        ("A register import is running. Wait until it is finished.", "file")
    ]
    with app.app_context():
        (job,) = waiting()
        (imported,) = db.session.scalars(select(RegisterImport))
        assert (imported.id, imported.job_id) == (job.arguments["import_id"], job.id)
        (stored,) = db.session.scalars(select(StoredFile))
        assert list(path_of(stored).parent.iterdir()) == [path_of(stored)], "what was refused is not kept"


@pytest.mark.parametrize("same", [True, False], ids=["one import twice", "two of a country"])
def test_of_two_who_go_on_at_once_one_is_told(
    app: Flask, given: Given, concurrently: Concurrently, same: bool
) -> None:
    with given():
        file_id = kept_file()
        over = [
            JobFactory(kind=services.REGISTER_JOB, state=JobState.FAILED, arguments={"file_id": file_id})
            for _once in range(2)
        ]
        stopped = [RegisterImportFactory(job_id=job.id).id for job in over]

    def goes_on(number: int) -> Callable[[], int]:
        def deed() -> int:
            with unit_of_work():
                return services.resume_import(OPERATOR, queries.register_import(number)).id

        return deed

    results = concurrently(goes_on(stopped[0]), goes_on(stopped[0 if same else 1]))

    assert [type(one) for one in results].count(Conflict) == 1
    with app.app_context():
        (job,) = waiting()
        assert job.id in results


def test_a_list_taken_over_twice_at_once_is_one_job(
    app: Flask, given: Given, concurrently: Concurrently
) -> None:
    with given():
        found = {"file_id": kept_file(), "file_name": "list.csv", "applying": False, "countries": None}
        checked = JobFactory(arguments=found).id

    def takes_over() -> int:
        with unit_of_work():
            return services.apply_list(OPERATOR, queries.list_job(checked)).id

    results = concurrently(takes_over, takes_over)

    refused = [one for one in results if isinstance(one, Conflict)]
    assert [one.message for one in refused] == ["The good rows of this list are being taken over already."]
    with app.app_context():
        (job,) = waiting()
        assert job.id in results


def test_work_that_ended_does_not_keep_the_next_from_waiting(given: Given) -> None:
    with given():
        found = {"file_id": kept_file(), "file_name": "list.csv", "applying": False, "countries": None}
        checked = JobFactory(arguments=found)
        services.apply_list(OPERATOR, checked).state = JobState.FAILED

        assert services.apply_list(OPERATOR, checked).state is JobState.QUEUED
