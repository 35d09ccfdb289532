"""What happens at the same moment, on both databases: one effect, and a clear answer for everybody else."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from matchmaker.compliance.models import TransferRecord
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.firms import queries as firm_queries
from matchmaker.matching import queries, services
from matchmaker.matching.decisions import Effect
from matchmaker.matching.enums import DecisionKind, MatchState, MatchVerb, ReasonCode
from matchmaker.matching.models import Match, MatchDecision, MatchEvent
from tests.matching.world import TEXT, World, make_firm, make_world

pytestmark = pytest.mark.data
Given = Callable[[], AbstractContextManager[Any]]
Concurrently = Callable[..., list[Any]]


def asks(world: World, who: str, own: int, other: int, **options: Any) -> Callable[[], int]:
    def deed() -> int:
        with unit_of_work():
            asker, answerer = firm_queries.firm(own), firm_queries.firm(other)
            return services.ask(world.actor(who), asker, answerer, text=TEXT, **options).id

    return deed


def decides(world: World, who: str, match_id: int, kind: DecisionKind) -> Callable[[], Effect]:
    def deed() -> Effect:
        with unit_of_work():
            actor = world.actor(who)
            code = ReasonCode.OTHER if kind is DecisionKind.DECLINE else None
            return services.decide(actor, queries.match(match_id), kind, code=code)

    return deed


def agreed(world: World) -> int:
    match = services.ask(world.actor("firm_tr"), world.firm("TR"), world.firm("RU"), text=TEXT)
    return services.agree(world.actor("firm_ru"), match).id


def count(model: type, *where: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(*where)) or 0


def test_two_requests_for_the_last_place_take_it_once(
    app: Flask, given: Given, concurrently: Concurrently
) -> None:
    with given():
        world = make_world()
        others = [make_firm(f"Firm {place}", "RU", offers="732599", seeks="848180").id for place in range(3)]

    results = concurrently(
        *(
            asks(world, who, world.tr, other, limit=1)
            for who, other in zip(("firm_tr", "editor_tr", "firm_tr"), others, strict=True)
        )
    )

    assert sum(isinstance(result, int) for result in results) == 1
    refused = [result for result in results if not isinstance(result, int)]
    assert all(type(error) is DomainError and "unanswered" in error.message for error in refused)
    with app.app_context():
        assert count(Match, Match.state == MatchState.ASKED) == 1


def test_two_firms_that_ask_each_other_get_one_match(
    app: Flask, given: Given, concurrently: Concurrently
) -> None:
    with given():
        world = make_world()

    results = concurrently(
        asks(world, "firm_tr", world.tr, world.ru), asks(world, "firm_ru", world.ru, world.tr)
    )

    assert sum(isinstance(result, int) for result in results) == 1
    assert sum(isinstance(result, Conflict | IntegrityError) for result in results) == 1
    with app.app_context():
        assert count(Match) == 1


def test_both_sides_that_approve_at_once_introduce_once(
    app: Flask, given: Given, concurrently: Concurrently
) -> None:
    with given():
        world = make_world()
        match_id = agreed(world)

    results = concurrently(
        decides(world, "coordinator_tr", match_id, DecisionKind.APPROVE),
        decides(world, "coordinator_ru", match_id, DecisionKind.APPROVE),
    )

    assert sorted(results) == [Effect.INTRODUCED, Effect.RECORDED]
    with app.app_context():
        assert queries.match(match_id).state is MatchState.INTRODUCED
        assert count(MatchEvent, MatchEvent.verb == MatchVerb.INTRODUCE) == 1
        assert count(TransferRecord) == 2


def test_two_coordinators_of_one_side_count_once(
    app: Flask, given: Given, concurrently: Concurrently
) -> None:
    with given():
        world = make_world()
        match_id = agreed(world)

    results = concurrently(
        decides(world, "coordinator_tr", match_id, DecisionKind.APPROVE),
        decides(world, "coordinator_tr2", match_id, DecisionKind.APPROVE),
    )

    assert [result for result in results if not isinstance(result, Conflict)] == [Effect.RECORDED]
    told = [result.message for result in results if isinstance(result, Conflict)]
    assert len(told) == 1
    assert "already" in told[0]
    with app.app_context():
        assert count(MatchDecision) == count(MatchEvent, MatchEvent.verb == MatchVerb.APPROVE) == 1


def test_approval_against_refusal_has_one_outcome(
    app: Flask, given: Given, concurrently: Concurrently
) -> None:
    with given():
        world = make_world()
        match_id = agreed(world)
        services.decide(world.actor("coordinator_tr"), queries.match(match_id), DecisionKind.APPROVE)

    results = concurrently(
        decides(world, "coordinator_ru", match_id, DecisionKind.APPROVE),
        decides(world, "coordinator_ru2", match_id, DecisionKind.DECLINE),
    )

    assert sum(isinstance(result, Conflict) for result in results) == 1
    with app.app_context():
        state = queries.match(match_id).state
        assert state is (MatchState.INTRODUCED if Effect.INTRODUCED in results else MatchState.REFUSED)
        assert count(TransferRecord) == (2 if state is MatchState.INTRODUCED else 0)


def test_approval_against_withdrawal_never_opens_a_withdrawn_match(
    app: Flask, given: Given, concurrently: Concurrently
) -> None:
    with given():
        world = make_world()
        match_id = agreed(world)
        services.decide(world.actor("coordinator_tr"), queries.match(match_id), DecisionKind.APPROVE)

    def withdraws() -> MatchState:
        with unit_of_work():
            return services.withdraw(world.actor("firm_tr"), queries.match(match_id)).state

    results = concurrently(withdraws, decides(world, "coordinator_ru", match_id, DecisionKind.APPROVE))

    assert sum(isinstance(result, Conflict) for result in results) == 1
    with app.app_context():
        match = queries.match(match_id)
        assert (match.contacts_opened_at is None) is (match.state is MatchState.WITHDRAWN)


def test_answer_and_expiry_at_once_have_one_outcome(
    app: Flask, given: Given, concurrently: Concurrently
) -> None:
    with given() as session:
        world = make_world()
        match = services.ask(world.actor("firm_tr"), world.firm("TR"), world.firm("RU"), text=TEXT)
        match.expires_at = match.created_at
        match_id = match.id
        session.flush()

    def answers() -> MatchState:
        with unit_of_work():
            return services.agree(world.actor("firm_ru"), queries.match(match_id)).state

    def expires() -> int:
        with unit_of_work():
            return services.expire_due()

    answered, expired = concurrently(answers, expires)

    with app.app_context():
        state = queries.match(match_id).state
        assert state in (MatchState.AGREED, MatchState.EXPIRED)
        assert isinstance(answered, Conflict) is (state is MatchState.EXPIRED)
    assert not isinstance(expired, Exception)
