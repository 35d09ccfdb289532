"""A month as weeks, and what falls on its days."""

from datetime import date

import pytest

from matchmaker.programmes.calendar_page import read_month
from matchmaker.programmes.month import Day, Span, weeks

DECEMBER = date(2026, 12, 1)


def day_of(found: list[list[Day]], number: int) -> Day:
    return next(day for week in found for day in week if day.in_month and day.day.day == number)


def test_a_month_is_whole_weeks_from_monday_and_days_beside_it_stay_empty() -> None:
    found = weeks(DECEMBER, [Span(1, date(2026, 11, 30), date(2027, 1, 2))])

    assert [len(week) for week in found] == [7] * 5
    assert all(week[0].day.weekday() == 0 for week in found)
    assert (found[0][0].in_month, found[0][0].lanes) == (False, ())


def test_a_span_is_drawn_once_a_week_and_keeps_its_height() -> None:
    long, late = (
        Span(1, date(2026, 12, 5), date(2026, 12, 15)),
        Span(2, date(2026, 12, 10), date(2026, 12, 11)),
    )

    found = weeks(DECEMBER, [late, long])

    runs = {
        n: [piece and (piece.key, piece.run) for piece in day_of(found, n).lanes] for n in (5, 7, 9, 10, 14)
    }
    assert runs == {5: [(1, 2)], 7: [(1, 7), None], 9: [(1, 0), None], 10: [(1, 0), (2, 2)], 14: [(1, 2)]}
    first = day_of(found, 14).lanes[0]
    assert first is not None
    assert first.number == 10


def test_spans_that_follow_each_other_share_a_height() -> None:
    found = weeks(
        DECEMBER,
        [Span(1, date(2026, 12, 7), date(2026, 12, 8)), Span(2, date(2026, 12, 9), date(2026, 12, 10))],
    )

    assert [piece and piece.key for piece in day_of(found, 9).lanes] == [2]


def test_what_lasts_one_day_stands_on_it_alone() -> None:
    found = weeks(
        DECEMBER,
        [Span(7, date(2026, 12, 31), date(2026, 12, 31)), Span(8, date(2027, 1, 1), date(2027, 1, 1))],
    )

    assert [piece.key for week in found for day in week for piece in day.single] == [7]
    assert day_of(found, 31).single[0].run == 1


@pytest.mark.parametrize(
    "asked", ["", "2026-13", "26-1", "0001-01", "9999-12", "2026-1a", "२०२६-०१x", "2026_12"]
)
def test_an_address_that_names_no_month_shows_the_present_one(asked: str) -> None:
    assert read_month(asked, date(2026, 11, 26)) == date(2026, 11, 1)
    assert read_month("2027-02", date(2026, 11, 26)) == date(2027, 2, 1)
