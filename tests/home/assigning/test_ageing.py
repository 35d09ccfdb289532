"""How long tasks wait: the bands, the report as page and file, and heads who are told once."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from matchmaker.core import clock
from matchmaker.core.actor import InstitutionRole
from matchmaker.core.db import db
from matchmaker.core.mail import OutboxMail
from matchmaker.firms.enums import FirmState
from matchmaker.home.assigning import ageing
from matchmaker.home.assigning.ageing import band_of
from matchmaker.institutions.enums import InstitutionKind
from matchmaker.notifications.models import Notice
from tests.clients import Client
from tests.factories.firms import FirmFactory
from tests.factories.institutions import InstitutionFactory, official

HEAD, STAFF, COORDINATOR = InstitutionRole.ADMINISTRATOR, InstitutionRole.STAFF, InstitutionRole.COORDINATOR


def submitted(days: int, country: str = "TR") -> None:
    """A firm that has waited so many days to be verified."""
    FirmFactory(state=FirmState.SUBMITTED, country=country, submitted_at=clock.now() - timedelta(days=days))


@pytest.mark.parametrize(
    ("days", "band"), [(0, 0), (2.9, 0), (3, 1), (7.9, 1), (8, 2), (30.9, 2), (31, 3), (900, 3)]
)
def test_each_age_has_one_band(days: float, band: int) -> None:
    now = datetime(2026, 11, 5, 9, tzinfo=UTC)
    assert band_of(now - timedelta(days=days), now) == band


def told(kind: str) -> list[int]:
    """Who was told, once for each notice."""
    return list(db.session.scalars(select(Notice.person_id).where(Notice.kind == kind).order_by(Notice.id)))


def test_a_head_is_told_of_each_task_once_and_gets_one_mail_a_day(
    session: scoped_session[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    agency = InstitutionFactory(country="TR")
    head = official(agency, HEAD)
    official(agency, COORDINATOR)
    abroad = official(InstitutionFactory(country="RU"), COORDINATOR)
    for days in (0, 40, 50):
        submitted(days)
    assert (ageing.tell_heads(), ageing.tell_heads()) == (2, 0)
    assert told("task_overdue") == [head.id, head.id]
    assert told("tasks_overdue") == [head.id]
    assert list(session.scalars(select(OutboxMail.to_address))) == [head.email]
    submitted(60)
    assert ageing.tell_heads() == 1
    assert told("tasks_overdue") == [head.id]
    later = clock.now() + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    submitted(70, "RU")
    submitted(80)
    assert ageing.tell_heads() == 2
    # Where nobody heads an institution its coordinators are told.
    assert told("tasks_overdue") == [head.id, head.id, abroad.id]


def test_the_report_is_that_of_the_own_institution(client: Client, given: Callable[[], Any]) -> None:
    with given():
        agency = InstitutionFactory(country="TR", name_en="Agency of Ankara")
        head, staff = official(agency, HEAD), official(agency, STAFF)
        abroad = official(InstitutionFactory(country="RU", name_en="Agency of Moscow"), HEAD)
        official(InstitutionFactory(country="RU", name_en="Bank of Moscow"), STAFF)
        operator = official(InstitutionFactory(country=None, kind=InstitutionKind.OPERATOR), HEAD)
        for days in (1, 1, 5, 40):
            submitted(days)
    client.sign_in(head)
    page = client.get("/inbox/ageing").text
    assert ("Agency of Ankara" in page, "Moscow" in page) == (True, False)
    csv = client.get("/inbox/ageing/csv").get_data().decode("utf-8-sig").splitlines()
    assert csv == [
        "Institution,Task,0–2 days,3–7 days,8–30 days,More than 30 days,Together,Overdue",
        "Agency of Ankara,Verify,2,1,0,1,4,1",
    ]
    assert client.get("/inbox/ageing/xlsx").status_code == 200
    client.sign_in(operator)
    page = client.get("/inbox/ageing").text
    assert ("Agency of Ankara" in page, "Bank of Moscow" in page) == (True, True)
    client.sign_in(abroad)
    assert "Ankara" not in client.get("/inbox/ageing").text
    client.sign_in(staff)
    assert client.get("/inbox/ageing").status_code == 404
