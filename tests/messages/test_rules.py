"""Who reads and writes a conversation."""

import pytest

from matchmaker.core.actor import Actor, FirmRole, Grant, InstitutionRole, Membership
from matchmaker.core.clock import now
from matchmaker.matching.enums import MatchState
from matchmaker.matching.models import Match
from matchmaker.messages import rules


def member(firm_id: int, role: FirmRole = FirmRole.ADMINISTRATOR) -> Actor:
    """A member of a firm."""
    return Actor(person_id=5, memberships=(Membership(firm_id, role, "TR"),))


def introduced(state: MatchState = MatchState.INTRODUCED) -> Match:
    """A match of firms 1 and 2 after its introduction."""
    return Match(asker_id=1, answerer_id=2, state=state, introduced_at=now())


@pytest.mark.parametrize("firm_id", [1, 2])
def test_members_of_both_firms_read_and_write(firm_id: int) -> None:
    assert rules.may_read(member(firm_id), introduced())
    assert rules.may_write(member(firm_id), introduced())


def test_outsiders_and_institutions_do_not_read() -> None:
    coordinator = Actor(person_id=9, grants=(Grant(InstitutionRole.COORDINATOR, 1, "TR"),))
    assert not rules.may_read(member(3), introduced())
    assert not rules.may_read(coordinator, introduced())


def test_before_the_introduction_nobody_reads() -> None:
    assert not rules.may_read(member(1), Match(asker_id=1, answerer_id=2, state=MatchState.AGREED))


def test_after_closing_it_is_read_only() -> None:
    assert rules.may_read(member(1), introduced(MatchState.CLOSED))
    assert not rules.may_write(member(1), introduced(MatchState.CLOSED))


def test_a_plain_member_reads_but_does_not_write() -> None:
    assert rules.may_read(member(1, FirmRole.MEMBER), introduced())
    assert not rules.may_write(member(1, FirmRole.MEMBER), introduced())
