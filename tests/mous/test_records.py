"""What happens to a signed memorandum: amendments, its end, papers, contact points, and the warnings before its end."""

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session
from werkzeug.datastructures import FileStorage

from matchmaker.core import clock
from matchmaker.core.actor import Actor, InstitutionRole
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.mous import queries, rules, services
from matchmaker.mous.enums import DocumentKind, MouStatus, Renewal, ScopeArea
from matchmaker.mous.models import Mou
from matchmaker.notifications.models import Notice
from tests.clients import Client
from tests.factories.files import stored_pdf
from tests.factories.institutions import InstitutionFactory, official
from tests.factories.mous import MouContactPointFactory, MouDocumentFactory, mou_between
from tests.mous.test_drafts import speaker

Db = scoped_session[Session]
Given = Callable[[], AbstractContextManager[object]]
PDF = b"%PDF-1.7 signed"


@pytest.fixture
def mou(session: Db) -> Mou:
    made = mou_between(InstitutionFactory(country="TR"), InstitutionFactory(country="RU"))
    return queries.mou(made.id)


@pytest.fixture
def coordinator(mou: Mou) -> Actor:
    return speaker(mou.parties[0].institution)


def amend(actor: Actor, mou: Mou, areas: list[ScopeArea], months: int | None = 120) -> None:
    services.amend(
        actor,
        mou,
        agreed_on=date(2026, 5, 1),
        text="Prolonged by letters.",
        term_months=months,
        renewal=Renewal.BY_LETTERS,
        areas=areas,
    )


def test_amendment_prolongs_and_narrows_and_keeps_what_was_before(mou: Mou, coordinator: Actor) -> None:
    amend(coordinator, mou, [ScopeArea.TRAININGS])
    amend(coordinator, mou, [ScopeArea.TRAININGS], months=None)

    first, second = queries.amendments(mou.id)
    assert (first.position, first.changes["term_months"]) == (1, [None, 120])
    assert first.changes["areas"][1] == ["trainings"]
    assert (second.position, second.changes) == (2, {"term_months": [120, None]})
    assert not rules.covers(mou, ScopeArea.BUSINESS_TRIPS, clock.today())


def test_end_then_terminated_and_neither_amended_nor_ended_again(mou: Mou, coordinator: Actor) -> None:
    services.end(coordinator, mou, ended_on=clock.today(), reason="By agreement")

    assert rules.status(mou, clock.today()) is MouStatus.TERMINATED
    with pytest.raises(Conflict):
        services.end(coordinator, mou, ended_on=clock.today(), reason="Again")
    with pytest.raises(Conflict):
        amend(coordinator, mou, [ScopeArea.TRAININGS])


def test_each_side_names_and_ends_its_own_contact_points(mou: Mou, coordinator: Actor) -> None:
    own, other = (party.institution for party in mou.parties)
    other_side = speaker(other)
    with pytest.raises(NotAllowed):
        services.name_contact(
            coordinator, mou, person_id=other_side.person_id, institution_id=other.id, from_on=None
        )
    point = services.name_contact(
        coordinator, mou, person_id=coordinator.person_id, institution_id=own.id, from_on=None
    )
    with pytest.raises(NotAllowed):
        services.end_contact(other_side, mou, point)
    services.end_contact(coordinator, mou, point)
    assert point.to_on == clock.today()


def test_end_before_the_beginning_is_refused(mou: Mou, coordinator: Actor) -> None:
    with pytest.raises(DomainError) as refused:
        services.end(coordinator, mou, ended_on=date(2020, 1, 1), reason="By agreement")
    assert refused.value.field == "ended_on"


def upload(content: bytes = PDF) -> FileStorage:
    return FileStorage(io.BytesIO(content), filename="signed.pdf")


