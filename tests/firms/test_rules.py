"""Decisions about firms, without a database."""

from types import SimpleNamespace
from typing import Any

import pytest

from matchmaker.core.actor import VISITOR, Actor, FirmRole, Grant, InstitutionRole, Membership
from matchmaker.firms import rules
from matchmaker.firms.enums import FieldGroup, FirmState, Side, StateVerb, Visibility


def firm(**values: Any) -> Any:
    """A verified Turkish firm with everything filled in; a test names what differs."""
    filled: dict[str, Any] = {
        "id": 7,
        "country": "TR",
        "state": FirmState.VERIFIED,
        "visibility": {},
        "legal_name": "Örnek Ltd. Şti.",
        "name_romanised": "Ornek",
        "legal_form": "TR-LTD",
        "region_code": "TR-42",
        "region_note": "",
        "town": "Konya",
        "headcount": 10,
        "turnover": 1_000_000,
        "ownership": {},
        "identifiers": [SimpleNamespace(scheme="VKN", value="1234567890")],
        "sectors": [object()],
        "products": [product(Side.OFFERED, "848180"), product(Side.SOUGHT, "740721")],
        "partnerships": [object()],
        "certificates": [object()],
        "languages": [object()],
        "markets": [object()],
        "texts": [SimpleNamespace(summary="We make valves.")],
        "logo_id": 1,
        "contacts": [object()],
    }
    return SimpleNamespace(**(filled | values))


def product(side: Side, code: str) -> Any:
    return SimpleNamespace(side=side, hs_code=code)


def member(role: FirmRole, firm_id: int = 7) -> Actor:
    return Actor(person_id=1, memberships=(Membership(firm_id, role, "TR"),))


def official(role: InstitutionRole, country: str | None = "TR") -> Actor:
    return Actor(person_id=2, grants=(Grant(role, 1, country),))


PERSON = Actor(person_id=3)


class TestSeeing:
    def test_a_verified_firm_is_seen_by_everybody(self) -> None:
        assert rules.may_see(VISITOR, firm())

    @pytest.mark.parametrize("state", [state for state in FirmState if state is not FirmState.VERIFIED])
    def test_any_other_is_seen_by_its_people_and_by_institutions_only(self, state: FirmState) -> None:
        hidden = firm(state=state)
        actors = (
            VISITOR,
            PERSON,
            member(FirmRole.EDITOR, firm_id=8),
            official(InstitutionRole.EXPERT),
            member(FirmRole.MEMBER),
            official(InstitutionRole.COMPLIANCE, "RU"),
        )
        assert [rules.may_see(actor, hidden) for actor in actors] == [False, False, False, False, True, True]

    def test_each_level_adds_groups_to_the_one_before(self) -> None:
        open_to_all = {FieldGroup.NAME, FieldGroup.REGION, FieldGroup.SECTOR, FieldGroup.PRODUCTS}
        shown = firm()
        assert rules.visible_groups(VISITOR, shown) == open_to_all
        assert rules.visible_groups(PERSON, shown) == set(FieldGroup) - {
            FieldGroup.ADDRESS,
            FieldGroup.IDENTIFIERS,
        }
        assert rules.visible_groups(PERSON, shown, introduced=True) == set(FieldGroup) - {
            FieldGroup.IDENTIFIERS
        }
        assert rules.visible_groups(official(InstitutionRole.STAFF, "RU"), shown) == set(FieldGroup)
        assert rules.visible_groups(member(FirmRole.MEMBER), shown) == set(FieldGroup)

    def test_the_firm_narrows_and_widens_what_is_shown(self) -> None:
        shown = firm(visibility={"products": "partner", "size": "public"})
        groups = rules.visible_groups(VISITOR, shown)
        assert FieldGroup.PRODUCTS not in groups
        assert FieldGroup.SIZE in groups

    def test_identifiers_are_never_opened(self) -> None:
        shown = firm(visibility={"identifiers": "public"})
        assert rules.visibility_of(shown, FieldGroup.IDENTIFIERS) is Visibility.STAFF
        assert FieldGroup.IDENTIFIERS not in rules.visible_groups(PERSON, shown, introduced=True)

    def test_an_unknown_level_falls_back_to_the_default(self) -> None:
        assert rules.visibility_of(firm(visibility={"size": "all"}), FieldGroup.SIZE) is Visibility.REGISTERED

    def test_groups_of_a_level_are_those_that_such_a_reader_sees(self) -> None:
        shown = firm(visibility={"texts": "public"})
        assert rules.groups_at(shown, Visibility.PUBLIC) == rules.visible_groups(VISITOR, shown)
        assert rules.groups_at(shown, Visibility.STAFF) == set(FieldGroup)


