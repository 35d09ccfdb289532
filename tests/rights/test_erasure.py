"""Erasure: asked, withdrawn, decided once; what is gone from database, disk and outbox, and what is kept nameless."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from matchmaker.accounts import passwords
from matchmaker.accounts.models import Person, SignedInSession
from matchmaker.core import clock
from matchmaker.core.actor import FirmRole, InstitutionRole
from matchmaker.core.audit import AuditEntry
from matchmaker.core.audit_chain import check
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.files import StoredFile
from matchmaker.core.retention import DestructionRecord
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import Firm, SearchOutbox
from matchmaker.institutions.enums import InstitutionKind
from matchmaker.notifications.models import Notice
from matchmaker.programmes.enums import ProgrammeState, SignUpState
from matchmaker.rights import erasure, erasure_services
from matchmaker.rights.enums import ErasureGround, ErasureState
from matchmaker.rights.erasure_services import Decision
from matchmaker.rights.models import ErasureRecipient, ErasureRequest
from tests.factories.accounts import PersonFactory
from tests.factories.firms import FirmFactory, FirmMemberFactory, member_of
from tests.factories.institutions import InstitutionFactory, official
from tests.factories.programmes import ProgrammeFactory, SignUpFactory, delegate_of
from tests.matching.world import actor_of
from tests.rights.lives import EMAIL, PASSWORD, VALUES, Life, full_life
from tests.rights.traces import values_anywhere

pytestmark = pytest.mark.data
CARRY_OUT = Decision(ErasureState.CARRIED_OUT)


def asked(life: Life, note: str = "") -> ErasureRequest:
    """The request of a person of a life."""
    person = db.session.get_one(Person, life.person_id)
    return erasure_services.ask(actor_of(person), person, PASSWORD, note)


def officer(country: str = "TR") -> Person:
    """Somebody of the staff of a country's institution."""
    return official(InstitutionFactory(country=country), InstitutionRole.STAFF)


def test_nothing_of_the_person_is_left_in_the_database(session: Any) -> None:
    life = full_life()
    request = asked(life, note=f"Please, {VALUES[0]}")
    assert len({table for table, _column, _value in values_anywhere(VALUES)}) >= 12
    staff = officer()

    erasure_services.decide(actor_of(staff), request.id, CARRY_OUT)
    db.session.flush()

    left = {(table, column) for table, column, _value in values_anywhere(VALUES)}
    assert check().broken is None
    assert left <= {("outbox_mail", "to_address"), ("outbox_mail", "text"), ("outbox_mail", "html")}


