"""Size classes at the edges of the limits and of the dates on which rules change."""

from datetime import date
from decimal import Decimal

import pytest

from matchmaker.reference.size_rules import (
    Ownership,
    SizeClass,
    SizeReason,
    asks_ownership,
    limits,
    size_class,
)

MILLION = Decimal(1_000_000)
NOW = date(2026, 11, 22)


def of(
    country: str, on: date, staff: int | None, turnover: float | None, balance: float | None = None
) -> str:
    money = [None if amount is None else Decimal(str(amount)) * MILLION for amount in (turnover, balance)]
    return size_class(country, on, staff, money[0], money[1]).size_class.value


@pytest.mark.parametrize(
    ("staff", "turnover", "expected"),
    [
        (0, 0, "micro"), (9, 10, "micro"), (10, 10, "small"), (9, 10.01, "small"), (49, 100, "small"),
        (50, 100, "medium"), (49, 100.01, "medium"), (249, 1000, "medium"), (250, 1, "not_sme"), (5, 1000.01, "not_sme"),
    ],
)  # fmt: skip
def test_turkish_limits_of_2025(staff: int, turnover: float, expected: str) -> None:
    assert of("TR", NOW, staff, turnover) == expected


def test_turkish_rule_takes_turnover_or_balance() -> None:
    assert of("TR", NOW, 9, 50, 10) == "micro"
    assert of("TR", NOW, 9, 2000, 90) == "small"
    assert of("TR", NOW, 9, 2000, 2000) == "not_sme"
    assert of("TR", NOW, 9, None, 10) == "micro"
    assert of("TR", NOW, 9, None, 2000) == "unknown"


@pytest.mark.parametrize(
    ("on", "turnover", "expected"),
    [
        (date(2012, 11, 3), 1, "unknown"), (date(2012, 11, 4), 40, "medium"), (date(2018, 6, 23), 40.01, "not_sme"),
        (date(2018, 6, 24), 125, "medium"), (date(2022, 3, 17), 125.01, "not_sme"), (date(2022, 3, 18), 250, "medium"),
        (date(2023, 5, 24), 250.01, "not_sme"), (date(2023, 5, 25), 500, "medium"),
        (date(2025, 8, 6), 500.01, "not_sme"), (date(2025, 8, 7), 1000, "medium"),
    ],
)  # fmt: skip
def test_turkish_rule_of_the_day_counts(on: date, turnover: float, expected: str) -> None:
    assert of("TR", on, 100, turnover) == expected


@pytest.mark.parametrize(
    ("staff", "turnover", "expected"),
    [
        (15, 120, "micro"), (16, 120, "small"), (15, 120.01, "small"), (100, 800, "small"), (101, 800, "medium"),
        (250, 2000, "medium"), (251, 100, "not_sme"), (1, 2000.01, "not_sme"),
    ],
)  # fmt: skip
def test_russian_limits(staff: int, turnover: float, expected: str) -> None:
    assert of("RU", NOW, staff, turnover) == expected


def test_russian_rule_ignores_the_balance_sheet() -> None:
    assert of("RU", NOW, 15, 3000, 1) == "not_sme"
    assert of("RU", NOW, 15, None, 1) == "unknown"


def test_russian_limits_changed_on_25_july_2015() -> None:
    assert of("RU", date(2015, 7, 24), 15, 100) == "small"
    assert of("RU", date(2015, 7, 25), 15, 100) == "micro"


@pytest.mark.parametrize(
    ("division", "staff", "expected"),
    [
        ("13", 1000, SizeClass.MEDIUM), ("14", 251, SizeClass.MEDIUM), ("15", 1001, SizeClass.NOT_SME),
        ("56", 1500, SizeClass.MEDIUM), ("56", 1501, SizeClass.NOT_SME), ("28", 251, SizeClass.NOT_SME),
    ],
)  # fmt: skip
def test_russian_sectors_with_a_higher_headcount(division: str, staff: int, expected: SizeClass) -> None:
    outcome = size_class("RU", NOW, staff, MILLION, divisions=[division])
    assert outcome.size_class is expected
    wanted = SizeReason.SECTOR_EXCEPTION if expected is SizeClass.MEDIUM else SizeReason.TOO_MANY_STAFF
    assert outcome.reason is wanted


def test_sector_exception_did_not_hold_before_its_date() -> None:
    assert (
        size_class("RU", date(2021, 12, 31), 1500, MILLION, divisions=["56"]).size_class is SizeClass.NOT_SME
    )
    assert size_class("RU", date(2022, 1, 1), 1500, MILLION, divisions=["56"]).size_class is SizeClass.MEDIUM


@pytest.mark.parametrize(
    ("public", "foreign", "reason"),
    [
        ("25", "49", SizeReason.WITHIN_LIMITS), ("25.01", "0", SizeReason.STATE_OWNERSHIP),
        ("0", "49.01", SizeReason.OTHER_OWNERSHIP),
    ],
)  # fmt: skip
def test_russian_ownership_shares(public: str, foreign: str, reason: SizeReason) -> None:
    outcome = size_class("RU", NOW, 5, MILLION, ownership=Ownership(Decimal(public), Decimal(foreign)))
    assert outcome.reason is reason
    assert (outcome.size_class is SizeClass.MICRO) == (reason is SizeReason.WITHIN_LIMITS)


def test_only_rules_with_an_ownership_limit_ask_for_it() -> None:
    assert asks_ownership("RU", NOW)
    assert not asks_ownership("TR", NOW)
    huge = Ownership(Decimal(100), Decimal(100))
    assert size_class("TR", NOW, 5, MILLION, ownership=huge).size_class is SizeClass.MICRO


def test_missing_headcount_and_missing_rule_are_told_apart() -> None:
    assert size_class("TR", NOW, None, MILLION).reason is SizeReason.FIGURES_MISSING
    assert size_class("BR", NOW, 5, MILLION).reason is SizeReason.NO_RULE
    assert size_class("BR", NOW, 5, MILLION).rule == ""


def test_country_of_a_union_follows_the_rule_of_the_union() -> None:
    assert of("DE", NOW, 249, 60, 43) == "medium"
    assert of("DE", NOW, 249, 60, 43.01) == "not_sme"
    assert size_class("DE", NOW, 9, 2 * MILLION).rule == "EU 2005-01-01"


def test_outcome_names_the_version_of_the_rule() -> None:
    assert size_class("TR", date(2025, 8, 6), 5, MILLION).rule == "TR 2023-05-25"
    assert size_class("TR", date(2025, 8, 7), 5, MILLION).rule == "TR 2025-08-07"
    assert {one.currency for one in limits("RU", NOW)} == {"RUB"}
