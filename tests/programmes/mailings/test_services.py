"""Messages are written to a group, and sent once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from matchmaker.accounts.models import Person
from matchmaker.core import clock
from matchmaker.core.actor import Actor, InstitutionRole
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.mail import OutboxMail, send_queued
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.notifications.services import edit_mail
from matchmaker.programmes.enums import QuestionStage, SignUpState
from matchmaker.programmes.mailings import queries, services
from matchmaker.programmes.mailings import reminder_services as reminders
from matchmaker.programmes.mailings.services import Words
from matchmaker.programmes.models import Programme
from tests.factories.accounts import PersonFactory
from tests.factories.institutions import official
from tests.factories.mailings import MessageToGroupFactory, ReminderFactory
from tests.factories.programmes import SignUpFactory, delegate_of, question_of
from tests.matching.world import actor_of
from tests.programmes.world import person_alone, programme_with

WORDS = Words(
    subject_ru="Возьмите ручку", text_ru="Принесите ручку.", subject_en="Pen", text_en="Bring a pen."
)


def staff_of(programme: Programme) -> Actor:
    return actor_of(official(programme.institution, InstitutionRole.STAFF))


def takes_part(
    programme: Programme, state: SignUpState = SignUpState.CONFIRMED, language: str = "en"
) -> Person:
    """Somebody with an account who signed up."""
    person = PersonFactory(language=language)
    delegate_of(SignUpFactory(programme_id=programme.id, person_id=person.id, state=state), person.name)
    return person


def mails() -> list[tuple[str, str, str]]:
    wanted = select(OutboxMail).where(OutboxMail.notice == "programme_message").order_by(OutboxMail.id)
    return [(mail.to_address, mail.language, mail.subject) for mail in db.session.scalars(wanted)]


def test_each_of_the_group_gets_one_mail_in_the_own_language(session: Any) -> None:
    programme = programme_with()
    russian, turk = takes_part(programme, language="ru"), takes_part(programme, language="tr")
    takes_part(programme, SignUpState.WAITING)
    staff = staff_of(programme)

    message = services.write(staff, programme, WORDS, {"state": "confirmed"})
    group = services.send(staff, programme, message)

    assert mails() == [(russian.email, "ru", "Возьмите ручку"), (turk.email, "en", "Pen")]
    assert (message.recipients, message.left_out, message.sent_by_id) == (2, 0, staff.person_id)
    assert [one.own_language for one in group.in_another_language] == ["tr"]
    logged = session.scalars(select(AuditEntry).where(AuditEntry.entity == "programme_message")).all()
    assert [line.action for line in logged] == ["write_message", "send_message"]
    assert logged[1].after == {"recipients": 2, "left_out": 0}


def test_a_delegate_without_an_account_is_written_to_at_the_address_given(session: Any) -> None:
    programme = programme_with()
    sign_up = SignUpFactory(programme_id=programme.id)
    guest, unknown = delegate_of(sign_up, "Guest"), delegate_of(sign_up, "Unknown")
    guest.person_id, guest.email, guest.language = None, "guest@firm.example", "ru"
    unknown.person_id = None

    group = queries.group_of(programme, MessageToGroupFactory(programme_id=programme.id))

    assert [(one.name, one.address) for one in group.recipients] == [("Guest", "guest@firm.example")]
    assert [one.name for one, _why in group.left_out] == ["Unknown"]


def test_a_message_that_was_sent_is_neither_sent_again_nor_removed(session: Any) -> None:
    programme = programme_with()
    takes_part(programme)
    staff, message = staff_of(programme), MessageToGroupFactory(programme_id=programme.id)
    services.send(staff, programme, message)

    for verb in (services.send, services.remove):
        with pytest.raises(Conflict):
            verb(staff, programme, message)

    assert len(mails()) == 1


def test_two_who_send_at_the_same_moment_reach_each_person_once(
    given: Callable[[], Any], session: Any, concurrently: Callable[..., list[Any]]
) -> None:
    with given():
        programme = programme_with()
        for _number in range(3):
            takes_part(programme)
        staff = staff_of(programme)
        number, message_id = programme.id, MessageToGroupFactory(programme_id=programme.id).id

    def send() -> str:
        with unit_of_work():
            asked = queries.message_of(number, message_id)
            services.send(staff, asked.programme, asked.message)
        return "sent"

    results = concurrently(send, send)

    assert sorted(type(one).__name__ for one in results) == ["Conflict", "str"]
    assert session.scalar(select(func.count(OutboxMail.id))) == 3


def test_a_draft_can_be_removed_and_a_message_to_nobody_is_not_sent(session: Any) -> None:
    programme = programme_with()
    staff, message = staff_of(programme), MessageToGroupFactory(programme_id=programme.id)

    with pytest.raises(Conflict):
        services.send(staff, programme, message)
    services.remove(staff, programme, message)

    assert queries.messages(programme.id) == []


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (Words(), "subject_tr"),
        (Words(subject_ru="Тема"), "text_ru"),
        (Words(subject_en="Pen", text_en="Bring one.", text_tr="Kalem"), "subject_tr"),
    ],
)
def test_a_language_is_written_in_whole_and_one_at_least(session: Any, words: Words, field: str) -> None:
    programme = programme_with()

    with pytest.raises(DomainError) as refused:
        services.write(staff_of(programme), programme, words, {})

    assert refused.value.field == field


def test_others_write_to_nobody(session: Any) -> None:
    programme = programme_with()

    with pytest.raises(NotAllowed):
        services.write(person_alone(), programme, WORDS, {})


def test_a_reminder_goes_only_to_those_of_its_country_and_with_the_form_still_to_fill(session: Any) -> None:
    programme = programme_with(starts_at=clock.now() + timedelta(days=3))
    question = question_of(programme, QuestionStage.ACCEPTED, required=True)
    session.expire(programme, ["questions"])
    people = {}
    for name, country, answers in (
        ("open", "TR", {}),
        ("filled", "TR", {str(question.id): "yes"}),
        ("abroad", "RU", {}),
    ):
        person = PersonFactory()
        sign_up = SignUpFactory(
            programme_id=programme.id, person_id=person.id, country=country, answers=answers
        )
        delegate_of(sign_up)
        people[name] = person.email
    ReminderFactory(programme_id=programme.id, clock_time="00:00", filters={"country": "TR", "form": "open"})

    assert reminders.send_due() == 1
    assert [address for address, _language, _subject in mails()] == [people["open"]]


def test_a_reminder_to_a_quota_that_is_gone_reaches_nobody(session: Any) -> None:
    programme = programme_with(starts_at=clock.now() + timedelta(days=3))
    takes_part(programme)
    ReminderFactory(programme_id=programme.id, clock_time="00:00", filters={"quota": "999"})

    assert reminders.send_due() == 0


def test_drafts_stay_in_the_outbox_until_they_are_let_go_at_once(session: Any) -> None:
    programme = programme_with()
    takes_part(programme)
    takes_part(programme)
    staff = staff_of(programme)
    message = services.write(staff, programme, WORDS, {"state": "confirmed"})

    services.send(staff, programme, message, as_drafts=True)
    assert send_queued() == 0
    waiting = queries.drafts(message.id)
    edit_mail(staff, waiting[0], "Pencil", "Bring a pencil. {link}", seen=0)

    assert services.release_drafts(staff, programme, message) == 2
    assert services.release_drafts(staff, programme, message) == 0
    assert [subject for _address, _language, subject in mails()] == ["Pencil", "Pen"]
    assert send_queued() == 2


def test_two_who_let_the_drafts_go_at_once_send_each_once(
    app: Flask, given: Callable[[], Any], concurrently: Callable[..., list[Any]]
) -> None:
    with given():
        programme = programme_with()
        takes_part(programme)
        takes_part(programme)
        staff = staff_of(programme)
        message = services.write(staff, programme, WORDS, {"state": "confirmed"})
        services.send(staff, programme, message, as_drafts=True)
        number, message_id = programme.id, message.id

    def releases() -> int:
        with app.app_context(), unit_of_work():
            found = queries.message_of(number, message_id)
            return services.release_drafts(staff, found.programme, found.message)

    assert sorted(concurrently(releases, releases)) == [0, 2]
