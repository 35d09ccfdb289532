"""Signing up, in and out as people see it."""

import re
from collections.abc import Callable
from typing import Any

from flask import Flask
from sqlalchemy import select

from matchmaker.accounts.models import Person, SignedInSession
from matchmaker.core.db import db
from matchmaker.core.mail import OutboxMail
from tests.clients import HTMX, Client

SIGN_UP = {
    "name": "Ayşe Yılmaz",
    "email": "Ayse@Example.com",
    "password": "a long enough sentence",
    "language": "tr",
    "country": "TR",
}


def mails(app: Flask) -> list[OutboxMail]:
    with app.app_context():
        return list(db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)))


def link_in(mail: OutboxMail) -> str:
    found = re.search(r"http://localhost(/\S+)", mail.text)
    assert found
    return found[1]


class TestSignUp:
    def test_confirmed_by_link_then_signed_in(self, app: Flask, client: Client) -> None:
        answer = client.submit("/sign-up", SIGN_UP)
        assert answer.location == "/sign-up/sent"

        (mail,) = mails(app)
        assert (mail.notice, mail.to_address, mail.language) == ("confirm", "Ayse@example.com", "tr")
        assert (
            client.submit(
                "/sign-in", {"email": "ayse@example.com", "password": SIGN_UP["password"]}
            ).status_code
            == 422
        )

        done = client.submit(link_in(mail), {})
        assert done.status_code == 303
        assert "Ayşe Yılmaz" in client.get("/settings").text