class TestChanging:
    def test_editors_and_administrators_edit(self) -> None:
        roles = (FirmRole.ADMINISTRATOR, FirmRole.EDITOR, FirmRole.MEMBER)
        assert [rules.may_edit(member(role), firm()) for role in roles] == [True, True, False]

    @pytest.mark.parametrize("state", [FirmState.SUSPENDED, FirmState.ARCHIVED])
    def test_a_settled_firm_is_not_edited(self, state: FirmState) -> None:
        assert not rules.may_edit(member(FirmRole.ADMINISTRATOR), firm(state=state))

    def test_only_administrators_decide_about_people(self) -> None:
        roles = (FirmRole.ADMINISTRATOR, FirmRole.EDITOR, FirmRole.MEMBER)
        assert [rules.may_administer(member(role), firm()) for role in roles] == [True, False, False]
        assert not rules.may_administer(member(FirmRole.ADMINISTRATOR), firm(state=FirmState.ARCHIVED))

    def test_staff_of_the_firms_country_verify(self) -> None:
        actors = (
            official(InstitutionRole.STAFF),
            official(InstitutionRole.COORDINATOR),
            official(InstitutionRole.STAFF, "RU"),
            official(InstitutionRole.EXPERT),
            official(InstitutionRole.COMPLIANCE),
            member(FirmRole.ADMINISTRATOR),
        )
        assert [rules.may_verify(actor, firm()) for actor in actors] == [
            True,
            True,
            False,
            False,
            False,
            False,
        ]

    def test_nobody_verifies_a_firm_of_ones_own(self) -> None:
        both = Actor(
            person_id=4,
            grants=(Grant(InstitutionRole.STAFF, 1, "TR"),),
            memberships=(Membership(7, FirmRole.MEMBER, "TR"),),
        )
        assert not rules.may_verify(both, firm())

    def test_people_of_institutions_register_no_firms(self) -> None:
        actors = (VISITOR, PERSON, official(InstitutionRole.EXPERT))
        assert [rules.may_register(actor) for actor in actors] == [False, True, False]


class TestStates:
    def test_the_table_has_exactly_these_steps(self) -> None:
        table = {
            f"{before.value} {verb.value} {step.after.value}"
            for (before, verb), step in rules.TRANSITIONS.items()
        }
        assert table == {
            "draft submit submitted",
            "draft archive archived",
            "submitted verify verified",
            "submitted hold on_hold",
            "submitted suspend suspended",
            "submitted archive archived",
            "verified reopen submitted",
            "verified hold on_hold",
            "verified suspend suspended",
            "verified archive archived",
            "on_hold submit submitted",
            "on_hold verify verified",
            "on_hold suspend suspended",
            "on_hold archive archived",
            "suspended reinstate submitted",
            "suspended archive archived",
            "archived restore submitted",
        }

    def test_a_firm_cannot_verify_itself(self) -> None:
        waiting = firm(state=FirmState.SUBMITTED)
        assert not rules.may_step(member(FirmRole.ADMINISTRATOR), waiting, StateVerb.VERIFY)
        assert rules.may_step(official(InstitutionRole.STAFF), waiting, StateVerb.VERIFY)

    def test_a_step_that_the_state_does_not_have_is_nobodys(self) -> None:
        assert not rules.may_step(
            official(InstitutionRole.STAFF), firm(state=FirmState.DRAFT), StateVerb.VERIFY
        )

    def test_whoever_takes_a_firm_out_gives_a_reason(self) -> None:
        asked = {verb for (_before, verb), step in rules.TRANSITIONS.items() if step.reason}
        assert asked == {
            StateVerb.HOLD,
            StateVerb.SUSPEND,
            StateVerb.ARCHIVE,
            StateVerb.REINSTATE,
            StateVerb.RESTORE,
        }


class TestMatchable:
    def test_a_verified_firm_with_goods_and_a_partnership_is(self) -> None:
        assert rules.is_matchable(firm())

    @pytest.mark.parametrize(
        "lacking",
        [
            {"state": FirmState.SUBMITTED},
            {"products": []},
            {"partnerships": []},
            {"region_code": "", "region_note": "94"},
        ],
        ids=str,
    )
    def test_without_one_of_these_it_is_not(self, lacking: dict[str, Any]) -> None:
        assert not rules.is_matchable(firm(**lacking))


class TestKeyFields:
    def test_what_differs_is_named_with_both_values(self) -> None:
        before = rules.key_values(firm())
        after = rules.key_values(
            firm(
                legal_name="Yeni Ltd. Şti.",
                ownership={"public": "10"},
                products=[product(Side.OFFERED, "848180")],
            )
        )
        assert rules.key_changes(before, after) == {
            "legal_name": ["Örnek Ltd. Şti.", "Yeni Ltd. Şti."],
            "ownership": [[], ["public 10"]],
            "products_sought": [["740721"], []],
        }

    def test_the_order_of_goods_is_no_change(self) -> None:
        one = [product(Side.OFFERED, "848180"), product(Side.OFFERED, "010121")]
        assert rules.key_values(firm(products=one)) == rules.key_values(firm(products=one[::-1]))


class TestCompleteness:
    def test_a_full_profile_lacks_nothing(self) -> None:
        assert (rules.missing(firm()), rules.completeness(firm())) == ((), 100)

    def test_an_empty_one_lacks_all(self) -> None:
        empty = firm(
            **dict.fromkeys(("legal_name", "name_romanised", "legal_form", "region_code", "town"), ""),
            **dict.fromkeys(("headcount", "turnover", "logo_id")),
            **{
                name: []
                for name in (
                    "identifiers",
                    "sectors",
                    "products",
                    "partnerships",
                    "certificates",
                    "languages",
                    "markets",
                    "texts",
                    "contacts",
                )
            },
        )
        assert rules.completeness(empty) == 0
        assert rules.lacks(empty) == (
            "identifiers",
            "names",
            "place",
            "size",
            "sectors",
            "offered",
            "partnerships",
            "texts",
        )

    def test_one_list_of_goods_is_enough_to_be_sent(self) -> None:
        buyer = firm(products=[product(Side.SOUGHT, "740721")])
        assert rules.missing(buyer) == (rules.Missing("offered", required=False),)

    def test_a_region_that_is_not_mapped_counts_as_given(self) -> None:
        assert rules.lacks(firm(region_code="", region_note="94")) == ()
