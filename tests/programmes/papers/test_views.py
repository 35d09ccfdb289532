"""Badges, booklet and calendar file, as people get them."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from icalendar import Calendar
from pypdf import PdfReader
from sqlalchemy import select

from matchmaker.core.actor import InstitutionRole
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.institutions.models import Institution
from tests.clients import Client
from tests.factories.institutions import official
from tests.factories.programmes import ProgrammeFactory, SignUpFactory, delegate_of

MILLIMETRE = 72 / 25.4


@pytest.fixture
def made(given: Callable[[], Any]) -> tuple[int, Any]:
    """A programme with two participants, and a staff member of its organiser."""
    with given() as session:
        programme = ProgrammeFactory(title_en="Export days")
        for arrival, name in enumerate(("Ayşe Işık", "Иван Петров"), start=1):
            sign_up = SignUpFactory(programme_id=programme.id, arrival=arrival)
            delegate_of(sign_up, name).name_romanised = "Second Script"
        staff = official(session.get(Institution, programme.institution_id), InstitutionRole.STAFF)
        return programme.id, staff


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_badges_are_prepared_then_printed_on_a6(app: Flask, client: Client, made: tuple[int, Any]) -> None:
    number, staff = made
    client.sign_in(staff)
    page = client.get(f"/programmes/{number}/papers")
    assert "2 participants have a settled place. 0 badges are ready." in page.text

    client.submit(f"/programmes/{number}/papers", {}, form="/badges")
    reader = PdfReader(io.BytesIO(client.get(f"/programmes/{number}/badges").data))

    assert len(reader.pages) == 2
    box = reader.pages[0].mediabox
    assert [round(side / MILLIMETRE) for side in (float(box.width), float(box.height))] == [148, 105]
    assert "Ayşe Işık" in reader.pages[0].extract_text()
    assert "Second Script" in reader.pages[0].extract_text()
    with app.app_context():
        exported = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "export")).one()
        assert (exported.entity, exported.after["rows"]) == ("badge", 2)


def test_the_booklet_is_for_those_who_may_see_the_participants(
    app: Flask, client: Client, made: tuple[int, Any]
) -> None:
    number, staff = made
    assert client.get(f"/programmes/{number}/booklet").status_code == 303

    content = client.sign_in(staff).get(f"/programmes/{number}/booklet?lang=ru").data
    assert "Участники" in text_of(content)
    assert "Иван Петров (Second Script)" in text_of(content)


def test_anybody_takes_a_published_programme_into_the_calendar(client: Client, made: tuple[int, Any]) -> None:
    number, _staff = made
    assert f"/programmes/{number}/calendar" in client.get(f"/programmes/{number}").text
    answer = client.get(f"/programmes/{number}/calendar")

    [event] = Calendar.from_ical(answer.data).walk("VEVENT")
    assert event["SUMMARY"] == "Export days"
    assert event["UID"] == f"programme-{number}@localhost"
    assert "(Istanbul, UTC+3)" in event["DESCRIPTION"]
