"""The year in which sets of weights are named here."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def year_of_the_first_set(time_machine: Any) -> None:
    """A set is named by its year; the one that comes with the product is 2026-1."""
    time_machine.move_to("2026-11-26T09:00:00Z")
