"""The personal calendar: a secret address that its owner makes, sees again, renews and revokes."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select

from matchmaker.accounts.models import CalendarFeed, Person
from matchmaker.core import calendars, clock
from matchmaker.core.audit import AuditEntry
from matchmaker.core.calendars import CalendarEvent
from matchmaker.core.db import db
from tests.clients import Client

pytestmark = pytest.mark.data
ADDRESS = re.compile(r'value="http://localhost(/calendar/[\w-]{43})"')
SEVEN = datetime(2027, 1, 19, 7, tzinfo=UTC)
EVENT = CalendarEvent(
    "session-5", 1, SEVEN, SEVEN, SEVEN + timedelta(hours=1), "Asia/Yekaterinburg", "Экспорт", "Екатеринбург"
)
Someone = Callable[..., Person]
Events = list[CalendarEvent]


@pytest.fixture
def events(monkeypatch: pytest.MonkeyPatch) -> Events:
    """What everybody attends in the test."""
    found: Events = [EVENT]
    monkeypatch.setattr(calendars, "_sources", {"test": lambda person_id: found})
    return found


def address_of(client: Client) -> str | None:
    found = ADDRESS.search(client.get("/settings/calendar").text)
    return found[1] if found else None


def made(client: Client, person: Person) -> str:
    client.sign_in(person).submit("/settings/calendar", {}, form="/settings/calendar")
    address = address_of(client)
    assert address
    return address


def test_the_address_is_read_without_signing_in_and_its_entry_moves(
    app: Flask, client: Client, someone: Someone, events: Events
) -> None:
    address = made(client, someone(language="ru"))
    reader = app.test_client()

    first = reader.get(address)
    events[:] = [
        replace(EVENT, version=2, starts=SEVEN + timedelta(hours=3), ends=SEVEN + timedelta(hours=4))
    ]
    second = reader.get(address)

    assert first.content_type == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(first.data)
    assert calendar["X-WR-CALNAME"] == "Мои программы и встречи"
    [before], [after] = calendar.walk("VEVENT"), Calendar.from_ical(second.data).walk("VEVENT")
    assert before["UID"] == after["UID"] == "session-5@localhost"
    assert (before.start.hour, after.start.hour) == (12, 15)
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (1, 2)


def test_what_did_not_change_is_not_sent_again(client: Client, someone: Someone, events: Events) -> None:
    address = made(client, someone())

    tag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


def test_a_new_address_ends_the_old_one_and_revoking_ends_both(
    app: Flask, client: Client, someone: Someone, events: Events
) -> None:
    person = someone()
    old = made(client, person)
    new = made(client, person)
    assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)

    client.submit("/settings/calendar", {}, form="/settings/calendar/revoke")

    assert client.get(new).status_code == 404
    assert address_of(client) is None
    assert client.send("/settings/calendar/revoke").status_code == 404
    with app.app_context():
        entries = db.session.scalars(
            select(AuditEntry.action).where(AuditEntry.entity == "calendar_feed").order_by(AuditEntry.id)
        ).all()
        assert entries == ["make_calendar", "renew_calendar", "revoke_calendar"]


def test_the_database_alone_does_not_tell_the_address(
    app: Flask, client: Client, someone: Someone, events: Events
) -> None:
    token = made(client, someone()).removeprefix("/calendar/")

    with app.app_context():
        feed = db.session.scalars(select(CalendarFeed)).one()
        assert token not in (feed.digest, feed.locked_token)
        assert len(feed.digest) == 64


def test_a_disabled_account_has_no_calendar(
    app: Flask, client: Client, someone: Someone, events: Events
) -> None:
    person = someone()
    address = made(client, person)
    with app.app_context():
        db.session.get_one(Person, person.id).disabled_at = clock.now()
        db.session.commit()

    assert app.test_client().get(address).status_code == 404
