"""Calendar files: events that keep their identity when they move, in the zone of their venue.

A domain offers what a person has to attend by `add_source`; the personal feed asks all sources. Format: RFC 5545.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flask import Response, current_app

if TYPE_CHECKING:
    from icalendar import Event

REFRESH = timedelta(hours=1)
"""How often a calendar program is asked to look again."""
ZONES_FROM = date(2016, 9, 8)
"""Since this day Türkiye keeps one offset all year, as Russia does since 2014; nothing here is older."""


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One entry: `key` names the record for good (`programme-12`), `version` grows with each change of it.

    `starts` and `ends` are aware moments, shown in `zone`, the zone of the venue; or both days, the last one included.
    `part_of` names the whole where the title alone would not: an agenda shows both.
    """

    key: str
    version: int
    changed_at: datetime
    starts: datetime | date
    ends: datetime | date
    zone: str
    title: str
    place: str = ""
    text: str = ""
    url: str = ""
    cancelled: bool = False
    part_of: str = ""


Source = Callable[[int], Sequence[CalendarEvent]]
_sources: dict[str, Source] = {}


def add_source(name: str, events_of_person: Source) -> None:
    """Offer the events of a person, asked by the person's number; the same name replaces the source.

    A source also returns what was cancelled, so that the entry is struck out where it was already taken over.
    """
    _sources[name] = events_of_person


def personal_events(person_id: int) -> list[CalendarEvent]:
    """All events of a person, in order of time."""
    found = [event for name in sorted(_sources) for event in _sources[name](person_id)]
    return sorted(found, key=lambda event: (_day(event.starts).isoformat(), event.key))


def calendar_file(name: str, events: Iterable[CalendarEvent]) -> bytes:
    """The events as an iCalendar file with the time zones they use; the same events give the same bytes."""
    # The package takes a quarter of a second to import, and only these files need it.
    from icalendar import Calendar, Timezone, vDuration, vText  # noqa: PLC0415

    calendar = Calendar()
    calendar.add("prodid", f"-//{current_app.config['PRODUCT_NAME']}//{urlsplit(_base()).hostname}//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", vText(name))
    calendar.add("x-wr-calname", vText(name))
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    listed = list(events)
    for zone in sorted({event.zone for event in listed if isinstance(event.starts, datetime)}):
        calendar.add_component(Timezone.from_tzid(zone, first_date=ZONES_FROM))
    for event in listed:
        calendar.add_component(_entry(event))
    return bytes(calendar.to_ical())


def send_calendar(content: bytes, name: str) -> Response:
    """Answer with a calendar file."""
    response = Response(content, content_type="text/calendar; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _entry(event: CalendarEvent) -> "Event":
    from icalendar import Event  # noqa: PLC0415 - for the reason above

    entry = Event()
    entry.add("uid", f"{event.key}@{urlsplit(_base()).hostname}")
    entry.add("sequence", event.version)
    entry.add("dtstamp", event.changed_at)
    entry.add("last-modified", event.changed_at)
    entry.add("dtstart", _in_zone(event.starts, event.zone))
    entry.add(
        "dtend",
        _in_zone(event.ends, event.zone) if isinstance(event.ends, datetime) else _day_after(event.ends),
    )
    entry.add("summary", event.title)
    entry.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    for name, value in (("location", event.place), ("description", event.text), ("url", event.url)):
        if value:
            entry.add(name, value)
    return entry


def _in_zone(moment: datetime | date, zone: str) -> datetime | date:
    return moment.astimezone(ZoneInfo(zone)) if isinstance(moment, datetime) else moment


def _day(moment: datetime | date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _day_after(last: date) -> date:
    # The end of a whole-day entry is the first day it does not cover (RFC 5545, 3.6.1).
    return last + timedelta(days=1)


def _base() -> str:
    return str(current_app.config["BASE_URL"])
