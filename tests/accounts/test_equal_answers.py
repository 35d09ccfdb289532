"""Asking for a reset does the same work for an address that is known and for one that is not."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from sqlalchemy import func, select

from matchmaker.core.db import db
from matchmaker.core.mail import OutboxMail
from tests.clients import Client
from tests.factories.accounts import PersonFactory

pytestmark = pytest.mark.data


def test_a_reset_writes_a_mail_for_everybody_and_keeps_it_for_a_known_address(
    client: Client,
    given: Callable[[], AbstractContextManager[Any]],
    count_statements: Callable[[], AbstractContextManager[list[str]]],
) -> None:
    with given():
        known = PersonFactory().email
    written, kept = {}, {}
    for email in (known, "nobody@example.org"):
        with count_statements() as sent:
            answer = client.send("/forgot-password", {"email": email})
        written[email] = [one for one in sent if one.startswith("INSERT INTO outbox_mail")]
        with client.application.app_context():
            reaching = select(func.count()).where(OutboxMail.to_address == email)
            kept[email] = db.session.scalar(reaching)
            db.session.rollback()
        assert (answer.status_code, answer.location) == (303, "/forgot-password/sent")

    assert [len(found) for found in written.values()] == [1, 1]
    assert list(kept.values()) == [1, 0]
