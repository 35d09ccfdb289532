"""How long data are kept, as people read and set it; the nightly job and its records as pages."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.accounts.models import Person
from matchmaker.core import clock, jobs
from matchmaker.core.actor import InstitutionRole
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.forms import UsedFormToken
from matchmaker.core.jobs import Job, JobState
from matchmaker.core.retention import DataClass, RetentionTerm, data_classes
from matchmaker.core.schedules import is_night_due
from matchmaker.institutions.enums import InstitutionKind
from matchmaker.rights.retention import rules
from matchmaker.rights.retention.tasks import NIGHT, PURGE_JOB, ZONE
from tests.clients import Client
from tests.factories.institutions import InstitutionFactory, official

PAGE, RECORDS = "/retention", "/destruction-records"


@pytest.fixture
def admin(given: Callable[[], Any]) -> Person:
    with given():
        operator = InstitutionFactory(kind=InstitutionKind.OPERATOR, country=None)
        return official(operator, InstitutionRole.ADMINISTRATOR)


def typed(days: int, **more: str) -> dict[str, str]:
    """What an administrator types."""
    return {"days": str(days), "valid_from": clock.today().isoformat(), "reason": "Board", "seen": "0"} | more


def test_a_time_is_set_with_its_reason_and_the_log_has_it(app: Flask, client: Client, admin: Person) -> None:
    client.sign_in(admin)

    assert client.submit(f"{PAGE}/mails", typed(100), form=f"{PAGE}/mails").location.endswith(PAGE)

    assert "100 days" in client.get(PAGE).text
    assert "Board" in client.get(f"{PAGE}/mails").text
    assert "100 days" in client.get("/privacy").text
    assert "Mails that were sent, or could not be" in client.get("/audit-log?verb=set_term").text
    with app.app_context():
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "set_term")).one()
        assert (entry.before, entry.after["days"], entry.actor_id) == ({"days": 180}, 100, admin.id)


def test_outside_the_limits_or_in_the_past_nothing_is_set(app: Flask, client: Client, admin: Person) -> None:
    client.sign_in(admin)

    short = client.send(f"{PAGE}/mails", typed(89))
    past = client.send(f"{PAGE}/mails", typed(100, valid_from="2020-01-01"))

    assert (short.status_code, past.status_code) == (422, 422)
    assert "Enter a number from 90 to 730." in short.text
    assert "Board</textarea>" in short.text
    assert "Choose today or a later day." in past.text
    with app.app_context():
        assert db.session.scalar(select(RetentionTerm.id)) is None


def test_who_saw_an_older_time_is_told(client: Client, admin: Person) -> None:
    client.sign_in(admin)
    client.send(f"{PAGE}/mails", typed(100))
    late = client.send(f"{PAGE}/mails", typed(200))
    assert late.status_code == 422
    assert "Somebody else has set a time meanwhile." in late.text
    assert client.send(f"{PAGE}/mails", typed(200, seen="1")).status_code == 303


def test_classes_of_the_law_have_no_form(client: Client, admin: Person) -> None:
    client.sign_in(admin)
    page = client.get(PAGE).text
    assert "Kept for proof, not destroyed by the clock" in page
    assert f'href="{PAGE}/mails"' in page
    assert [client.get(f"{PAGE}/{key}").status_code for key in ("audit", "travel_papers", "nothing")] == [
        404
    ] * 3


@pytest.mark.data
def test_the_job_is_run_and_its_record_read_and_taken_as_a_file(
    app: Flask, client: Client, admin: Person, given: Callable[[], Any]
) -> None:
    with given():
        db.session.add(UsedFormToken(digest="d" * 64, used_at=clock.now() - timedelta(days=9)))
    client.sign_in(admin)
    assert "Nothing was destroyed yet" in client.get(RECORDS).text
    assert client.submit(PAGE, {}, form=f"{PAGE}/job").status_code == 303
    assert client.send(f"{PAGE}/job", {}).status_code == 303
    assert "The nightly job runs" in client.get(PAGE).text
    with app.app_context():
        job = db.session.scalars(select(Job.id).where(Job.kind == PURGE_JOB)).one()
        db.session.rollback()
        jobs.run(job)

    assert "Last run on" in client.get(PAGE).text
    page = client.get(RECORDS).text
    assert "Marks of forms that were sent" in page
    assert "1 day, as delivered" in page
    file = client.get(f"{RECORDS}/file.csv")
    assert "Marks of forms that were sent" in file.get_data(as_text=True)
    with app.app_context():
        assert db.session.scalar(select(AuditEntry.id).where(AuditEntry.entity == "destruction_record"))


def test_a_waiting_job_is_stopped_and_a_second_stop_is_refused(
    app: Flask, client: Client, admin: Person
) -> None:
    client.sign_in(admin)
    client.submit(PAGE, {}, form=f"{PAGE}/job")

    assert client.submit(PAGE, {}, form=f"{PAGE}/job/stop").status_code == 303

    with app.app_context():
        assert db.session.scalars(select(Job.state)).one() is JobState.CANCELLED
    assert "The last run was stopped" in client.get(PAGE).text
    assert client.send(f"{PAGE}/job/stop", {}).status_code == 409


def test_staff_read_and_do_not_set(client: Client, given: Callable[[], Any]) -> None:
    with given():
        staff = official(InstitutionFactory(), InstitutionRole.STAFF)
    client.sign_in(staff)
    page = client.get(PAGE)
    assert page.status_code == 200
    assert "Run now" not in page.text
    assert client.get(f"{PAGE}/mails").status_code == 404
    assert client.get(RECORDS).status_code == 200


def test_of_the_times_that_have_come_the_one_set_last_holds(app: Flask) -> None:
    today = clock.today()

    def held(*terms: tuple[int, int, int]) -> tuple[int, int]:
        rows = [
            RetentionTerm(data_class="mails", number=number, days=days, valid_from=today + timedelta(ahead))
            for number, days, ahead in terms
        ]
        found = rules.term_of(mails, rows, today)
        return found.number, found.days

    with app.app_context():
        mails: DataClass = next(one for one in data_classes() if one.key == "mails")
    assert held() == (0, 180)
    assert held((1, 100, -3)) == (1, 100)
    assert held((1, 100, -3), (2, 300, 1)) == (1, 100)
    assert held((1, 100, 0), (2, 300, -9)) == (2, 300)
    assert held((1, 5, -3)) == (1, 90), "limits that became narrower hold"


def test_the_night_begins_the_job_once_and_a_missed_night_is_made_up() -> None:
    night = clock.now().replace(hour=23, minute=30)  # 02:30 in Istanbul
    assert is_night_due(NIGHT, ZONE, night, None)
    assert not is_night_due(NIGHT, ZONE, night, night - timedelta(minutes=20))
    assert is_night_due(NIGHT, ZONE, night, night - timedelta(hours=20))
    noon = night - timedelta(hours=12)
    assert not is_night_due(NIGHT, ZONE, noon, None)
    assert is_night_due(NIGHT, ZONE, noon, noon - timedelta(hours=37))
