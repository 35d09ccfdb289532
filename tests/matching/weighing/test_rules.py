"""Who may try, propose and answer points, and how sets are called."""

import pytest

from matchmaker.core.actor import Actor, Grant, InstitutionRole
from matchmaker.matching.weighing import rules
from matchmaker.matching.weighing.enums import WeightState
from matchmaker.matching.weighing.models import WeightSet

ROLES = InstitutionRole


def official(role: InstitutionRole, country: str | None = "TR", person_id: int = 1) -> Actor:
    return Actor(person_id=person_id, grants=(Grant(role, 1, country),))


@pytest.mark.parametrize(
    ("role", "sees", "tries", "decides"),
    [
        (ROLES.STAFF, True, True, False),
        (ROLES.COORDINATOR, True, True, True),
        (ROLES.ADMINISTRATOR, True, True, True),
        (ROLES.COMPLIANCE, True, False, False),
        (ROLES.EXPERT, False, False, False),
    ],
)
def test_what_each_role_may(role: InstitutionRole, sees: bool, tries: bool, decides: bool) -> None:
    actor = official(role)
    assert (rules.sees_weights(actor), rules.may_try(actor), rules.decides(actor)) == (sees, tries, decides)
    nowhere = official(role, country=None)
    assert not rules.sees_weights(nowhere)


@pytest.mark.parametrize(
    ("state", "who", "waiting", "side"),
    [
        (WeightState.PROPOSED, official(ROLES.COORDINATOR, "RU", 2), ("RU",), "RU"),
        (WeightState.PROPOSED, official(ROLES.COORDINATOR, "RU", 2), (), None),
        (WeightState.PROPOSED, official(ROLES.COORDINATOR, "TR", 3), ("RU",), None),
        (WeightState.PROPOSED, official(ROLES.COORDINATOR, "RU", 1), ("RU",), None),
        (WeightState.PROPOSED, official(ROLES.STAFF, "RU", 2), ("RU",), None),
        (WeightState.DRAFT, official(ROLES.COORDINATOR, "RU", 2), ("RU",), None),
    ],
)
def test_answering_side(state: WeightState, who: Actor, waiting: tuple[str, ...], side: str | None) -> None:
    proposal = WeightSet(state=state, author_id=1, country="TR")
    assert rules.answering_side(who, proposal, waiting) == side


def test_withdraw_when_proposed_then_only_by_the_side_that_did() -> None:
    proposal = WeightSet(state=WeightState.PROPOSED, country="TR")
    assert rules.may_withdraw(official(ROLES.COORDINATOR, "TR"), proposal)
    assert not rules.may_withdraw(official(ROLES.COORDINATOR, "RU"), proposal)
    assert not rules.may_withdraw(official(ROLES.COORDINATOR), WeightSet(state=WeightState.IN_USE))
    assert rules.may_withdraw(official(ROLES.STAFF, "RU"), WeightSet(state=WeightState.DRAFT))


def test_waits_for_every_side_that_did_not_agree() -> None:
    assert rules.waits_for(["TR"], {"RU", "TR", "KZ"}) == ("KZ", "RU")
    assert rules.waits_for(["TR", "RU"], {"RU", "TR"}) == ()


@pytest.mark.parametrize(
    ("taken", "name"),
    [((), "2027-1"), (("2026-1", None), "2027-1"), (("2027-1", "2027-9", "2027-x"), "2027-10")],
)
def test_next_name(taken: tuple[str | None, ...], name: str) -> None:
    assert rules.next_name(2027, taken) == name
