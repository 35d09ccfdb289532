"""Signing up, in and out, and settings, as people see them."""

import re
from collections.abc import Callable
from typing import Any

import pyotp
import pytest
from flask import Flask
from sqlalchemy import func, select

from matchmaker.accounts.models import Person, SignedInSession
from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.core.mail import OutboxMail
from tests.accounts.conftest import PASSWORD, SECRET
from tests.clients import HTMX, Client, find_form
from tests.factories.accounts import PersonFactory

SIGN_UP = {
    "name": "Ayşe Yılmaz",
    "email": "Ayse@Example.com",
    "password": PASSWORD,
    "language": "tr",
    "country": "TR",
}
Someone = Callable[..., Person]
Mails = Callable[[], list[OutboxMail]]
Link = Callable[[], str]


def code() -> str:
    return str(pyotp.TOTP(SECRET).at(clock.now()))


def sign_in(client: Client, email: str, password: str = PASSWORD, **options: Any) -> Any:
    return client.submit("/sign-in", {"email": email, "password": password}, **options)


def is_signed_in(client: Client) -> bool:
    return client.get("/settings/sessions").status_code == 200


def count(app: Flask, model: type[Any]) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


class TestSignUp:
    def test_confirmed_by_the_link_signs_in(self, client: Client, mails: Mails, link: Link) -> None:
        answer = client.submit("/sign-up", SIGN_UP)
        assert answer.location == "/sign-up/sent"
        (mail,) = mails()
        assert (mail.notice, mail.to_address, mail.language) == ("confirm", "Ayse@example.com", "tr")
        assert sign_in(client, "ayse@example.com").status_code == 422
        assert not is_signed_in(client)

        page = client.get(link())
        assert 'type="password"' not in page.text
        assert client.submit(link(), {}).status_code == 303

        assert is_signed_in(client)
        assert "Ayşe Yılmaz" in client.get("/settings").text

    def test_link_opened_in_another_browser_asks_for_the_password(
        self, app: Flask, client: Client, link: Link
    ) -> None:
        client.submit("/sign-up", SIGN_UP)
        other = app.test_client()
        assert isinstance(other, Client)

        refused = other.submit(link(), {"password": "a guess that is wrong"})
        assert (refused.status_code, is_signed_in(other)) == (422, False)
        assert other.submit(link(), {"password": PASSWORD}).status_code == 303
        assert is_signed_in(other)

    def test_link_works_once(self, client: Client, link: Link) -> None:
        client.submit("/sign-up", SIGN_UP)
        client.submit(link(), {})

        assert client.get(link()).status_code == 404

    def test_opening_the_link_changes_nothing(self, app: Flask, client: Client, link: Link) -> None:
        client.submit("/sign-up", SIGN_UP)
        client.get(link())

        with app.app_context():
            assert db.session.scalars(select(Person.email_confirmed_at)).all() == [None]

    def test_known_address_gets_the_same_answer_and_a_mail(
        self, client: Client, someone: Someone, mails: Mails
    ) -> None:
        someone(email="ayse@example.com")
        known = client.submit("/sign-up", SIGN_UP)
        unknown = client.submit("/sign-up", SIGN_UP | {"email": "new@example.com"})

        assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
        assert [mail.notice for mail in mails()] == ["already_have_account", "confirm"]

    def test_double_click_signs_up_once(self, app: Flask, client: Client) -> None:
        values = find_form(client.get("/sign-up").text, "sign-up", set()).values | SIGN_UP

        answers = [client.post("/sign-up", data=values) for _click in range(2)]

        assert [answer.location for answer in answers] == ["/sign-up/sent"] * 2
        assert (count(app, Person), count(app, OutboxMail)) == (1, 1)

    def test_wrong_values_are_kept_and_explained_beside_the_field(self, client: Client) -> None:
        page = client.submit("/sign-up", SIGN_UP | {"email": "ayse", "password": "short", "name": " "})

        assert page.status_code == 422
        assert 'class="error-summary"' in page.text
        assert 'value="ayse"' in page.text
        for name in ("email", "password", "name"):
            assert f'id="{name}-error"' in page.text
        assert "short" not in page.text

    @pytest.mark.parametrize(
        ("path", "data"), [("/sign-up", SIGN_UP | {"email": ""}), ("/forgot-password", {"email": "x"})]
    )
    def test_htmx_gets_the_form_alone(self, client: Client, path: str, data: dict[str, str]) -> None:
        page, part = client.submit(path, data), client.submit(path, data, headers=HTMX)

        assert (page.status_code, part.status_code) == (422, 422)
        assert "<html" in page.text
        assert part.text.lstrip().startswith('<div id="form"')

    def test_weak_password_is_refused(self, client: Client) -> None:
        page = client.submit("/sign-up", SIGN_UP | {"password": "password123"})

        assert "easy to guess" in page.text


