"""An institution words its mails; nothing of what others wrote is lost, and what waits keeps its words."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from matchmaker.core.actor import Actor, Grant, InstitutionRole
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.errors import DomainError, NotAllowed, NotFound
from matchmaker.core.mail import MailState, OutboxMail
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.core.versions import ChangedMeanwhile
from matchmaker.core.wordings import Wording
from matchmaker.institutions import queries as institutions
from matchmaker.institutions.wordings import queries, services
from matchmaker.institutions.wordings.models import MailWordingVersion
from matchmaker.institutions.wordings.rules import WordingOf
from matchmaker.notifications.services import notify
from tests.factories.accounts import PersonFactory
from tests.factories.institutions import InstitutionFactory, official

KIND = "notice.sign_up_confirmed"
WORDS = Wording("{name}, see you soon", "Dear {name},\n\nYour place is safe.\n\nLook here:\n{link}")


def made(language: str = "en", kind: str = KIND) -> tuple[Actor, WordingOf]:
    agency = InstitutionFactory()
    person = official(agency, InstitutionRole.STAFF)
    return acting(person.id, agency.id, person.email), queries.wording_of(agency.id, kind, language)


def acting(person_id: int, agency_id: int, email: str = "staff@example.com") -> Actor:
    return Actor(person_id, email=email, grants=(Grant(InstitutionRole.STAFF, agency_id, "TR"),))


def told(asked: WordingOf, key: str, language: str = "en") -> OutboxMail:
    person = PersonFactory(language=language, name="Ayşe <Işık> {link}")
    notify(
        person.id, "sign_up_confirmed", "Secret title", "/programmes/1", key, worded_by=asked.institution.id
    )
    found = db.session.scalars(select(OutboxMail).order_by(OutboxMail.id.desc())).first()
    assert found is not None
    return found


def test_mail_has_the_words_of_the_institution_from_then_on(session: scoped_session[Session]) -> None:
    actor, asked = made()
    before = told(asked, "one")
    kept = before.text
    services.save(actor, asked, WORDS, seen=0)

    after = told(asked, "two")

    assert after.subject == "Ayşe <Işık> {link}, see you soon"
    assert after.text.startswith("Dear Ayşe <Işık> {link},\n\nYour place is safe.")
    assert "http://localhost/programmes/1" in after.text
    assert "For your protection the details are not in this mail." in after.text
    assert "Dear Ayşe &lt;Işık&gt; {link}," in after.html
    assert ">Look here</a>" in after.html
    assert 'href="http://localhost/programmes/1"' in after.html
    assert "Secret title" not in after.text + after.html + after.subject
    assert before.text == kept
    assert told(asked, "three", "ru").subject.startswith("Новости")


def test_other_institutions_keep_the_words_of_the_service(session: scoped_session[Session]) -> None:
    actor, asked = made()
    services.save(actor, asked, WORDS, seen=0)

    assert told(replace(asked, institution=InstitutionFactory()), "one").subject == "News for you at Tandem"


def test_every_version_is_kept_and_can_be_taken_up_again(session: scoped_session[Session]) -> None:
    actor, asked = made()
    services.save(actor, asked, WORDS, seen=0)
    services.save(actor, asked, replace(WORDS, subject="Second"), seen=1)
    services.go_back(actor, asked, 1, seen=2)
    assert queries.standing(asked) == WORDS
    services.go_back(actor, asked, 0, seen=3)

    assert queries.standing(asked).subject == "News for you at Tandem"
    assert [(one.number, one.subject, one.returned_to) for one in queries.versions(asked)] == [
        (4, "", 0),
        (3, WORDS.subject, 1),
        (2, "Second", None),
        (1, WORDS.subject, None),
    ]
    verbs = list(db.session.scalars(select(AuditEntry.action).where(AuditEntry.entity == "mail_wording")))
    assert verbs == ["change_mail_template"] * 4
    with pytest.raises(NotFound):
        services.go_back(actor, asked, 9, seen=4)


def test_who_saves_second_is_told_and_nothing_is_lost(session: scoped_session[Session]) -> None:
    actor, asked = made()
    services.save(actor, asked, WORDS, seen=0)

    with pytest.raises(ChangedMeanwhile):
        services.save(actor, asked, replace(WORDS, subject="Mine"), seen=0)
    assert queries.standing(asked) == WORDS
    assert services.save(actor, asked, WORDS, seen=1).version == 1


def test_two_first_versions_at_once_leave_one(
    app: Flask, given: Callable[[], Any], concurrently: Callable[..., list[Any]]
) -> None:
    with given():
        actor, asked = made()
        number = asked.institution.id

    def saves(subject: str) -> Callable[[], str]:
        def save() -> str:
            with app.app_context(), unit_of_work():
                mine = queries.wording_of(number, KIND, "en")
                try:
                    services.save(actor, mine, replace(WORDS, subject=subject), seen=0)
                except ChangedMeanwhile:
                    return "told"
                return subject

        return save

    results = concurrently(*(saves(subject) for subject in ("First", "Second", "Third")))

    with app.app_context():
        mine = queries.wording_of(number, KIND, "en")
        assert sorted(results)[1:] == ["told", "told"]
        assert [one.subject for one in queries.versions(mine)] == sorted(results)[:1]


def test_a_test_mail_goes_to_its_writer_only_and_saves_nothing(session: scoped_session[Session]) -> None:
    actor, asked = made("tr")

    services.try_out(actor, asked, WORDS)

    (mail,) = db.session.scalars(select(OutboxMail)).all()
    assert (mail.to_address, mail.state, mail.institution_id) == (
        actor.email,
        MailState.QUEUED,
        asked.institution.id,
    )
    assert "{" not in mail.text + mail.subject
    assert db.session.scalars(select(MailWordingVersion)).all() == []


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (replace(WORDS, text="Dear {nmae}, {link}"), "text"),
        (replace(WORDS, text="Dear {name}"), "text"),
        (replace(WORDS, text="{ name } {link}"), "text"),
        (replace(WORDS, text="{{name}} {link}"), "text"),
        (replace(WORDS, text="{name {link}"), "text"),
        (replace(WORDS, text="{link} {% raw %}"), "text"),
        (replace(WORDS, subject="See {link}"), "subject"),
        (replace(WORDS, subject="{words}"), "subject"),
        (replace(WORDS, subject=" "), "subject"),
        (replace(WORDS, text=""), "text"),
    ],
)
def test_words_that_are_not_in_order_are_refused_at_their_field(
    session: scoped_session[Session], words: Wording, field: str
) -> None:
    actor, asked = made()

    for deed in (
        lambda: services.save(actor, asked, words, seen=0),
        lambda: services.try_out(actor, asked, words),
    ):
        with pytest.raises(DomainError) as refused:
            deed()
        assert refused.value.field == field
    assert queries.kept(asked) is None


def test_only_keepers_of_the_institution_word_its_mails(session: scoped_session[Session]) -> None:
    _actor, asked = made()
    stranger = acting(PersonFactory().id, InstitutionFactory().id)

    with pytest.raises(NotAllowed):
        services.save(stranger, asked, WORDS, seen=0)


@pytest.mark.parametrize("kind", ["confirm", "reset", "already_have_account", "notice.message", "no_such"])
def test_security_mails_and_mails_about_messages_cannot_be_worded(
    session: scoped_session[Session], kind: str
) -> None:
    with pytest.raises(NotFound):
        queries.wording_of(institutions.institution(InstitutionFactory().id).id, kind, "en")
