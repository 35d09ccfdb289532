"""Sets of points as plain numbers: there and back, and what keeps numbers from being a set."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.engines.fit.numbers import HALF, NAMES, TOPS, Flaw, flaws, half_sum, numbers_of, weights_from
from matchmaker.engines.fit.weights import WEIGHTS_2026_1

USED = numbers_of(WEIGHTS_2026_1)


def test_numbers_and_back_then_the_same_set() -> None:
    assert weights_from("2026-1", USED) == WEIGHTS_2026_1
    assert tuple(USED) == NAMES
    assert half_sum(USED) == HALF


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({}, []),
        ({"languages": 4}, [Flaw("", "sum")]),
        ({"product_2": 11}, [Flaw("product_4", "falling")]),
        ({"languages": -1, "reciprocity": 9}, [Flaw("languages", "range")]),
        (
            {"product_2": 0, "product_4": 0, "product_6": 0, "breadth": 0, "partnership": 29},
            [Flaw("product_6", "range")],
        ),
    ],
)
def test_flaws_when_changed_then_named(changes: dict[str, int], wanted: list[Flaw]) -> None:
    assert flaws(USED | changes) == wanted


@given(st.fixed_dictionaries({name: st.integers(-1, 14) for name in NAMES}))
def test_no_flaws_just_when_the_engine_accepts_the_numbers(numbers: dict[str, int]) -> None:
    # Half of the examples are brought to the right sum, otherwise hardly any would be a set.
    numbers["breadth"] += HALF - half_sum(numbers) if numbers["product_2"] % 2 else 0
    try:
        weights_from("tried", numbers)
        accepted = True
    except ValueError:
        accepted = False
    assert (flaws(numbers) == []) is accepted
    assert set(TOPS) < set(NAMES)
