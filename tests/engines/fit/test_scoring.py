"""The score of a pair: whole points that add up, both ways alike, with facts and what would raise it."""

from dataclasses import replace

import pytest

from matchmaker.engines.fit.facts import (
    CertificateFact,
    LanguageFact,
    Missing,
    PartnershipFact,
    ProductFact,
    ReciprocityFact,
    SectorFact,
    VolumeFact,
)
from matchmaker.engines.fit.profile import FitProfile, ProductLine
from matchmaker.engines.fit.scoring import score
from matchmaker.engines.fit.weights import WEIGHTS_2026_1, Weights

VALVES = ProductLine("848180", 1000.0, "piece", frozenset({"EAC", "ISO9001"}))
MAKER = FitProfile(
    1,
    "TR",
    offered=(ProductLine("848180", 2000.0, "piece"), ProductLine("730630")),
    sought=(ProductLine("720838", 500.0, "t"),),
    partnerships=frozenset({("EXPORT", "a"), ("RESEARCH", "symmetric")}),
    certificates=frozenset({"EAC", "ISO9001"}),
    languages=frozenset({"tr", "en"}),
    sectors=("28.14",),
)
BUYER = FitProfile(
    2,
    "RU",
    offered=(ProductLine("720838", 300.0, "t"),),
    sought=(VALVES,),
    partnerships=frozenset({("EXPORT", "b"), ("AGENCY", "a")}),
    languages=frozenset({"ru", "en"}),
    sectors=("2814", "46.74"),
)


def points(a: FitProfile, b: FitProfile, criterion: str) -> tuple[int, int]:
    row = score(a, b).row(criterion)
    return row.points_a, row.points_b


def with_lines(firm: FitProfile, sought: tuple[str, ...] = (), offered: tuple[str, ...] = ()) -> FitProfile:
    return replace(firm, sought=tuple(map(ProductLine, sought)), offered=tuple(map(ProductLine, offered)))


def test_score_when_both_sides_win_then_rows_and_total() -> None:
    fit = score(MAKER, BUYER)
    assert {row.criterion: (row.points_a, row.points_b, row.most_a, row.most_b) for row in fit.rows} == {
        "products": (23, 23, 23, 23),
        "partnership": (6, 6, 6, 6),
        "volume": (3, 5, 5, 5),
        "certificates": (0, 4, 4, 4),
        "languages": (3, 3, 3, 3),
        "sector": (4, 4, 4, 4),
        "reciprocity": (5, 5, 5, 5),
    }
    assert (fit.total, fit.weights) == (94, "2026-1")


def test_score_when_both_sides_win_then_facts_name_codes_and_levels() -> None:
    fit = score(MAKER, BUYER)
    assert [fact for row in fit.rows for fact in row.facts] == [
        ProductFact("a", 6, "720838", "720838", 1, 1),
        ProductFact("b", 6, "848180", "848180", 1, 1),
        PartnershipFact("EXPORT", "a", "b"),
        VolumeFact("a", "720838", "720838", "t", 500.0, 300.0),
        VolumeFact("b", "848180", "848180", "piece", 1000.0, 2000.0),
        CertificateFact("b", "848180", ("EAC", "ISO9001"), ("EAC", "ISO9001")),
        LanguageFact(("en",)),
        SectorFact(4, "28.14", "2814"),
        ReciprocityFact(23, 23),
    ]


def test_score_when_firms_are_swapped_then_sides_are_swapped() -> None:
    there, back = score(MAKER, BUYER), score(BUYER, MAKER)
    assert there.total == back.total
    assert [(row.points_a, row.points_b) for row in there.rows] == [
        (row.points_b, row.points_a) for row in back.rows
    ]


@pytest.mark.parametrize(
    ("sought", "offered", "expected"),
    [
        (("848180",), ("848180",), 23),
        (("848180",), ("848110",), 16),
        (("848180",), ("8481",), 16),
        (("8481",), ("848180",), 16),
        (("848180",), ("840310",), 4),
        (("84",), ("84",), 4),
        (("848180",), ("730630",), 0),
        (("848180", "730630"), ("848180",), 20),
        (("848180", "730630", "940360"), ("848180", "7306"), 21),
        ((), ("848180",), 0),
        (("848180",), (), 0),
    ],
)
def test_products_when_codes_agree_further_then_more_points(
    sought: tuple[str, ...], offered: tuple[str, ...], expected: int
) -> None:
    seeker = with_lines(FitProfile(1, "TR"), sought=sought)
    offerer = with_lines(FitProfile(2, "RU"), offered=offered)
    assert points(seeker, offerer, "products") == (expected, 0)


def test_reciprocity_when_one_side_gets_nothing_then_zero() -> None:
    a = with_lines(FitProfile(1, "TR"), sought=("848180",))
    b = with_lines(FitProfile(2, "RU"), offered=("848180",))
    assert points(a, b, "reciprocity") == (0, 0)


def test_reciprocity_when_second_side_gets_products_then_rises() -> None:
    a = with_lines(FitProfile(1, "TR"), sought=("848180",), offered=("520100",))
    chapter = with_lines(FitProfile(2, "RU"), offered=("848180",), sought=("52",))
    heading = with_lines(FitProfile(2, "RU"), offered=("848180",), sought=("5201",))
    exact = with_lines(FitProfile(2, "RU"), offered=("848180",), sought=("520100",))
    assert [points(a, b, "reciprocity")[0] for b in (chapter, heading, exact)] == [0, 3, 5]


