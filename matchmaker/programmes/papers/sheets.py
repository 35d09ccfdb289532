"""Badges and the booklet of a programme as data for their templates."""

from datetime import date, datetime
from itertools import groupby
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import pgettext

from matchmaker.core import zones
from matchmaker.core.calendars import CalendarEvent
from matchmaker.core.i18n import language, show_date
from matchmaker.core.pdf import qr_svg
from matchmaker.firms.names import other_spelling, reader_name
from matchmaker.programmes import calendar
from matchmaker.programmes.models import Delegate, Programme
from matchmaker.programmes.papers import queries
from matchmaker.programmes.show_page import facts
from matchmaker.reference import countries, languages

_Part: TypeAlias = tuple[datetime, datetime, CalendarEvent]
"""A part of a programme with the hours in which it begins and ends."""


def badges(programme: Programme) -> dict[str, Any]:
    """One A6 page for each participant who has a token."""
    tokens = queries.tokens(programme.id)
    return {
        "programme": programme.title(language()),
        "days": _days(programme),
        "qr_meaning": _("Code of this badge"),
        "badges": [
            {
                "name": one.name,
                "other": one.name_romanised if one.name_romanised != one.name else "",
                "firm": _firm(one),
                "firm_other": other_spelling(one.sign_up.firm) if one.sign_up.firm else "",
                "country": countries.label(one.sign_up.country, language()) if one.sign_up.country else "",
                "languages": languages.title(one.language, language()) if one.language else "",
                "qr": qr_svg(tokens[one.id]),
            }
            for one in queries.participants(programme.id)
            if one.id in tokens
        ],
    }


def booklet(programme: Programme) -> dict[str, Any]:
    """What participants carry: what it is about, when what happens, and who takes part."""
    return {
        "title": programme.title(language()),
        "days": _days(programme),
        "summary": programme.summary(language()),
        "goals_heading": _("Goals"),
        "goals": programme.goals(language()),
        "facts_heading": _("Facts"),
        "facts": facts(programme),
        "course_heading": pgettext("booklet", "Course"),
        "course": _course(programme),
        "people_heading": _("Participants"),
        "people_columns": [pgettext("person", "Name"), _("Firm"), _("Country")],
        "people": [
            [
                one.name if one.name_romanised in ("", one.name) else f"{one.name} ({one.name_romanised})",
                _firm(one),
                countries.label(one.sign_up.country, language()) if one.sign_up.country else "",
            ]
            for one in queries.participants(programme.id)
        ],
    }


def _firm(one: Delegate) -> str:
    return reader_name(one.sign_up.firm) if one.sign_up.firm else ""


def _days(programme: Programme) -> str:
    first, last = programme.first_day, programme.last_day
    if first == last:
        return show_date(first)
    return str(_("%(first)s to %(last)s", first=show_date(first), last=show_date(last)))


def _course(programme: Programme) -> list[dict[str, Any]]:
    """The parts with a time, day by day at the venue."""
    parts = sorted(
        (
            (event.starts, event.ends, event)
            for event in calendar.events_of(programme)
            if isinstance(event.starts, datetime) and isinstance(event.ends, datetime)
        ),
        key=lambda part: str(part[0]),
    )

    def day(part: _Part) -> date:
        starts, _ends, event = part
        return starts.astimezone(ZoneInfo(event.zone)).date()

    return [
        {"day": show_date(first, "full"), "items": [_item(*part) for part in found]}
        for first, found in groupby(parts, key=day)
    ]


def _item(starts: datetime, ends: datetime, event: CalendarEvent) -> dict[str, str]:
    start, end = (zones.clock_at(moment, event.zone) for moment in (starts, ends))
    return {"time": f"{start}–{end}", "title": event.title, "place": event.place}
