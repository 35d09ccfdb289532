"""The shortlist belongs to a firm and its people, holds so many firms, and settles races in the database."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask import Flask

from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.directory.shortlist import queries, rules, services
from matchmaker.firms import queries as firms
from tests.matching.world import World, make_firm, make_world

Given = Callable[[], AbstractContextManager[Any]]


@pytest.fixture
def world(given: Given) -> World:
    with given():
        return make_world()


def test_all_people_of_the_firm_share_it(world: World, app: Flask) -> None:
    with app.app_context():
        services.keep(world.actor("firm_tr"), world.firm("RU"))
        services.keep(world.actor("member_tr"), world.firm("RU"))
        services.write_note(world.actor("editor_tr"), world.firm("RU"), " Ask for samples ")
        (entry,) = queries.entries(world.tr)
        assert (entry.other_id, entry.note) == (world.ru, "Ask for samples")
        assert entry.person_id == world.people["editor_tr"]
        assert queries.entries(world.ru) == []
        assert queries.kept(world.tr, [world.ru, 99]) == {world.ru}
        services.drop(world.actor("member_tr"), world.firm("RU"))
        services.drop(world.actor("member_tr"), world.firm("RU"))
        assert queries.count(world.tr) == 0


@pytest.mark.parametrize("who", ["stranger", "staff_tr", "firm_ru"])
def test_not_for_others_and_not_of_the_own_firm(world: World, app: Flask, who: str) -> None:
    with app.app_context(), pytest.raises(NotAllowed):
        services.keep(world.actor(who), world.firm("RU"))


def test_a_note_needs_its_firm_on_the_list_and_has_an_end(world: World, app: Flask) -> None:
    with app.app_context():
        actor, other = world.actor("firm_tr"), world.firm("RU")
        with pytest.raises(Conflict):
            services.write_note(actor, other, "Early")
        services.keep(actor, other)
        with pytest.raises(DomainError) as refused:
            services.write_note(actor, other, "x" * (rules.LONGEST_NOTE + 1))
        assert refused.value.field == "note"


def test_two_at_once_for_the_last_place_then_one(
    world: World,
    app: Flask,
    given: Given,
    concurrently: Callable[..., list[Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rules, "MOST_ENTRIES", 1)
    with given():
        second = make_firm("Second", "RU").id

    def keep(other: int) -> None:
        with unit_of_work():
            services.keep(world.actor("firm_tr"), firms.firm(other))

    results = concurrently(lambda: keep(world.ru), lambda: keep(second))
    assert sorted(type(one).__name__ for one in results) == ["Conflict", "NoneType"]
    with app.app_context():
        assert queries.count(world.tr) == 1