@pytest.mark.parametrize(
    ("need", "capacity", "unit", "expected"),
    [
        (100, 100, "t", 5),
        (100, 50, "t", 3),
        (100, 49.9, "t", 1),
        (100, 100, "kg", 0),
        (100, None, "t", 0),
        (0, 9, "t", 0),
    ],
)
def test_volume_when_capacity_covers_more_then_more_points(
    need: float, capacity: float | None, unit: str, expected: int
) -> None:
    a = replace(FitProfile(1, "TR"), sought=(ProductLine("848180", need, "t"),))
    b = replace(FitProfile(2, "RU"), offered=(ProductLine("8481", capacity, unit),))
    assert points(a, b, "volume") == (expected, 0)


@pytest.mark.parametrize(
    ("held", "expected"), [({"EAC", "ISO9001", "CE"}, 4), ({"EAC"}, 2), ({"CE"}, 0), (set[str](), 0)]
)
def test_certificates_when_share_of_required_is_held_then_points(held: set[str], expected: int) -> None:
    a = replace(FitProfile(1, "TR"), sought=(VALVES,))
    b = replace(FitProfile(2, "RU"), offered=(ProductLine("848180"),), certificates=frozenset(held))
    assert points(a, b, "certificates") == (expected, 0)


def test_certificates_when_product_is_another_then_certificates_count_for_nothing() -> None:
    a = replace(FitProfile(1, "TR"), sought=(VALVES,))
    b = replace(FitProfile(2, "RU"), offered=(ProductLine("730630"),), certificates=frozenset({"EAC"}))
    assert points(a, b, "certificates") == (0, 0)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("EXPORT", "a"), ("EXPORT", "b"), 6),
        (("EXPORT", "seeks"), ("EXPORT", "offers"), 6),
        (("EXPORT", "a"), ("EXPORT", "a"), 0),
        (("EXPORT", "a"), ("IMPORT", "b"), 0),
        (("RESEARCH", "symmetric"), ("RESEARCH", "symmetric"), 6),
    ],
)
def test_partnership_when_sides_answer_then_points(
    one: tuple[str, str], other: tuple[str, str], expected: int
) -> None:
    a, b = (
        FitProfile(1, "TR", partnerships=frozenset({one})),
        FitProfile(2, "RU", partnerships=frozenset({other})),
    )
    assert points(a, b, "partnership") == (expected, expected)


@pytest.mark.parametrize(("other", "expected"), [("28.14", 4), ("2813", 2), ("28.91", 1), ("29.10", 0)])
def test_sector_when_classes_agree_further_then_more_points(other: str, expected: int) -> None:
    a, b = FitProfile(1, "TR", sectors=("28.14",)), FitProfile(2, "RU", sectors=("01.11", other))
    assert points(a, b, "sector") == (expected, expected)


def test_missing_when_profiles_are_empty_then_every_field_of_both_with_points_at_stake() -> None:
    fit = score(FitProfile(1, "TR"), FitProfile(2, "RU"))
    assert fit.total == 0
    assert len(fit.missing) == 24
    assert Missing("products", "a", "sought", "a", 23) in fit.missing
    assert Missing("products", "b", "offered", "a", 23) in fit.missing
    assert Missing("certificates", "b", "certificates", "a", 4) in fit.missing


def test_missing_when_field_is_filled_then_score_can_rise_by_no_more_than_said() -> None:
    poor = replace(BUYER, sectors=())
    stake = {(missing.criterion, missing.gains): missing.points for missing in score(MAKER, poor).missing}
    assert score(MAKER, BUYER).total - score(MAKER, poor).total == 8
    assert stake["sector", "a"] + stake["sector", "b"] == 8


def test_missing_when_all_is_known_then_only_what_is_empty() -> None:
    assert score(MAKER, BUYER).missing == (
        Missing("certificates", "a", "required_certificates", "a", 4),
        Missing("certificates", "b", "certificates", "a", 4),
    )


def test_missing_when_criterion_carries_no_points_then_not_asked_for() -> None:
    mute: Weights = replace(WEIGHTS_2026_1, name="mute", languages=0, breadth=9)
    assert "languages" not in {
        m.criterion for m in score(FitProfile(1, "TR"), FitProfile(2, "RU"), mute).missing
    }


def test_row_when_criterion_is_unknown_then_key_error() -> None:
    fit = score(MAKER, BUYER)
    assert sum(row.points for row in fit.rows) == fit.total
    with pytest.raises(KeyError):
        fit.row("charm")


def test_weights_when_sum_is_not_a_hundred_then_refused() -> None:
    with pytest.raises(ValueError, match="at most 50"):
        replace(WEIGHTS_2026_1, languages=4)
    with pytest.raises(ValueError, match="rise"):
        replace(WEIGHTS_2026_1, volume=(3, 1, 5))
    assert 2 * sum(WEIGHTS_2026_1.most.values()) == 100


def test_weights_when_another_set_then_named_in_the_fit() -> None:
    other: Weights = replace(WEIGHTS_2026_1, name="trial", languages=0, breadth=9)
    assert (score(MAKER, BUYER, other).weights, score(MAKER, BUYER, other).total) == ("trial", 94)


@pytest.mark.parametrize("hs", ["848", "", "84818", "84.81", "abcd", "８４"])
def test_product_line_when_code_is_malformed_then_refused(hs: str) -> None:
    with pytest.raises(ValueError, match="HS code"):
        ProductLine(hs)


def test_profile_when_side_or_sector_is_malformed_then_refused() -> None:
    with pytest.raises(ValueError, match="unknown side"):
        FitProfile(1, "TR", partnerships=frozenset({("EXPORT", "c")}))
    with pytest.raises(ValueError, match="4 digits"):
        FitProfile(1, "TR", sectors=("28",))
