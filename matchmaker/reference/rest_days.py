"""Public holidays and weekly rest days of a country with their names, from the package holidays.

Days that a government moves or adds later are known only as far as the installed release of the package knows them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from matchmaker.reference import holiday_names

if TYPE_CHECKING:
    from holidays import HolidayBase

SATURDAY = 5
MOST_DAYS = 60
"""Longer spans are not looked through day by day: every one of them holds rest days."""


@dataclass(frozen=True, slots=True)
class RestDay:
    """A day on which people of a country do not work; name is empty for a weekly rest day."""

    day: date
    country: str
    name: str = ""


@cache
def _calendar(country: str, year: int, language: str) -> "HolidayBase":
    from holidays import country_holidays  # noqa: PLC0415 - takes half a second, and few pages name holidays

    return country_holidays(country, years=year, language=_spoken(country, language))


@cache
def _spoken(country: str, language: str) -> str | None:
    """The language in which the package names the holidays of a country: the asked one, English, or its own (None)."""
    from holidays import country_holidays  # noqa: PLC0415 - for the reason above

    codes = country_holidays(country).supported_languages
    return next((code for wanted in (language, "en") for code in codes if code[:2] == wanted), None)


def _name(name: str, country: str, language: str) -> str:
    spoken = _spoken(country, language) or ""
    return holiday_names.named(name, language) if spoken[:2] == "en" else name


def is_known(country: str) -> bool:
    """Whether the package knows the country."""
    from holidays import list_supported_countries  # noqa: PLC0415 - for the reason above

    return country in list_supported_countries()


def between(first: date, last: date, countries: Iterable[str], language: str) -> list[RestDay]:
    """The rest days of some countries from one day to another, both included, in order of days.

    Names are in the language where the package or holiday_names has them, else in English or the country's own.
    """
    days = [first + timedelta(days=step) for step in range(min((last - first).days + 1, MOST_DAYS))]
    return [
        found
        for day in days
        for country in countries
        if is_known(country) and (found := _rest_day(day, country, language)) is not None
    ]


def workday_after(first: date, number: int, country: str) -> date:
    """The n-th working day after a day; of a country without a calendar Saturdays and Sundays are rest days."""
    known, day, left = is_known(country), first, number
    while left:
        day += timedelta(days=1)
        rests = _rest_day(day, country, "en") is not None if known else day.weekday() >= SATURDAY
        left -= not rests
    return day


def named(first: date, last: date, country: str, language: str) -> list[RestDay]:
    """The public holidays of a country from one day to another, both included, without weekly rest days."""
    if not is_known(country):
        return []
    return [
        RestDay(day, country, _name(str(name), country, language))
        for year in range(first.year, last.year + 1)
        for day, name in sorted(_calendar(country, year, language).items())
        if first <= day <= last
    ]


def _rest_day(day: date, country: str, language: str) -> RestDay | None:
    calendar = _calendar(country, day.year, language)
    name = calendar.get(day)
    if name:
        return RestDay(day, country, _name(str(name), country, language))
    return RestDay(day, country) if calendar._is_weekend(day) else None
