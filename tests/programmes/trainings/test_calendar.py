"""The sessions of a training in the calendar file of the programme and in the personal calendar."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import time_machine
from icalendar import Calendar, Component

from matchmaker.core import clock
from matchmaker.core.calendars import personal_events
from matchmaker.core.db import db
from matchmaker.programmes.enums import ProgrammeMode
from matchmaker.programmes.trainings.models import TrainingSession
from tests.clients import Client
from tests.factories.accounts import PersonFactory
from tests.factories.programmes import ProgrammeFactory, SignUpFactory, delegate_of
from tests.factories.trainings import TrainingSessionFactory

Given = Callable[..., Any]
SECRET = "https://meet.example/room"


def entries(client: Client, programme_id: int) -> list[Component]:
    """The entries of the file that anybody takes."""
    return list(Calendar.from_ical(client.get(f"/programmes/{programme_id}/calendar").data).walk("VEVENT"))


def test_each_session_is_an_entry_that_moves_and_tells_no_link(client: Client, given: Given) -> None:
    with given():
        programme = ProgrammeFactory(zone="Asia/Yekaterinburg")
        first = TrainingSessionFactory(
            programme_id=programme.id, title_en="Contracts", link=SECRET, mode=ProgrammeMode.MIXED
        )
        TrainingSessionFactory(
            programme_id=programme.id, title_en="Customs", starts_at=first.starts_at + timedelta(hours=1)
        )

    before = entries(client, programme.id)
    with time_machine.travel(clock.now() + timedelta(minutes=5)), given():
        db.session.get_one(TrainingSession, first.id).starts_at += timedelta(minutes=10)
    after = entries(client, programme.id)

    assert [str(one["SUMMARY"]) for one in before] == ["Contracts", "Customs"]
    assert str(before[0]["DTSTART"].dt.tzinfo) == "Asia/Yekaterinburg"
    assert [one["UID"] for one in before] == [one["UID"] for one in after]
    assert after[0]["DTSTART"].dt - before[0]["DTSTART"].dt == timedelta(minutes=10)
    assert after[0]["SEQUENCE"] > before[0]["SEQUENCE"]
    assert after[1]["SEQUENCE"] == before[1]["SEQUENCE"]
    assert SECRET not in str(before)


def test_a_participant_finds_the_sessions_in_the_personal_calendar(client: Client, given: Given) -> None:
    with given():
        programme, person = ProgrammeFactory(), PersonFactory()
        meeting = TrainingSessionFactory(programme_id=programme.id)
        sign_up = SignUpFactory(programme_id=programme.id, person_id=person.id)
        delegate_of(sign_up, person.name)

    with client.application.test_request_context():
        assert [one.key for one in personal_events(person.id)] == [f"training-session-{meeting.id}"]
