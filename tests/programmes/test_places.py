"""How places are counted: quotas, the common pool, groups, the release day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.programmes.enums import QuotaDimension
from matchmaker.programmes.places import Facts, Pool, Quota, Seat, is_released, seats

TR = Quota(1, QuotaDimension.COUNTRY, "TR", 4)
RU = Quota(2, QuotaDimension.COUNTRY, "RU", 4)
PUMPS = Quota(3, QuotaDimension.SECTOR, "28", 2)
WOMEN = Quota(4, QuotaDimension.WOMEN_LED, "", 1)


def test_without_quotas_a_group_takes_common_places_while_it_fits_whole() -> None:
    pool = Pool(places=3, taken={None: 1})

    assert pool.seat(Facts(country="TR"), 2) == Seat(None)
    assert pool.seat(Facts(country="TR"), 3) is None


def test_places_kept_for_others_are_not_given_before_the_release_day() -> None:
    taken = {1: 4, None: 1}

    assert Pool(10, (TR, RU), taken).left_for(Facts(country="TR")) == 1
    assert Pool(10, (TR, RU), taken).left_for(Facts(country="RU")) == 5
    assert Pool(10, (TR, RU), taken, released=True).left_for(Facts(country="TR")) == 5


def test_a_group_takes_what_is_left_of_its_quota_and_the_rest_from_the_common_pool() -> None:
    pool = Pool(10, (TR, RU), {1: 3})

    seat = pool.seat(Facts(country="TR"), 3)

    assert seat == Seat(1)
    assert pool.with_taken(Seat(1), 3).common_left == 0
    assert pool.with_taken(Seat(1), 3).left_for(Facts(country="RU")) == 4


def test_a_full_quota_leads_to_the_common_pool_and_the_fuller_match_comes_first() -> None:
    facts = Facts(country="KZ", sectors=frozenset({"28"}), women_led=True)

    assert Pool(9, (PUMPS, WOMEN), {}).seat(facts, 1) == Seat(3)
    assert Pool(9, (PUMPS, WOMEN), {3: 2}).seat(facts, 1) == Seat(4)
    assert Pool(9, (PUMPS, WOMEN), {3: 2, 4: 1}).seat(facts, 1) == Seat(None)


@pytest.mark.parametrize(
    ("dimension", "value", "facts"),
    [
        (QuotaDimension.COUNTRY, "TR", Facts(country="TR")),
        (QuotaDimension.REGION, "TR-42", Facts(region="TR-42")),
        (QuotaDimension.SIZE, "micro", Facts(size="micro")),
        (QuotaDimension.SECTOR, "28", Facts(sectors=frozenset({"10", "28"}))),
        (QuotaDimension.WOMEN_LED, "", Facts(women_led=True)),
    ],
)
def test_a_quota_matches_by_its_dimension_only(dimension: QuotaDimension, value: str, facts: Facts) -> None:
    quota = Quota(1, dimension, value, 1)

    assert quota.matches(facts)
    assert not quota.matches(Facts(country="XX", region="XX-1", size="large", sectors=frozenset({"99"})))


def test_unused_places_return_on_the_release_day() -> None:
    day = date(2026, 12, 1)

    assert [is_released(day, today) for today in (date(2026, 11, 30), day)] == [False, True]
    assert not is_released(None, day)


@given(
    st.lists(st.tuples(st.sampled_from(["TR", "RU", "KZ"]), st.booleans(), st.integers(1, 4)), max_size=30),
    st.integers(9, 20),
)
def test_however_groups_come_no_place_is_given_twice_and_kept_places_stay(
    arrivals: list[tuple[str, bool, int]], places: int
) -> None:
    pool = Pool(places, (TR, RU, WOMEN))
    for country, women_led, people in arrivals:
        facts = Facts(country=country, women_led=women_led)
        seat = pool.seat(facts, people)
        assert (seat is None) == (people > pool.left_for(facts))
        if seat is not None:
            pool = pool.with_taken(seat, people)
        assert pool.all_taken <= places
        assert pool.left >= sum(pool.left_of(quota) for quota in pool.quotas)


def test_a_selection_is_seated_in_its_order_and_whoever_does_not_fit_leaves_the_place_to_the_next() -> None:
    pool = Pool(6, (TR,), {TR.id: 3})

    found = seats(pool, [(Facts(country="TR"), 2), (Facts(country="RU"), 2), (Facts(country="RU"), 1)])

    assert found == [Seat(TR.id), None, Seat(None)]
    assert seats(pool, []) == []
