"""The table of transitions, whole: what it permits, and that it permits nothing else."""

from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest

from matchmaker.core.actor import Actor, FirmRole, Grant, InstitutionRole, Membership
from matchmaker.firms.enums import FirmState
from matchmaker.matching import rules
from matchmaker.matching.enums import DecisionKind, MatchActor, MatchState, MatchVerb

S, V, W = MatchState, MatchVerb, MatchActor

# Written out by hand from the product's rules: (from, verb, to): who.
EXPECTED: dict[tuple[MatchState | None, MatchVerb, MatchState], set[MatchActor]] = {
    (None, V.ASK, S.ASKED): {W.ASKER},
    (None, V.PROPOSE, S.PROPOSED): {W.STAFF},
    (S.PROPOSED, V.AGREE, S.PROPOSED): {W.FIRM},
    (S.PROPOSED, V.AGREE, S.AGREED): {W.FIRM},
    (S.PROPOSED, V.REFUSE, S.REFUSED): {W.FIRM},
    (S.PROPOSED, V.WITHDRAW, S.WITHDRAWN): {W.STAFF, W.SYSTEM},
    (S.PROPOSED, V.EXPIRE, S.EXPIRED): {W.SYSTEM},
    (S.ASKED, V.AGREE, S.AGREED): {W.ANSWERER},
    (S.ASKED, V.REFUSE, S.REFUSED): {W.ANSWERER},
    (S.ASKED, V.WITHDRAW, S.WITHDRAWN): {W.ASKER, W.SYSTEM},
    (S.ASKED, V.EXPIRE, S.EXPIRED): {W.SYSTEM},
    (S.AGREED, V.REFUSE, S.REFUSED): {W.ANSWERER},
    (S.AGREED, V.WITHDRAW, S.WITHDRAWN): {W.ASKER, W.SYSTEM},
    (S.AGREED, V.EXPIRE, S.EXPIRED): {W.SYSTEM},
    (S.AGREED, V.APPROVE, S.AGREED): {W.COORDINATOR},
    (S.AGREED, V.QUESTION, S.AGREED): {W.COORDINATOR},
    (S.AGREED, V.DECLINE, S.REFUSED): {W.COORDINATOR},
    (S.AGREED, V.REVIEW, S.AGREED): {W.COMPLIANCE},
    (S.AGREED, V.INTRODUCE, S.INTRODUCED): {W.SYSTEM},
    (S.INTRODUCED, V.START_TALKS, S.IN_TALKS): {W.FIRM},
    (S.INTRODUCED, V.CLOSE, S.CLOSED): {W.FIRM, W.SYSTEM},
    (S.IN_TALKS, V.PARTNER, S.PARTNERSHIP): {W.FIRM},
    (S.IN_TALKS, V.CLOSE, S.CLOSED): {W.FIRM, W.SYSTEM},
}
EVERY_STEP = list(product((None, *MatchState), MatchVerb, MatchState, MatchActor))


def test_every_possible_step_is_allowed_exactly_where_expected() -> None:
    wrong = [
        step
        for step in EVERY_STEP
        if rules.allowed(step[0], step[1], step[2], {step[3]})
        != (step[3] in EXPECTED.get((step[0], step[1], step[2]), set()))
    ]

    assert len(EVERY_STEP) == 11 * 14 * 10 * 7
    assert wrong == []


def test_no_step_is_written_twice() -> None:
    steps = [(step.before, step.verb, step.after) for step in rules.TRANSITIONS]

    assert len(steps) == len(set(steps))


def test_nothing_leaves_an_ended_match_or_a_partnership() -> None:
    left = {step.before for step in rules.TRANSITIONS}

    assert left & (rules.ENDED | {S.PARTNERSHIP}) == set()


def test_only_the_system_introduces_and_only_from_agreed() -> None:
    ways = [step for step in rules.TRANSITIONS if step.after is S.INTRODUCED]

    assert [(step.before, step.who) for step in ways] == [(S.AGREED, frozenset({W.SYSTEM}))]


def test_every_state_before_introduction_can_be_left_by_refusal_withdrawal_and_expiry() -> None:
    ways = {(step.before, step.after) for step in rules.TRANSITIONS}

    assert {
        (before, after)
        for before in rules.BEFORE_INTRODUCTION
        for after in (S.REFUSED, S.WITHDRAWN, S.EXPIRED)
    } <= ways


