"""The conversation as its people see it."""

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from matchmaker.accounts.models import Person
from matchmaker.core.actor import FirmRole
from matchmaker.core.db import db
from matchmaker.core.mail import OutboxMail
from matchmaker.firms.models import Firm
from matchmaker.matching.enums import MatchState
from matchmaker.matching.models import Match
from matchmaker.messages.models import Message, ReadMark
from matchmaker.notifications.models import Notice
from tests.clients import HTMX, Client
from tests.factories.firms import FirmFactory, member_of
from tests.factories.matching import introduced

pytestmark = pytest.mark.data
Given = Callable[[], AbstractContextManager[scoped_session[Session]]]


@pytest.fixture
def pair(given: Given) -> tuple[Match, Person, Person]:
    """An introduced match with a person of each firm."""
    with given():
        own = FirmFactory()
        match = introduced(own)
        return match, member_of(own), member_of(db.session.get_one(Firm, match.answerer_id))


def url(match: Match) -> str:
    """The address of the conversation."""
    return f"/matches/{match.id}/messages"


def count(app: Flask, model: Any) -> int:
    """How many rows there are."""
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_write_then_both_sides_read_it_and_the_other_is_told_without_content(
    app: Flask, client: Client, pair: tuple[Match, Person, Person]
) -> None:
    match, writer, reader = pair
    client.sign_in(writer)
    sent = client.submit(url(match), {"text": "Can you cast DN 200?"}, form=url(match))
    assert sent.status_code == 303
    assert "Can you cast DN 200?" in client.sign_in(reader).get(url(match)).text
    with app.app_context():
        mail = db.session.scalars(select(OutboxMail)).one()
        assert mail.to_address == reader.email
        assert "DN 200" not in mail.subject + mail.text + mail.html


def test_nobody_is_asked_to_write_where_the_introduction_has_ended(
    app: Flask, client: Client, pair: tuple[Match, Person, Person]
) -> None:
    match, writer, _reader = pair
    client.sign_in(writer)
    before = client.get(url(match)).text
    with app.app_context():
        db.session.get_one(Match, match.id).state = MatchState.CLOSED
        db.session.commit()
    after = client.get(url(match)).text
    assert ("Write the first one" in before, "Write the first one" in after) == (True, False)
    assert "its messages are destroyed" in after


def test_two_messages_before_the_reader_looks_make_one_notice(
    app: Flask, client: Client, pair: tuple[Match, Person, Person]
) -> None:
    match, writer, _reader = pair
    client.sign_in(writer)
    for text in ("One", "Two"):
        client.submit(url(match), {"text": text}, form=url(match))
    assert count(app, Message) == 2
    assert count(app, Notice) == 1


def test_mark_as_read_then_the_writer_sees_it(
    app: Flask, client: Client, pair: tuple[Match, Person, Person]
) -> None:
    match, writer, reader = pair
    client.sign_in(writer)
    client.submit(url(match), {"text": "Hello"}, form=url(match))
    assert "Seen" not in client.get(url(match)).text
    client.sign_in(reader)
    assert client.submit(url(match), {}, form=f"{url(match)}/read").status_code == 303
    assert count(app, ReadMark) == 2
    assert "Seen" in client.sign_in(writer).get(url(match)).text


def test_empty_message_then_422_and_what_was_typed_is_kept(
    client: Client, pair: tuple[Match, Person, Person]
) -> None:
    match, writer, _reader = pair
    client.sign_in(writer)
    assert client.submit(url(match), {"text": "   "}, form=url(match)).status_code == 422
    answer = client.submit(
        url(match), {"text": "See file", "files": (io.BytesIO(b"MZ"), "tool.exe")}, form=url(match)
    )
    assert answer.status_code == 422
    assert "See file" in answer.text


def test_file_is_served_to_the_pair_and_unknown_to_others(
    client: Client, given: Given, pair: tuple[Match, Person, Person]
) -> None:
    match, writer, reader = pair
    client.sign_in(writer)
    sent = {"text": "Data sheet", "files": (io.BytesIO(b"%PDF-1.7 sheet"), "sheet.pdf")}
    assert client.submit(url(match), sent, form=url(match)).status_code == 303
    with given():
        stranger = member_of(FirmFactory())
    for person, status in ((reader, 200), (stranger, 404)):
        assert client.sign_in(person).get("/messages/files/1").status_code == status


def test_closed_match_then_nothing_is_sent(app: Flask, client: Client, given: Given) -> None:
    with given():
        own = FirmFactory()
        match, writer = introduced(own, MatchState.CLOSED), member_of(own)
    client.sign_in(writer)
    assert client.send(url(match), {"text": "Late"}).status_code == 422
    assert count(app, Message) == 0


def test_plain_member_then_nothing_is_sent(app: Flask, client: Client, given: Given) -> None:
    with given():
        own = FirmFactory()
        match, reader = introduced(own), member_of(own, FirmRole.MEMBER)
    client.sign_in(reader)
    assert client.send(url(match), {"text": "Hello"}).status_code == 422
    assert count(app, Message) == 0


def test_fragment_is_part_of_the_page(client: Client, pair: tuple[Match, Person, Person]) -> None:
    match, writer, _reader = pair
    client.sign_in(writer)
    fragment = client.get(url(match), headers=HTMX).text
    assert fragment.lstrip().startswith('<div id="conversation"')
    assert "<html" not in fragment


def test_list_shows_the_conversation_and_what_is_new(
    client: Client, pair: tuple[Match, Person, Person]
) -> None:
    match, writer, reader = pair
    client.sign_in(writer)
    client.submit(url(match), {"text": "Price list, please"}, form=url(match))
    page = client.sign_in(reader).get("/messages").text
    assert "1 new message" in page
    assert "Price list, please" in page
