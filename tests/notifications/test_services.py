"""A notice reaches a person once, and its mail says nothing that is not for everybody's eyes."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from matchmaker.core.actor import Actor, Grant, InstitutionRole
from matchmaker.core.db import db
from matchmaker.core.mail import OutboxMail
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.notifications import queries, services
from matchmaker.notifications.enums import NoticeCategory
from matchmaker.notifications.kinds import KINDS
from matchmaker.notifications.models import Notice
from tests.factories.accounts import PersonFactory
from tests.factories.firms import FirmFactory, member_of
from tests.factories.institutions import InstitutionFactory, official

SECRET_NAME = "Gizli Makine A.Ş."


def notify(person_id: int, key: str = "match 1 asked", **values: Any) -> Notice | None:
    return services.notify(person_id, "match_asked", SECRET_NAME, "/matches/1", key, **values)


def mails() -> list[OutboxMail]:
    return list(db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)))


def test_notice_comes_with_one_mail_in_the_readers_language(session: scoped_session[Session]) -> None:
    notify(PersonFactory(email="a@example.com", language="ru").id)

    (mail,) = mails()
    assert (mail.to_address, mail.language) == ("a@example.com", "ru")
    assert "http://localhost/matches/1" in mail.text
    assert "http://localhost/matches/1" in mail.html


def test_mail_to_people_of_firms_and_institutions_is_seen_by_their_institution(
    session: scoped_session[Session],
) -> None:
    agency, other = InstitutionFactory(country="TR"), InstitutionFactory(country="RU")
    readers = [
        member_of(FirmFactory(country="TR")),
        member_of(FirmFactory(country="RU")),
        official(other, InstitutionRole.EXPERT),
        PersonFactory(),
    ]
    for person in readers:
        notify(person.id)

    assert [mail.institution_id for mail in mails()] == [agency.id, other.id, other.id, None]
    assert (
        queries.mails(Actor(1, grants=(Grant(InstitutionRole.STAFF, agency.id, "TR"),))).items == mails()[:1]
    )


def test_mail_names_nobody_the_notice_is_about(session: scoped_session[Session]) -> None:
    for kind in KINDS:
        services.notify(PersonFactory().id, kind, SECRET_NAME, "/matches/1", "key")

    assert len(mails()) == len(KINDS)
    assert [mail.notice for mail in mails() if "Gizli" in mail.subject + mail.text + mail.html] == []


def test_every_sentence_names_what_it_is_about(session: scoped_session[Session]) -> None:
    assert [
        kind.name
        for kind in KINDS.values()
        if SECRET_NAME not in str(kind.sentence) % {"subject": SECRET_NAME}
    ] == []


def test_same_event_reaches_a_person_once(session: scoped_session[Session]) -> None:
    one, other = PersonFactory(), PersonFactory()

    notices = [notify(one.id), notify(one.id), notify(other.id)]

    assert [notice is None for notice in notices] == [False, True, False]
    assert len(mails()) == 2


def test_same_event_at_the_same_moment_reaches_a_person_once(
    app: Flask, given: Callable[[], Any], concurrently: Callable[..., list[Any]]
) -> None:
    with given():
        person = PersonFactory()

    def deed() -> bool:
        with unit_of_work():
            return notify(person.id) is not None

    results = concurrently(deed, deed, deed)

    assert sorted(results) == [False, False, True]
    with app.app_context():
        assert db.session.scalar(select(func.count(Notice.id))) == len(mails()) == 1


def test_muted_category_comes_without_mail(session: scoped_session[Session]) -> None:
    person = PersonFactory()
    services.choose_mail(Actor(person_id=person.id), {NoticeCategory.MESSAGES})

    assert notify(person.id) is not None
    services.notify(person.id, "message", SECRET_NAME, "/matches/1", "message 1")

    assert queries.muted(person.id) == frozenset(NoticeCategory) - {NoticeCategory.MESSAGES}
    assert len(mails()) == 1


@pytest.mark.parametrize("trait", ["disabled", "unconfirmed"])
def test_account_that_cannot_sign_in_gets_no_mail(session: scoped_session[Session], trait: str) -> None:
    notify(PersonFactory(**{trait: True}).id)

    assert mails() == []


def test_path_to_another_site_is_not_mailed(session: scoped_session[Session]) -> None:
    services.notify(PersonFactory().id, "message", "x", "//evil.example", "key")

    assert "evil" not in mails()[0].text


def test_unknown_kind_is_a_mistake(session: scoped_session[Session]) -> None:
    with pytest.raises(KeyError):
        services.notify(PersonFactory().id, "no such kind", "x", "/", "key")


def test_read_notices_are_not_counted(session: scoped_session[Session]) -> None:
    person = PersonFactory()
    first = notify(person.id)
    notify(person.id, "match 2 asked")
    assert first is not None

    services.mark_read(first)
    assert queries.unread_count(person.id) == 1
    services.mark_all_read(person.id)
    assert queries.unread_count(person.id) == 0
