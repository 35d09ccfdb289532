"""Inviting, giving and ending roles, closing accounts."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from matchmaker.accounts.models import Person, SignedInSession
from matchmaker.core.actor import Actor, Grant, InstitutionRole
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.mail import OutboxMail
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.institutions import queries, services
from matchmaker.institutions.models import Institution, InstitutionInvitation, InstitutionMember
from matchmaker.institutions.open_work import OpenWork, open_work
from matchmaker.institutions.signals import open_work_asked
from tests.factories.accounts import PersonFactory
from tests.factories.institutions import InstitutionFactory, InstitutionMemberFactory, official

COORDINATOR, ADMINISTRATOR = InstitutionRole.COORDINATOR, InstitutionRole.ADMINISTRATOR


def actor_for(person: Person, institution: Institution, *roles: InstitutionRole) -> Actor:
    grants = tuple(Grant(role, institution.id, institution.country) for role in roles)
    return Actor(person_id=person.id, name=person.name, email=person.email, grants=grants)


@pytest.fixture
def agency(session: scoped_session[Session]) -> Institution:
    institution: Institution = InstitutionFactory(name_ru="Корпорация")
    return institution


@pytest.fixture
def administrator(agency: Institution) -> Actor:
    return actor_for(official(agency, ADMINISTRATOR), agency, ADMINISTRATOR)


def invite(actor: Actor, institution: Institution, email: str = "new@example.com") -> InstitutionInvitation:
    return services.invite(actor, institution, email=email, role=COORDINATOR, language="ru")


class TestInvite:
    def test_mails_a_link_in_the_chosen_language(self, administrator: Actor, agency: Institution) -> None:
        invitation = invite(administrator, agency)

        mail = db.session.scalars(select(OutboxMail)).one()
        assert (mail.notice, mail.language, mail.institution_id, mail.secret) == (
            "invitation",
            "ru",
            agency.id,
            True,
        )
        assert "Корпорация" in mail.text
        assert invitation.digest not in mail.text
        assert db.session.scalars(select(AuditEntry.action)).all() == ["invite"]

    def test_twice_to_the_same_role_is_refused(self, administrator: Actor, agency: Institution) -> None:
        invite(administrator, agency)

        with pytest.raises(DomainError) as refused:
            invite(administrator, agency, "New@EXAMPLE.com")

        assert refused.value.field == "email"

    def test_of_somebody_with_the_role_is_refused(self, administrator: Actor, agency: Institution) -> None:
        person = official(agency, COORDINATOR)

        with pytest.raises(DomainError, match="has this role"):
            invite(administrator, agency, person.email)

    def test_of_somebody_of_another_institution_is_refused(
        self, administrator: Actor, agency: Institution
    ) -> None:
        person = official(InstitutionFactory(country="RU"), COORDINATOR)

        with pytest.raises(DomainError, match="another institution"):
            invite(administrator, agency, person.email)


class TestAccept:
    def test_makes_a_confirmed_account_with_the_role(self, administrator: Actor, agency: Institution) -> None:
        invitation = invite(administrator, agency)

        person = services.accept_as_new(
            invitation, name="Иван", name_romanised="Ivan", password="a long sentence"
        )

        assert person.email_confirmed_at is not None
        assert [(grant.role, grant.institution_id) for grant in queries.grants(person.id)] == [
            (COORDINATOR, agency.id)
        ]
        assert queries.open_invitations(agency.id) == []

    def test_adds_the_role_to_the_account_of_the_address(
        self, administrator: Actor, agency: Institution
    ) -> None:
        person = PersonFactory(email="new@example.com")

        services.accept(Actor(person_id=person.id), invite(administrator, agency, "NEW@example.com"))

        assert [grant.role for grant in queries.grants(person.id)] == [COORDINATOR]

    def test_by_another_account_is_refused(self, administrator: Actor, agency: Institution) -> None:
        other = PersonFactory(email="other@example.com")

        with pytest.raises(NotAllowed):
            services.accept(Actor(person_id=other.id), invite(administrator, agency))

    def test_by_somebody_of_another_institution_is_refused(
        self, administrator: Actor, agency: Institution
    ) -> None:
        person = PersonFactory(email="new@example.com")
        invitation = invite(administrator, agency)
        InstitutionMemberFactory(person_id=person.id)

        with pytest.raises(Conflict, match="one institution"):
            services.accept(Actor(person_id=person.id), invitation)

    def test_gives_back_a_role_that_was_ended(self, administrator: Actor, agency: Institution) -> None:
        person = official(agency, COORDINATOR)
        member = db.session.scalars(
            select(InstitutionMember).where(InstitutionMember.person_id == person.id)
        ).one()
        services.end_role(administrator, member)
        assert queries.grants(person.id) == ()

        services.accept(Actor(person_id=person.id), invite(administrator, agency, person.email))

        assert [grant.role for grant in queries.grants(person.id)] == [COORDINATOR]

    def test_after_revoking_is_refused(self, administrator: Actor, agency: Institution) -> None:
        invitation = invite(administrator, agency)
        services.revoke(administrator, invitation)

        with pytest.raises(Conflict):
            services.accept_as_new(invitation, name="Иван", name_romanised="", password="a long sentence")
        with pytest.raises(Conflict):
            services.revoke(administrator, invitation)

    def test_is_possible_for_14_days(self, administrator: Actor, agency: Institution) -> None:
        with time_machine.travel("2026-11-01 09:00:00Z", tick=False):
            invite(administrator, agency)
        with time_machine.travel("2026-11-15 08:59:00Z", tick=False):
            assert len(queries.open_invitations(agency.id)) == 1
        with time_machine.travel("2026-11-15 09:01:00Z", tick=False):
            assert queries.open_invitations(agency.id) == []


class TestEndRole:
    def test_of_the_last_administrator_is_refused(self, administrator: Actor, agency: Institution) -> None:
        (member,) = queries.members(agency.id)
        with pytest.raises(Conflict, match="needs an administrator"):
            services.end_role(administrator, member)

        official(agency, ADMINISTRATOR)
        services.end_role(administrator, member)
        with pytest.raises(Conflict, match="ended already"):
            services.end_role(administrator, member)

    def test_of_two_administrators_at_the_same_moment_leaves_one(
        self, app: Flask, given: Callable[[], Any], concurrently: Callable[..., list[Any]]
    ) -> None:
        with given():
            agency = InstitutionFactory()
            people = [official(agency, ADMINISTRATOR) for _place in range(2)]
        number = agency.id

        def ending(person_id: int) -> Callable[[], bool]:
            def deed() -> bool:
                with unit_of_work():
                    member = queries.member_of(number, person_id)
                    services.end_role(Actor(person_id=person_id), member)
                return True

            return deed

        results = concurrently(*(ending(person.id) for person in people))

        assert sorted(type(result).__name__ for result in results) == ["Conflict", "bool"]
        with app.app_context():
            assert queries.administrator_count(number) == 1


class TestDisable:
    def test_signs_out_and_keeps_the_role_for_later(self, administrator: Actor, agency: Institution) -> None:
        person = official(agency, COORDINATOR)
        db.session.add(SignedInSession(digest="x", person_id=person.id, expires_at=person.created_at))

        services.disable(administrator, queries.member_of(agency.id, person.id))

        assert person.disabled_at is not None
        assert db.session.scalar(select(func.count(SignedInSession.id))) == 0
        assert queries.coordinators("TR") == []
        services.enable(administrator, queries.member_of(agency.id, person.id))
        assert queries.coordinators("TR") == [person]

    def test_of_oneself_is_refused(self, administrator: Actor, agency: Institution) -> None:
        with pytest.raises(NotAllowed):
            services.disable(administrator, queries.member_of(agency.id, administrator.person_id))

    def test_of_the_last_administrator_is_refused(self, administrator: Actor, agency: Institution) -> None:
        with pytest.raises(Conflict):
            services.disable(Actor(person_id=0), queries.member_of(agency.id, administrator.person_id))


def test_officers_are_those_of_the_country_who_can_sign_in(session: scoped_session[Session]) -> None:
    turkish, russian = InstitutionFactory(), InstitutionFactory(country="RU")
    person = official(turkish, COORDINATOR)
    InstitutionMemberFactory(institution_id=turkish.id, person_id=person.id, role=InstitutionRole.COMPLIANCE)
    official(russian, COORDINATOR)
    official(turkish, InstitutionRole.STAFF)

    assert queries.coordinators("TR") == [person]
    assert queries.officers("TR", COORDINATOR, InstitutionRole.COMPLIANCE) == [person]


def test_open_work_is_told_by_the_domains_that_know_it(session: scoped_session[Session]) -> None:
    def tell(person_id: int) -> list[OpenWork]:
        return [OpenWork(f"Approve for {person_id}", "/approvals/1")]

    with open_work_asked.connected_to(tell):
        assert open_work(7) == [OpenWork("Approve for 7", "/approvals/1")]
    assert OpenWork("Approve for 7", "/approvals/1") not in open_work(7)
