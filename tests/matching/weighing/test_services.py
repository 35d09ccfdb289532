"""Sets of points from draft to use: both sides agree, one set is in use, everything is ranked by it at once."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.jobs import Job
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.engines.fit.numbers import numbers_of, weights_from
from matchmaker.engines.fit.weights import WEIGHTS_2026_1
from matchmaker.firms import queries as firms
from matchmaker.matching import lists
from matchmaker.matching.fitting import fit_of
from matchmaker.matching.weighing import queries, services
from matchmaker.matching.weighing.enums import WeightState
from matchmaker.matching.weighing.models import WeightSet
from tests.factories.weighing import OTHER, proposed_by, simulated
from tests.matching.world import World, make_firm

Given = Callable[[], AbstractContextManager[Any]]
WHY = "Languages decide little."


class TestPropose:
    def test_the_first_proposal_is_named_and_agreed_by_its_side(self, world: World, app: Flask) -> None:
        with app.app_context():
            found = services.propose(world.actor("coordinator_tr"), simulated(), WHY)
            assert (found.name, found.version, found.country) == ("2026-2", 2, "TR")
            assert queries.waiting_sides(found) == ("RU",)
            assert queries.in_use().name == "2026-1"
            assert queries.waiting_for(world.actor("coordinator_ru")) == 1
            assert queries.waiting_for(world.actor("coordinator_tr2")) == 0

    @pytest.mark.parametrize("who", ["staff_tr", "compliance_tr", "firm_tr"])
    def test_others_may_not(self, world: World, app: Flask, who: str) -> None:
        with app.app_context(), pytest.raises(NotAllowed):
            services.propose(world.actor(who), simulated(), WHY)

    def test_a_reason_is_needed(self, world: World, app: Flask) -> None:
        with app.app_context(), pytest.raises(DomainError) as refused:
            services.propose(world.actor("coordinator_tr"), simulated(), "Why not")
        assert refused.value.field == "reason"

    def test_not_before_the_simulation_is_finished(self, world: World, app: Flask) -> None:
        with app.app_context():
            draft = services.try_out(world.actor("staff_tr"), OTHER)
            with pytest.raises(Conflict):
                services.propose(world.actor("coordinator_tr"), draft, WHY)

    def test_not_on_the_ground_of_another_set(self, world: World, app: Flask) -> None:
        with app.app_context():
            draft = simulated()
            draft.based_on = "2025-9"
            with pytest.raises(Conflict):
                services.propose(world.actor("coordinator_tr"), draft, WHY)

    def test_two_who_simulate_a_draft_at_once_get_the_same_simulation(
        self, world: World, given: Given, concurrently: Callable[..., list[Any]]
    ) -> None:
        with given():
            draft_id = simulated().id

        def simulates() -> int | None:
            with unit_of_work():
                return services.simulate(world.actor("staff_tr"), queries.weight_set(draft_id)).job_id

        first, second = concurrently(simulates, simulates)

        assert first == second

    def test_two_sides_at_once_then_one_proposal(
        self, world: World, given: Given, concurrently: Callable[..., list[Any]]
    ) -> None:
        with given():
            drafts = [simulated().id, simulated().id]

        def propose(who: str, draft_id: int) -> str | None:
            with unit_of_work():
                return services.propose(world.actor(who), queries.weight_set(draft_id), WHY).name

        results = concurrently(
            lambda: propose("coordinator_tr", drafts[0]), lambda: propose("coordinator_ru", drafts[1])
        )
        assert sorted(type(one).__name__ for one in results) == ["Conflict", "str"]


class TestConfirm:
    def test_the_other_side_puts_it_in_use_and_everything_follows(
        self, world: World, app: Flask, given: Given
    ) -> None:
        with given():
            number = proposed_by(world.people["coordinator_tr"]).id
        with app.app_context():
            before = lists.ranking(world.tr)
        with app.app_context(), unit_of_work():
            services.confirm(world.actor("coordinator_ru"), queries.weight_set(number))
        with app.app_context():
            assert queries.in_use().name == "2026-2"
            assert queries.in_use().valid_from is not None
            assert queries.weights_in_use().languages == 0
            # Both get three points more for the same six digits and three fewer for the common language.
            assert lists.ranking(world.tr) == before
            own, other = firms.firm(world.tr), firms.firm(world.ru)
            assert fit_of(own, other).weights == "2026-2"
            assert lists.scores(world.tr, [world.ru]) == {world.ru: fit_of(own, other).total}
            first = db.session.scalars(select(WeightSet).where(WeightSet.name == "2026-1")).one()
            assert (first.state, first.slot) == (WeightState.REPLACED, None)
            assert first.valid_until == queries.in_use().valid_from
            assert db.session.scalar(select(func.count()).where(AuditEntry.action == "put_in_use")) == 1

    def test_the_order_changes_at_once(self, world: World, app: Flask, given: Given) -> None:
        with given():
            # Talks like the own firm, but its goods share four digits only.
            near = make_firm("Near", "RU", offers="732510", seeks="848110")
            for row in firms.firm(world.ru).languages:
                row.language = "ru"
            number = proposed_by(world.people["coordinator_tr"]).id
            near_id = near.id
        with app.app_context():
            before = dict(lists.ranking(world.tr))
        with app.app_context(), unit_of_work():
            services.confirm(world.actor("coordinator_ru2"), queries.weight_set(number))
        with app.app_context():
            after = dict(lists.ranking(world.tr))
        assert after[near_id] == before[near_id] - 6
        assert after[world.ru] == before[world.ru] + 6

    @pytest.mark.parametrize("who", ["coordinator_tr", "coordinator_tr2", "staff_ru", "compliance_ru"])
    def test_only_the_side_that_is_asked(self, world: World, app: Flask, who: str) -> None:
        with app.app_context():
            proposal = proposed_by(world.people["coordinator_tr"])
            for verb in (services.confirm, lambda actor, found: services.decline(actor, found, WHY)):
                with pytest.raises(NotAllowed):
                    verb(world.actor(who), proposal)

    def test_two_of_a_side_at_once_then_one_yes(
        self, world: World, given: Given, concurrently: Callable[..., list[Any]]
    ) -> None:
        with given():
            number = proposed_by(world.people["coordinator_tr"]).id

        def confirm(who: str) -> str | None:
            with unit_of_work():
                return services.confirm(world.actor(who), queries.weight_set(number)).name

        results = concurrently(lambda: confirm("coordinator_ru"), lambda: confirm("coordinator_ru2"))
        assert sorted(type(one).__name__ for one in results) == ["NotAllowed", "str"]

    def test_decline_then_the_way_is_free_for_another(self, world: World, app: Flask) -> None:
        with app.app_context():
            proposal = proposed_by(world.people["coordinator_tr"])
            found = services.decline(world.actor("coordinator_ru"), proposal, "We want languages to count.")
            assert (found.state, found.slot) == (WeightState.DECLINED, None)
            assert services.propose(world.actor("coordinator_ru"), simulated(), WHY).name == "2026-3"

    def test_withdraw_by_the_side_that_proposed(self, world: World, app: Flask) -> None:
        with app.app_context():
            proposal = proposed_by(world.people["coordinator_tr"])
            with pytest.raises(NotAllowed):
                services.withdraw(world.actor("coordinator_ru"), proposal)
            services.withdraw(world.actor("coordinator_tr2"), proposal)
            assert queries.proposed() is None


def test_the_simulation_tells_who_enters_and_who_leaves(
    world: World, app: Flask, given: Given, work_off: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("matchmaker.matching.exposure.allocation.PLACES", 1)
    with given():
        # The one has exactly the goods, the other one the language: by the set in use goods decide, by the draft not.
        for row in firms.firm(world.ru).languages:
            row.language = "ru"
        near = make_firm("Near", "RU", offers="732599", seeks="848110").id
        numbers = numbers_of(WEIGHTS_2026_1) | {"product_6": 10, "languages": 10}
        draft = services.try_out(world.actor("staff_tr"), numbers).id
    with app.app_context():
        totals = lists.ranking(world.tr)
        assert [number for number, _total in totals] == [world.ru, near]
    work_off()
    with app.app_context():
        job = queries.job_of(queries.weight_set(draft))
        assert isinstance(job, Job)
        report = job.result
        then = weights_from("draft", numbers)
        own, loaded = firms.firm(world.tr), firms.firms([world.ru, near])
        change = {
            number: [number, dict(totals)[number], fit_of(own, firm, then).total]
            for number, firm in loaded.items()
        }
    assert (report["lists"], report["changed"], report["places"]) == (3, 1, 1)
    assert report["by_size"] == [2, 1]
    assert report["rows"] == [[world.tr, [change[near]], [change[world.ru]]]]
    assert [one["never"] for one in report["spread"]] == [1, 1]
