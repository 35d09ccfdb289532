"""What a no to one suggestion means for others, and that the order with it is exact."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.engines.fit.index import FitIndex
from matchmaker.engines.fit.profile import FitProfile, ProductLine
from matchmaker.engines.fit.scoring import score
from matchmaker.engines.fit.weights import WEIGHTS_2026_1
from matchmaker.matching.ranking import Terms, best
from matchmaker.matching.relevance.enums import Irrelevance
from matchmaker.matching.relevance.rate import Judgement, Rate, rates
from matchmaker.matching.relevance.rules import MOST, STEP, Lowering, Mark, lowered, lowering, resembles

WHY = Irrelevance


def firm(
    number: int,
    *,
    offers: str = "",
    seeks: str = "",
    kinds: str = "",
    sectors: str = "2814",
    size: str = "small",
    country: str = "RU",
) -> FitProfile:
    return FitProfile(
        firm_id=number,
        country=country,
        offered=tuple(ProductLine(code) for code in offers.split()),
        sought=tuple(ProductLine(code) for code in seeks.split()),
        partnerships=frozenset((kind, "symmetric") for kind in kinds.split()),
        sectors=tuple(sectors.split()),
        size_class=size,
    )


OWN = firm(1, offers="848180", seeks="732599 841350", kinds="RESEARCH TRAINING", country="TR")
VALVES = firm(2, seeks="848110", kinds="RESEARCH", sectors="2814 2511", size="medium")


@pytest.mark.parametrize(
    ("reason", "other", "alike"),
    [
        (WHY.GOODS, firm(3, seeks="848120"), True),
        (WHY.GOODS, firm(3, seeks="848120", offers="732510"), False),
        (WHY.GOODS, firm(3, seeks="010121"), False),
        (WHY.PARTNERSHIP, firm(3, kinds="RESEARCH"), True),
        (WHY.PARTNERSHIP, firm(3, kinds="RESEARCH TRAINING"), False),
        (WHY.PARTNERSHIP, firm(3, kinds="FRANCHISE"), False),
        (WHY.SECTOR, firm(3, sectors="2599"), True),
        (WHY.SECTOR, firm(3, sectors="1071"), False),
        (WHY.SIZE, firm(3, size="medium"), True),
        (WHY.SIZE, firm(3, size="small"), False),
        (WHY.KNOWN, firm(3, seeks="848120", kinds="RESEARCH"), False),
        (WHY.OTHER, firm(3, seeks="848120", kinds="RESEARCH"), False),
    ],
)
def test_resembles_in_what_was_named(reason: Irrelevance, other: FitProfile, alike: bool) -> None:
    assert resembles(OWN, Mark(VALVES, reason), other) is alike


def test_the_firm_itself_is_not_lowered_but_left_out() -> None:
    assert not resembles(OWN, Mark(VALVES, WHY.GOODS), VALVES)


@pytest.mark.parametrize(
    ("marks", "total", "points"), [(1, 60, STEP), (2, 60, 2 * STEP), (5, 60, MOST), (5, 7, 7), (1, 0, 0)]
)
def test_lowering_adds_up_within_its_bounds(marks: int, total: int, points: int) -> None:
    known = [Mark(firm(10 + at, seeks="848110"), WHY.GOODS) for at in range(marks)]
    found = lowering(OWN, firm(3, seeks="848120"), total, known)
    assert found == (Lowering(points, (WHY.GOODS,) * marks) if points else Lowering())


profile = st.builds(
    lambda offers, seeks, kinds, size: (offers, seeks, kinds, size),
    st.sampled_from(["", "732599", "841350 732510"]),
    st.sampled_from(["", "848180", "848110"]),
    st.sampled_from(["", "RESEARCH", "TRAINING RESEARCH"]),
    st.sampled_from(["small", "medium"]),
)


@given(
    st.lists(profile, min_size=2, max_size=25),
    st.lists(st.sampled_from([*Irrelevance]), min_size=1, max_size=3),
    st.integers(1, 6),
)
def test_best_with_lowering_then_equal_to_lowering_everybody_first(
    made: list[tuple[str, str, str, str]], reasons: list[Irrelevance], most: int
) -> None:
    others = [
        firm(number, offers=offers, seeks=seeks, kinds=kinds, size=size)
        for number, (offers, seeks, kinds, size) in enumerate(made, start=2)
    ]
    by_id = {one.firm_id: one for one in others}
    marks = [Mark(other, reason) for other, reason in zip(others, reasons, strict=False)]
    left = [one for one in others if one.firm_id not in {mark.other.firm_id for mark in marks}]
    terms = Terms(
        {"RU"},
        excluded=frozenset(mark.other.firm_id for mark in marks),
        lower=lambda totals: lowered(OWN, [by_id[number] for number in totals], totals, marks),
    )
    found = best(FitIndex.build(others), OWN, terms, most, WEIGHTS_2026_1)
    totals = {one.firm_id: score(OWN, one).total for one in left}
    totals = {
        number: total - lowering(OWN, by_id[number], total, marks).points
        for number, total in totals.items()
        if total
    }
    wanted = sorted(totals.items(), key=lambda item: (-item[1], item[0]))
    assert found == wanted[:most]


class TestRate:
    def test_rates_by_key_most_judgements_first(self) -> None:
        said = [
            Judgement(True, "TR", "28", "2026-1"),
            Judgement(False, "TR", "10", "2026-1"),
            Judgement(True, "RU", "28", "2026-2"),
        ]
        assert rates(said, lambda one: one.country) == [Rate("TR", 1, 2), Rate("RU", 1, 1)]

    def test_interval_of_wilson(self) -> None:
        # Wilson's interval for 8 of 10, as printed in Newcombe (1998), rounded.
        least, most = Rate("", 8, 10).interval
        assert (round(least, 3), round(most, 3)) == (0.490, 0.943)
        assert Rate("", 0, 0).interval == (0.0, 1.0)
        assert Rate("", 0, 5).interval[0] == 0.0
