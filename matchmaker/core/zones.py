"""The time zones of countries, how they are called, and a moment as it is at a venue; names from CLDR (Babel)."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_location
from flask import Flask, has_request_context
from flask_babel import gettext as _

from matchmaker.core.access import current_actor
from matchmaker.core.i18n import OWN_LANGUAGE_FIRST, ZONES, language, show_date, show_day


@cache
def of_country(country: str) -> tuple[str, ...]:
    """The zones of a country, west first; several names of one clock each appear."""
    territories = get_global("zone_territories")
    aliases = get_global("zone_aliases")
    known = available_timezones()
    found = [zone for zone, code in territories.items() if code == country and zone in known]
    own = [zone for zone in found if zone not in aliases]
    return tuple(sorted(own, key=lambda zone: (_offset(zone), zone)))


def choices(countries: Iterable[str], language: str) -> list[tuple[str, str]]:
    """The zones of some countries with their city and present distance from UTC, for a select."""
    return [
        (zone, f"{label(zone, language)} ({offset(zone)})") for code in countries for zone in of_country(code)
    ]


def label(zone: str, language: str) -> str:
    """The city or country by which people know the zone."""
    return str(get_timezone_location(ZoneInfo(zone), locale=Locale.parse(language), return_city=True))


def offset(zone: str, moment: datetime | None = None) -> str:
    """The distance from UTC, such as UTC+3 or UTC+5:30, at a moment, by default in a winter without change."""
    minutes = _offset(zone, moment)
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


def _offset(zone: str, moment: datetime | None = None) -> int:
    asked = moment or datetime(2026, 1, 15, 12, tzinfo=ZoneInfo("UTC"))
    shift = asked.astimezone(ZoneInfo(zone)).utcoffset()
    return int(shift.total_seconds() // 60) if shift else 0


def reader_zone() -> str | None:
    """The zone of the reader's country, else that of the language's; None where neither is known."""
    country = current_actor().country if has_request_context() else None
    return ZONES.get(country or OWN_LANGUAGE_FIRST.get(language(), ""))


def show_datetime(moment: datetime | None, zone: str = "") -> str:
    """A moment on the reader's clock, in UTC where that is not known, and how far the clock is from UTC."""
    if moment is None:
        return ""
    own = zone or reader_zone() or "UTC"
    here = moment.astimezone(ZoneInfo(own))
    return f"{show_date(here.date())} {here:%H:%M} ({offset(own, moment)})"


def show_at(moment: datetime | None, zone: str, reader: str | None = None) -> str:
    """A moment at a venue with the zone's name, and the reader's own time beside it where the clocks differ."""
    if moment is None:
        return ""
    there = moment.astimezone(ZoneInfo(zone))
    shown = _("%(day)s, %(time)s", day=show_date(there.date()), time=f"{there:%H:%M}")
    return with_zone(shown, moment, zone, reader)


def show_span(start: datetime, end: datetime, zone: str, reader: str | None = None) -> str:
    """From one moment to another at a venue: the day once where it is the same, and the reader's own times."""
    first, last = start.astimezone(ZoneInfo(zone)), end.astimezone(ZoneInfo(zone))
    if first.date() == last.date():
        shown = _(
            "%(day)s, %(start)s to %(end)s",
            day=show_date(first.date()),
            start=f"{first:%H:%M}",
            end=f"{last:%H:%M}",
        )
    else:
        shown = _(
            "%(first)s to %(last)s",
            first=f"{show_date(first.date())}, {first:%H:%M}",
            last=f"{show_date(last.date())}, {last:%H:%M}",
        )
    return with_zone(shown, start, zone, reader)


def with_zone(shown: str, moment: datetime, zone: str, reader: str | None = None) -> str:
    """Add the zone's name to a time, and what the reader's clock shows at `moment` where it differs."""
    own, venue = other_zone(moment, zone, reader), named(zone, moment)
    if own is None:
        return f"{shown} ({venue})"
    there, here = moment.astimezone(ZoneInfo(zone)), moment.astimezone(ZoneInfo(own))
    time = f"{here:%H:%M}" if there.date() == here.date() else f"{show_date(here.date())}, {here:%H:%M}"
    own_time = _("your time: %(time)s", time=time)
    return f"{shown} ({venue}; {own_time})"


def named(zone: str, moment: datetime | None = None) -> str:
    """A zone with its distance from UTC at a moment."""
    return f"{label(zone, language())}, {offset(zone, moment)}"


def other_zone(moment: datetime, zone: str, reader: str | None = None) -> str | None:
    """The reader's zone where its clock shows something else than the venue's; else None."""
    own = reader or reader_zone()
    return None if own is None or _offset(own, moment) == _offset(zone, moment) else own


def own_start(moment: datetime, zone: str, reader: str | None = None) -> str:
    """The reader's zone, with the day that it has at a moment where that is another one; empty where both clocks agree."""
    own = other_zone(moment, zone, reader)
    if own is None:
        return ""
    here, there = (moment.astimezone(ZoneInfo(one)).date() for one in (own, zone))
    return named(own, moment) if here == there else f"{named(own, moment)}, {show_day(here)}"


def own_clock(moment: datetime, zone: str, since: datetime, reader: str | None = None) -> str:
    """What the reader's clock shows at a moment, with the day where that is another one than at the moment `since`.

    Empty where both clocks agree; own_start says the day of the first.
    """
    own = other_zone(moment, zone, reader)
    if own is None:
        return ""
    here, first = (one.astimezone(ZoneInfo(own)) for one in (moment, since))
    return f"{here:%H:%M}" if here.date() == first.date() else f"{show_day(here.date())}, {here:%H:%M}"


def init_zones(app: Flask) -> None:
    """Give the templates the filters `datetime` and `at_venue` and the function `span_at`."""
    app.jinja_env.filters["datetime"] = show_datetime
    app.jinja_env.filters["at_venue"] = show_at
    app.jinja_env.globals["span_at"] = show_span


def clock_at(moment: datetime, zone: str) -> str:
    """The time of day at a venue."""
    return f"{moment.astimezone(ZoneInfo(zone)):%H:%M}"
