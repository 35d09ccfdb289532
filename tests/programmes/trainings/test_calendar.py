"""The sessions of a training in the calendar file of the programme and in the personal calendar."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import time_machine
from icalendar import Calendar, Component
from pypdf import PdfReader

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


def test_the_own_agenda_stands_on_a_page_and_on_paper_with_both_clocks(client: Client, given: Given) -> None:
    with given():
        starts = datetime(2027, 3, 9, 6, tzinfo=UTC)
        programme = ProgrammeFactory(
            title_tr="Gümrük eğitimi",
            zone="Asia/Yekaterinburg",
            starts_at=starts,
            ends_at=starts + timedelta(hours=8),
        )
        person = PersonFactory(country="TR", language="tr")
        for title, hours in (("Öğleden sonra", 6), ("İğneli çalışma", 0)):
            begins = starts + timedelta(hours=hours)
            ends = begins + timedelta(hours=2)
            TrainingSessionFactory(programme_id=programme.id, title_tr=title, starts_at=begins, ends_at=ends)
        delegate_of(SignUpFactory(programme_id=programme.id, person_id=person.id), person.name)
        stranger = PersonFactory()
    client.sign_in(person)

    page = client.get("/agenda?lang=tr").text
    paper = PdfReader(BytesIO(client.get("/agenda/pdf").data)).pages[0].extract_text()

    assert "9 Mart 2027 Salı" in page
    assert "11:00–13:00 (Yekaterinburg, UTC+5; sizin saatiniz: 09:00)" in page
    assert page.index("İğneli çalışma") < page.index("Öğleden sonra")
    assert "İğneli çalışma" in paper
    assert "UTC+5" in paper
    assert "Gümrük eğitimi" in page
    client.sign_in(stranger)
    assert "İğneli çalışma" not in client.get("/agenda?lang=tr").text
