"""Calendar files: right in each zone, the same entry after a move, the same bytes for the same events."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from icalendar import Calendar

from matchmaker.core import calendars
from matchmaker.core.calendars import CalendarEvent, calendar_file

AT = datetime(2027, 1, 2, 8, tzinfo=UTC)
SEVEN = datetime(2027, 7, 19, 7, tzinfo=UTC)
EVENT = CalendarEvent(
    key="programme-12",
    version=3,
    changed_at=AT,
    starts=SEVEN,
    ends=SEVEN + timedelta(hours=2),
    zone="Asia/Yekaterinburg",
    title="Eğitim; ihracat, 1. gün\\",
    place="Екатеринбург, улица Розы Люксембург, 19, зал «Урал», третий этаж",
    text="Первая строка\nвторая",
    url="https://tandem.example/programmes/12",
)


@pytest.fixture(autouse=True)
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def entry(event: CalendarEvent) -> Any:
    [found] = Calendar.from_ical(calendar_file("Takvim", [event])).walk("VEVENT")
    return found


@pytest.mark.parametrize(
    ("zone", "hour", "offset"),
    [("Europe/Istanbul", 10, 3), ("Europe/Moscow", 10, 3), ("Asia/Yekaterinburg", 12, 5)],
)
def test_a_moment_is_shown_in_the_zone_of_the_venue(zone: str, hour: int, offset: int) -> None:
    start = entry(replace(EVENT, zone=zone)).start

    assert start == SEVEN
    assert start.hour == hour
    assert start.utcoffset() == timedelta(hours=offset)
    assert f"DTSTART;TZID={zone}:20270719T{hour}0000".encode() in calendar_file(
        "x", [replace(EVENT, zone=zone)]
    )


def test_a_file_brings_the_zones_it_uses_in_a_fixed_order() -> None:
    events = [replace(EVENT, key=zone, zone=zone) for zone in ("Europe/Moscow", "Asia/Yekaterinburg")]

    zones = [str(zone["TZID"]) for zone in Calendar.from_ical(calendar_file("x", events)).walk("VTIMEZONE")]
    assert zones == ["Asia/Yekaterinburg", "Europe/Moscow"]
    assert calendar_file("x", events) == calendar_file("x", events)


def test_a_moved_event_is_the_same_entry_with_a_later_version() -> None:
    before, after = entry(EVENT), entry(replace(EVENT, version=4, starts=SEVEN + timedelta(days=1)))

    assert before["UID"] == after["UID"] == "programme-12@localhost"
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (3, 4)


def test_a_cancelled_event_is_struck_out() -> None:
    assert entry(EVENT)["STATUS"] == "CONFIRMED"
    assert entry(replace(EVENT, cancelled=True))["STATUS"] == "CANCELLED"


def test_texts_come_back_as_they_were() -> None:
    found = entry(EVENT)

    assert (found["SUMMARY"], found["LOCATION"], found["DESCRIPTION"]) == (
        EVENT.title,
        EVENT.place,
        EVENT.text,
    )
    assert found["URL"] == EVENT.url


def test_whole_days_end_on_the_day_after_the_last() -> None:
    found = entry(replace(EVENT, starts=date(2027, 1, 19), ends=date(2027, 1, 21), zone=""))

    assert (found.start, found.end) == (date(2027, 1, 19), date(2027, 1, 22))


def test_the_events_of_a_person_come_from_all_sources_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendars, "_sources", {})
    later = replace(EVENT, key="trip-1", starts=SEVEN + timedelta(days=1))
    calendars.add_source("a", lambda person_id: [later] if person_id == 7 else [])
    calendars.add_source("b", lambda person_id: [EVENT])

    assert [event.key for event in calendars.personal_events(7)] == ["programme-12", "trip-1"]
    assert [event.key for event in calendars.personal_events(8)] == ["programme-12"]
