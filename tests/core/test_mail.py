"""Mail leaves once, whole, in both forms, and is tried again when the server refuses."""

import email
import socketserver
import threading
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.policy import default
from typing import Any, ClassVar, cast

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from matchmaker.core import mail as outbox
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict
from matchmaker.core.mail import MailState, OutboxMail, queue_mail, release, send_queued
from matchmaker.core.unit_of_work import unit_of_work

pytestmark = pytest.mark.data
TOKEN = "t" * 43


class Server(socketserver.ThreadingTCPServer):
    """A mail server that keeps what it gets; while `refusing` it takes nothing."""

    allow_reuse_address = True
    daemon_threads = True
    refusing = False

    def __init__(self) -> None:
        self.got: list[EmailMessage] = []
        super().__init__(("127.0.0.1", 0), Talk)


class Talk(socketserver.StreamRequestHandler):
    """The receiving side of SMTP (RFC 5321), as much as a client needs."""

    ANSWERS: ClassVar = {"EHLO": "250-here\r\n250 SMTPUTF8", "QUIT": "221 bye", "DATA": "354 go on"}

    def handle(self) -> None:
        """Greet, answer each line, keep the message."""
        server = cast("Server", self.server)
        self.say("220 here")
        while line := self.rfile.readline().decode().strip():
            verb = line.split(":")[0].split(" ")[0].upper()
            if verb == "RCPT" and server.refusing:
                self.say("450 not now")
                continue
            self.say(self.ANSWERS.get(verb, "250 fine"))
            if verb == "DATA":
                server.got.append(
                    cast("EmailMessage", email.message_from_bytes(self.message(), policy=default))
                )
                self.say("250 kept")
            if verb == "QUIT":
                return

    def message(self) -> bytes:
        lines = iter(self.rfile.readline, b".\r\n")
        return b"".join(line.removeprefix(b".") if line.startswith(b"..") else line for line in lines)

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield running
        running.shutdown()


@pytest.fixture
def app(make_app: Callable[..., Flask], server: Server) -> Flask:
    return make_app(
        MAIL_HOST="127.0.0.1",
        MAIL_PORT=server.server_address[1],
        MAIL_TLS=False,
        MAIL_FROM="tandem@example.org",
    )


def queue(app: Flask, to: str = "ayse@example.com", **values: Any) -> None:
    with app.app_context(), unit_of_work():
        queue_mail("reset", to=to, language="tr", name="Ayşe", token=TOKEN, **values)


def send(app: Flask) -> int:
    with app.app_context(), unit_of_work():
        return send_queued()


def stored(app: Flask) -> list[OutboxMail]:
    with app.app_context():
        return list(db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)))


