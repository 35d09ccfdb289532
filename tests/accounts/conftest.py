"""People with passwords and the mails they got."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.accounts import passwords, second_factor
from matchmaker.accounts.models import Person
from matchmaker.core.db import db
from matchmaker.core.mail import OutboxMail
from tests.factories.accounts import PersonFactory

PASSWORD = "a long enough sentence"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def someone(given: Callable[[], Any]) -> Callable[..., Person]:
    """Makes a person who can sign in by PASSWORD, with `totp=True` also by codes of SECRET."""

    def make(totp: bool = False, **values: Any) -> Person:
        with given():
            person: Person = PersonFactory(**({"password_hash": passwords.hash_password(PASSWORD)} | values))
            if totp:
                second_factor.give_secret(person, SECRET)
        return person

    return make


@pytest.fixture
def mails(app: Flask) -> Callable[[], list[OutboxMail]]:
    """All mails, oldest first."""

    def read() -> list[OutboxMail]:
        with app.app_context():
            return list(db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)))

    return read


@pytest.fixture
def link(mails: Callable[[], list[OutboxMail]]) -> Callable[[], str]:
    """The path of the link in the last mail."""

    def read() -> str:
        found = re.search(r"http://localhost(/\S+)", mails()[-1].text)
        assert found
        return found[1]

    return read
