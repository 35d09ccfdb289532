"""Reminders: when they are due, whom they reach, and that nobody is reminded twice."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from matchmaker.core import clock
from matchmaker.core.actor import InstitutionRole
from matchmaker.core.db import db
from matchmaker.core.errors import DomainError
from matchmaker.core.mail import OutboxMail
from matchmaker.institutions.models import Institution
from matchmaker.programmes.enums import SignUpState
from matchmaker.programmes.mailings import reminder_services as services
from matchmaker.programmes.mailings.enums import ReminderAnchor
from matchmaker.programmes.mailings.reminder_rules import Timing, due_at, fits_form, is_due
from matchmaker.programmes.mailings.services import Words
from matchmaker.programmes.models import Programme
from tests.clients import Client
from tests.factories.accounts import PersonFactory
from tests.factories.institutions import official
from tests.factories.mailings import ReminderFactory
from tests.factories.programmes import ProgrammeFactory, SignUpFactory, delegate_of
from tests.matching.world import actor_of
from tests.programmes.world import programme_with

START = datetime(2027, 1, 19, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("timing", "zone", "expected"),
    [
        (Timing(ReminderAnchor.BEFORE_START, 3, None, "09:00"), "Europe/Istanbul", (1, 17, 9)),
        (Timing(ReminderAnchor.BEFORE_START, 3, None, "09:00"), "Asia/Yekaterinburg", (1, 17, 9)),
        (Timing(ReminderAnchor.BEFORE_START, 3, None, "09:00"), "Europe/London", (1, 16, 9)),
        (Timing(ReminderAnchor.AFTER_END, 1, None, "18:00"), "Europe/Istanbul", (1, 22, 18)),
        (Timing(ReminderAnchor.BEFORE_END, 1, None, "10:00"), "Europe/Istanbul", (1, 20, 10)),
        (Timing(ReminderAnchor.DAY, 9, date(2027, 1, 5), "07:00"), "Europe/Moscow", (1, 5, 7)),
    ],
)
def test_days_are_counted_at_the_venue(timing: Timing, zone: str, expected: tuple[int, int, int]) -> None:
    month, day, hour = expected

    found = due_at(timing, START, START + timedelta(days=1), zone)

    assert found == datetime(2027, month, day, hour, tzinfo=ZoneInfo(zone))


def test_a_moment_is_due_for_a_day_and_once() -> None:
    assert not is_due(START, None, START - timedelta(minutes=1))
    assert is_due(START, None, START)
    assert not is_due(START, START, START)
    assert is_due(START, START - timedelta(days=2), START + timedelta(hours=23))
    assert not is_due(START, None, START + timedelta(days=1))


def takes_part(programme: Programme, state: SignUpState = SignUpState.CONFIRMED) -> str:
    person = PersonFactory()
    delegate_of(SignUpFactory(programme_id=programme.id, person_id=person.id, state=state))
    return str(person.email)


def reminded() -> list[str]:
    wanted = select(OutboxMail).where(OutboxMail.notice == "programme_message").order_by(OutboxMail.id)
    return [mail.to_address for mail in db.session.scalars(wanted)]


def test_moved_dates_move_the_reminder_and_reach_only_those_who_came_since(
    session: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    programme = programme_with(starts_at=clock.now() + timedelta(days=3))
    midnight = ReminderFactory(programme_id=programme.id, clock_time="00:00")
    first = takes_part(programme)
    takes_part(programme, SignUpState.WAITING)

    assert services.send_due() == 1
    assert services.send_due() == 0
    programme.starts_at += timedelta(days=1)
    programme.ends_at += timedelta(days=1)
    assert services.send_due() == 0
    second = takes_part(programme)
    tomorrow = clock.now() + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: tomorrow)

    assert services.send_due() == 1
    assert reminded() == [first, second]
    assert midnight.reached == 2


def test_looking_for_what_is_due_costs_one_statement_where_nothing_is(
    session: Any, count_statements: Callable[[], Any]
) -> None:
    programme = programme_with(starts_at=clock.now() + timedelta(days=30))
    takes_part(programme)
    for days in (1, 2, 3):
        ReminderFactory(programme_id=programme.id, days=days)
    ReminderFactory(programme_id=programme.id, anchor=ReminderAnchor.BEFORE_END, days=1)
    session.flush()

    with count_statements() as sent:
        assert services.send_due() == 0

    assert len(sent) == 1


@pytest.mark.parametrize(
    ("wanted", "answered", "meant"),
    [
        ("", [], True),
        ("open", [], True),
        ("open", ["1"], True),
        ("open", ["1", "2", "3"], False),
        ("filled", ["1"], False),
        ("filled", ["2", "1"], True),
    ],
)
def test_the_form_is_filled_when_every_needed_answer_is_there(
    wanted: str, answered: list[str], meant: bool
) -> None:
    assert fits_form(wanted, answered, ["1", "2"]) is meant


def test_a_fixed_day_long_before_the_start_is_kept(session: Any) -> None:
    programme = programme_with(starts_at=clock.now() + timedelta(days=200))
    takes_part(programme)
    today = clock.today(programme.zone)
    ReminderFactory(programme_id=programme.id, anchor=ReminderAnchor.DAY, day=today, clock_time="00:00")

    assert services.send_due() == 1


def test_a_moment_that_has_passed_is_refused(session: Any) -> None:
    programme = programme_with(starts_at=clock.now() + timedelta(days=2))
    staff = actor_of(official(programme.institution, InstitutionRole.STAFF))
    timing = Timing(ReminderAnchor.BEFORE_START, 5, None, "09:00")

    with pytest.raises(DomainError) as refused:
        services.save(staff, programme, None, Words(subject_en="S", text_en="T"), timing, ["confirmed"])

    assert refused.value.field == "days"


def test_staff_plan_change_and_remove_a_reminder(client: Client, given: Callable[[], Any]) -> None:
    with given() as session:
        programme = ProgrammeFactory()
        staff = official(session.get(Institution, programme.institution_id), InstitutionRole.STAFF)
        number = programme.id
    client.sign_in(staff)
    address = f"/programmes/{number}/reminders"

    words = {"subject_en": "Soon", "text_en": "Be there.", "form": "open"}
    client.submit(f"{address}?lang=en", words, form="/reminders")
    page = client.get(address).text
    assert "Soon" in page
    assert "Confirmed, Not filled in yet" in page
    assert "0 people now" in page
    assert '<option selected value="open">' in client.get(f"{address}/1").text
    client.submit(f"{address}/1", {"subject_en": "Sooner"}, form="/reminders/1")
    assert "Sooner" in client.get(address).text
    answer = client.submit(f"{address}/1", {"anchor": "day", "day": ""}, form="/reminders/1")
    assert (answer.status_code, "Enter the day." in answer.text) == (422, True)
    client.submit(address, {}, form="/remove")
    assert "Sooner" not in client.get(address).text
