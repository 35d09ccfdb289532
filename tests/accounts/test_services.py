"""What counts once counts once; what ends sessions ends them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from matchmaker.accounts import kept, passwords, queries, second_factor, services
from matchmaker.accounts.addresses import parse_address
from matchmaker.accounts.enums import LinkPurpose
from matchmaker.accounts.models import OneTimeLink, Person, SignedInSession
from matchmaker.core import clock
from matchmaker.core.actor import Actor
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError
from matchmaker.core.mail import OutboxMail
from matchmaker.core.retention import Due
from matchmaker.core.unit_of_work import unit_of_work
from tests.accounts.conftest import PASSWORD, SECRET
from tests.factories.accounts import PersonFactory

Concurrently = Callable[..., list[Any]]
ADDRESS = parse_address("ayse@example.com")


def count(model: type[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def sign_up(password: str = PASSWORD, browser: str = "browser") -> None:
    services.sign_up(
        ADDRESS, name="Ayşe", password=password, language="tr", country="TR", browser_token=browser
    )


def last_link() -> OneTimeLink:
    return db.session.scalars(select(OneTimeLink).order_by(OneTimeLink.id.desc()).limit(1)).one()


class TestSignUp:
    def test_makes_an_account_that_waits_and_a_mail(self, session: scoped_session[Session]) -> None:
        sign_up()

        person = session.scalars(select(Person)).one()
        mail = session.scalars(select(OutboxMail)).one()
        assert (person.email_key, person.email_confirmed_at) == ("ayse@example.com", None)
        assert (mail.notice, mail.language, mail.secret) == ("confirm", "tr", True)
        assert session.scalars(select(AuditEntry.action)).all() == ["sign_up"]

    def test_known_address_changes_nothing_and_is_told_so(self, session: scoped_session[Session]) -> None:
        known = PersonFactory(email="ayse@example.com", name="Known", language="ru")

        sign_up()

        mail = session.scalars(select(OutboxMail)).one()
        assert (mail.notice, mail.language, mail.secret) == ("already_have_account", "ru", False)
        assert (known.name, count(OneTimeLink)) == ("Known", 0)

    def test_repeated_before_confirmation_replaces_the_data_and_voids_the_link(
        self, session: scoped_session[Session]
    ) -> None:
        sign_up(password="the password of a stranger")
        first = last_link()

        sign_up()

        person = session.scalars(select(Person)).one()
        session.refresh(first)
        assert passwords.password_matches(person.password_hash, PASSWORD)
        assert first.expires_at <= clock.now()

    def test_at_the_same_moment_makes_one_account(self, app: Flask, concurrently: Concurrently) -> None:
        def deed() -> None:
            with unit_of_work():
                sign_up()

        results = concurrently(deed, deed, deed)

        assert results == [None, None, None]
        with app.app_context():
            assert count(Person) == 1


class TestConfirm:
    def test_in_the_browser_that_signed_up_needs_no_password(self, session: scoped_session[Session]) -> None:
        sign_up()

        person = services.confirm(last_link(), browser_tokens=["browser"], password="")

        assert person.email_confirmed_at is not None

    def test_elsewhere_needs_the_password(self, session: scoped_session[Session]) -> None:
        sign_up()

        with pytest.raises(DomainError) as refused:
            services.confirm(last_link(), browser_tokens=["other"], password="a guess that is wrong")

        assert refused.value.field == "password"
        assert services.confirm(last_link(), browser_tokens=[], password=PASSWORD).email_confirmed_at

    def test_at_the_same_moment_counts_once(self, app: Flask, concurrently: Concurrently) -> None:
        with app.app_context(), unit_of_work():
            sign_up()

        def deed() -> int:
            with unit_of_work():
                link = db.session.get_one(OneTimeLink, 1)
                return services.confirm(link, browser_tokens=["browser"], password="").id

        results = concurrently(deed, deed, deed)

        assert sorted(type(result).__name__ for result in results) == ["Conflict", "Conflict", "int"]

    def test_link_is_open_until_its_time(self, session: scoped_session[Session]) -> None:
        with time_machine.travel("2026-11-22 09:00:00Z", tick=False):
            token = services._new_link(PersonFactory(unconfirmed=True), LinkPurpose.CONFIRM_EMAIL)
            session.flush()
        with time_machine.travel("2026-11-24 08:59:00Z", tick=False):
            assert queries.open_link(token, LinkPurpose.CONFIRM_EMAIL) is not None
            assert queries.open_link(token, LinkPurpose.RESET) is None
        with time_machine.travel("2026-11-24 09:01:00Z", tick=False):
            assert queries.open_link(token, LinkPurpose.CONFIRM_EMAIL) is None

    def test_token_itself_is_not_kept(self, session: scoped_session[Session]) -> None:
        token = services._new_link(PersonFactory(), LinkPurpose.RESET)
        session.flush()

        assert last_link().digest == queries.digest(token) != token


class TestCheckPassword:
    def test_right_one_answers_the_person(self, session: scoped_session[Session]) -> None:
        person = PersonFactory(email="a@example.com", password_hash=passwords.hash_password(PASSWORD))

        assert services.check_password(" A@Example.com", PASSWORD) is person

    @pytest.mark.parametrize("case", ["unknown", "wrong", "disabled"])
    def test_every_way_of_being_wrong_is_answered_alike(
        self, session: scoped_session[Session], case: str
    ) -> None:
        PersonFactory(email="a@example.com", password_hash=passwords.hash_password(PASSWORD))
        PersonFactory(email="b@example.com", password_hash=passwords.hash_password(PASSWORD), disabled=True)
        email = {"unknown": "nobody@example.com", "wrong": "a@example.com", "disabled": "b@example.com"}[case]

        with pytest.raises(DomainError) as refused:
            services.check_password(email, PASSWORD if case == "disabled" else "something else")

        assert (refused.value.message, refused.value.field) == (
            "The e-mail address or the password is wrong.",
            None,
        )

    def test_unconfirmed_cannot_sign_in(self, session: scoped_session[Session]) -> None:
        PersonFactory(
            email="a@example.com", password_hash=passwords.hash_password(PASSWORD), unconfirmed=True
        )

        with pytest.raises(DomainError, match="Open the link"):
            services.check_password("a@example.com", PASSWORD)

    def test_unknown_address_costs_a_hash_too(
        self, session: scoped_session[Session], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tried: list[str] = []
        hasher = passwords._hasher(True)
        kept = type(hasher).verify

        def verify(self: Any, kept_hash: str, password: str) -> Any:
            tried.append(kept_hash)
            return kept(self, kept_hash, password)

        monkeypatch.setattr(type(hasher), "verify", verify)

        with pytest.raises(DomainError):
            services.check_password("nobody@example.com", PASSWORD)

        assert [item.startswith("$argon2id$") for item in tried] == [True]

    def test_hash_of_another_cost_is_renewed(self, session: scoped_session[Session]) -> None:
        dear = passwords._hasher(False).hash(PASSWORD)
        person = PersonFactory(email="a@example.com", password_hash=dear)

        services.check_password("a@example.com", PASSWORD)

        assert person.password_hash != dear
        assert passwords.password_matches(person.password_hash, PASSWORD)


class TestReset:
    def test_unknown_address_gets_nothing(self, session: scoped_session[Session]) -> None:
        services.ask_reset("nobody@example.com")

        assert (count(OutboxMail), count(OneTimeLink)) == (0, 0)

    def test_sets_the_password_and_ends_sessions_and_other_links(
        self, session: scoped_session[Session]
    ) -> None:
        person = PersonFactory(email="a@example.com", unconfirmed=True)
        services.start_session(person, second_factor=False)
        services.ask_reset("a@example.com")
        other = last_link()
        services.ask_reset("A@EXAMPLE.com")

        services.reset_password(last_link(), PASSWORD)

        session.refresh(other)
        assert passwords.password_matches(person.password_hash, PASSWORD)
        assert person.email_confirmed_at is not None
        assert count(SignedInSession) == 0
        assert other.expires_at <= clock.now()

    def test_at_the_same_moment_counts_once(
        self, app: Flask, given: Callable[[], Any], concurrently: Concurrently
    ) -> None:
        with given():
            PersonFactory(email="a@example.com")
            services.ask_reset("a@example.com")

        def deed(password: str) -> Callable[[], int]:
            def reset() -> int:
                with unit_of_work():
                    return services.reset_password(db.session.get_one(OneTimeLink, 1), password).id

            return reset

        results = concurrently(deed("first password set"), deed("second password set"))

        assert sorted(type(result).__name__ for result in results) == ["Conflict", "int"]


class TestSessions:
    def test_are_found_by_token_until_ended(self, session: scoped_session[Session]) -> None:
        person = PersonFactory()
        token = services.start_session(person, second_factor=True, browser="Firefox")

        found = queries.person_of_session(token)
        assert found is not None
        assert (found[0], found[1].second_factor, found[1].digest) == (person, True, queries.digest(token))

        services.end_session(found[1].id)
        assert queries.person_of_session(token) is None

    def test_end_after_their_term_without_activity(self, session: scoped_session[Session]) -> None:
        with time_machine.travel("2026-11-22 09:00:00Z", tick=False):
            token = services.start_session(PersonFactory(), second_factor=False)
        with time_machine.travel("2026-11-22 20:00:00Z", tick=False):
            found = queries.person_of_session(token)
            assert found is not None
            services.extend_session(found[1])
            session.flush()
        with time_machine.travel("2026-11-23 07:59:00Z", tick=False):
            assert queries.person_of_session(token) is not None
        with time_machine.travel("2026-11-23 08:01:00Z", tick=False):
            assert queries.person_of_session(token) is None

    def test_end_when_the_account_is_disabled(self, session: scoped_session[Session]) -> None:
        person = PersonFactory()
        token = services.start_session(person, second_factor=False)

        services.disable(Actor(person_id=99), person)

        assert queries.person_of_session(token) is None
        assert count(SignedInSession) == 0
        with pytest.raises(Conflict):
            services.disable(Actor(person_id=99), person)
        services.enable(Actor(person_id=99), person)
        assert person.disabled_at is None

    def test_end_when_the_password_changes(self, session: scoped_session[Session]) -> None:
        person = PersonFactory(password_hash=passwords.hash_password(PASSWORD))
        services.start_session(person, second_factor=False)

        with pytest.raises(DomainError) as refused:
            services.change_password(Actor(person_id=person.id), person, old="wrong", new="another sentence")
        services.change_password(Actor(person_id=person.id), person, old=PASSWORD, new="another sentence")

        assert refused.value.field == "old_password"
        assert count(SignedInSession) == 0

    def test_and_links_long_over_are_forgotten(self, session: scoped_session[Session]) -> None:
        with time_machine.travel("2026-10-01 09:00:00Z", tick=False):
            person = PersonFactory()
            services.start_session(person, second_factor=False)
            services._new_link(person, LinkPurpose.RESET)
            session.flush()
        with time_machine.travel("2026-11-22 09:00:00Z", tick=False):
            services.start_session(person, second_factor=False)
            purged = kept.CLASSES[0].purge(Due(clock.now() - timedelta(days=30), 10))

        assert (purged.records, count(SignedInSession), count(OneTimeLink)) == (2, 1, 0)


class TestSecondFactor:
    @pytest.fixture
    def person(self, session: scoped_session[Session]) -> Person:
        person: Person = PersonFactory(password_hash=passwords.hash_password(PASSWORD))
        second_factor.give_secret(person, SECRET)
        return person

    def test_code_is_accepted_once(self, person: Person) -> None:
        code = code_now()
        second_factor.check_code(person, f"{code[:3]} {code[3:]}")

        with pytest.raises(DomainError):
            second_factor.check_code(person, code)

    def test_earlier_code_is_refused_after_a_later_one(self, person: Person) -> None:
        with time_machine.travel("2026-11-22 09:00:05Z", tick=False):
            earlier = code_now()
        with time_machine.travel("2026-11-22 09:00:35Z", tick=False):
            second_factor.check_code(person, code_now())
            with pytest.raises(DomainError):
                second_factor.check_code(person, earlier)

    def test_code_of_a_minute_ago_is_too_old(self, person: Person) -> None:
        with time_machine.travel("2026-11-22 09:00:05Z", tick=False):
            earlier = code_now()
        with time_machine.travel("2026-11-22 09:01:10Z", tick=False), pytest.raises(DomainError):
            second_factor.check_code(person, earlier)

    def test_recovery_code_is_accepted_once(self, person: Person) -> None:
        codes = second_factor.renew_recovery_codes(Actor(person_id=person.id), person, PASSWORD)

        second_factor.check_code(person, codes[0].upper())

        assert len(person.recovery_hashes) == len(codes) - 1
        assert not any(code in str(person.recovery_hashes) for code in codes)
        with pytest.raises(DomainError):
            second_factor.check_code(person, codes[0])

    def test_secret_is_kept_encrypted(self, person: Person) -> None:
        assert SECRET not in person.totp_secret

    def test_without_a_secret_no_code_is_right(self, session: scoped_session[Session]) -> None:
        with pytest.raises(DomainError):
            second_factor.check_code(PersonFactory(), "000000")

    def test_same_code_at_the_same_moment_counts_once(
        self, app: Flask, given: Callable[[], Any], concurrently: Concurrently
    ) -> None:
        with given():
            person = PersonFactory()
            second_factor.give_secret(person, SECRET)
        code = code_now()

        def deed() -> bool:
            with unit_of_work():
                second_factor.check_code(queries.person(person.id), code)
            return True

        results = concurrently(deed, deed)

        assert sorted(type(result).__name__ for result in results) == ["DomainError", "bool"]


def code_now() -> str:
    return str(second_factor.pyotp.TOTP(SECRET).at(clock.now()))