def test_a_newer_copy_is_the_next_version_and_the_older_stays(mou: Mou, coordinator: Actor) -> None:
    signer = {"signer": "A. B.", "capacity": "President", "signed_on": date(2021, 10, 4)}
    for content in (PDF, PDF + b" anew"):
        services.add_document(
            coordinator, mou, upload(content), kind=DocumentKind.COUNTER_SIGNED, language="ru", **signer
        )

    newer, older = queries.documents(mou.id)
    assert (newer.version, older.version, older.signer) == (2, 1, "A. B.")
    assert newer.file.sha256 != older.file.sha256


def test_reading_a_paper_is_logged(client: Client, given: Given) -> None:
    with given():
        own = InstitutionFactory(country="TR")
        made = mou_between(own, InstitutionFactory(country="RU"))
        paper = MouDocumentFactory(mou_id=made.id, file_id=stored_pdf().id)
        reader = official(own, InstitutionRole.COORDINATOR)

    assert client.sign_in(reader.id).get(f"/mous/{made.id}/documents/{paper.id}").status_code == 200
    with given():
        line = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "read")).one()
        assert (line.actor_id, line.entity, line.entity_id) == (reader.id, "mou", made.id)
        assert line.after == {"fields": [f"document {paper.id}"]}


@pytest.mark.parametrize("missing", ["signer", "capacity", "signed_on"])
def test_a_signed_copy_names_signer_office_and_day(mou: Mou, coordinator: Actor, missing: str) -> None:
    values = {"signer": "A. B.", "capacity": "President", "signed_on": date(2021, 10, 4), missing: None}

    with pytest.raises(DomainError) as refused:
        services.add_document(coordinator, mou, upload(), kind=DocumentKind.SIGNED, language="ru", **values)
    assert refused.value.field == missing
    assert queries.documents(mou.id) == []


def test_papers_come_from_the_parties_only(mou: Mou) -> None:
    stranger = speaker(InstitutionFactory(country="KZ"))
    with pytest.raises(NotAllowed):
        services.add_document(stranger, mou, upload(), kind=DocumentKind.TEXT, language="en")


def told(session: Db, person_id: int) -> list[str]:
    kinds = select(Notice.kind).where(Notice.person_id == person_id).order_by(Notice.id)
    return list(session.scalars(kinds))


@pytest.mark.parametrize(("left", "kind"), [(200, None), (180, 180), (91, 180), (90, 90), (30, 30), (0, 30)])
def test_owners_are_warned_once_at_each_step(session: Db, mou: Mou, left: int, kind: int | None) -> None:
    owner = speaker(mou.parties[1].institution).person_id
    first = clock.today() + timedelta(days=left + 1)
    mou.in_force_from = rules.add_months(first, -12)
    mou.term_months = 12
    session.flush()
    drift = (rules.last_day(mou, clock.today()) or first) - clock.today() - timedelta(days=left)
    mou.in_force_from -= drift
    session.flush()

    services.warn_of_ends()
    services.warn_of_ends()

    assert told(session, owner) == ([] if kind is None else [f"mou_ends_{kind}"])


def test_contact_points_are_warned_instead_of_all_coordinators(
    session: Db, mou: Mou, coordinator: Actor
) -> None:
    point = speaker(mou.parties[1].institution, InstitutionRole.STAFF).person_id
    MouContactPointFactory(mou_id=mou.id, institution_id=mou.parties[1].institution_id, person_id=point)
    session.expire(mou)
    mou.in_force_from, mou.term_months = rules.add_months(clock.today(), -10), 12
    session.flush()

    services.warn_of_ends()

    assert (told(session, point), told(session, coordinator.person_id)) == (["mou_ends_90"], [])


def test_contact_point_is_named_and_ended(mou: Mou, coordinator: Actor) -> None:
    own = mou.parties[0].institution_id
    services.name_contact(coordinator, mou, person_id=coordinator.person_id, institution_id=own, from_on=None)
    (point,) = mou.contact_points
    services.end_contact(coordinator, mou, point)

    assert point.to_on == clock.today()
    with pytest.raises(Conflict):
        services.end_contact(coordinator, mou, point)
