"""Ranking by lists gives exactly the totals of the score, in one order, whatever was changed meanwhile."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, product
from pathlib import Path
from time import process_time
from typing import Any, TypeVar

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaker.engines.fit import segment
from matchmaker.engines.fit.index import FitIndex, Lists, Ranked
from matchmaker.engines.fit.profile import FitProfile, ProductLine
from matchmaker.engines.fit.scoring import score
from matchmaker.engines.fit.snapshot import SnapshotOutdated
from matchmaker.engines.fit.weights import WEIGHTS_2026_1, Weights

TRIAL = replace(WEIGHTS_2026_1, name="trial", product=(3, 8, 15), breadth=4, volume=(2, 5, 9))
Thing = TypeVar("Thing")
CODES = ("84", "8481", "848180", "848110", "8482", "848210", "73", "7306", "730630", "010121")


def subsets(things: Sequence[Thing], most: int) -> list[frozenset[Thing]]:
    """All sets of at most so many of these things, the smallest first."""
    return [frozenset(some) for size in range(most + 1) for some in combinations(things, size)]


# One draw for a line and one for a set: drawing each of their parts took three quarters of the time of a test.
CERTIFICATES = subsets(("EAC", "ISO9001", "CE", "HALAL"), 3)
LINES = [
    ProductLine(*parts)
    for parts in product(CODES, (None, 0.0, 0.3, 0.6, 1.0, 2.0, 1e9), (None, "", "t", "piece"), CERTIFICATES)
]
KINDS = subsets((("EXPORT", "a"), ("EXPORT", "b"), ("RESEARCH", "symmetric"), ("AGENCY", "a")), 3)
LANGUAGES = subsets(("tr", "ru", "en"), 3)
lines = st.lists(st.sampled_from(LINES), max_size=5).map(tuple)


def profiles(firm_id: int) -> st.SearchStrategy[FitProfile]:
    return st.builds(
        FitProfile,
        st.just(firm_id),
        st.sampled_from(["TR", "RU", "KZ"]),
        lines,
        lines,
        st.sampled_from(KINDS),
        st.sampled_from(CERTIFICATES),
        st.sampled_from(LANGUAGES),
        st.lists(st.sampled_from(["28.14", "28.13", "2891", "01.11", "24.20"]), max_size=3).map(tuple),
    )


populations = st.integers(0, 7).flatmap(lambda size: st.tuples(*(profiles(3 * n + 1) for n in range(size))))


def brute_force(
    firm: FitProfile, others: tuple[FitProfile, ...], k: int, weights: Weights
) -> tuple[Ranked, ...]:
    totals = [
        Ranked(other.firm_id, score(firm, other, weights).total)
        for other in others
        if other.firm_id != firm.firm_id
    ]
    return tuple(sorted((r for r in totals if r.total), key=lambda r: (-r.total, r.firm_id))[:k])


@settings(max_examples=300, deadline=None)
@given(profiles(4), populations, st.integers(1, 5), st.sampled_from([WEIGHTS_2026_1, TRIAL]))
def test_top_when_any_population_then_equal_to_scoring_every_pair(
    firm: FitProfile, others: tuple[FitProfile, ...], k: int, weights: Weights
) -> None:
    index = FitIndex.build(others)
    assert index.top(firm, k, weights=weights) == brute_force(firm, others, k, weights)
    ids = [other.firm_id for other in others]
    assert index.score_many(firm, [*ids, 999], weights) == {
        other.firm_id: score(firm, other, weights).total for other in others
    }


@settings(max_examples=200, deadline=None)
@given(profiles(1), profiles(2))
def test_score_when_any_pair_then_adds_up_and_is_the_same_both_ways(a: FitProfile, b: FitProfile) -> None:
    there, back = score(a, b), score(b, a)
    assert 0 <= there.total == back.total <= 100
    assert there.total == sum(row.points_a + row.points_b for row in there.rows)
    assert [(r.points_a, r.points_b) for r in there.rows] == [(r.points_b, r.points_a) for r in back.rows]
    assert all(0 <= r.points_a <= r.most_a and 0 <= r.points_b <= r.most_b for r in there.rows)
    assert sum(row.most_a + row.most_b for row in there.rows) == 100


@settings(max_examples=100, deadline=None)
@given(profiles(100), populations, populations, st.frozensets(st.integers(0, 20), max_size=4))
def test_updated_when_firms_change_or_go_then_equal_to_a_new_build(
    firm: FitProfile, before: tuple[FitProfile, ...], after: tuple[FitProfile, ...], gone: frozenset[int]
) -> None:
    index = FitIndex.build(before).updated(after[:2]).updated(after[2:], removed=gone)
    now = {other.firm_id: other for other in (*before, *after) if other.firm_id not in gone}
    fresh = FitIndex.build(now.values())
    assert len(index) == len(fresh)
    assert index.top(firm, 10) == fresh.top(firm, 10)
    assert index.score_many(firm, range(30)) == fresh.score_many(firm, range(30))


def test_updated_when_removed_firm_returns_then_ranked_again() -> None:
    firm, other = (
        FitProfile(1, "TR", languages=frozenset({"en"})),
        FitProfile(2, "RU", languages=frozenset({"en"})),
    )
    index = FitIndex.build([other]).updated(removed=[2])
    assert (index.top(firm), index.changes) == ((), 1)
    assert index.updated([other]).top(firm) == (Ranked(2, 6),)


def population(size: int, country: str, first_id: int) -> list[FitProfile]:
    numbers = np.random.default_rng(first_id)

    def pick(choices: Sequence[Any]) -> Any:
        return choices[int(numbers.integers(len(choices)))]

    def some(choices: Sequence[str], most: int) -> list[str]:
        return [
            choices[at] for at in numbers.permutation(len(choices))[: numbers.integers(most + 1)].tolist()
        ]

    hs = [
        f"{chapter:02d}{heading:02d}{sub:02d}"
        for chapter in range(1, 40)
        for heading in (1, 2, 9)
        for sub in (10, 90)
    ]

    def some_lines(most: int) -> tuple[ProductLine, ...]:
        return tuple(
            ProductLine(
                pick(hs)[: pick((4, 6, 6))],
                pick((None, 10.0, 500.0)),
                pick((None, "t", "piece")),
                frozenset(some(("EAC", "ISO9001", "CE", "HACCP"), 2)),
            )
            for _ in range(int(numbers.integers(most + 1)))
        )

    return [
        FitProfile(
            firm_id,
            country,
            some_lines(6),
            some_lines(4),
            frozenset({(pick(("EXPORT", "AGENCY")), pick("ab"))}),
            frozenset(some(("EAC", "ISO9001", "CE", "HACCP"), 3)),
            frozenset(some(("tr", "ru", "en"), 2)),
            (f"{numbers.integers(10, 33)}.{numbers.integers(10, 99)}",),
        )
        for firm_id in range(first_id, first_id + size)
    ]


def test_top_when_five_hundred_meet_five_hundred_then_under_a_minute_and_byte_identical() -> None:
    turkish, russian = population(500, "TR", 1), population(500, "RU", 1001)
    started = process_time()
    index, again = FitIndex.build(russian), FitIndex.build(reversed(russian))
    first = [index.top(firm, 20) for firm in turkish]
    explained = [
        [score(firm, russian[r.firm_id - 1001]) for r in ranked]
        for firm, ranked in zip(turkish, first, strict=True)
    ]
    assert process_time() - started < 60
    assert [[fit.total for fit in fits] for fits in explained] == [
        [r.total for r in ranked] for ranked in first
    ]
    assert repr(first).encode() == repr([again.top(firm, 20) for firm in turkish]).encode()


def test_build_when_entries_are_few_or_many_then_the_same_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    firms = population(200, "RU", 1)
    made = []
    for few in (1, 1_000_000):
        monkeypatch.setattr(segment, "FEW", few)
        (of_one_country,) = Lists.build(firms).segments
        made.append({name: (array.dtype, array.tolist()) for name, array in of_one_country.arrays.items()})
    assert made[0] == made[1]


def test_top_when_totals_are_equal_then_smallest_ids_first() -> None:
    others = [FitProfile(n, "RU", languages=frozenset({"en"})) for n in (9, 3, 7, 5, 1)]
    firm = FitProfile(3, "TR", languages=frozenset({"en"}))
    assert FitIndex.build(others).top(firm, 3) == (Ranked(1, 6), Ranked(5, 6), Ranked(7, 6))


def test_top_when_firms_are_excluded_or_of_other_countries_then_left_out() -> None:
    others = [
        FitProfile(n, country, languages=frozenset({"en"}))
        for n, country in ((1, "RU"), (2, "KZ"), (3, "RU"), (4, "TR"))
    ]
    firm = FitProfile(8, "TR", languages=frozenset({"en"}))
    for index in (FitIndex.build(others), FitIndex.build(others[:2]).updated(others[2:])):
        assert [r.firm_id for r in index.top(firm, excluded=[3, 77], countries={"RU", "KZ"})] == [1, 2]
        assert index.top(firm, countries=()) == ()
        assert [r.firm_id for r in index.top(firm, 2)] == [1, 2]


def test_build_when_firm_comes_twice_then_refused() -> None:
    with pytest.raises(ValueError, match="one profile"):
        FitIndex.build([FitProfile(1, "TR"), FitProfile(1, "RU")])


def test_build_when_more_than_64_certificates_then_all_count() -> None:
    codes = [f"C{number:03d}" for number in range(130)]
    others = [
        FitProfile(n, "RU", (ProductLine("8481"),), certificates=frozenset(codes[n::2])) for n in (0, 1)
    ]
    firm = FitProfile(
        9, "TR", sought=(ProductLine("848180", required_certificates=frozenset(codes[:3] + codes[-1:])),)
    )
    assert FitIndex.build(others).score_many(firm, [0, 1]) == {
        o.firm_id: score(firm, o).total for o in others
    }


def test_load_when_saved_then_same_ranking_from_mapped_files(tmp_path: Path) -> None:
    firms = population(60, "RU", 1)
    index = FitIndex.build(firms)
    index.save(tmp_path / "snapshot")
    loaded = FitIndex.load(tmp_path / "snapshot")
    for firm in population(20, "TR", 500):
        assert loaded.top(firm) == index.top(firm)
    changed = replace(firms[0], languages=frozenset({"zz"}))
    assert loaded.updated([changed]).changes == 1
    with pytest.raises(ValueError, match="anew"):
        loaded.updated([changed]).save(tmp_path / "other")


def test_load_when_index_is_empty_then_nothing_is_ranked(tmp_path: Path) -> None:
    FitIndex.build([]).save(tmp_path / "empty")
    assert FitIndex.load(tmp_path / "empty").top(FitProfile(1, "TR")) == ()


def test_load_when_snapshot_is_of_another_version_then_refused(tmp_path: Path) -> None:
    FitIndex.build([]).save(tmp_path / "old")
    described = tmp_path / "old" / "vocabularies.json"
    described.write_text(described.read_text().replace('"version": 2', '"version": 0'))
    with pytest.raises(SnapshotOutdated):
        FitIndex.load(tmp_path / "old")
