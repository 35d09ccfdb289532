"""Deals: one firm reports, the other confirms; what counts, who sees it, and what happens at the same moment."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from matchmaker.core import clock
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.matching.deals import queries, services
from matchmaker.matching.deals.enums import Currency, DealKind, DealState
from matchmaker.matching.deals.models import Deal
from matchmaker.matching.deals.rules import caused
from matchmaker.matching.deals.services import DealFacts
from matchmaker.matching.enums import MatchState
from matchmaker.matching.models import Match
from matchmaker.mous.figures import FIGURES, FigureRow, Total
from matchmaker.mous.figures import total as sum_of
from matchmaker.notifications.models import Notice
from tests.clients import Client
from tests.factories.matching import MatchFactory
from tests.matching.world import World, make_world

Given = Callable[[], AbstractContextManager[Any]]
Concurrently = Callable[..., list[Any]]
FACTS = DealFacts(
    DealKind.SALE, Decimal("1500.50"), Currency.EUR, "8481", None, date(2026, 1, 5), "First lot"
)


def introduced(world: World) -> int:
    """The match of the two firms, introduced under the memorandum."""
    match = MatchFactory(
        asker_id=world.tr,
        answerer_id=world.ru,
        state=MatchState.INTRODUCED,
        introduced_at=clock.now(),
        mou_id=world.mou,
    )
    return int(match.id)


def reported(world: World, match_id: int, who: str = "firm_tr", facts: DealFacts = FACTS) -> int:
    return services.report(world.actor(who), db.session.get_one(Match, match_id), facts).id


def total(world: World, key: str) -> tuple[Decimal, Decimal]:
    """A figure of today by the list behind it, and by the sum for the registry."""
    today = clock.today()
    rows = FIGURES[key].rows(world.mou, today - timedelta(days=1), today)
    summed = FIGURES[key].totals(today - timedelta(days=1)).get(world.mou, Decimal(0))
    return sum((row.amount for row in rows), Decimal(0)), summed


@pytest.fixture
def world(app: Flask, given: Given) -> World:
    with given():
        return make_world()


@pytest.fixture
def match_id(world: World, given: Given) -> int:
    with given():
        return introduced(world)


@pytest.fixture
def inside(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.mark.data
def test_a_confirmed_deal_counts_once_and_the_other_firm_is_told(
    world: World, match_id: int, inside: None
) -> None:
    first = reported(world, match_id)
    assert total(world, "deals") == total(world, "deal_value_eur") == (0, 0)
    with pytest.raises(DomainError, match="waits for its confirmation"):
        reported(world, match_id, "firm_ru")
    services.confirm(world.actor("editor_ru"), queries.deal(first))
    assert total(world, "deals") == (1, 1)
    assert total(world, "deal_value_eur") == (Decimal("1500.50"), Decimal("1500.50"))
    assert total(world, "deal_value_usd") == (0, 0)
    second = reported(world, match_id, "firm_ru", replace(FACTS, amount=None, currency=Currency.USD))
    services.confirm(world.actor("firm_tr"), queries.deal(second))
    assert queries.deal(second).currency is None
    assert total(world, "deals") == (2, 2)
    assert total(world, "deal_value_usd") == (0, 0)
    told = db.session.execute(select(Notice.kind, Notice.person_id).where(Notice.path == f"/deals/{first}"))
    assert {(kind, person) for kind, person in told} >= {
        ("deal_reported", world.people["firm_ru"]),
        ("deal_confirmed", world.people["firm_tr"]),
    }
    steps = select(AuditEntry.action).where(AuditEntry.entity == "deal", AuditEntry.entity_id == first)
    assert db.session.scalars(steps.order_by(AuditEntry.id)).all() == ["report", "confirm"]


SUMS = (
    ((), Total(Decimal(0), None, 0)),
    ((None, None), Total(Decimal(2000), None, 0)),
    ((25, None), Total(Decimal(2000), Decimal(1750), 1)),
    ((0, 100), Total(Decimal(2000), Decimal(1000), 2)),
)


@pytest.mark.parametrize(("shares", "expected"), SUMS)
def test_sums_stand_with_and_without_the_stated_share(
    shares: tuple[int | None, ...], expected: Total
) -> None:
    amount, day = Decimal(1000), date(2026, 1, 5)
    rows = [FigureRow(day, amount, "Deal", "/deals/1", caused(amount, share)) for share in shares]
    assert sum_of(rows) == expected


@pytest.mark.data
def test_the_value_of_deals_is_told_without_the_share_that_would_have_come_anyway(
    world: World, match_id: int, inside: None
) -> None:
    for facts in (replace(FACTS, share_without=25), FACTS):
        services.confirm(world.actor("firm_ru"), queries.deal(reported(world, match_id, facts=facts)))
    today = clock.today()
    rows = FIGURES["deal_value_eur"].rows(world.mou, today - timedelta(days=1), today)
    assert sum_of(rows) == Total(Decimal("3001.00"), Decimal("2625.88"), 1)
    assert sum_of(FIGURES["deals"].rows(world.mou, today - timedelta(days=1), today)).caused is None


LACKING: tuple[tuple[dict[str, Any], str], ...] = (
    ({"currency": None}, "currency"),
    ({"amount": Decimal(0)}, "amount"),
    ({"hs_code": "9999"}, "hs_code"),
    ({"signed_on": None}, "signed_on"),
    ({"signed_on": date(2999, 1, 1)}, "signed_on"),
    ({"note": "x" * 1001}, "note"),
    ({"share_without": 33}, "share_without"),
)


def test_what_a_deal_lacks_is_said_beside_its_field(world: World, match_id: int, inside: None) -> None:
    for changed, field in LACKING:
        with pytest.raises(DomainError) as refused:
            reported(world, match_id, facts=replace(FACTS, **changed))
        assert refused.value.field == field


def test_each_firm_has_its_own_steps(world: World, match_id: int, inside: None) -> None:
    deal = reported(world, match_id)
    for who in ("firm_tr", "member_ru", "coordinator_ru"):
        with pytest.raises(NotAllowed):
            services.confirm(world.actor(who), queries.deal(deal))
    with pytest.raises(NotAllowed):
        services.withdraw(world.actor("firm_ru"), queries.deal(deal))
    services.refuse(world.actor("firm_ru"), queries.deal(deal), reason="Never signed")
    assert (queries.deal(deal).state, queries.deal(deal).reason) == (DealState.REFUSED, "Never signed")
    with pytest.raises(Conflict):
        services.withdraw(world.actor("firm_tr"), queries.deal(deal))
    again = reported(world, match_id)
    services.withdraw(world.actor("firm_tr"), queries.deal(again))
    assert total(world, "deals") == (0, 0)
    late = reported(world, match_id)
    db.session.get_one(Match, match_id).state = MatchState.CLOSED
    with pytest.raises(Conflict):
        services.confirm(world.actor("firm_ru"), queries.deal(late))


@pytest.mark.data
def test_confirmation_against_withdrawal_has_one_outcome(
    app: Flask, world: World, match_id: int, given: Given, concurrently: Concurrently
) -> None:
    with given():
        deal = reported(world, match_id)

    def does(verb: Callable[..., Deal], who: str) -> Callable[[], DealState]:
        def deed() -> DealState:
            with unit_of_work():
                return verb(world.actor(who), queries.deal(deal)).state

        return deed

    results = concurrently(does(services.confirm, "firm_ru"), does(services.withdraw, "firm_tr"))

    assert sum(isinstance(result, Conflict) for result in results) == 1
    with app.app_context():
        state = queries.deal(deal).state
        assert state in results
        assert total(world, "deals")[0] == (1 if state is DealState.CONFIRMED else 0)


@pytest.mark.data
def test_two_firms_that_report_at_once_get_one_deal(
    app: Flask, world: World, match_id: int, concurrently: Concurrently
) -> None:
    def reports(who: str) -> Callable[[], int]:
        def deed() -> int:
            with unit_of_work():
                return reported(world, match_id, who)

        return deed

    results = concurrently(reports("firm_tr"), reports("firm_ru"))

    assert sum(isinstance(result, int) for result in results) == 1
    assert sum(isinstance(result, DomainError) for result in results) == 1
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Deal)) == 1


def test_the_pages_lead_from_the_match_to_a_confirmed_deal(app: Flask, world: World, match_id: int) -> None:
    def browser(who: str) -> Client:
        client = app.test_client()
        assert isinstance(client, Client)
        return client.sign_in(world.people[who])

    turkish, russian = browser("firm_tr"), browser("firm_ru")
    new = f"/matches/{match_id}/deals/new"
    assert new in turkish.get(f"/matches/{match_id}").text
    typed = {"kind": "sale", "amount": "1500", "hs_code": "8481", "signed_on": "05.01.2026", "note": "Lot 1"}
    refused = turkish.submit(new, typed)
    assert refused.status_code == 422
    assert "Choose the currency of the amount." in refused.text
    assert "Lot 1" in refused.text
    assert turkish.submit(new, typed | {"currency": "EUR", "share_without": "25"}).status_code == 303
    card = russian.get(f"/matches/{match_id}").text
    assert "Confirm or refuse" in card
    assert "€1,500" in card
    assert "Open the waiting deal" in russian.get(new).text
    with app.app_context():
        deal = db.session.scalars(select(Deal.id)).one()
    page = russian.get(f"/deals/{deal}").text
    assert "Confirm the deal" in page
    assert "25% – About a quarter" in page
    assert "Withdraw the deal" not in page
    assert russian.submit(f"/deals/{deal}", {"reason": ""}, form="refuse").status_code == 422
    assert russian.submit(f"/deals/{deal}", form=f"/deals/{deal}/confirm").status_code == 303
    assert "Confirmed by both firms" in browser("coordinator_tr").get(f"/deals/{deal}").text
    assert browser("stranger").get(f"/deals/{deal}").status_code == 404
