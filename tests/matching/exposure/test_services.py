"""The cap on stored firms: the round allocates, the lists heed it, staff see it, a change makes it due."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from matchmaker.core.db import db
from matchmaker.core.errors import DomainError, NotAllowed
from matchmaker.core.jobs import open_job
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.firms import queries as firms
from matchmaker.firms.services import index_later
from matchmaker.matching import lists, wishes
from matchmaker.matching.enums import WishKind
from matchmaker.matching.exposure import queries, services
from tests.matching.world import World, make_firm, make_world

Given = Callable[[], AbstractContextManager[Any]]
WHY = "New firms should be seen too."


@pytest.fixture
def world(given: Given, monkeypatch: pytest.MonkeyPatch) -> World:
    """Three Turkish firms and three Russian ones; one of these fits all Turkish ones best. Lists have one place."""
    monkeypatch.setattr("matchmaker.matching.exposure.allocation.PLACES", 1)
    with given():
        made = make_world()
        for number in range(2):
            make_firm(f"Anatolian {number}", "TR")
            make_firm(f"Next {number}", "RU", offers="732510", seeks="848110")
        return made


def make_round(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        services.make_round(lambda done, total: None)


def first_of_all(app: Flask, world: World) -> list[int]:
    with app.app_context():
        owners = [world.tr, *range(world.ru + 1, world.ru + 5, 2)]
        return [lists.ranking(owner)[0][0] for owner in owners]


def test_a_round_gives_the_places_to_the_next_firms(world: World, app: Flask) -> None:
    assert first_of_all(app, world) == [world.ru] * 3
    make_round(app)
    shown = first_of_all(app, world)
    assert shown[0] == world.ru
    assert len(set(shown)) == 3
    with app.app_context():
        made = queries.last_round()
        assert made is not None
        over = queries.capped(made.id, world.ru)
        assert over is not None
        assert (over.natural, over.most, over.shown) == (3, 1, 1)
        assert made.before["most"] == 3
        assert made.after["most"] == 1
        assert made.after["gini"] < made.before["gini"]
        assert queries.gives_way(world.tr, world.ru) is None
        assert queries.gives_way(world.ru + 1, world.ru) == over
        assert {row.firm_id for row in queries.over_the_cap(made.id)} >= {world.tr, world.ru}


def test_a_round_is_stored_although_others_write_while_it_is_made(
    world: World, app: Flask, disturbed: Callable[..., None]
) -> None:
    with app.app_context(), unit_of_work():
        made = services.make_round(disturbed)
        assert queries.last_round_id() == made.id


def test_a_wish_is_heeded_before_the_next_round(world: World, app: Flask, given: Given) -> None:
    make_round(app)
    owner = world.ru + 1
    with app.app_context():
        assert world.ru not in dict(lists.ranking(owner))
    with given():
        db.session.add(wishes.Wish(firm_id=owner, other_id=world.ru, kind=WishKind.MUST_MEET))
    with app.app_context():
        assert lists.ranking(owner)[0][0] == world.ru


def test_a_wider_cap_lets_everybody_back(world: World, app: Flask, work_off: Callable[[], int]) -> None:
    make_round(app)
    with app.app_context(), unit_of_work():
        services.set_cap(world.actor("coordinator_ru"), 100, WHY)
    work_off()
    assert first_of_all(app, world) == [world.ru] * 3
    with app.app_context():
        last = queries.last_round()
        assert last is not None
        assert (queries.share(), last.share) == (100, 100)


def test_due_only_after_a_change_and_a_pause(
    world: World, app: Flask, work_off: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_round(app)
    monkeypatch.setattr(services, "PAUSE", timedelta(hours=1))
    with app.app_context(), unit_of_work():
        index_later(world.ru)
        assert not services.keep_up()
    monkeypatch.setattr(services, "PAUSE", timedelta())
    make_round(app)
    with app.app_context(), unit_of_work():
        assert not services.keep_up()
        index_later(world.tr)
    with app.app_context(), unit_of_work():
        assert services.keep_up()
        assert services.keep_up()
        assert open_job(queries.ROUND) is not None
    work_off()
    with app.app_context(), unit_of_work():
        assert not services.keep_up()


def test_two_who_ask_at_once_get_the_same_round(concurrently: Callable[..., list[Any]]) -> None:
    def asks() -> int:
        with unit_of_work():
            return services.queue_round(None).id

    first, second = concurrently(asks, asks)

    assert first == second


@pytest.mark.parametrize("who", ["staff_tr", "compliance_ru", "firm_tr"])
def test_others_do_not_set_the_cap(world: World, app: Flask, who: str) -> None:
    with app.app_context(), pytest.raises(NotAllowed):
        services.set_cap(world.actor(who), 20, WHY)


@pytest.mark.parametrize(
    ("share", "reason", "field"), [(0, WHY, "share"), (101, WHY, "share"), (20, "Why", "reason")]
)
def test_what_is_wrong_is_named(world: World, app: Flask, share: int, reason: str, field: str) -> None:
    with app.app_context(), pytest.raises(DomainError) as refused:
        services.set_cap(world.actor("coordinator_tr"), share, reason)
    assert refused.value.field == field


def test_the_profile_and_the_directory_are_not_capped(world: World, app: Flask) -> None:
    make_round(app)
    with app.app_context():
        owner = world.ru + 1
        assert world.ru in lists.scores(owner, [world.ru])
        assert firms.firm(world.ru).id == world.ru
