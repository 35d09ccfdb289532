"""Members, invitations and join requests of a firm, on both databases."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from matchmaker.accounts.models import Person
from matchmaker.core import clock
from matchmaker.core.actor import Actor, FirmRole, Grant, InstitutionRole, Membership
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.mail import OutboxMail
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.firms import people_queries, people_services, queries
from matchmaker.firms.enums import JoinState
from matchmaker.firms.models import Firm, FirmInvitation, FirmMember, JoinRequest
from matchmaker.firms.signals import join_asked
from matchmaker.notifications.models import Notice
from tests.factories.accounts import PersonFactory
from tests.factories.firms import FirmFactory, member_of
from tests.factories.institutions import InstitutionFactory, official

Db = scoped_session[Session]
Given = Callable[[], AbstractContextManager[Db]]
ADMINISTRATOR, EDITOR, MEMBER = FirmRole.ADMINISTRATOR, FirmRole.EDITOR, FirmRole.MEMBER


def actor_of(person: Person, firm: Firm | None = None, role: FirmRole = ADMINISTRATOR) -> Actor:
    """The person in one request, with a role in the firm."""
    memberships = (Membership(firm.id, role, firm.country),) if firm else ()
    return Actor(person_id=person.id, name=person.name, email=person.email, memberships=memberships)


def staff_of(country: str) -> Actor:
    """Staff of an institution of a country."""
    institution = InstitutionFactory(country=country)
    person = official(institution, InstitutionRole.STAFF)
    return Actor(person_id=person.id, grants=(Grant(InstitutionRole.STAFF, institution.id, country),))


def invite(actor: Actor, firm: Firm, email: str, role: FirmRole = EDITOR) -> FirmInvitation:
    made = people_services.invite(actor, firm, email=email, role=role, language="tr")
    return people_queries.invitation(made.id)


def token_of(email: str) -> str:
    """The token in the last mail to an address."""
    mail = db.session.scalars(
        select(OutboxMail).where(OutboxMail.to_address == email).order_by(OutboxMail.id.desc())
    ).first()
    assert mail is not None
    return next(line for line in mail.text.splitlines() if "/firm-invitations/" in line).rsplit("/", 1)[1]


def role_of(firm: Firm, person: Person) -> FirmRole | None:
    return db.session.scalar(
        select(FirmMember.role).where(FirmMember.firm_id == firm.id, FirmMember.person_id == person.id)
    )


def told(person: Person) -> list[str]:
    return list(db.session.scalars(select(Notice.kind).where(Notice.person_id == person.id)))


def deeds(firm: Firm) -> list[str]:
    wanted = select(AuditEntry.action).where(AuditEntry.entity == "firm", AuditEntry.entity_id == firm.id)
    return list(db.session.scalars(wanted.order_by(AuditEntry.id)))


def test_invite_then_the_mail_is_in_the_chosen_language_and_keeps_its_link_secret(session: Db) -> None:
    firm = FirmFactory()
    invite(actor_of(member_of(firm), firm), firm, "yeni@example.com")
    mail = session.scalars(select(OutboxMail).where(OutboxMail.to_address == "yeni@example.com")).one()
    assert (mail.language, mail.secret) == ("tr", True)
    stored = session.scalars(select(FirmInvitation)).one()
    assert token_of("yeni@example.com") not in stored.digest


def test_an_existing_account_accepts_and_the_administrators_are_told(session: Db) -> None:
    firm = FirmFactory()
    owner, colleague = member_of(firm), PersonFactory()
    invite(actor_of(owner, firm), firm, colleague.email.capitalize())
    invitation = people_queries.invitation_by_token(token_of(colleague.email.capitalize()))
    assert invitation is not None
    people_services.accept_invitation(actor_of(colleague), invitation)
    assert role_of(firm, colleague) is EDITOR
    assert told(owner) == ["member_joined"]
    assert deeds(firm) == ["invite", "join"]
    with pytest.raises(Conflict):
        people_services.accept_invitation(actor_of(colleague), invitation)


def test_a_new_account_is_made_confirmed_and_joins(session: Db) -> None:
    firm = FirmFactory(country="RU")
    invite(actor_of(member_of(firm), firm), firm, "novyj@example.com", MEMBER)
    invitation = people_queries.invitation_by_token(token_of("novyj@example.com"))
    assert invitation is not None
    person = people_services.accept_invitation_as_new(
        invitation, name="Новый", name_romanised="Novyj", password="a sentence of words", language="ru"
    )
    assert (role_of(firm, person), person.country, person.language) == (MEMBER, "RU", "ru")
    assert person.email_confirmed_at is not None


def test_an_invitation_is_for_its_address_only_and_until_its_time(session: Db) -> None:
    firm = FirmFactory()
    owner, other = member_of(firm), PersonFactory()
    invitation = invite(actor_of(owner, firm), firm, "yeni@example.com")
    with pytest.raises(NotAllowed):
        people_services.accept_invitation(actor_of(other), invitation)
    token = token_of("yeni@example.com")
    with time_machine.travel(clock.now() + people_services.INVITATION_TERM + timedelta(minutes=1)):
        assert people_queries.invitation_by_token(token) is None


def test_a_revoked_invitation_opens_nothing(session: Db) -> None:
    firm = FirmFactory()
    actor = actor_of(member_of(firm), firm)
    colleague = PersonFactory()
    invitation = invite(actor, firm, colleague.email)
    people_services.revoke_invitation(actor, invitation)
    assert people_queries.invitation_by_token(token_of(colleague.email)) is None
    with pytest.raises(Conflict):
        people_services.accept_invitation(actor_of(colleague), invitation)
    with pytest.raises(Conflict):
        people_services.revoke_invitation(actor, invitation)


def test_nobody_is_invited_twice_or_while_a_member(session: Db) -> None:
    firm = FirmFactory()
    owner = member_of(firm)
    invite(actor_of(owner, firm), firm, "yeni@example.com")
    for email in ("YENI@example.com", owner.email):
        with pytest.raises(DomainError) as refusal:
            invite(actor_of(owner, firm), firm, email)
        assert refusal.value.field == "email"


def test_an_editor_neither_invites_nor_changes_roles(session: Db) -> None:
    firm = FirmFactory()
    member_of(firm)
    editor = member_of(firm, EDITOR)
    own = next(item for item in people_queries.members(firm.id) if item.person_id == editor.id)
    with pytest.raises(NotAllowed):
        invite(actor_of(editor, firm, EDITOR), firm, "yeni@example.com")
    with pytest.raises(NotAllowed):
        people_services.change_role(actor_of(editor, firm, EDITOR), own, ADMINISTRATOR)


def test_somebody_of_an_institution_cannot_join_a_firm(session: Db) -> None:
    firm = FirmFactory()
    officer = official(InstitutionFactory(), InstitutionRole.STAFF)
    invitation = invite(actor_of(member_of(firm), firm), firm, officer.email)
    with pytest.raises(Conflict):
        people_services.accept_invitation(actor_of(officer), invitation)


def test_the_last_administrator_is_neither_demoted_nor_removed(session: Db) -> None:
    firm = FirmFactory()
    owner = member_of(firm)
    member_of(firm, EDITOR)
    disabled = member_of(firm)
    disabled.disabled_at = clock.now()
    session.flush()
    own = next(item for item in people_queries.members(firm.id) if item.person_id == owner.id)
    with pytest.raises(Conflict):
        people_services.change_role(actor_of(owner, firm), people_queries.member(own.id), MEMBER)
    with pytest.raises(Conflict):
        people_services.remove_member(actor_of(owner, firm), people_queries.member(own.id))
    assert role_of(firm, owner) is ADMINISTRATOR


def test_a_removed_member_is_told_and_may_be_invited_again(session: Db) -> None:
    firm = FirmFactory()
    owner, editor = member_of(firm), member_of(firm, EDITOR)
    row = next(item for item in people_queries.members(firm.id) if item.person_id == editor.id)
    people_services.remove_member(actor_of(owner, firm), people_queries.member(row.id))
    assert role_of(firm, editor) is None
    assert told(editor) == ["member_removed"]
    invite(actor_of(owner, firm), firm, editor.email)


def test_a_member_may_leave_but_not_remove_another(session: Db) -> None:
    firm = FirmFactory()
    owner, editor = member_of(firm), member_of(firm, EDITOR)
    rows = {item.person_id: item.id for item in people_queries.members(firm.id)}
    with pytest.raises(NotAllowed):
        people_services.remove_member(actor_of(editor, firm, EDITOR), people_queries.member(rows[owner.id]))
    people_services.remove_member(actor_of(editor, firm, EDITOR), people_queries.member(rows[editor.id]))
    assert role_of(firm, editor) is None


def test_two_administrators_demote_each_other_at_once_then_one_stays(
    given: Given, concurrently: Callable[..., list[Any]], app: Any
) -> None:
    with given():
        firm = FirmFactory()
        one, other = member_of(firm), member_of(firm)
        rows = {item.person_id: item.id for item in people_queries.members(firm.id)}

    def demote(actor: Actor, member_id: int) -> Callable[[], str]:
        def deed() -> str:
            with unit_of_work():
                people_services.change_role(actor, people_queries.member(member_id), MEMBER)
            return "done"

        return deed

    results = concurrently(
        demote(actor_of(one, firm), rows[other.id]), demote(actor_of(other, firm), rows[one.id])
    )
    assert results.count("done") == 1, results
    refused = next(result for result in results if result != "done")
    assert isinstance(refused, (NotAllowed, Conflict)), results
    with app.app_context():
        left = [item.role for item in people_queries.members(firm.id)]
        assert sorted(left) == [ADMINISTRATOR, MEMBER]


def test_two_administrators_leave_at_once_then_one_stays(
    given: Given, concurrently: Callable[..., list[Any]], app: Any
) -> None:
    with given():
        firm = FirmFactory()
        people = [member_of(firm), member_of(firm)]
        rows = {item.person_id: item.id for item in people_queries.members(firm.id)}

    def leave(person: Person) -> Callable[[], str]:
        def deed() -> str:
            with unit_of_work():
                member = people_queries.member(rows[person.id])
                people_services.remove_member(actor_of(person, firm), member)
            return "done"

        return deed

    results = concurrently(*(leave(person) for person in people))
    assert results.count("done") == 1, results
    assert any(isinstance(result, Conflict) for result in results), results
    with app.app_context():
        assert [item.role for item in people_queries.members(firm.id)] == [ADMINISTRATOR]


@pytest.fixture
def asked(session: Db) -> JoinRequest:
    """Somebody asks to join a firm with one administrator."""
    firm = FirmFactory()
    member_of(firm)
    return ask(firm)


def ask(firm: Firm) -> JoinRequest:
    request = JoinRequest(firm_id=firm.id, person_id=PersonFactory().id, note="I work there.")
    db.session.add(request)
    db.session.flush()
    join_asked.send(None, request=request)
    return people_queries.join_request(request.id)


def owner_of(firm_id: int) -> Person:
    return people_queries.administrators(firm_id)[0]


def test_a_join_request_is_taken_in_by_the_administrator(asked: JoinRequest) -> None:
    owner = owner_of(asked.firm_id)
    assert told(owner) == ["join_asked"]
    people_services.accept_join(actor_of(owner, asked.firm), asked, EDITOR)
    assert role_of(asked.firm, asked.person) is EDITOR
    assert told(asked.person) == ["join_accepted"]
    with pytest.raises(Conflict):
        people_services.decline_join(actor_of(owner, asked.firm), asked)


def test_staff_of_the_country_decide_join_requests_and_others_do_not(asked: JoinRequest) -> None:
    with pytest.raises(NotAllowed):
        people_services.accept_join(staff_of("RU"), asked, MEMBER)
    with pytest.raises(NotAllowed):
        people_services.accept_join(actor_of(asked.person), asked, MEMBER)
    people_services.decline_join(staff_of("TR"), asked)
    assert people_queries.join_request(asked.id).state is JoinState.DECLINED
    assert told(asked.person) == ["join_refused"]
    assert role_of(asked.firm, asked.person) is None


def test_staff_are_told_where_the_firm_has_no_administrator(session: Db) -> None:
    officer = official(InstitutionFactory(country="TR"), InstitutionRole.STAFF)
    ask(FirmFactory())
    assert told(officer) == ["join_asked"]


def test_a_join_request_accepted_and_declined_at_once_has_one_effect(
    given: Given, concurrently: Callable[..., list[Any]], app: Any
) -> None:
    with given():
        firm = FirmFactory()
        owner = member_of(firm)
        person = PersonFactory()
        request = JoinRequest(firm_id=firm.id, person_id=person.id)
        db.session.add(request)
        db.session.flush()
        staff, number = staff_of("TR"), request.id

    def accept() -> str:
        with unit_of_work():
            found = people_queries.join_request(number)
            people_services.accept_join(actor_of(owner, firm), found, MEMBER)
        return "accepted"

    def decline() -> str:
        with unit_of_work():
            people_services.decline_join(staff, people_queries.join_request(number))
        return "declined"

    results = concurrently(accept, decline)
    won = [result for result in results if isinstance(result, str)]
    assert len(won) == 1, results
    assert any(isinstance(result, Conflict) for result in results), results
    with app.app_context():
        joined = db.session.scalar(
            select(func.count()).select_from(FirmMember).where(FirmMember.person_id == person.id)
        )
        assert joined == (1 if won == ["accepted"] else 0)
        assert queries.open_join_request(firm.id, person.id) is None
