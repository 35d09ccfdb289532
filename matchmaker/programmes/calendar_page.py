"""The calendar of programmes: one month, with the holidays of the countries that hold them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from babel.dates import format_date
from flask import url_for
from flask_babel import gettext as _

from matchmaker.core import clock, zones
from matchmaker.core.actor import Actor
from matchmaker.core.i18n import language, order_countries, show_date
from matchmaker.programmes import filters, month, queries
from matchmaker.programmes.filters import Filters, Head, Known
from matchmaker.programmes.listing import badge, month_name
from matchmaker.programmes.models import Programme
from matchmaker.programmes.month import Day, Piece, Span
from matchmaker.programmes.words import ICONS, KINDS
from matchmaker.reference import countries, rest_days
from matchmaker.reference.rest_days import RestDay

ENDPOINT = "programmes.month"
FIRST_YEAR, LAST_YEAR = 2000, 2100
"""Beyond these an address names no month that anybody plans for."""


@dataclass(frozen=True, slots=True)
class Item:
    """One programme on one day."""

    url: str
    kind: str
    icon: str
    title: str
    when: str
    badge: tuple[str, str]
    piece: Piece


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of the calendar; lanes keep their height where nothing stands in them."""

    day: date
    number: str
    long: str
    in_month: bool
    is_today: bool
    is_rest: bool
    holidays: list[str]
    lanes: list[Item | None]
    single: list[Item]

    @property
    def is_empty(self) -> bool:
        """Whether a list of days can leave it out: nothing begins, nothing is kept."""
        begins = any(item and item.piece.run for item in self.lanes)
        return not (self.holidays or self.single or begins)


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """One month for one reader; `near` is the nearest month that has programmes where this one has none."""

    head: Head
    title: str
    weekdays: list[tuple[str, str]]
    weeks: list[list[Cell]]
    total: int
    previous: tuple[str, str]
    next: tuple[str, str]
    this_month: str
    near: tuple[str, str] | None


def calendar_page(actor: Actor, args: Mapping[str, str]) -> CalendarPage:
    """The month of an address for this reader, past and coming programmes alike."""
    today, asked = clock.today(), filters.read_filters({**args, filters.PAST: ""})
    first, known = read_month(args.get("month", ""), today), filters.known_to(actor)
    any_kind = filters.of_any_kind(asked)
    fitting = [one for one in known.programmes if filters.matches(one, any_kind, known.left_of(one))]
    here = [one for one in fitting if _touches(one, first)]
    shown = {one.id: one for one in here if asked.kind in (None, one.kind)}
    weeks = month.weeks(first, [Span(one.id, one.first_day, one.last_day) for one in shown.values()])
    resting = _rest_days(actor, first)
    return CalendarPage(
        head=filters.head(asked, known, here, ENDPOINT, {"month": f"{first:%Y-%m}"}),
        title=month_name(first),
        weekdays=[_weekday(day.day) for day in weeks[0]],
        weeks=[[_cell(day, shown, known, resting.get(day.day, []), today) for day in week] for week in weeks],
        total=len(shown),
        previous=_link(asked, first - timedelta(days=1)),
        next=_link(asked, month.last_of(first) + timedelta(days=1)),
        this_month="" if first == today.replace(day=1) else _link(asked, today)[0],
        near=None if shown else _near(asked, fitting, first),
    )


def read_month(asked: str, today: date) -> date:
    """The first day of the month of an address such as 2027-01; the present month for anything else."""
    year, _dash, number = asked.partition("-")
    if len(asked) != 7 or not (year.isdecimal() and number.isdecimal()):
        return today.replace(day=1)
    known = FIRST_YEAR <= int(year) <= LAST_YEAR and 1 <= int(number) <= 12
    return date(int(year), int(number), 1) if known else today.replace(day=1)


def _touches(programme: Programme, first: date) -> bool:
    return programme.first_day <= month.last_of(first) and programme.last_day >= first


def _link(asked: Filters, day: date) -> tuple[str, str]:
    return url_for(ENDPOINT, **asked.args(month=f"{day:%Y-%m}")), month_name(day.replace(day=1))


def _near(asked: Filters, fitting: Iterable[Programme], first: date) -> tuple[str, str] | None:
    """The next month with such programmes, else the last one before."""
    days = [one.first_day for one in fitting if asked.kind in (None, one.kind)]
    coming, gone = [day for day in days if day > first], [day for day in days if day < first]
    day = min(coming) if coming else max(gone, default=None)
    return _link(asked, day) if day else None


def _weekday(day: date) -> tuple[str, str]:
    spoken = language()
    return format_date(day, "ccc", locale=spoken), format_date(day, "cccc", locale=spoken)


def _rest_days(actor: Actor, first: date) -> dict[date, list[RestDay]]:
    """The rest days of the countries whose institutions hold programmes, by day."""
    kept = order_countries(sorted(queries.countries_that_rest(actor)))
    found = rest_days.between(first, month.last_of(first), kept, language())
    return {day: list(days) for day, days in groupby(found, key=lambda one: one.day)}


def _cell(
    day: Day, shown: Mapping[int, Programme], known: Known, resting: Sequence[RestDay], today: date
) -> Cell:
    return Cell(
        day=day.day,
        number=str(day.day.day),
        long=show_date(day.day, "full"),
        in_month=day.in_month,
        is_today=day.day == today,
        is_rest=day.in_month and bool(resting),
        holidays=_holidays(resting) if day.in_month else [],
        lanes=[_item(shown[one.key], one, known) if one else None for one in day.lanes],
        single=[_item(shown[one.key], one, known) for one in day.single],
    )


def _holidays(resting: Sequence[RestDay]) -> list[str]:
    """Each holiday once, with the countries that keep it."""
    names = dict.fromkeys(one.name for one in resting if one.name)
    return [
        f"{name} ({', '.join(countries.label(one.country, language()) for one in resting if one.name == name)})"
        for name in names
    ]


def _item(programme: Programme, piece: Piece, known: Known) -> Item:
    moment, zone = programme.starts_at, programme.zone
    return Item(
        url=url_for("programmes.show", programme_id=programme.id),
        kind=str(KINDS[programme.kind]),
        icon=ICONS[programme.kind],
        title=programme.title(language()),
        when=_("until %(day)s", day=show_date(programme.last_day))
        if piece.days > 1
        else zones.with_zone(zones.clock_at(moment, zone), moment, zone),
        badge=badge(programme, known.left_of(programme), known.own.get(programme.id)),
        piece=piece,
    )
