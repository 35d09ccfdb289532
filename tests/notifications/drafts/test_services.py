"""Staff hold a mail back, change its words and let it go; the database settles who was faster, they or the worker."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from matchmaker.core import mail as outbox
from matchmaker.core.actor import Actor
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError
from matchmaker.core.mail import Letter, MailState, OutboxMail, queue_mail
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.core.versions import ChangedMeanwhile
from matchmaker.notifications import edits, services

TOKEN = "t" * 43
STAFF = Actor(1)


def invitation() -> OutboxMail:
    mail = queue_mail(
        "invitation", to="new@example.com", language="en", institution_id=1,
        inviter="Ayşe", institution="Agency", role="Staff", token=TOKEN,
    )  # fmt: skip
    assert mail is not None
    db.session.flush()
    return mail


def message(words: str) -> OutboxMail:
    mail = queue_mail(
        "programme_message", to="a@example.com", language="tr", kind="programme_reminder",
        name="Ayşe", heading="Salon", words=words, title="Eğitim", organiser="Kurum", url="http://localhost/programmes/1",
    )  # fmt: skip
    assert mail is not None
    db.session.flush()
    return mail


def test_a_mail_that_waits_is_held_back_edited_and_let_go(session: scoped_session[Session]) -> None:
    mail = invitation()
    services.hold_mail(STAFF, mail)
    opened = edits.open_words(mail)
    text = opened.text.replace("Hello,", "Dear <colleague>,")

    services.edit_mail(STAFF, mail, "Join us", text, seen=0)
    services.send_mail(STAFF, mail)

    assert (mail.subject, mail.state, mail.edits) == ("Join us", MailState.QUEUED, 1)
    assert mail.text.startswith("Dear <colleague>,")
    assert TOKEN in mail.text
    assert "Dear &lt;colleague&gt;," in mail.html
    assert f'/{TOKEN}"' in mail.html
    assert ">Accept the invitation</a>" in mail.html
    assert "The link works once and for 14 days." in mail.text
    verbs = list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))
    assert verbs == ["hold_mail", "edit_mail", "send"]
    assert all(TOKEN not in str(entry.after) for entry in db.session.scalars(select(AuditEntry)))


def test_the_editor_sees_no_token_and_the_sentences_that_stay_apart(session: scoped_session[Session]) -> None:
    opened = edits.open_words(invitation())

    assert TOKEN not in opened.text
    assert "Accept the invitation:\n{link}" in opened.text
    assert len(opened.fixed) == 1
    assert opened.fixed[0] not in opened.text


def test_braces_that_somebody_wrote_are_words_and_are_not_filled(session: scoped_session[Session]) -> None:
    mail = message("Wi-Fi: {guest}, see https://example.org/plan")
    services.hold_mail(STAFF, mail)
    opened = edits.open_words(mail)

    services.edit_mail(STAFF, mail, opened.subject, opened.text.replace("see", "look at"), seen=0)

    assert "Wi-Fi: {guest}, look at https://example.org/plan" in mail.text
    assert mail.text.count("http://localhost/programmes/1") == 1
    assert mail.text.rstrip().endswith(opened.fixed[0])
    assert "Eğitim" in opened.fixed[0]


@pytest.mark.parametrize(
    ("subject", "text", "field"),
    [
        ("Join us", "Without the way in", "text"),
        ("Join us", "{link} {token}", "text"),
        ("Join {link}", "{link}", "subject"),
        (" ", "{link}", "subject"),
        ("Join us", " ", "text"),
    ],
)
def test_words_without_their_link_are_refused_at_their_field(
    session: scoped_session[Session], subject: str, text: str, field: str
) -> None:
    mail = invitation()
    services.hold_mail(STAFF, mail)
    before = mail.text

    with pytest.raises(DomainError) as refused:
        services.edit_mail(STAFF, mail, subject, text, seen=0)

    assert refused.value.field == field
    assert (mail.text, mail.edits) == (before, 0)


def test_the_second_of_two_editors_is_told(session: scoped_session[Session]) -> None:
    mail = invitation()
    services.hold_mail(STAFF, mail)
    services.edit_mail(STAFF, mail, "First", "{link}", seen=0)

    with pytest.raises(ChangedMeanwhile):
        services.edit_mail(STAFF, mail, "Second", "{link}", seen=0)
    assert mail.subject == "First"


@pytest.mark.parametrize("state", [MailState.QUEUED, MailState.SENT, MailState.FAILED])
def test_only_a_draft_is_edited(session: scoped_session[Session], state: MailState) -> None:
    mail = invitation()
    mail.state = state
    db.session.flush()

    with pytest.raises(Conflict):
        services.edit_mail(STAFF, mail, "Late", "{link}", seen=0)


def test_mails_to_get_in_are_not_held_back_and_never_edited(session: scoped_session[Session]) -> None:
    mail = queue_mail("reset", to="b@example.com", language="en", name="B", token=TOKEN)
    assert mail is not None
    db.session.flush()

    with pytest.raises(Conflict):
        services.hold_mail(STAFF, mail)
    mail.state = MailState.DRAFT
    db.session.flush()
    with pytest.raises(Conflict):
        services.edit_mail(STAFF, mail, "Other", "{link}", seen=0)


def test_a_mail_in_the_hand_of_the_worker_is_not_held_back(
    session: scoped_session[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    mail_id = invitation().id
    refused = []

    def deliver(letter: Letter) -> None:
        with pytest.raises(Conflict) as conflict:
            services.hold_mail(STAFF, db.session.get_one(OutboxMail, letter.mail_id))
        refused.append(conflict.value.message)
        db.session.rollback()

    monkeypatch.setattr(outbox, "_deliver", deliver)
    db.session.commit()
    outbox.send_queued()

    assert len(refused) == 1
    assert db.session.get_one(OutboxMail, mail_id).state is MailState.SENT


def test_holding_editing_and_sending_at_once_leaves_one_truth(
    app: Flask,
    given: Callable[[], Any],
    concurrently: Callable[..., list[Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    left: list[str] = []
    monkeypatch.setattr(outbox, "_deliver", lambda letter: left.append(letter.subject))
    with given():
        waiting, draft = invitation().id, invitation().id
        services.hold_mail(STAFF, db.session.get_one(OutboxMail, draft))

    def deed(do: Callable[[OutboxMail], None], number: int) -> Callable[[], str]:
        def run() -> str:
            with app.app_context(), unit_of_work():
                try:
                    do(db.session.get_one(OutboxMail, number))
                except Conflict:
                    return "too late"
            return "done"

        return run

    def works() -> str:
        with app.app_context():
            outbox.send_queued()
        return "worked"

    def edits_it(mail: OutboxMail) -> None:
        services.edit_mail(STAFF, mail, "New words", "{link}", seen=0)

    results = concurrently(
        works,
        deed(lambda mail: services.hold_mail(STAFF, mail), waiting),
        deed(lambda mail: services.send_mail(STAFF, mail), draft),
        deed(edits_it, draft),
        works,
    )
    works()

    with app.app_context():
        held, sent = (db.session.get_one(OutboxMail, number) for number in (waiting, draft))
        assert (held.state is MailState.DRAFT) == (results[1] == "done")
        assert (sent.subject == "New words") == (results[3] == "done")
        assert sent.state is MailState.SENT
        assert sorted(left) == sorted([sent.subject, *([held.subject] if results[1] == "too late" else [])])
