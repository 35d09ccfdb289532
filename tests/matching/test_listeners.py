"""What matches tell the firms below them."""

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage

from matchmaker.core.actor import Actor
from matchmaker.core.files import store_document
from matchmaker.firms.models import FirmCertificate
from matchmaker.firms.signals import are_introduced
from matchmaker.matching.enums import MatchState
from tests.clients import Client
from tests.factories.firms import FirmFactory, member_of
from tests.factories.matching import MatchFactory

Given = Callable[[], AbstractContextManager[Any]]
TOGETHER = {MatchState.INTRODUCED, MatchState.IN_TALKS}


@pytest.mark.parametrize("state", list(MatchState))
def test_firms_are_introduced_while_a_match_holds_them_together(session: Any, state: MatchState) -> None:
    match = MatchFactory(state=state)
    expected = state in TOGETHER or state is MatchState.PARTNERSHIP
    assert are_introduced(match.asker_id, match.answerer_id) is expected
    assert are_introduced(match.answerer_id, match.asker_id) is expected
    assert not are_introduced(match.asker_id, FirmFactory(country="RU").id)


def test_a_file_for_partners_opens_to_the_introduced_firm_only(app: Flask, given: Given) -> None:
    with given() as session:
        own, other, third = (FirmFactory(country=code) for code in ("TR", "RU", "RU"))
        own.visibility = {"certificates": "partner"}
        owner, introduced, stranger = (member_of(firm) for firm in (own, other, third))
        upload = FileStorage(io.BytesIO(b"%PDF-1.7 paper"), "iso.pdf", content_type="application/pdf")
        paper = store_document(Actor(person_id=owner.id), upload, "certificates")
        certificate = FirmCertificate(firm_id=own.id, scheme="ISO9001", file_id=paper.id)
        session.add(certificate)
        MatchFactory(asker_id=own.id, answerer_id=other.id, state=MatchState.INTRODUCED)
        MatchFactory(asker_id=own.id, answerer_id=third.id, state=MatchState.AGREED)
        session.flush()
        path = f"/firms/{own.id}/certificates/{certificate.id}/file"

    def asks(person: Any) -> Any:
        client = app.test_client()
        assert isinstance(client, Client)
        return client.sign_in(person).get(path)

    assert asks(introduced).data == b"%PDF-1.7 paper"
    assert asks(stranger).status_code == 404
