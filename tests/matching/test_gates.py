"""What the checks find, what compliance can clear, and when contacts may open."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from matchmaker.compliance.enums import ScreeningState
from matchmaker.matching import gates
from matchmaker.matching.enums import ComplianceOutcome, FlagCode, Weight
from matchmaker.matching.gates import Flag, PairFacts, SideFacts

SIDE = SideFacts(
    firm_id=1,
    country="TR",
    identifiers_valid=True,
    verified=True,
    size_class="small",
    region_mapped=True,
    screening=ScreeningState.CLEAR,
    hits=(),
    controlled=(),
    consents=1,
    basis="Contract 1",
)
OTHER = replace(SIDE, firm_id=2, country="RU")
CLEAR = PairFacts(SIDE, OTHER, mou_id=5)


def review(outcome: ComplianceOutcome, *flags: Flag) -> Any:
    return SimpleNamespace(outcome=outcome, flags=[flag.key for flag in flags])


def test_a_clear_pair_has_no_flag() -> None:
    assert gates.flags(CLEAR) == ()


@pytest.mark.parametrize(
    ("change", "code", "weight"),
    [
        ({"verified": False}, FlagCode.NOT_VERIFIED, Weight.BAR),
        ({"identifiers_valid": False}, FlagCode.IDENTIFIERS, Weight.REVIEW),
        ({"region_mapped": False}, FlagCode.REGION_NOT_MAPPED, Weight.REVIEW),
        ({"screening": ScreeningState.UNSCREENED}, FlagCode.NOT_SCREENED, Weight.REVIEW),
        ({"screening": ScreeningState.HIT, "hits": ("A (L, 91%)",)}, FlagCode.LISTED_NAME, Weight.REVIEW),
        ({"screening": ScreeningState.HIT}, FlagCode.LISTED_NAME, Weight.REVIEW),
        ({"controlled": ("854231",)}, FlagCode.CONTROLLED_GOODS, Weight.REVIEW),
        ({"size_class": "large"}, FlagCode.SIZE, Weight.HINT),
        ({"size_class": ""}, FlagCode.SIZE, Weight.HINT),
        ({"consents": 0}, FlagCode.NO_CONSENT, Weight.HINT),
        ({"basis": None}, FlagCode.NO_BASIS, Weight.HINT),
    ],
)
def test_each_finding_raises_its_flag_on_either_side(
    change: dict[str, Any], code: FlagCode, weight: Weight
) -> None:
    own = gates.flags(replace(CLEAR, asker=replace(SIDE, **change)))
    other = gates.flags(replace(CLEAR, answerer=replace(OTHER, **change)))

    assert [(flag.code, flag.weight, flag.firm_id) for flag in own] == [(code, weight, 1)]
    assert [(flag.code, flag.weight, flag.firm_id) for flag in other] == [(code, weight, 2)]


def test_without_memorandum_nothing_can_be_cleared() -> None:
    found = gates.flags(replace(CLEAR, mou_id=None))

    assert [flag.code for flag in found] == [FlagCode.NO_MEMORANDUM]
    assert gates.holding(found, [review(ComplianceOutcome.OVERRIDE)]) == found


def test_the_gravest_flag_comes_first() -> None:
    messy = replace(SIDE, verified=False, consents=0, controlled=("854231",))

    assert [flag.weight for flag in gates.flags(replace(CLEAR, asker=messy))] == [
        Weight.BAR,
        Weight.REVIEW,
        Weight.HINT,
    ]


class TestReviews:
    hit = Flag(FlagCode.LISTED_NAME, Weight.REVIEW, 1, "A (L, 91%)")
    new = Flag(FlagCode.LISTED_NAME, Weight.REVIEW, 1, "B (L, 95%)")

    @pytest.mark.parametrize("outcome", [ComplianceOutcome.CLEAR, ComplianceOutcome.OVERRIDE])
    def test_clear_and_override_lift_the_flags_they_name(self, outcome: ComplianceOutcome) -> None:
        assert gates.holding([self.hit], [review(outcome, self.hit)]) == ()

    def test_a_later_finding_is_not_covered(self) -> None:
        cleared = [review(ComplianceOutcome.CLEAR, self.hit)]

        assert gates.holding([self.hit, self.new], cleared) == (self.new,)

    def test_block_holds_and_a_later_clear_lifts_it(self) -> None:
        blocked = review(ComplianceOutcome.BLOCK, self.hit)
        cleared = review(ComplianceOutcome.CLEAR, self.hit)

        assert gates.holding([self.hit], [blocked]) == (self.hit,)
        assert gates.is_blocked([cleared, blocked])
        assert not gates.is_blocked([blocked, cleared])
        assert gates.holding([self.hit], [blocked, cleared]) == ()

    def test_hints_never_hold_up(self) -> None:
        assert gates.holding([Flag(FlagCode.NO_BASIS, Weight.HINT, 1)], []) == ()


@pytest.mark.parametrize("change", [{"consents": 0}, {"basis": None}])
def test_contacts_open_to_both_or_to_nobody(change: dict[str, Any]) -> None:
    assert gates.contacts_can_open(CLEAR)
    assert not gates.contacts_can_open(replace(CLEAR, asker=replace(SIDE, **change)))
    assert not gates.contacts_can_open(replace(CLEAR, answerer=replace(OTHER, **change)))
