"""By when a request about own data is answered: the terms of the laws, counted on the country's calendar."""

from datetime import date

import pytest

from matchmaker.reference.answer_clocks import AnswerClock, ClockUnit, clock_of, due_on


@pytest.mark.parametrize(
    ("country", "number", "unit"),
    [
        ("TR", 30, ClockUnit.DAYS),
        ("RU", 10, ClockUnit.WORKING_DAYS),
        ("DE", 1, ClockUnit.MONTHS),
        ("KZ", 30, ClockUnit.DAYS),
    ],
)
def test_each_country_has_its_term(country: str, number: int, unit: ClockUnit) -> None:
    found = clock_of(country, date(2026, 11, 27))
    assert (found.number, found.unit) == (number, unit)


def test_the_term_is_that_of_the_day_of_the_request() -> None:
    assert clock_of("RU", date(2022, 8, 31)).unit is ClockUnit.DAYS
    assert clock_of("RU", date(2022, 9, 1)).unit is ClockUnit.WORKING_DAYS


def test_ten_working_days_leave_out_the_holidays_of_the_country() -> None:
    asked = date(2026, 12, 25)
    assert due_on(clock_of("RU", asked), asked, "RU") > date(2027, 1, 15)
    assert due_on(clock_of("RU", date(2026, 11, 9)), date(2026, 11, 9), "RU") == date(2026, 11, 23)


def test_days_and_months_are_those_of_the_calendar() -> None:
    assert due_on(clock_of("TR", date(2026, 11, 27)), date(2026, 11, 27), "TR") == date(2026, 12, 27)
    assert due_on(clock_of("DE", date(2027, 1, 31)), date(2027, 1, 31), "DE") == date(2027, 2, 28)


def test_a_country_without_calendar_rests_at_the_weekend() -> None:
    term = AnswerClock("XX", date(2020, 1, 1), None, 2, ClockUnit.WORKING_DAYS, "")
    assert due_on(term, date(2026, 11, 27), "XX") == date(2026, 12, 1)
