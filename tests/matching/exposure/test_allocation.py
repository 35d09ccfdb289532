"""The allocation of first places: nobody over the cap, nobody passed over who fits better, lists full where they can be."""

from collections import Counter
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.matching.exposure import allocation
from matchmaker.matching.exposure.allocation import Allocation, Allocator, most_lists
from matchmaker.matching.exposure.spread import BANDS, gini, histogram, top_share

Totals = dict[tuple[int, int], int]


def ranked(totals: Totals, owner: int) -> list[tuple[int, int]]:
    found = [(firm, total) for (one, firm), total in totals.items() if one == owner and total]
    return sorted(found, key=lambda item: (-item[1], item[0]))


def run(totals: Totals, limit: int, wished: dict[int, set[int]] | None = None) -> Allocation:
    wishes = wished or {}

    def rank(owner: int, most: int) -> list[tuple[int, int]]:
        order = ranked(totals, owner)
        return sorted(order, key=lambda item: item[0] not in wishes.get(owner, ()))[:most]

    owners = sorted({owner for owner, _firm in totals})
    return Allocator(rank, lambda firm: limit, wishes).run(owners)


def stand_in(found: Allocation, firm: int) -> list[int]:
    return sorted(owner for owner, numbers in found.lists.items() if firm in numbers)


tables = (
    st.integers(2, 14)
    .flatmap(
        lambda owners: st.lists(
            st.lists(st.integers(0, 6), min_size=14, max_size=14), min_size=owners, max_size=owners
        )
    )
    .map(
        lambda rows: {
            (owner, 100 + firm): total for owner, row in enumerate(rows) for firm, total in enumerate(row)
        }
    )
)


@given(tables, st.integers(1, 6), st.integers(1, 4))
def test_nobody_over_the_cap_and_nobody_passed_over(totals: Totals, limit: int, places: int) -> None:
    with patch.object(allocation, "PLACES", places):
        found = run(totals, limit)
    shown = found.shown
    assert all(count <= limit for count in shown.values())
    for owner, numbers in found.lists.items():
        order = ranked(totals, owner)
        assert [number for number, _total in order if number in numbers] == numbers
        last = (
            order.index((numbers[-1], totals[owner, numbers[-1]])) if len(numbers) == places else len(order)
        )
        for firm, total in order[:last]:
            if firm in numbers:
                continue
            # A firm that stands above somebody in this list is full, and all who keep it have it with as many points.
            holders = stand_in(found, firm)
            assert len(holders) == limit
            assert all((totals[one, firm], -one) > (total, -owner) for one in holders)
            assert firm in found.over
    natural = Counter(firm for owner in found.lists for firm, _total in ranked(totals, owner)[:places])
    assert found.natural == natural
    if not found.over:
        assert shown == natural


def test_a_firm_over_the_cap_gives_way_to_the_next() -> None:
    totals = {(owner, 100): 90 - owner for owner in range(4)} | {(owner, 101): 10 for owner in range(4)}
    with patch.object(allocation, "PLACES", 1):
        found = run(totals, 2)
    assert found.lists == {0: [100], 1: [100], 2: [101], 3: [101]}
    assert (found.natural[100], found.over) == (4, {100})


def test_a_firm_that_the_owner_wants_to_meet_stays() -> None:
    totals = {(owner, 100): 90 - owner for owner in range(4)} | {(owner, 101): 10 for owner in range(4)}
    with patch.object(allocation, "PLACES", 1):
        found = run(totals, 2, {3: {100}})
    assert stand_in(found, 100) == [0, 3]


@pytest.mark.parametrize(
    ("share", "lists", "firms", "wanted"),
    [
        (10, 300, 300, 30),
        (5, 300, 300, 15),
        (1, 300, 300, 10),
        (10, 12, 12, 10),
        (10, 300, 30, 100),
        (100, 7, 9, 8),
    ],
)
def test_most_lists_never_below_what_all_alike_would_get(
    share: int, lists: int, firms: int, wanted: int
) -> None:
    assert most_lists(share, lists, firms) == wanted


class TestSpread:
    def test_gini(self) -> None:
        assert gini([]) == gini([0, 0]) == 0.0
        assert gini([3, 3, 3]) == pytest.approx(0.0)
        assert gini([0, 0, 0, 8]) == pytest.approx(0.75)
        # The mean absolute difference of 1, 2, 3, 4 over twice their mean, counted by hand.
        assert gini([4, 1, 3, 2]) == pytest.approx(0.25)

    def test_top_share(self) -> None:
        assert top_share([1] * 19 + [21], 10) == pytest.approx(22 / 40)
        assert top_share([5, 5], 10) == 0.5
        assert top_share([0]) == 0.0

    def test_histogram_puts_each_firm_into_one_band(self) -> None:
        counts = [0, 0, 1, 4, 5, 9, 600]
        found = dict(zip(BANDS, histogram(counts), strict=True))
        assert found == dict.fromkeys(BANDS, 0) | {0: 2, 1: 1, 2: 1, 5: 2, 500: 1}