class TestSignIn:
    def test_by_password_leads_where_one_wanted_to_go(self, client: Client, someone: Someone) -> None:
        someone(email="a@example.com")
        asked = client.get("/settings?x=1")
        answer = client.submit(asked.location, {"email": "A@example.com", "password": PASSWORD})

        assert answer.location == "/settings?x=1"
        assert is_signed_in(client)

    @pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example"])
    def test_never_leads_to_another_site(self, client: Client, someone: Someone, target: str) -> None:
        someone(email="a@example.com")

        page = client.get("/sign-in", query_string={"next": target})
        answer = client.send("/sign-in", {"email": "a@example.com", "password": PASSWORD, "next": target})

        assert 'name="next"' not in page.text
        assert "evil" not in answer.location

    def test_answers_are_equal_for_known_and_unknown_addresses(
        self, client: Client, someone: Someone
    ) -> None:
        someone(email="known@example.com")

        pages = [
            sign_in(client, email, "not the password").text.replace(email, "")
            for email in ("known@example.com", "other@example.com")
        ]

        known, other = (re.sub(r'name="(csrf_token|once)" value="[^"]+"', "", page) for page in pages)
        assert known == other

    def test_cookie_planted_before_is_dropped(self, client: Client, someone: Someone) -> None:
        someone(email="a@example.com")
        with client.session_transaction() as session:
            session["planted"], session["language"] = "x", "en"
        sign_in(client, "a@example.com")

        with client.session_transaction() as session:
            assert "planted" not in session
            assert session["language"] == "en"

    def test_token_of_the_cookie_is_new_and_not_in_the_database(
        self, app: Flask, client: Client, someone: Someone
    ) -> None:
        someone(email="a@example.com")
        sign_in(client, "a@example.com")

        with client.session_transaction() as session:
            token = session["token"]
        with app.app_context():
            assert db.session.scalars(select(SignedInSession.digest)).one() != token

    def test_limit_per_account(self, make_app: Callable[..., Flask]) -> None:
        app = make_app(TESTING=False)
        client = app.test_client()
        assert isinstance(client, Client)

        statuses = [
            sign_in(client, email, "wrong").status_code for email in ["a@example.com", "A@Example.com"] * 6
        ]

        assert statuses == [422] * 10 + [429] * 2
        assert sign_in(client, "other@example.com", "wrong").status_code == 422


class TestSignOut:
    def test_ends_the_session_for_good(self, client: Client, someone: Someone) -> None:
        someone(email="a@example.com")
        sign_in(client, "a@example.com")
        with client.session_transaction() as session:
            token = session["token"]
        client.send("/sign-out")
        assert not is_signed_in(client)

        with client.session_transaction() as session:
            session["token"] = token
        assert not is_signed_in(client)

    def test_needs_a_post(self, client: Client) -> None:
        assert client.get("/sign-out").status_code == 405


class TestSecondFactor:
    def test_is_asked_for_before_anything_is_reachable(self, client: Client, someone: Someone) -> None:
        someone(email="a@example.com", totp=True)
        answer = sign_in(client, "a@example.com")
        assert answer.location == "/sign-in/code"
        assert not is_signed_in(client)
        assert 'autocomplete="one-time-code"' in client.get("/sign-in/code").text

        assert client.submit("/sign-in/code", {"code": "000000"}).status_code == 422
        assert not is_signed_in(client)
        assert client.submit("/sign-in/code", {"code": code()}).status_code == 303
        assert is_signed_in(client)

    def test_code_used_before_is_refused(self, app: Flask, client: Client, someone: Someone) -> None:
        someone(email="a@example.com", totp=True)
        used = code()
        sign_in(client, "a@example.com")
        client.submit("/sign-in/code", {"code": used})
        other = app.test_client()
        assert isinstance(other, Client)
        sign_in(other, "a@example.com")

        assert other.submit("/sign-in/code", {"code": used}).status_code == 422

    def test_page_without_password_leads_to_sign_in(self, client: Client) -> None:
        assert client.get("/sign-in/code").location == "/sign-in"

    def test_set_up_with_picture_and_key_then_recovery_codes_once(
        self, client: Client, someone: Someone
    ) -> None:
        someone(email="a@example.com")
        sign_in(client, "a@example.com")
        page = client.get("/settings/second-factor").text
        assert 'src="data:image/svg+xml' in page
        secret = re.search(r"secret=([A-Z2-7]+)", page)
        assert secret

        assert client.submit("/settings/second-factor", {"code": "123"}).status_code == 422
        answer = client.submit("/settings/second-factor", {"code": pyotp.TOTP(secret[1]).at(clock.now())})
        shown, again = client.get(answer.location), client.get(answer.location)

        assert len(re.findall(r"<code>[a-z0-9-]{19}</code>", shown.text)) == 10
        assert "<code>" not in again.text
        assert shown.headers["Cache-Control"] == "no-store"

    def test_turned_off_by_password(self, client: Client, someone: Someone) -> None:
        person = someone(totp=True)
        client.sign_in(person)

        assert client.submit("/settings/second-factor/turn-off", {"password": "wrong"}).status_code == 422
        assert client.submit("/settings/second-factor/turn-off", {"password": PASSWORD}).status_code == 303
        assert "Set up" in client.get("/settings/security").text


