"""Taking, giving and giving back tasks: who may, who is told, and who wins of two."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, scoped_session

from matchmaker.accounts.models import Person
from matchmaker.core import clock
from matchmaker.core.actor import Actor, InstitutionRole
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError
from matchmaker.core.mail import OutboxMail
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.firms.enums import FirmState
from matchmaker.home import inbox
from matchmaker.home.assigning import queries, services
from matchmaker.home.assigning.models import TaskHolder
from matchmaker.home.assigning.page import load_of
from matchmaker.home.inbox import Task
from matchmaker.institutions.models import Institution, InstitutionMember
from matchmaker.matching.enums import MatchState
from matchmaker.notifications.models import Notice
from tests.factories.firms import FirmFactory
from tests.factories.institutions import InstitutionFactory, official
from tests.factories.matching import MatchFactory
from tests.matching.world import actor_of

STAFF, COORDINATOR = InstitutionRole.STAFF, InstitutionRole.COORDINATOR
DbSession = scoped_session[Session]


@pytest.fixture
def agency(session: DbSession) -> Institution:
    """An institution with a firm to verify."""
    FirmFactory(state=FirmState.SUBMITTED, submitted_at=clock.now(), legal_name="Konya Döküm")
    found: Institution = InstitutionFactory(country="TR")
    return found


def only_task(actor: Actor) -> Task:
    """The one task of an actor."""
    [task] = inbox.tasks(actor)
    return task


def holder(actor: Actor) -> int:
    """Who holds the one task of an actor, 0 for nobody."""
    [held] = queries.with_holders([only_task(actor)])
    return held.person_id


def notices() -> list[tuple[int, str]]:
    """Who was told what."""
    return [(row.person_id, row.kind) for row in db.session.scalars(select(Notice).order_by(Notice.id))]


def test_taken_is_held_until_given_back(agency: Institution) -> None:
    one, other = actor_of(official(agency, STAFF)), actor_of(official(agency, STAFF))
    services.take(one, only_task(one))
    services.take(one, only_task(one))
    assert holder(other) == one.person_id
    with pytest.raises(Conflict):
        services.take(other, only_task(other))
    with pytest.raises(Conflict):
        services.give_back(other, only_task(other))
    services.give_back(one, only_task(one))
    assert holder(other) == 0
    actions = db.session.scalars(select(AuditEntry.action).where(AuditEntry.entity == "inbox_task"))
    assert list(actions) == ["take_task", "return_task"]


def test_given_tells_the_new_and_the_former_holder(agency: Institution) -> None:
    people: list[Person] = [official(agency, STAFF) for _ in range(3)]
    head, one, other = people
    giver = actor_of(head)
    services.take(actor_of(one), only_task(actor_of(one)))
    services.give_all(giver, [only_task(giver)], other, reason="On leave")
    assert holder(giver) == other.id
    assert notices() == [(other.id, "task_given"), (one.id, "task_moved")]
    mails = set(db.session.scalars(select(OutboxMail.to_address)))
    assert mails == {other.email, one.email}
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "assign")).one()
    assert (entry.before["person"], entry.after["person"], entry.after["reason"]) == (
        one.id,
        other.id,
        "On leave",
    )


def test_who_may_not_do_it_gets_nothing_and_is_named(agency: Institution) -> None:
    coordinator, staff = official(agency, COORDINATOR), official(agency, STAFF)
    own, other = FirmFactory(legal_name="Bursa Kalıp"), FirmFactory(country="RU", legal_name="Volga")
    MatchFactory(state=MatchState.AGREED, asker_id=other.id, answerer_id=own.id, agreed_at=clock.now())
    giver = actor_of(coordinator)
    moved = services.give_all(giver, inbox.tasks(giver), staff, reason="Busy")
    assert moved.count == 1
    [(name, reason)] = moved.left
    assert set(name.split(" – ")) == {"Bursa Kalıp", "Volga"}
    assert reason == f"{staff.name} may not do this task."
    assert notices() == [(staff.id, "task_given")]
    with pytest.raises(DomainError) as refused:
        services.give_all(giver, inbox.tasks(giver), staff, reason="  ")
    assert refused.value.field == "reason"


def test_each_side_has_its_own_task_of_a_match(session: DbSession) -> None:
    MatchFactory(state=MatchState.AGREED, agreed_at=clock.now())
    sides = [actor_of(official(InstitutionFactory(country=code), COORDINATOR)) for code in ("TR", "RU")]
    for actor in sides:
        services.take(actor, only_task(actor))
    assert [holder(actor) for actor in sides] == [actor.person_id for actor in sides]


def test_nothing_stays_with_who_is_gone(agency: Institution) -> None:
    one, other, third = (official(agency, STAFF) for _ in range(3))
    actor = actor_of(other)
    services.take(actor_of(one), only_task(actor))
    db.session.scalars(
        select(InstitutionMember).where(InstitutionMember.person_id == one.id)
    ).one().ended_at = clock.now()
    db.session.flush()
    assert holder(actor) == 0
    services.take(actor, only_task(actor))
    other.disabled_at = clock.now()
    db.session.flush()
    assert holder(actor_of(third)) == 0


def test_a_task_that_comes_again_is_a_new_one(agency: Institution) -> None:
    one = actor_of(official(agency, STAFF))
    services.take(one, only_task(one))
    row = db.session.scalars(select(TaskHolder)).one()
    row.held_since = only_task(one).since.replace(year=2020)
    db.session.flush()
    assert holder(one) == 0
    services.take(one, only_task(one))
    assert holder(one) == one.person_id
    assert db.session.scalar(select(func.count(TaskHolder.id))) == 1


def test_the_load_of_an_institution(agency: Institution) -> None:
    FirmFactory(state=FirmState.SUBMITTED, submitted_at=clock.now().replace(year=2024))
    one = official(agency, STAFF)
    actor = actor_of(one)
    services.take(actor, inbox.tasks(actor)[0])
    rows = [(row.person.id if row.person else 0, row.held, row.late) for row in load_of(agency.id, "TR")]
    assert rows == [(one.id, 1, 1), (0, 1, 0)]


@pytest.mark.data
@pytest.mark.parametrize("is_stale", [False, True])
def test_two_who_take_at_once_make_one_holder(
    app: Flask, given: Callable[[], Any], concurrently: Callable[..., list[Any]], is_stale: bool
) -> None:
    with given():
        agency = InstitutionFactory(country="TR")
        one, other, gone = (official(agency, STAFF) for _ in range(3))
        FirmFactory(state=FirmState.SUBMITTED, submitted_at=clock.now())
        if is_stale:
            services.take(actor_of(gone), only_task(actor_of(gone)))
            gone.disabled_at = clock.now()

    def take(person_id: int) -> None:
        actor = actor_of(person_id)
        task = only_task(actor)
        db.session.rollback()
        with unit_of_work():
            services.take(actor, task)

    results = concurrently(lambda: take(one.id), lambda: take(other.id))
    assert sorted(type(found) for found in results if found is not None) == [Conflict]
    with app.app_context():
        row = db.session.scalars(select(TaskHolder)).one()
        assert row.person_id in (one.id, other.id)


@pytest.mark.data
def test_what_somebody_took_after_it_was_looked_at_is_not_taken_from_them(
    app: Flask, given: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    with given():
        agency = InstitutionFactory(country="TR")
        one, other, gone = (official(agency, STAFF) for _ in range(3))
        FirmFactory(state=FirmState.SUBMITTED, submitted_at=clock.now())
        services.take(actor_of(gone), only_task(actor_of(gone)))
        gone.disabled_at = clock.now()
    look = queries.with_holders

    def look_before_another(found: Any) -> Any:
        seen = look(found)
        faster = update(TaskHolder).values(person_id=other.id, turn=TaskHolder.turn + 1)
        db.session.execute(faster, execution_options={"synchronize_session": False})
        return seen

    with app.app_context():
        actor = actor_of(one.id)
        task = only_task(actor)
        monkeypatch.setattr(queries, "with_holders", look_before_another)
        with pytest.raises(Conflict):
            services.take(actor, task)
