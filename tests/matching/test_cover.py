"""Nothing is introduced under a memorandum that does not cover it, whichever route is tried, without a logged reason."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select

from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.matching import queries, services
from matchmaker.matching.decisions import Effect
from matchmaker.matching.enums import DecisionKind, MatchState
from matchmaker.matching.models import Match
from matchmaker.mous.enums import CoverProblem
from matchmaker.mous.models import Mou, MouArea, MouOverride
from tests.clients import Client
from tests.matching.world import TEXT, World, make_firm

Given = Callable[[], AbstractContextManager[Any]]
REASON = "Agreed by letter of both presidents on 3 November."
ENDINGS: dict[CoverProblem, Callable[[Mou], None]] = {
    CoverProblem.EXPIRED: lambda mou: setattr(mou, "term_months", 12),
    CoverProblem.TERMINATED: lambda mou: setattr(mou, "ended_on", date(2024, 1, 1)),
    CoverProblem.NOT_YET: lambda mou: setattr(mou, "in_force_from", date(2090, 1, 1)),
    CoverProblem.AREA: lambda mou: db.session.execute(delete(MouArea).where(MouArea.mou_id == mou.id)),
}
FIGURES = {
    CoverProblem.EXPIRED: "expired on 3 October 2022",
    CoverProblem.TERMINATED: "ended on 1 January 2024",
    CoverProblem.NOT_YET: "in force only from 1 January 2090",
    CoverProblem.AREA: "does not name the area",
}


@pytest.fixture
def half_approved(world: World, given: Given) -> int:
    """A match that the Turkish side approved while the memorandum was in force."""
    with given():
        match = services.ask(world.actor("firm_tr"), world.firm("TR"), world.firm("RU"), text=TEXT)
        services.agree(world.actor("firm_ru"), match)
        services.decide(world.actor("coordinator_tr"), queries.match(match.id), DecisionKind.APPROVE)
        return match.id


def end(world: World, given: Given, problem: CoverProblem) -> None:
    """Let the memorandum not cover introductions any more."""
    with given():
        ENDINGS[problem](db.session.get_one(Mou, world.mou))


def signed_in(app: Flask, world: World, name: str) -> Client:
    client = app.test_client()
    assert isinstance(client, Client)
    return client.sign_in(world.people[name])


def found(app: Flask) -> tuple[list[MatchState], list[MouOverride]]:
    with app.app_context():
        states = list(db.session.scalars(select(Match.state).order_by(Match.id)))
        return states, list(db.session.scalars(select(MouOverride)))


@pytest.mark.parametrize("problem", list(FIGURES))
def test_approval_by_every_route_is_refused_until_a_reason_is_given(
    app: Flask, world: World, half_approved: int, given: Given, problem: CoverProblem
) -> None:
    end(world, given, problem)
    client = signed_in(app, world, "coordinator_ru")

    page = client.send(f"/approvals/{half_approved}", {"decision": "approve"})
    client.send("/approvals", {"selection-selected": [str(half_approved)], "selection-decision": "approve"})

    assert page.status_code == 422
    assert FIGURES[problem] in page.text
    assert 'aria-describedby="override_reason-hint override_reason-error"' in page.text
    assert found(app) == ([MatchState.AGREED], [])

    client.send(f"/approvals/{half_approved}", {"decision": "approve", "override_reason": REASON})

    states, overrides = found(app)
    assert states == [MatchState.INTRODUCED]
    assert [(item.problem, item.subject, item.subject_id, item.reason) for item in overrides] == [
        (problem, "match", half_approved, REASON)
    ]
    with app.app_context():
        assert queries.match(half_approved).contacts_opened_at is None
        written = select(AuditEntry.action).where(AuditEntry.entity == "mou")
        assert list(db.session.scalars(written)) == ["override_cover"]
    assert REASON in client.get(f"/mous/{world.mou}").text
    assert REASON not in app.test_client().get(f"/mous/{world.mou}").text


@pytest.mark.parametrize("problem", list(FIGURES))
def test_proposal_is_refused_until_a_coordinator_gives_a_reason(
    app: Flask, world: World, given: Given, problem: CoverProblem
) -> None:
    end(world, given, problem)
    pair = {"own": str(world.ru), "other": str(world.tr)}

    bare = signed_in(app, world, "coordinator_ru").send("/matches/new", pair)
    by_staff = signed_in(app, world, "staff_ru").send("/matches/new", {**pair, "override_reason": REASON})
    refused = found(app)
    signed_in(app, world, "coordinator_ru").send("/matches/new", {**pair, "override_reason": REASON})

    assert (bare.status_code, by_staff.status_code) == (422, 422)
    assert FIGURES[problem] in bare.text
    assert "Only a coordinator or administrator of a party" in by_staff.text
    assert refused == ([], [])
    states, overrides = found(app)
    assert states == [MatchState.PROPOSED]
    assert [item.problem for item in overrides] == [problem]


def test_a_short_reason_is_refused_and_kept(
    app: Flask, world: World, half_approved: int, given: Given
) -> None:
    end(world, given, CoverProblem.EXPIRED)
    client = signed_in(app, world, "coordinator_ru")

    page = client.send(f"/approvals/{half_approved}", {"decision": "approve", "override_reason": "Urgent"})

    assert page.status_code == 422
    assert "at least 10 letters" in page.text
    assert ">Urgent</textarea>" in page.text.replace("\r\n", "")
    assert found(app) == ([MatchState.AGREED], [])


def test_a_draft_is_no_memorandum_whatever_the_reason(
    app: Flask, world: World, half_approved: int, given: Given
) -> None:
    with given():
        mou = db.session.get_one(Mou, world.mou)
        mou.signed_on = mou.announced_on = None
    client = signed_in(app, world, "coordinator_ru")

    page = client.send(f"/approvals/{half_approved}", {"decision": "approve", "override_reason": REASON})

    assert page.status_code == 422
    assert found(app) == ([MatchState.AGREED], [])


def test_a_firm_cannot_ask_without_cover(app: Flask, world: World, given: Given) -> None:
    end(world, given, CoverProblem.EXPIRED)
    with given():
        other = make_firm("Kazan Casting", "RU", offers="732599", seeks="848180").id

    page = signed_in(app, world, "firm_tr").send(f"/firms/{other}/ask", {"text": TEXT})

    assert page.status_code == 422
    assert found(app) == ([], [])


@pytest.mark.data
def test_termination_at_the_same_moment_then_covered_or_refused(
    app: Flask, world: World, half_approved: int, concurrently: Callable[..., list[Any]]
) -> None:
    def approve() -> Effect:
        with unit_of_work():
            match = queries.match(half_approved)
            return services.decide(world.actor("coordinator_ru"), match, DecisionKind.APPROVE)

    def terminate() -> int:
        with unit_of_work():
            mou = db.session.get_one(Mou, world.mou, with_for_update=True)
            mou.ended_on = date(2024, 1, 1)
            return mou.id

    approved, ended = concurrently(approve, terminate)

    assert ended == world.mou
    covered = approved is Effect.INTRODUCED
    assert covered == (found(app)[0] == [MatchState.INTRODUCED])
    assert covered or "ended on" in str(approved)