def test_files_go_and_the_last_mail_is_destroyed_once_it_is_sent(
    given: Callable[[], Any], work_off: Callable[[], int], app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    with given():
        life = full_life()
        request, staff = asked(life), officer()
        folder = app.config["INSTANCE"] / "uploads"
        assert all((folder / token).is_file() for token in life.files)
        erasure_services.decide(actor_of(staff), request.id, CARRY_OUT)

    work_off()
    work_off()

    assert not any((folder / token).exists() for token in life.files)
    with app.app_context():
        assert list(values_anywhere(VALUES)) == []
    assert [value for value in VALUES if value in caplog.text] == []
    files = [
        path for path in app.config["INSTANCE"].rglob("*") if path.is_file() and "sqlite3" not in path.name
    ]
    held = [path.name for path in files for value in VALUES if value.encode() in path.read_bytes()]
    assert held == []


def test_the_account_is_closed_and_the_address_free(session: Any) -> None:
    life = full_life()
    request = asked(life)

    erasure_services.decide(actor_of(officer()), request.id, CARRY_OUT)

    person = db.session.get_one(Person, life.person_id, populate_existing=True)
    assert person.erased_at is not None
    assert person.disabled_at is not None
    assert person.password_hash == ""
    assert session.scalar(select(SignedInSession).where(SignedInSession.person_id == person.id)) is None
    assert PersonFactory(email=EMAIL).id != person.id


def test_firms_abroad_are_told_and_the_proof_is_left(session: Any) -> None:
    life = full_life()
    request = asked(life)

    erasure_services.decide(actor_of(officer()), request.id, CARRY_OUT)

    recipient = session.scalars(select(ErasureRecipient)).one()
    assert (recipient.firm_id, recipient.fields) == (life.recipient_id, ["email", "name", "phone"])
    assert recipient.told_at is not None
    notice = session.scalars(select(Notice).where(Notice.kind == "contact_erased")).one()
    assert notice.subject == db.session.get_one(Firm, life.firm_id).name
    proof = session.scalars(select(DestructionRecord)).one()
    assert (proof.people, proof.files) == (1, 1)
    actions = set(session.scalars(select(AuditEntry.action)))
    assert {"ask_erasure", "decide_erasure", "erase", "remove_contact"} <= actions
    assert life.firm_id in set(session.scalars(select(SearchOutbox.firm_id)))


def test_in_part_leaves_the_named_parts_and_says_why(session: Any) -> None:
    life = full_life()
    request = asked(life)
    decision = Decision(ErasureState.PARTLY, "Accounts law", ErasureGround.LEGAL_DUTY, ("trips",))

    erasure_services.decide(actor_of(officer()), request.id, decision)

    kept = session.scalars(select(StoredFile.token))
    assert set(life.files) <= set(kept)
    decided = db.session.get_one(ErasureRequest, request.id, populate_existing=True)
    assert (decided.kept_parts, decided.answer) == (["trips"], "Accounts law")
    assert db.session.get_one(Person, life.person_id, populate_existing=True).name == "–"


def test_refusing_takes_a_ground_and_changes_nothing_else(session: Any) -> None:
    life = full_life()
    request, staff = asked(life), actor_of(officer())
    with pytest.raises(DomainError) as without_ground:
        erasure_services.decide(staff, request.id, Decision(ErasureState.REFUSED, "No"))
    bare = Decision(ErasureState.REFUSED, "", ErasureGround.LEGAL_CLAIM)
    with pytest.raises(DomainError) as without_reason:
        erasure_services.decide(staff, request.id, bare)

    refusal = Decision(ErasureState.REFUSED, "A court asked for it", ErasureGround.LEGAL_CLAIM)
    erasure_services.decide(staff, request.id, refusal)

    assert (without_ground.value.field, without_reason.value.field) == ("ground", "reason")
    assert db.session.get_one(Person, life.person_id).email == EMAIL
    assert session.scalar(select(Notice).where(Notice.kind == "erasure_answered")) is not None


def test_a_withdrawn_request_is_not_carried_out(session: Any) -> None:
    life = full_life()
    request = asked(life)
    person = db.session.get_one(Person, life.person_id)

    erasure_services.withdraw(actor_of(person), request.id)

    with pytest.raises(Conflict):
        erasure_services.decide(actor_of(officer()), request.id, CARRY_OUT)
    again = asked(life)
    assert again.state is ErasureState.ASKED


def test_only_staff_of_the_country_decide_and_nobody_about_themselves(session: Any) -> None:
    request = asked(full_life())
    own = officer()
    own.password_hash = db.session.get_one(Person, request.person_id).password_hash
    mine = erasure_services.ask(actor_of(own), own, PASSWORD)

    with pytest.raises(NotAllowed):
        erasure_services.decide(actor_of(officer("RU")), request.id, CARRY_OUT)
    with pytest.raises(NotAllowed):
        erasure_services.decide(actor_of(own), mine.id, CARRY_OUT)


def test_what_stands_in_the_way_is_said(session: Any) -> None:
    person = PersonFactory()
    firm = FirmFactory(state=FirmState.VERIFIED)
    FirmMemberFactory(firm_id=firm.id, person_id=person.id, role=FirmRole.ADMINISTRATOR)
    programme = ProgrammeFactory(state=ProgrammeState.OPEN)
    delegate_of(SignUpFactory(programme_id=programme.id, person_id=person.id, state=SignUpState.CONFIRMED))

    found = erasure.obstacles(person.id)

    assert [one.path for one in found] == [f"/firms/{firm.id}/people", f"/programmes/{programme.id}"]
    member_of(firm, FirmRole.ADMINISTRATOR)
    assert len(erasure.obstacles(person.id)) == 1
    assert len(erasure.obstacles(officer().id)) == 1


def test_asking_twice_at_once_makes_one_request(
    given: Callable[[], Any], concurrently: Callable[..., list[Any]], app: Flask
) -> None:
    with given():
        life = full_life()

    def deed() -> None:
        with unit_of_work():
            asked(life)

    results = concurrently(deed, deed)

    assert [type(one) for one in results if one is not None] == [Conflict]
    with app.app_context():
        assert db.session.scalar(text("select count(*) from erasure_request")) == 1


def test_the_operator_is_told_where_no_institution_is(session: Any) -> None:
    person = PersonFactory(country="DE", password_hash=passwords.hash_password(PASSWORD))
    operator = official(
        InstitutionFactory(kind=InstitutionKind.OPERATOR, country=""), InstitutionRole.ADMINISTRATOR
    )
    turkish = officer()

    request = erasure_services.ask(actor_of(person), person, PASSWORD)

    assert request.law == "GDPR art. 12"
    told = session.scalars(select(Notice.person_id).where(Notice.kind == "erasure_asked")).all()
    assert told == [operator.id]
    with pytest.raises(NotAllowed):
        erasure_services.decide(actor_of(turkish), request.id, CARRY_OUT)


def test_two_decisions_at_once_and_one_counts(
    given: Callable[[], Any], concurrently: Callable[..., list[Any]], app: Flask
) -> None:
    with given():
        life = full_life()
        number = asked(life).id
        actors = [actor_of(officer()), actor_of(officer())]

    def decide(which: int, decision: Decision) -> Callable[[], None]:
        def deed() -> None:
            with unit_of_work():
                erasure_services.decide(actors[which], number, decision)

        return deed

    refusal = Decision(ErasureState.REFUSED, "No", ErasureGround.LEGAL_CLAIM)
    results = concurrently(decide(0, CARRY_OUT), decide(1, refusal))

    assert [type(one) for one in results if one is not None] == [Conflict]
    with app.app_context():
        request = db.session.get_one(ErasureRequest, number)
        erased = db.session.get_one(Person, life.person_id).erased_at is not None
        assert erased == (request.state is ErasureState.CARRIED_OUT)
        assert db.session.scalar(text("select count(*) from destruction_record")) == int(erased)


def test_the_clock_is_that_of_the_country(session: Any) -> None:
    russian = PersonFactory(
        country="RU", password_hash=db.session.get_one(Person, full_life().person_id).password_hash
    )
    request = erasure_services.ask(actor_of(russian), russian, PASSWORD)
    assert request.law == "152-FZ art. 14 and 20"
    assert 13 <= (request.due_on - clock.today()).days <= 24