class TestReset:
    def test_sets_a_new_password_and_signs_in(self, client: Client, someone: Someone, link: Link) -> None:
        someone(email="a@example.com")
        assert (
            client.submit("/forgot-password", {"email": "A@example.com"}).location == "/forgot-password/sent"
        )
        assert client.submit(link(), {"password": "another sentence"}).status_code == 303

        assert is_signed_in(client)
        assert client.get(link()).status_code == 404

    def test_does_not_go_round_the_second_factor(self, client: Client, someone: Someone, link: Link) -> None:
        someone(email="a@example.com", totp=True)
        client.submit("/forgot-password", {"email": "a@example.com"})
        answer = client.submit(link(), {"password": "another sentence"})

        assert (answer.location, is_signed_in(client)) == ("/sign-in/code", False)

    def test_answers_are_equal_for_known_and_unknown_addresses(
        self, client: Client, someone: Someone, mails: Mails
    ) -> None:
        someone(email="known@example.com")
        answers = [
            client.submit("/forgot-password", {"email": email})
            for email in ("known@example.com", "new@example.com")
        ]

        assert len({(answer.status_code, answer.location, answer.text) for answer in answers}) == 1
        assert [mail.to_address for mail in mails()] == ["known@example.com"]

    def test_unknown_link_is_not_found(self, client: Client) -> None:
        assert client.get("/reset-password/unknown").status_code == 404


class TestSettings:
    def test_name_and_language_are_kept(self, client: Client, someone: Someone) -> None:
        client.sign_in(someone())
        client.submit("/settings", {"name": "Иван Петров", "name_romanised": "Ivan Petrov", "language": "ru"})
        page = client.get("/settings")

        assert 'value="Иван Петров"' in page.text
        assert '<html lang="ru"' in page.text

    def test_page_and_fragment(self, client: Client, someone: Someone) -> None:
        client.sign_in(someone())
        page, part = client.get("/settings").text, client.get("/settings", headers=HTMX).text

        assert "<html" in page
        assert part.lstrip().startswith('<div id="form"')
        assert 'name="name_romanised"' in part

    def test_change_of_password_ends_all_other_sessions(
        self, app: Flask, client: Client, someone: Someone
    ) -> None:
        person = someone(email="a@example.com")
        other = app.test_client()
        assert isinstance(other, Client)
        other.sign_in(person)
        sign_in(client, "a@example.com")

        client.submit("/settings/password", {"old_password": PASSWORD, "password": "another sentence"})

        assert (is_signed_in(client), is_signed_in(other)) == (True, False)

    def test_sessions_are_ended_one_by_one_and_all_others(
        self, app: Flask, client: Client, someone: Someone
    ) -> None:
        person = someone()
        others = [Client(app, use_cookies=True).sign_in(person) for _browser in range(3)]
        client.sign_in(person)

        client.submit("/settings/sessions", form="/sessions/1/end")
        assert [is_signed_in(other) for other in others] == [False, True, True]
        client.submit("/settings/sessions", form="end-others")
        assert [is_signed_in(other) for other in [client, *others]] == [True, False, False, False]

    def test_sessions_of_others_are_not_known(self, app: Flask, client: Client, someone: Someone) -> None:
        other = app.test_client()
        assert isinstance(other, Client)
        other.sign_in(someone())
        client.sign_in(someone())

        assert client.send("/settings/sessions/1/end").status_code == 404
        assert is_signed_in(other)

    def test_disabled_account_is_out_at_once(self, app: Flask, client: Client, someone: Someone) -> None:
        person = someone()
        client.sign_in(person)
        with app.app_context():
            db.session.get_one(Person, person.id).disabled_at = clock.now()
            db.session.commit()

        assert not is_signed_in(client)


class TestDemoMail:
    def test_shows_the_mails_of_this_browser_only(self, make_app: Callable[..., Flask]) -> None:
        app = make_app(DEMO=True)
        client, other = app.test_client(), app.test_client()
        assert isinstance(client, Client)
        assert isinstance(other, Client)
        with app.app_context():
            PersonFactory(email="owner@example.com")
            db.session.commit()
        client.submit("/sign-up", SIGN_UP)
        client.submit("/forgot-password", {"email": "owner@example.com"})

        shown = client.get("/demo-mail").text
        assert "/confirm/" in shown
        assert "/reset-password/" not in shown
        assert "/confirm/" not in other.get("/demo-mail").text

    def test_is_not_there_outside_the_demonstration(self, client: Client) -> None:
        client.submit("/sign-up", SIGN_UP)

        assert client.get("/demo-mail").status_code == 404
        assert "demo-mail" not in client.get("/sign-up/sent").text
