"""Holidays and weekly rest days of both countries."""

from datetime import date

import pytest

from matchmaker.reference import rest_days


@pytest.mark.parametrize(
    ("day", "countries"),
    [
        (date(2027, 4, 23), {"TR"}),
        (date(2027, 5, 1), {"TR", "RU"}),
        (date(2027, 6, 12), {"TR", "RU"}),
        (date(2027, 3, 8), {"RU"}),
        (date(2027, 1, 19), set()),
    ],
)
def test_a_day_is_a_rest_day_where_it_is_one(day: date, countries: set[str]) -> None:
    found = rest_days.between(day, day, ("TR", "RU"), "en")

    assert {one.country for one in found} == countries


def test_a_holiday_has_its_name_and_a_weekend_has_none() -> None:
    found = rest_days.between(date(2027, 4, 23), date(2027, 4, 24), ("TR",), "tr")

    assert [bool(one.name) for one in found] == [True, False]
    assert "Çocuk" in found[0].name


def test_an_unknown_country_has_no_rest_days() -> None:
    assert rest_days.between(date(2027, 1, 1), date(2027, 1, 2), ("QQ",), "en") == []


def test_named_days_are_the_holidays_of_a_span_over_the_new_year_without_weekends() -> None:
    found = rest_days.named(date(2026, 10, 29), date(2027, 4, 23), "TR", "en")

    days = [one.day for one in found]
    assert (days[0], days[-1]) == (date(2026, 10, 29), date(2027, 4, 23))
    assert date(2027, 1, 1) in days
    assert days == sorted(days)
    assert all(one.name for one in found)
    assert rest_days.named(date(2027, 1, 1), date(2027, 12, 31), "XX", "en") == []


@pytest.mark.parametrize(
    ("day", "country", "language", "name"),
    [
        (date(2027, 6, 12), "RU", "tr", "Rusya Günü"),
        (date(2027, 6, 12), "RU", "ru", "День России"),
        (date(2027, 10, 29), "TR", "ru", "День Республики"),
        (date(2027, 5, 1), "TR", "en", "Labour and Solidarity Day"),
        (date(2026, 12, 31), "RU", "tr", "Resmî tatil (kaydırıldığı gün: 04.01.2026)"),
        (date(2026, 12, 31), "RU", "en", "Day off (moved from 04.01.2026)"),
    ],
)
def test_a_holiday_is_named_in_the_language_of_the_reader(
    day: date, country: str, language: str, name: str
) -> None:
    assert [one.name for one in rest_days.named(day, day, country, language)] == [name]
