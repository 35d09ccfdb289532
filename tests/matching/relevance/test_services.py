"""Not relevant and back: the own list changes at once, the rate follows, nobody else's list does."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.errors import DomainError, NotAllowed
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.firms import queries as firms
from matchmaker.matching import lists, wishes
from matchmaker.matching.enums import WishKind
from matchmaker.matching.own_fit import lowering_row, own_fits
from matchmaker.matching.reasons import explain
from matchmaker.matching.relevance import figures, queries, services
from matchmaker.matching.relevance.enums import Irrelevance
from matchmaker.matching.relevance.rules import STEP
from tests.matching.world import World, make_firm

Given = Callable[[], AbstractContextManager[Any]]


@pytest.fixture
def twin(world: World, given: Given) -> int:
    """A firm that meets the Turkish one through the very same goods as the Russian one."""
    with given():
        return make_firm("Twin", "RU", offers="732599", seeks="848180").id


def say(app: Flask, world: World, reason: Irrelevance, who: str = "firm_tr") -> None:
    with app.app_context(), unit_of_work():
        services.call_not_relevant(world.actor(who), world.tr, world.firm("RU"), reason, note=" Too far ")


def test_the_firm_leaves_and_its_like_is_lowered(world: World, twin: int, app: Flask) -> None:
    with app.app_context():
        before = dict(lists.ranking(world.tr))
    say(app, world, Irrelevance.GOODS)
    with app.app_context():
        assert lists.ranking(world.tr) == [(twin, before[twin] - STEP)]
        assert lists.scores(world.tr, [twin]) == {twin: before[twin] - STEP}
        assert dict(lists.ranking(world.ru))[world.tr] == before[world.ru]
        row = queries.mark_of(world.tr, world.ru)
        assert row is not None
        assert (row.reason, row.note, row.weights, row.score) == (
            Irrelevance.GOODS,
            "Too far",
            "2026-1",
            before[world.ru],
        )
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "not_relevant")).one()
        assert entry.after == {"firm": world.ru, "reason": "goods"}


def test_the_rows_of_the_own_page_add_up(world: World, twin: int, app: Flask) -> None:
    say(app, world, Irrelevance.GOODS)
    with app.test_request_context():
        own, other = firms.firm(world.tr), firms.firm(twin)
        found = own_fits(own, [other])[twin]
        rows = [*explain(found.fit, own, other), *lowering_row(found, frozenset())]
        assert rows[-1].own.points == -STEP
        assert sum(row.own.points + row.other.points for row in rows) == found.total
        # What was named is not told where the reader may not see the field.
        assert rows[-1].own.reason == "Like firms that you called not relevant"


def test_taken_back_then_everything_is_as_before(world: World, twin: int, app: Flask) -> None:
    with app.app_context():
        before = lists.ranking(world.tr)
    say(app, world, Irrelevance.SIZE)
    with app.app_context(), unit_of_work():
        assert lists.ranking(world.tr) != before
        services.take_back(world.actor("editor_tr"), world.tr, world.firm("RU"))
        services.take_back(world.actor("editor_tr"), world.tr, world.firm("RU"))
    with app.app_context():
        assert lists.ranking(world.tr) == before


def test_a_firm_one_wants_to_meet_is_not_lowered(world: World, twin: int, app: Flask) -> None:
    with app.app_context(), unit_of_work():
        before = dict(lists.ranking(world.tr))[twin]
        wishes.wish(world.actor("firm_tr"), world.tr, firms.firm(twin), WishKind.MUST_MEET)
    say(app, world, Irrelevance.GOODS)
    with app.app_context():
        assert lists.ranking(world.tr) == [(twin, before)]
        assert lists.scores(world.tr, [twin]) == {twin: before}
        assert own_fits(firms.firm(world.tr), [firms.firm(twin)])[twin].total == before


def test_a_later_reason_replaces_the_earlier_one(world: World, app: Flask) -> None:
    say(app, world, Irrelevance.GOODS)
    say(app, world, Irrelevance.KNOWN, "editor_tr")
    with app.app_context():
        assert [row.reason for row in queries.marks_of(world.tr)] == [Irrelevance.KNOWN]
        assert figures.reasons() == [("known", 1)]


@pytest.mark.parametrize("who", ["member_tr", "firm_ru", "staff_tr"])
def test_only_who_speaks_for_the_firm(world: World, app: Flask, who: str) -> None:
    with app.app_context():
        with pytest.raises(NotAllowed):
            services.call_not_relevant(world.actor(who), world.tr, world.firm("RU"), Irrelevance.OTHER)
        with pytest.raises(NotAllowed):
            services.take_back(world.actor(who), world.tr, world.firm("RU"))


def test_refused_for_a_firm_of_the_own_country_and_for_long_notes(world: World, app: Flask) -> None:
    with app.app_context():
        actor, home = world.actor("firm_tr"), make_firm("Home", "TR")
        with pytest.raises(DomainError):
            services.call_not_relevant(actor, world.tr, firms.firm(home.id), Irrelevance.OTHER)
        with pytest.raises(DomainError) as refused:
            services.call_not_relevant(actor, world.tr, world.firm("RU"), Irrelevance.OTHER, note="x" * 501)
        assert refused.value.field == "note"


def test_judgements_count_a_pair_once_and_a_no_outweighs(world: World, twin: int, app: Flask) -> None:
    with app.app_context(), unit_of_work():
        for other in (world.ru, twin):
            wishes.wish(world.actor("firm_tr"), world.tr, firms.firm(other), WishKind.WOULD_MEET)
    say(app, world, Irrelevance.SECTOR)
    with app.app_context():
        found = figures.judgements()
        assert sorted(one.wanted for one in found) == [False, True]
        assert {(one.country, one.sector, one.weights) for one in found} == {("TR", "28", "2026-1")}


def test_said_twice_at_once_then_one_row(
    world: World, app: Flask, concurrently: Callable[..., list[Any]]
) -> None:
    def deed(reason: Irrelevance) -> None:
        with unit_of_work():
            services.call_not_relevant(world.actor("firm_tr"), world.tr, world.firm("RU"), reason)

    assert concurrently(lambda: deed(Irrelevance.SIZE), lambda: deed(Irrelevance.GOODS)) == [None, None]
    with app.app_context():
        assert len(queries.marks_of(world.tr)) == 1
