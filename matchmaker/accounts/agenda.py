"""A person's own agenda: what the sources of the personal calendar know, day by day at the venues, as a page and a paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import pgettext

from matchmaker.core import clock, zones
from matchmaker.core.calendars import CalendarEvent, personal_events
from matchmaker.core.i18n import show_date


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One entry: when, with the zone of the venue and the reader's own time where it differs."""

    when: str
    title: str
    part_of: str
    place: str
    path: str
    cancelled: bool


@dataclass(frozen=True, slots=True)
class AgendaDay:
    """The entries that begin on one day."""

    day: date
    name: str
    items: list[AgendaItem]


def agenda(person_id: int) -> list[AgendaDay]:
    """What is not over yet; a day is the day of the venue."""
    coming = [event for event in personal_events(person_id) if not _is_over(event)]
    coming.sort(key=lambda event: (_first(event), isinstance(event.starts, datetime), _order(event)))
    return [
        AgendaDay(day, show_date(day, "full"), [_item(event) for event in events])
        for day, events in groupby(coming, key=_first)
    ]


def sheet(days: Sequence[AgendaDay], name: str) -> dict[str, Any]:
    """The agenda as data for the template of lists."""
    return {
        "heading": _("My agenda"),
        "about": [
            {"term": _("Name"), "value": name},
            {"term": _("As of"), "value": show_date(clock.today())},
        ],
        "columns": [_("Day"), pgettext("agenda", "Time"), pgettext("agenda", "What"), _("Where")],
        "widths": [3, 4, 6, 5],
        "rows": [
            [day.name, item.when, _struck(item), item.place or "–"] for day in days for item in day.items
        ],
    }


def _struck(item: AgendaItem) -> str:
    title = f"{item.title} ({item.part_of})" if item.part_of else item.title
    return str(_("Cancelled: %(title)s", title=title)) if item.cancelled else title


def _is_over(event: CalendarEvent) -> bool:
    if isinstance(event.ends, datetime):
        return event.ends < clock.now()
    return event.ends < clock.today(event.zone)


def _first(event: CalendarEvent) -> date:
    if isinstance(event.starts, datetime):
        return event.starts.astimezone(ZoneInfo(event.zone)).date()
    return event.starts


def _order(event: CalendarEvent) -> tuple[float, str]:
    """By the moment within a day; whole days stand before it in any order that stays."""
    return event.starts.timestamp() if isinstance(event.starts, datetime) else 0.0, event.key


def _item(event: CalendarEvent) -> AgendaItem:
    return AgendaItem(
        _when(event),
        event.title,
        event.part_of,
        event.place,
        urlsplit(event.url).path if event.url else "",
        event.cancelled,
    )


def _when(event: CalendarEvent) -> str:
    starts, ends = event.starts, event.ends
    if not isinstance(starts, datetime) or not isinstance(ends, datetime):
        if _first(event) == ends:
            return str(_("all day"))
        return str(_("until %(day)s", day=show_date(ends)))
    if _first(event) != ends.astimezone(ZoneInfo(event.zone)).date():
        return zones.show_span(starts, ends, event.zone)
    span = f"{zones.clock_at(starts, event.zone)}–{zones.clock_at(ends, event.zone)}"
    return zones.with_zone(span, starts, event.zone)
