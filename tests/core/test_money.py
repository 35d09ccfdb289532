"""Sums by language: the signs of both currencies in all three, each on its side."""

import pytest
from flask import Flask

from matchmaker.core.i18n import in_language, show_money


@pytest.mark.parametrize(
    ("language", "currency", "shown"),
    [
        ("tr", "TRY", "₺1.284.500"),
        ("tr", "RUB", "1.284.500\xa0₽"),
        ("ru", "TRY", "₺1\xa0284\xa0500"),
        ("ru", "RUB", "1\xa0284\xa0500\xa0₽"),
        ("ru", "EUR", "1\xa0284\xa0500\xa0€"),
        ("en", "TRY", "₺1,284,500"),
        ("en", "RUB", "₽1,284,500"),
    ],
)
def test_a_sum_has_its_sign_on_the_side_of_its_currency(
    app: Flask, language: str, currency: str, shown: str
) -> None:
    with app.app_context(), in_language(language):
        assert show_money(1_284_500, currency) == shown
