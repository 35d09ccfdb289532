"""Numbers and dates are read as people of three languages type them."""

from datetime import date
from decimal import Decimal

import pytest
from babel import Locale

from matchmaker.firms.reading import read_date, read_decimal, read_integer, write_decimal

EN, TR, RU = Locale("en"), Locale("tr"), Locale("ru")


@pytest.mark.parametrize(
    ("typed", "locale", "meant"),
    [
        ("1284.5", EN, "1284.5"),
        ("1284,5", EN, "1284.5"),
        ("1,284.5", EN, "1284.5"),
        ("1.284,5", EN, "1284.5"),
        ("1,284", EN, "1284"),
        ("1.284", EN, "1.284"),
        ("1.284", TR, "1284"),
        ("1,284", TR, "1.284"),
        ("1 284,5", RU, "1284.5"),
        ("1\u00a0284,5", RU, "1284.5"),
        ("1,284", RU, "1.284"),
        ("12.500.000", RU, "12500000"),
        ("12'500'000", EN, "12500000"),
        ("0", EN, "0"),
    ],
)
def test_numbers_are_read_with_either_mark(typed: str, locale: Locale, meant: str) -> None:
    assert read_decimal(typed, locale) == Decimal(meant)


@pytest.mark.parametrize("typed", ["", "many", "-5", "1,2,3", "1.2.3,4", "1,234.5.6", "٣", "1e5"])
def test_what_is_no_number_is_none(typed: str) -> None:
    assert read_decimal(typed, EN) is None


@pytest.mark.parametrize(("typed", "meant"), [("42", 42), ("1 284", 1284), ("1.284", 1284), ("1,284", 1284)])
def test_counts_may_be_grouped(typed: str, meant: int) -> None:
    assert read_integer(typed) == meant


@pytest.mark.parametrize("typed", ["", "4.5", "12,34", "ten", "-3", "9" * 5000])
def test_what_is_no_count_is_none(typed: str) -> None:
    assert read_integer(typed) is None


@pytest.mark.parametrize("locale", [EN, TR, RU], ids=str)
def test_what_is_written_is_read_again(locale: Locale) -> None:
    assert read_decimal(write_decimal(Decimal("1284567.125"), locale), locale) == Decimal("1284567.125")


@pytest.mark.parametrize(
    ("typed", "locale"),
    [
        ("2027-01-31", EN),
        ("31.01.2027", EN),
        ("31/1/2027", EN),
        ("31 1 2027", TR),
        ("31 January 2027", EN),
        ("31 Jan 2027", TR),
        ("31 Ocak 2027", TR),
        ("31 января 2027 г.", RU),
        ("31 Январь 2027", RU),
    ],
)
def test_days_are_read_in_digits_and_words(typed: str, locale: Locale) -> None:
    assert read_date(typed, locale) == date(2027, 1, 31)


@pytest.mark.parametrize("typed", ["", "31.02.2027", "tomorrow", "31.01.27", "2027", "31 Foo 2027"])
def test_what_is_no_day_is_none(typed: str) -> None:
    assert read_date(typed, EN) is None
