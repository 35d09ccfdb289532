"""Another program reads our calendar files as icalendar does: ical.js, in a browser."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from icalendar import Calendar
from playwright.sync_api import Browser

from matchmaker.core.calendars import CalendarEvent, calendar_file

READER = Path(__file__).resolve().parents[1] / "vendor" / "ical" / "ical.es5.min.js"
READ = """text => {
  const calendar = new ICAL.Component(ICAL.parse(text));
  calendar.getAllSubcomponents("vtimezone").forEach(zone => ICAL.TimezoneService.register(zone));
  return calendar.getAllSubcomponents("vevent").map(part => {
    const event = new ICAL.Event(part), value = name => part.getFirstPropertyValue(name);
    const moment = time => time.isDate ? time.toString() : time.toJSDate().toISOString().slice(0, 19) + "Z";
    return {
      uid: event.uid, sequence: event.sequence, title: event.summary, place: event.location, text: event.description,
      status: value("status"), url: value("url"), starts: moment(event.startDate), ends: moment(event.endDate),
      clock: event.startDate.toString().slice(0, 19), zone: event.startDate.isDate ? null : event.startDate.zone.tzid,
    };
  });
}"""
SEVEN = datetime(2027, 1, 19, 7, 30, tzinfo=UTC)
MEETING = CalendarEvent(
    key="session-1",
    version=2,
    changed_at=datetime(2027, 1, 2, 8, tzinfo=UTC),
    starts=SEVEN,
    ends=SEVEN + timedelta(minutes=90),
    zone="Europe/Istanbul",
    title="Eğitim: ihracat; gümrük, \\ ve ödeme",
    place="İstanbul, Çağlayan Mah. 12/3, «Юность», " * 3,
    text="Satır bir\nСтрока два, три; четыре",
    url="https://tandem.example/programmes/1?x=1&y=2",
)
EVENTS = [
    MEETING,
    replace(MEETING, key="session-2", zone="Europe/Moscow"),
    replace(MEETING, key="session-3", zone="Asia/Yekaterinburg", starts=SEVEN + timedelta(days=180), version=7,
            ends=SEVEN + timedelta(days=180, hours=1)),
    replace(MEETING, key="trip-1", starts=date(2027, 3, 27), ends=date(2027, 3, 30), place="", text="", url=""),
    replace(MEETING, key="session-4", cancelled=True),
]  # fmt: skip


def read_by_icalendar(content: bytes) -> list[dict[str, Any]]:
    return [
        {
            "uid": str(entry["UID"]),
            "sequence": int(entry["SEQUENCE"]),
            "title": str(entry["SUMMARY"]),
            "place": str(entry["LOCATION"]) if "LOCATION" in entry else None,
            "text": str(entry["DESCRIPTION"]) if "DESCRIPTION" in entry else None,
            "status": str(entry["STATUS"]),
            "url": str(entry["URL"]) if "URL" in entry else None,
            "starts": moment(entry.start),
            "ends": moment(entry.end),
            "clock": entry.start.isoformat()[:19],
            "zone": str(entry.start.tzinfo) if isinstance(entry.start, datetime) else None,
        }
        for entry in Calendar.from_ical(content).walk("VEVENT")
    ]


def moment(value: datetime | date) -> str:
    return value.astimezone(UTC).isoformat()[:19] + "Z" if isinstance(value, datetime) else value.isoformat()


def test_ical_js_reads_what_icalendar_reads(app: Flask, browser: Browser) -> None:
    with app.app_context():
        content = calendar_file("Takvim; мой, календарь", EVENTS)
    page = browser.new_page()
    page.add_script_tag(content=READER.read_text())

    theirs = page.evaluate(READ, content.decode())
    page.close()

    assert theirs == read_by_icalendar(content)
    assert [item["clock"] for item in theirs] == [
        "2027-01-19T10:30:00", "2027-01-19T10:30:00", "2027-07-18T12:30:00", "2027-03-27", "2027-01-19T10:30:00",
    ]  # fmt: skip
