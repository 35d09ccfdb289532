"""Who reads what, which figures are too small, and what an address asks for."""

from datetime import date

import pytest

from matchmaker.core.actor import VISITOR, Actor, Grant, InstitutionRole
from matchmaker.reports import rules
from matchmaker.reports.asked import Asked, asked_from
from matchmaker.reports.enums import Cut

TODAY = date(2026, 11, 27)


def of(role: InstitutionRole, country: str | None = "TR", operator: bool = False) -> Actor:
    return Actor(person_id=1, grants=(Grant(role, 1, country, operator),))


def test_staff_and_directors_read_lists_of_their_side_and_experts_figures_only() -> None:
    for role in InstitutionRole:
        actor = of(role)
        inside = role is not InstitutionRole.EXPERT
        assert rules.sees_figures(actor)
        assert (rules.sees_all_figures(actor), rules.sees_lists(actor)) == (inside, inside)
        assert (rules.lists(actor, "TR"), rules.lists(actor, "RU")) == (inside, False)
    assert not rules.sees_figures(VISITOR)
    assert rules.lists(of(InstitutionRole.ADMINISTRATOR, None, operator=True), "RU")


@pytest.mark.parametrize(
    ("figures", "shown"),
    [
        ({"a": 9, "b": 5}, {"a": 9, "b": 5}),
        ({"a": 9, "b": 6, "c": 2}, {"a": 9}),
        ({"a": 9, "b": 6, "c": 2, "d": 3}, {"a": 9, "b": 6}),
        ({"a": 9, "b": 0}, {"a": 9}),
        ({"a": 6, "b": 1}, {}),
        ({"a": 2}, {}),
    ],
)
def test_outside_no_figure_below_five_is_shown_or_can_be_told_from_the_others(
    figures: dict[str, int], shown: dict[str, int]
) -> None:
    assert rules.shown_outside(figures) == shown


def test_an_address_gives_the_report_that_it_was_made_of() -> None:
    said = {
        "by": "month",
        "mou": "7",
        "country": "TR",
        "region": "TR-42",
        "sector": "28",
        "since": "2026-01-01",
        "until": "2026-06-30",
        "as_of": "2026-10-31",
    }

    asked = asked_from(said, TODAY, "Europe/Istanbul")

    assert asked.args() == said
    assert (asked.by, asked.is_past, f"{asked.known_before:%Y-%m-%d %H:%M %z}") == (
        Cut.MONTH,
        True,
        "2026-11-01 00:00 +0300",
    )


def test_what_makes_no_sense_is_left_out() -> None:
    said = {
        "by": "colour",
        "mou": "0",
        "country": "ZZ",
        "region": "TR-99",
        "sector": "C",
        "since": "1600-01-01",
        "until": "yesterday",
        "as_of": "2027-01-01",
    }

    assert asked_from(said, TODAY, "UTC") == Asked(as_of=TODAY, today=TODAY, zone="UTC")
    assert asked_from({"mou": "9" * 30, "region": "none"}, TODAY, "UTC").args() == {"region": "none"}


def test_a_month_of_a_period_stays_inside_it() -> None:
    asked = Asked(TODAY, TODAY, "UTC", since=date(2026, 2, 10), until=date(2026, 3, 5))

    bounds = [
        (one.since, one.until) for one in (asked.within(Cut.MONTH, key) for key in ("2026-02", "2026-03"))
    ]

    assert bounds == [(date(2026, 2, 10), date(2026, 2, 28)), (date(2026, 3, 1), date(2026, 3, 5))]
