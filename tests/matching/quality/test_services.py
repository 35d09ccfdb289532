"""Decisions of stored matches: what counts, what is held out, and a calibration that only becomes a draft."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask import Flask

from matchmaker.core.i18n import LANGUAGES
from matchmaker.engines.fit.weights import WEIGHTS_2026_1
from matchmaker.matching.enums import MatchState, ReasonCode
from matchmaker.matching.quality import decisions, services
from matchmaker.matching.quality.report import report, weights_of
from matchmaker.matching.weighing import queries
from matchmaker.matching.weighing.enums import WeightOrigin, WeightState
from tests.clients import Client
from tests.factories.matching import MatchFactory
from tests.factories.weighing import WeightSetFactory
from tests.matching.world import World, make_firm, make_world

Given = Callable[[], AbstractContextManager[Any]]
S = MatchState


def decide(asker: int, answerer: int, accepted: bool, **values: Any) -> None:
    state = S.CLOSED if accepted else S.REFUSED
    agreed = {} if accepted else {"agreed_at": None}
    MatchFactory(asker_id=asker, answerer_id=answerer, state=state, **(agreed | values))


@pytest.fixture
def world(given: Given) -> World:
    """Six firms that answered, half of them held out; each was asked by four, and said yes to those with its goods."""
    with given():
        made = make_world()
        askers = [make_firm(f"Exact {number}", "RU", offers="732599", seeks="848180").id for number in (1, 2)]
        askers += [make_firm(f"Far {number}", "RU", offers="010121", seeks="010121").id for number in (1, 2)]
        owners = [make_firm(f"Owner {number}", "TR").id for number in range(12)]
        halves = [[one for one in owners if decisions.is_held_out(one) is out][:3] for out in (True, False)]
        for owner in [*halves[0], *halves[1]]:
            for at, asker in enumerate(askers):
                decide(asker, owner, at < 2)
        return made


def test_only_answers_that_speak_of_the_fit_count(world: World, app: Flask, given: Given) -> None:
    with app.app_context():
        before = len(decisions.answers(held_out=True)) + len(decisions.answers(held_out=False))
    with given():
        decide(world.ru, world.tr, False, reason=ReasonCode.CAPACITY)
        decide(world.tr, world.ru, False, reason=ReasonCode.ALREADY_PARTNERS)
        other = make_firm("Other", "RU").id
        MatchFactory(asker_id=world.tr, answerer_id=other, state=S.WITHDRAWN, agreed_at=None)
        MatchFactory(asker_id=world.tr, answerer_id=make_firm("Asked", "RU").id, state=S.ASKED)
    with app.app_context():
        found = [one for out in (True, False) for one in decisions.answers(held_out=out)]
        assert len(found) == before == 24
        assert sum(one.accepted for one in found) == 12
    with given():
        decide(world.ru, world.tr, False, reason=ReasonCode.NOT_SUITABLE)
    with app.app_context():
        assert sum(len(decisions.answers(held_out=out)) for out in (True, False)) == 25


def test_no_firm_is_in_both_halves(world: World, app: Flask) -> None:
    with app.app_context():
        held, learned = (
            {one.own.firm_id for one in decisions.answers(held_out=out)} for out in (True, False)
        )
        assert held
        assert learned
        assert not held & learned
        assert {one.owner for one in decisions.to_learn_from()} == learned


def test_the_report_compares_on_what_is_held_out(world: World, app: Flask) -> None:
    with app.app_context():
        # A set in which goods hardly count puts the firms that were refused as high as those that were accepted.
        blind = weights_of(
            WeightSetFactory(
                points=queries.in_use().points
                | {"product_2": 0, "product_4": 0, "product_6": 1, "breadth": 0, "reciprocity": 0}
                | {"languages": 21, "sector_4": 13}
            )
        )
        found = report(blind, WEIGHTS_2026_1)
        assert (found.decisions, found.accepted, found.lists, found.told) == (12, 6, 3, 3)
        assert found.measures[2].other == 1.0
        assert found.few
        assert found.verdict == 0


def test_a_calibration_is_a_draft_and_nothing_more(world: World, app: Flask) -> None:
    with app.app_context():
        draft = services.keep_calibration(services.learn())
        assert (draft.state, draft.origin, draft.author_id) == (
            WeightState.DRAFT,
            WeightOrigin.CALIBRATION,
            None,
        )
        assert (draft.evidence["decisions"], draft.evidence["few"]) == (12, True)
        assert draft.job_id is not None
        assert queries.in_use().name == "2026-1"


def test_nothing_decided_then_nothing_learned(app: Flask) -> None:
    with app.app_context(), pytest.raises(ValueError, match="both kinds"):
        services.learn()


def test_the_commands_say_how_sure_they_are(world: World, app: Flask) -> None:
    runner = app.test_cli_runner()
    said = runner.invoke(args=["fit-calibrate", "--keep"])
    assert said.exit_code == 0, said.output
    assert "12 decisions, 6 accepted, in the lists of 3 firms" in said.output
    assert "Too few decisions" in said.output
    assert "Kept as draft 1" in said.output
    said = runner.invoke(args=["fit-quality", "1"])
    assert said.exit_code == 0, said.output
    assert "12 held-out decisions" in said.output
    assert "Too few lists to say anything." in said.output
    assert runner.invoke(args=["fit-quality", "99"]).exit_code == 1


class TestPages:
    @pytest.mark.parametrize("code", list(LANGUAGES))
    def test_the_comparison(self, client: Client, world: World, given: Given, code: str) -> None:
        with given():
            number = WeightSetFactory().id
        client.sign_in(world.people["compliance_tr"])
        answer = client.get(f"/fit/quality?lang={code}&other={number}")
        page = answer.get_data(as_text=True)
        assert answer.status_code == 200
        assert f'<option value="{number}" selected>' in page
        assert "calibrate" not in page

    def test_learning_leads_to_the_draft(self, client: Client, world: World) -> None:
        client.sign_in(world.people["staff_ru"])
        sent = client.submit("/fit/quality", form="/fit/quality/calibrate")
        assert sent.status_code == 303
        page = client.get(sent.headers["Location"]).get_data(as_text=True)
        assert "12 decisions, 6 of them accepted, in the lists of 3 firms." in page
        assert "There are too few decisions" in page

    def test_nothing_to_learn_from_is_said(self, client: Client, given: Given) -> None:
        with given():
            made = make_world()
        client.sign_in(made.people["staff_ru"])
        assert client.submit("/fit/quality", form="/fit/quality/calibrate").status_code == 409
