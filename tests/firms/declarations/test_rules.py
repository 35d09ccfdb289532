"""Until when a declaration of size counts and when its firm is reminded; no database."""

from datetime import date

import pytest

from matchmaker.firms.declarations import rules
from matchmaker.reference.declaration_terms import DeclarationTerm, holder_of, term_on
from matchmaker.reference.tables import Labels

DAY = date(2026, 5, 20)
NOTE = Labels("", "", "Gazette")


def recorded(valid_from: date, holder: str = "", country: str = "TR", month: int = 5) -> DeclarationTerm:
    return DeclarationTerm(country, holder, valid_from, month, 31, NOTE, recorded=True)


@pytest.mark.parametrize(
    ("country", "form", "figures", "declared", "expected"),
    [
        ("TR", "TR-LTD", 2025, DAY, date(2027, 4, 30)),
        ("TR", "TR-SAHIS", 2025, DAY, date(2027, 3, 31)),
        ("TR", "", 2025, DAY, date(2027, 4, 30)),
        ("TR", "TR-LTD", 2024, date(2026, 1, 9), date(2026, 4, 30)),
        ("TR", "TR-LTD", 2026, DAY, date(2027, 4, 30)),
        ("RU", "RU-OOO", 2025, DAY, date(2027, 7, 10)),
        ("KZ", "", 2025, DAY, date(2027, 6, 30)),
    ],
)
def test_figures_count_until_those_of_the_next_year_are_due(
    country: str, form: str, figures: int, declared: date, expected: date
) -> None:
    assert rules.last_day(term_on((), country, holder_of(form), declared), figures, declared) == expected


def test_the_last_of_february_is_found_in_every_year() -> None:
    term = DeclarationTerm("TR", "", DAY, 2, 29, NOTE)
    assert rules.last_day(term, 2025, DAY) == date(2027, 2, 28)


def test_the_newest_rule_of_the_country_stands_then_the_one_for_the_holder_then_the_recorded() -> None:
    packaged = term_on((), "TR", "company", DAY)
    later = recorded(date(2026, 5, 21))
    newer, corrected = recorded(date(2026, 1, 1)), recorded(packaged.valid_from, "company", month=6)

    assert term_on([later], "TR", "company", DAY) == packaged
    assert term_on([later], "TR", "company", date(2026, 5, 21)) == later
    assert term_on([newer], "TR", "company", DAY) == newer
    assert term_on([corrected], "TR", "company", DAY) == corrected
    assert term_on([corrected], "TR", "person", DAY).holder == "person"
    assert term_on([newer], "RU", "company", DAY).area == "RU"


@pytest.mark.parametrize(
    ("left", "expected"),
    [(31, None), (30, 30), (8, 30), (7, 7), (1, 7), (0, 7), (-1, None)],
)
def test_the_nearest_reminder_is_due(left: int, expected: int | None) -> None:
    assert rules.reminder_due(date.fromordinal(DAY.toordinal() + left), DAY) == expected


def test_only_a_day_that_is_past_has_run_out() -> None:
    assert [rules.has_run_out(day, DAY) for day in (None, DAY, date(2026, 5, 19))] == [False, False, True]