def match(**changes: Any) -> Any:
    """A match as far as the rules look at it."""
    values: dict[str, Any] = {
        "asker_id": 1,
        "answerer_id": 2,
        "asker": SimpleNamespace(country="TR"),
        "answerer": SimpleNamespace(country="RU"),
        "state": S.AGREED,
        "agreed_at": object(),
        "decisions": [],
        "asker_agreed": True,
        "answerer_agreed": True,
    }
    return SimpleNamespace(**(values | changes))


def member(firm_id: int, role: FirmRole = FirmRole.EDITOR, country: str = "TR") -> Actor:
    return Actor(person_id=7, memberships=(Membership(firm_id, role, country),))


def official(role: InstitutionRole, country: str | None = "TR") -> Actor:
    return Actor(person_id=8, grants=(Grant(role, 1, country),))


class TestPartsOf:
    @pytest.mark.parametrize(
        ("actor", "parts"),
        [
            (member(1), {W.ASKER, W.FIRM}),
            (member(2, FirmRole.ADMINISTRATOR), {W.ANSWERER, W.FIRM}),
            (member(1, FirmRole.MEMBER), set()),
            (member(3), set()),
            (official(InstitutionRole.STAFF), {W.STAFF}),
            (official(InstitutionRole.COORDINATOR, "RU"), {W.STAFF, W.COORDINATOR}),
            (official(InstitutionRole.COORDINATOR, "KZ"), set()),
            (official(InstitutionRole.COORDINATOR, None), set()),
            (official(InstitutionRole.COMPLIANCE), {W.COMPLIANCE}),
            (official(InstitutionRole.EXPERT), set()),
            (official(InstitutionRole.ADMINISTRATOR), set()),
        ],
    )
    def test_follow_from_memberships_and_roles(self, actor: Actor, parts: set[MatchActor]) -> None:
        assert rules.parts_of(actor, match()) == parts

    def test_nobody_decides_about_a_firm_of_their_own(self) -> None:
        both = Actor(
            person_id=9,
            grants=official(InstitutionRole.COORDINATOR).grants,
            memberships=member(1, FirmRole.MEMBER).memberships,
        )

        assert rules.parts_of(both, match()) == set()
        assert not rules.may_decide(both, match())


class TestMayAsk:
    @pytest.mark.parametrize(
        ("actor", "state", "expected"),
        [
            (member(1), FirmState.VERIFIED, True),
            (member(1, FirmRole.MEMBER), FirmState.VERIFIED, False),
            (member(1, country="RU"), FirmState.VERIFIED, False),
            (member(1), FirmState.SUBMITTED, False),
            (Actor(person_id=1), FirmState.VERIFIED, False),
            (official(InstitutionRole.COORDINATOR), FirmState.VERIFIED, False),
        ],
    )
    def test_needs_a_voice_in_a_firm_of_another_country(
        self, actor: Actor, state: FirmState, expected: bool
    ) -> None:
        firm: Any = SimpleNamespace(id=2, country="RU", state=state)

        assert rules.may_ask(actor, firm) is expected


class TestMaySee:
    @pytest.mark.parametrize(
        ("actor", "expected"),
        [
            (member(1, FirmRole.MEMBER), True),
            (member(2), True),
            (member(3), False),
            (official(InstitutionRole.STAFF, "RU"), True),
            (official(InstitutionRole.STAFF, "KZ"), False),
            (official(InstitutionRole.EXPERT), False),
            (Actor(), False),
        ],
    )
    def test_both_firms_and_both_institutions(self, actor: Actor, expected: bool) -> None:
        assert rules.may_see(actor, match()) is expected

    def test_an_approval_is_there_once_both_firms_agreed(self) -> None:
        actor = official(InstitutionRole.COORDINATOR)

        assert rules.may_see_approval(actor, match())
        assert not rules.may_see_approval(actor, match(agreed_at=None))


class TestWaitsFor:
    def test_both_sides_before_any_decision(self) -> None:
        assert rules.waits_for(match()) == ("TR", "RU")

    def test_a_question_is_no_approval(self) -> None:
        decisions = [
            SimpleNamespace(country="TR", kind=DecisionKind.QUESTION),
            SimpleNamespace(country="RU", kind=DecisionKind.APPROVE),
        ]

        assert rules.waits_for(match(decisions=decisions)) == ("TR",)

    def test_nobody_once_introduced(self) -> None:
        assert rules.waits_for(match(state=S.INTRODUCED)) == ()


def test_the_key_of_a_pair_has_no_order() -> None:
    assert rules.pair_key(9, 11) == rules.pair_key(11, 9) == "9-11"
