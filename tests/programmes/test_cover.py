"""No training, exchange or trip is published under a memorandum that does not cover it, whichever route is tried."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.core import clock
from matchmaker.core.actor import InstitutionRole
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.mous.enums import CoverProblem
from matchmaker.mous.models import Mou, MouOverride
from matchmaker.programmes import rules
from matchmaker.programmes.enums import ProgrammeKind, ProgrammeState, ProgrammeVerb
from matchmaker.programmes.models import Programme
from matchmaker.programmes.timekeeping import move_due
from tests.clients import Client
from tests.factories.exchanges import CallFactory
from tests.factories.institutions import InstitutionFactory, official
from tests.factories.mous import mou_between
from tests.factories.programmes import ProgrammeFactory
from tests.factories.trips import TripFrameFactory
from tests.matching.test_cover import ENDINGS, FIGURES, REASON

Given = Callable[[], AbstractContextManager[Any]]
ROLES = (InstitutionRole.STAFF, InstitutionRole.COORDINATOR)


@dataclass(frozen=True)
class Drafts:
    """A draft of each kind, complete enough to be published, and the people of the organiser."""

    mou: int
    of: dict[ProgrammeKind, int]
    people: dict[InstitutionRole, int]


@pytest.fixture
def drafts(given: Given) -> Drafts:
    with given():
        own, other = InstitutionFactory(country="TR"), InstitutionFactory(country="RU")
        mou = mou_between(own, other)
        made = {}
        for kind in ProgrammeKind:
            made[kind] = ProgrammeFactory(
                mou_id=mou.id,
                institution_id=own.id,
                kind=kind,
                state=ProgrammeState.DRAFT,
                minimum=2,
                decision_on=clock.today(),
            ).id
        TripFrameFactory(programme_id=made[ProgrammeKind.TRIP])
        CallFactory(
            programme_id=made[ProgrammeKind.EXCHANGE],
            sending_institution_id=other.id,
            host_institution_id=own.id,
        )
        return Drafts(mou.id, made, {role: official(own, role).id for role in ROLES})


def signed_in(app: Flask, drafts: Drafts, role: InstitutionRole) -> Client:
    client = app.test_client()
    assert isinstance(client, Client)
    return client.sign_in(drafts.people[role])


def found(app: Flask, drafts: Drafts) -> tuple[set[ProgrammeState], list[MouOverride]]:
    with app.app_context():
        states = set(db.session.scalars(select(Programme.state).where(Programme.id.in_(drafts.of.values()))))
        return states, list(db.session.scalars(select(MouOverride).order_by(MouOverride.subject_id)))


@pytest.mark.parametrize("problem", list(FIGURES))
def test_no_kind_is_published_without_cover_until_a_coordinator_gives_a_reason(
    app: Flask, drafts: Drafts, given: Given, problem: CoverProblem
) -> None:
    with given():
        ENDINGS[problem](db.session.get_one(Mou, drafts.mou))
    coordinator = signed_in(app, drafts, InstitutionRole.COORDINATOR)
    staff = signed_in(app, drafts, InstitutionRole.STAFF)

    for programme in drafts.of.values():
        bare = coordinator.send(f"/programmes/{programme}/publish", {})
        by_staff = staff.send(f"/programmes/{programme}/publish", {"override_reason": REASON})

        assert (bare.status_code, by_staff.status_code) == (422, 422)
        assert FIGURES[problem] in bare.text
        assert 'id="override_reason-error"' in bare.text
        assert "Only a coordinator or administrator of a party" in by_staff.text
    assert found(app, drafts) == ({ProgrammeState.DRAFT}, [])

    for programme in drafts.of.values():
        coordinator.send(f"/programmes/{programme}/publish", {"override_reason": REASON})

    states, overrides = found(app, drafts)
    assert states == {ProgrammeState.OPEN}
    assert [(item.subject, item.subject_id, item.problem, item.reason) for item in overrides] == [
        ("programme", programme, problem, REASON) for programme in sorted(drafts.of.values())
    ]
    with app.app_context():
        logged = select(AuditEntry.action).where(AuditEntry.entity == "mou")
        assert list(db.session.scalars(logged)) == ["override_cover"] * len(drafts.of)


@pytest.mark.parametrize("kind", list(ProgrammeKind))
def test_no_button_and_no_clock_leads_past_the_publishing(
    app: Flask, drafts: Drafts, given: Given, kind: ProgrammeKind
) -> None:
    """Not even of a covered draft: then nothing can go round the gate of one that is not covered."""
    client = signed_in(app, drafts, InstitutionRole.COORDINATOR)
    with given():
        draft = db.session.get_one(Programme, drafts.of[kind])
        draft.opens_at = draft.starts_at = clock.now() - timedelta(days=1)

    for verb in ProgrammeVerb:
        answer = client.send(f"/programmes/{drafts.of[kind]}/move/{verb}", {})
        assert answer.status_code == (409 if verb in rules.BUTTONS else 404), verb
    with given():
        db.session.get_one(Programme, drafts.of[kind]).closes_at = clock.now() - timedelta(hours=1)
        move_due()

    assert found(app, drafts) == ({ProgrammeState.DRAFT}, [])


def test_a_copy_of_what_was_published_is_a_draft_that_needs_cover_again(
    app: Flask, drafts: Drafts, given: Given
) -> None:
    training = drafts.of[ProgrammeKind.TRAINING]
    client = signed_in(app, drafts, InstitutionRole.COORDINATOR)
    client.send(f"/programmes/{training}/publish", {})
    with given():
        ENDINGS[CoverProblem.EXPIRED](db.session.get_one(Mou, drafts.mou))

    client.submit(f"/programmes/{training}/copy", {"days": "30"})

    with app.app_context():
        copied = db.session.scalars(select(Programme).where(Programme.id.not_in(drafts.of.values()))).one()
        number = copied.id
        assert (copied.state, copied.published_at) == (ProgrammeState.DRAFT, None)
    page = client.send(f"/programmes/{number}/publish", {})
    assert page.status_code == 422
    assert FIGURES[CoverProblem.EXPIRED] in page.text
