"""Controlled goods, the state of a screening, who decides and who reads."""

from collections.abc import Sequence

import pytest

from matchmaker.compliance import rules
from matchmaker.compliance.controlled_goods import TIERS, listed_goods
from matchmaker.compliance.enums import HitState, ScreeningState
from matchmaker.core.actor import VISITOR, Actor, FirmRole, Grant, InstitutionRole, Membership
from matchmaker.reference import hs

A, B = "List A 1", "List B 7"


def test_the_list_is_the_fifty_subheadings_in_their_tiers() -> None:
    tiers = [good.tier for good in listed_goods()]
    assert [tiers.count(tier) for tier in TIERS] == [4, 5, 16, 9, 11, 5]
    assert {good.version for good in listed_goods()} == {"2024-02-23"}
    assert all(hs.get(good.code) for good in listed_goods())


@pytest.mark.parametrize(
    ("code", "listed"),
    [
        ("854231", ("854231",)),
        ("85423190", ("854231",)),
        ("8542", ("854231", "854232", "854233", "854239")),
        ("848180", ()),
        ("", ()),
    ],
)
def test_codes_are_compared_as_prefixes(code: str, listed: Sequence[str]) -> None:
    found = rules.controlled([code])
    assert tuple(good.code for one in found for good in one.listed) == tuple(listed)
    assert [one.code for one in found] == ([code] if listed else [])


def test_an_entered_code_comes_once_with_its_gravest_tier() -> None:
    found = rules.controlled(["8471", "854231", "854231", "010121"])
    assert [one.code for one in found] == ["8471", "854231"]
    assert found[1].tier == "1"
    tiers = {good.tier for good in found[0].listed}
    assert found[0].tier == min(tiers, key=TIERS.index)
    assert found[0].version == "2024-02-23"


@pytest.mark.parametrize(
    ("current", "compared", "hits", "same_data", "state"),
    [
        ([A], [A], [], True, ScreeningState.CLEAR),
        ([A, B], [B, A], [HitState.CLEARED], True, ScreeningState.CLEAR),
        ([], [], [], True, ScreeningState.UNSCREENED),
        ([A], None, [], True, ScreeningState.UNSCREENED),
        ([A, B], [A], [], True, ScreeningState.UNSCREENED),
        ([B], [A], [], True, ScreeningState.UNSCREENED),
        ([A], [A], [], False, ScreeningState.UNSCREENED),
        ([A], [A], [HitState.OPEN], True, ScreeningState.HIT),
        ([A], [A], [HitState.CLEARED, HitState.CONFIRMED], True, ScreeningState.HIT),
        ([B], [A], [HitState.OPEN], False, ScreeningState.HIT),
        ([], [A], [HitState.CONFIRMED], True, ScreeningState.HIT),
    ],
)
def test_only_a_comparison_with_the_present_lists_makes_clear(
    current: list[str],
    compared: list[str] | None,
    hits: list[HitState],
    same_data: bool,
    state: ScreeningState,
) -> None:
    assert rules.state_of(current, compared, hits, same_data=same_data) is state


def officer(role: InstitutionRole, country: str | None = "TR", operator: bool = False) -> Actor:
    return Actor(person_id=1, grants=(Grant(role, 1, country, operator),))


def test_who_decides_about_hits() -> None:
    assert rules.screening_countries(officer(InstitutionRole.COMPLIANCE)) == ("TR",)
    for role in set(InstitutionRole) - {InstitutionRole.COMPLIANCE}:
        assert not rules.may_screen(officer(role))
    assert not rules.may_screen(VISITOR)
    assert not rules.may_screen(officer(InstitutionRole.COMPLIANCE, None))


def test_who_reads_the_register_of_transfers() -> None:
    assert rules.transfer_countries(officer(InstitutionRole.STAFF)) == ("TR",)
    assert rules.transfer_countries(officer(InstitutionRole.ADMINISTRATOR, None, operator=True)) is None
    assert rules.may_read_transfers(officer(InstitutionRole.ADMINISTRATOR, None, operator=True))
    assert not rules.may_read_transfers(officer(InstitutionRole.EXPERT))
    member = Actor(person_id=1, memberships=(Membership(1, FirmRole.ADMINISTRATOR, "TR"),))
    assert not rules.may_read_transfers(member)
    assert not rules.may_read_transfers(VISITOR)