def test_mail_arrives_as_text_and_html_in_the_readers_language(app: Flask, server: Server) -> None:
    queue(app)
    assert send(app) == 1

    (message,) = server.got
    text, html = (message.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert html is not None
    assert (message["To"], message["From"]) == ("ayse@example.com", "tandem@example.org")
    assert f"http://localhost/reset-password/{TOKEN}" in text.get_content()
    assert f"http://localhost/reset-password/{TOKEN}" in html.get_content()
    assert '<html lang="tr">' in html.get_content()
    assert message["Auto-Submitted"] == "auto-generated"


def test_sent_mail_is_not_sent_again_and_keeps_no_link(app: Flask, server: Server) -> None:
    queue(app)
    send(app)
    assert send(app) == 0

    (mail,) = stored(app)
    assert (mail.state, mail.secret, len(server.got)) == (MailState.SENT, True, 1)
    assert TOKEN not in mail.text + mail.html
    with app.app_context(), pytest.raises(Conflict):
        release(db.session.get_one(OutboxMail, mail.id))


def test_a_mail_let_go_by_several_at_once_is_let_go_once(
    app: Flask, concurrently: Callable[..., list[Any]]
) -> None:
    queue(app)
    with app.app_context(), unit_of_work():
        db.session.execute(update(OutboxMail).values(state=MailState.DRAFT))

    def lets_go() -> MailState:
        with unit_of_work():
            mail = db.session.scalars(select(OutboxMail)).one()
            release(mail)
            return mail.state

    results = concurrently(*[lets_go] * 6)

    assert [type(one) for one in results].count(Conflict) == 5
    assert MailState.QUEUED in results


def test_a_mail_that_was_sent_since_we_looked_does_not_go_without_its_link(app: Flask) -> None:
    queue(app)
    with app.app_context(), unit_of_work():
        mail = db.session.scalars(select(OutboxMail)).one()
        mail.state = MailState.FAILED
        db.session.flush()
        sent = update(OutboxMail).values(state=MailState.SENT, text=outbox.without_secrets(mail.text))
        db.session.execute(sent.execution_options(synchronize_session=False))

        with pytest.raises(Conflict):
            release(mail)


def test_two_workers_send_each_mail_once(
    app: Flask, server: Server, concurrently: Callable[..., list[Any]]
) -> None:
    for _mail in range(4):
        queue(app)

    def work() -> int:
        with unit_of_work():
            return send_queued()

    results = concurrently(work, work)

    assert sum(results) == 4
    assert len({message["Message-ID"] for message in server.got}) == len(server.got) == 4


def test_refused_mail_is_tried_later_then_given_up(app: Flask, server: Server) -> None:
    server.refusing = True
    with time_machine.travel("2026-11-22 09:00:00Z") as clock:
        queue(app)
        for minutes in (2, 4, 8, 16, 32):
            assert send(app) == 1
            assert send(app) == 0
            clock.shift(minutes * 60 + 1)
        assert [mail.state for mail in stored(app)] == [MailState.QUEUED]
        send(app)

    (mail,) = stored(app)
    assert (mail.state, mail.attempts) == (MailState.FAILED, outbox.MOST_ATTEMPTS)
    assert "not now" in mail.error
    assert mail.can_be_sent_again


def test_no_lock_is_held_while_the_server_thinks(
    app: Flask, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue(app)
    written: list[bool] = []

    def meanwhile(letter: outbox.Letter) -> None:
        thread = threading.Thread(target=lambda: (queue(app, "other@example.com"), written.append(True)))
        thread.start()
        thread.join(60)

    monkeypatch.setattr(outbox, "_deliver", meanwhile)
    with app.app_context(), unit_of_work():
        send_queued(most=1)

    assert written == [True]


def test_same_event_is_mailed_once(app: Flask) -> None:
    queue(app, dedupe_key="event")
    queue(app, dedupe_key="event")

    assert len(stored(app)) == 1


def test_line_breaks_make_no_header(make_app: Callable[..., Flask], server: Server) -> None:
    settings = {"MAIL_HOST": "127.0.0.1", "MAIL_PORT": server.server_address[1], "MAIL_TLS": False}
    app = make_app(PRODUCT_NAME="Tandem\r\nBcc: b@example.com", **settings)
    queue(app)
    send(app)

    (message,) = server.got
    assert message["Bcc"] is None
    assert "Tandem Bcc" in message["Subject"]


def test_without_a_server_mail_counts_as_sent_and_is_kept(make_app: Callable[..., Flask]) -> None:
    app = make_app(DEMO=True)
    queue(app)
    assert send(app) == 1

    assert TOKEN in stored(app)[0].text


def test_a_mail_that_was_asked_for_can_be_ended_in_one_step(app: Flask, server: Server) -> None:
    address = f"https://tandem.a-rather-long-name.gov.example/unsubscribe/{TOKEN}"
    queue(app, unsubscribe_url=address)
    queue(app, to="other@example.com")
    send(app)

    asked, service = server.got
    # Whole and in clear: a folded address is one that no mail program reads.
    assert dict(asked.raw_items())["List-Unsubscribe"] == f"<{address}>"
    assert asked["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert service["List-Unsubscribe"] is None
    assert TOKEN not in stored(app)[0].unsubscribe_url
