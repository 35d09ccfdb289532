"""Agendas for firms, papers for staff."""

import io
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from icalendar import Calendar
from pypdf import PdfReader

from matchmaker.core import clock, jobs
from matchmaker.core.actor import FirmRole
from matchmaker.core.db import db
from matchmaker.core.retention import Due
from matchmaker.firms.models import Firm
from matchmaker.meetings import queries as day_queries
from matchmaker.meetings.models import B2bDay
from matchmaker.meetings.plan import agenda_books
from matchmaker.meetings.wishes import asking
from matchmaker.meetings.wishes import queries as wish_queries
from tests.clients import Client
from tests.factories.firms import member_of
from tests.factories.meetings import participant_of
from tests.matching.world import actor_of
from tests.meetings.plan.test_versions import Office


def text_of(answer: Any) -> str:
    """The words of a PDF."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages)


class Stand:
    """A released day, a coordinator's client and a member of the first own firm."""

    def __init__(self) -> None:
        office = Office(people=2)
        hall = office.hall
        hall.put(0, 0, 0, 0)
        hall.put(0, 1, 2, 1)
        office.release()
        self.day, self.participant, self.foreign = hall.day.id, hall.own[0].id, hall.foreign[0].id
        self.meeting = hall.wish(0, 0).id
        self.names = [hall.firm_name(one) for one in hall.foreign]
        self.own_name = hall.firm_name(hall.own[0])
        self.colleague = hall.people(hall.own[0])[1]
        self.colleague_id, self.colleague_name = self.colleague.id, self.colleague.name
        firm = db.session.get_one(Firm, hall.own[0].firm_id)
        self.member = member_of(firm, FirmRole.MEMBER).id
        self.staff = office.actor.person_id


@pytest.fixture
def stand(given: Any) -> Stand:
    """The released day."""
    with given():
        return Stand()


def test_a_firm_reads_its_meetings_and_nobody_elses(client: Client, stand: Stand) -> None:
    client.sign_in(stand.member)

    page = client.get(f"/b2b-days/agendas/{stand.participant}").text

    assert all(name in page for name in stand.names)
    assert "Confirmed" in page
    assert "minutes free" in page
    assert client.get(f"/b2b-days/agendas/{stand.foreign}").status_code == 404


def test_a_request_is_answered_in_the_agenda(client: Client, stand: Stand, given: Any) -> None:
    with given():
        asker = participant_of(day_queries.day(stand.day), country="RU")
        person = actor_of(member_of(db.session.get_one(Firm, asker.firm_id)))
        meeting = asking.ask(person, wish_queries.to_wish(asker.id, stand.participant), None, "Gear pumps").id
    client.sign_in(stand.member)
    url = f"/b2b-days/agendas/{stand.participant}"
    page = client.get(url).text
    assert "Waiting for you" in page
    assert "Gear pumps" in page
    assert f"#request-{meeting}" in page
    assert "When are you free?" in page

    accept = f"/b2b-days/participants/{stand.participant}/requests/{meeting}/accept"
    answer = client.submit(url, {}, form=accept)

    assert answer.status_code == 303
    assert answer.location.endswith(url)
    after = client.get(url).text
    assert "Waiting for you" not in after
    assert after.count("Confirmed") == 3


def test_staff_see_no_answers_in_the_agenda_of_a_firm(client: Client, stand: Stand) -> None:
    client.sign_in(stand.staff)

    page = client.get(f"/b2b-days/agendas/{stand.participant}").text

    assert "When are you free?" not in page


def test_the_agenda_is_a_paper_and_a_calendar(client: Client, stand: Stand) -> None:
    client.sign_in(stand.member)

    paper = client.get(f"/b2b-days/agendas/{stand.participant}/paper")
    calendar = client.get(f"/b2b-days/agendas/{stand.participant}/calendar").text

    assert stand.names[0] in text_of(paper)
    assert calendar.count("BEGIN:VEVENT") == 2
    assert f"UID:b2b-meeting-{stand.meeting}-{stand.participant}@" in calendar


def test_a_colleague_is_sent_by_form(client: Client, stand: Stand) -> None:
    client.sign_in(stand.member)
    url = f"/b2b-days/meetings/{stand.meeting}/colleague"

    assert client.submit(url, {"person": str(stand.colleague_id)}).status_code == 303

    assert stand.colleague_name in client.get(f"/b2b-days/agendas/{stand.participant}").text
    assert client.send(url, {"person": "x"}).status_code == 422


def test_staff_print_cards_plan_agendas_and_badges(client: Client, stand: Stand) -> None:
    client.sign_in(stand.staff)

    def printed(name: str) -> str:
        return text_of(client.get(f"/b2b-days/{stand.day}/papers/{name}"))

    assert stand.own_name in printed("table-cards")
    assert stand.own_name in printed("room-plan")
    assert stand.own_name in printed("agendas")
    assert stand.colleague_name in printed("badges")
    assert stand.own_name in client.get(f"/b2b-days/{stand.day}/papers").text


def test_the_agendas_of_many_firms_are_written_as_a_job(
    app: Flask, client: Client, stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agenda_books, "MOST_AT_ONCE", 3)
    client.sign_in(stand.staff)
    papers = f"/b2b-days/{stand.day}/papers"
    assert client.get(f"{papers}/agendas").location.endswith(papers)

    page = client.submit(papers, {}, form=f"{papers}/agendas").location
    number = int(page.rsplit("/", 1)[1])
    assert client.submit(papers, {}, form=f"{papers}/agendas").location == page
    with app.app_context():
        jobs.run(number)

    assert "3 agendas are written." in client.get(page).text
    assert stand.own_name in text_of(client.get(f"{page}/agendas.pdf"))
    assert client.get(f"/b2b-days/{stand.day + 1}/papers/agendas/{number}").status_code == 404
    with app.app_context():
        assert agenda_books.purge(Due(clock.now() - timedelta(days=14), 10)).records == 0
        assert agenda_books.remove_older(stand.day) == 1
        db.session.commit()
    assert client.get(f"{page}/agendas.pdf").status_code == 404
    assert client.get(page).status_code == 200


def test_versions_are_released_and_compared_by_staff(client: Client, stand: Stand) -> None:
    client.sign_in(stand.staff)
    url = f"/b2b-days/{stand.day}"
    assert "Everything is released." in client.get(f"{url}/versions").text
    client.send(f"{url}/timetable/removals", {"meeting": stand.meeting})

    waiting = client.get(f"{url}/versions?part=7").text
    assert "1 change is not released yet." in waiting
    assert "What changes" in waiting
    assert "no place" in waiting
    assert client.submit(f"{url}/versions", {"note": "One leaves"}, form="/versions").status_code == 303

    listed, compared, changes = (
        client.get(f"{url}/versions{asked}").text for asked in ("", "?first=1&second=2", "?version=2")
    )
    assert ("One leaves" in listed, "1 change" in listed, "no place" in listed) == (True, True, False)
    assert ("Version 1 beside version 2" in compared, "no place" in compared) == (True, True)
    assert ("Changes of version 2" in changes, "no place" in changes) == (True, True)
    # The entry stays the same one in the firm's calendar and is struck out there, not just missing.
    calendar = Calendar.from_ical(client.get(f"/b2b-days/agendas/{stand.participant}/calendar").data)
    entries = {str(one["UID"]).partition("@")[0]: one for one in calendar.walk("VEVENT")}
    gone = entries[f"b2b-meeting-{stand.meeting}-{stand.participant}"]
    assert (gone["STATUS"], gone["SEQUENCE"]) == ("CANCELLED", 2)
    assert [one["STATUS"] for one in entries.values()].count("CONFIRMED") == 1


def test_zones_are_said_once_and_each_meeting_has_the_time_at_home(
    client: Client, stand: Stand, given: Any
) -> None:
    with given():
        db.session.get_one(B2bDay, stand.day).zone = "Asia/Kamchatka"
    client.sign_in(stand.member)

    page = client.get(f"/b2b-days/agendas/{stand.participant}").text
    paper = text_of(client.get(f"/b2b-days/agendas/{stand.participant}/paper"))

    assert page.count("UTC+12") == page.count("UTC+3") == 1
    assert "Times at the venue: Kamchatka, UTC+12; your time: Istanbul, UTC+3" in page
    assert page.count("Your time: ") == 2
    assert "2 meetings of 20 min" in page
    assert paper.count("UTC+12") == 1
    assert "Istanbul" in paper


def test_meetings_of_several_lengths_say_when_each_ends(client: Client, stand: Stand, given: Any) -> None:
    with given():
        last = day_queries.day(stand.day).slots[2]
        last.ends_at += timedelta(minutes=1)
    client.sign_in(stand.member)

    page = client.get(f"/b2b-days/agendas/{stand.participant}").text

    assert "2 meetings</p>" in page
    assert page.count("until ") == 2


def test_a_badge_names_the_firm_in_the_letters_of_both_sides(
    client: Client, stand: Stand, given: Any
) -> None:
    with given():
        number = day_queries.participant(stand.foreign).firm_id
        firm = db.session.get_one(Firm, number)
        firm.trade_name, firm.legal_name, firm.name_romanised = "", "Ёлкинский завод", "Elkin Plant"
    client.sign_in(stand.staff)

    badges = text_of(client.get(f"/b2b-days/{stand.day}/papers/badges"))

    assert "Ёлкинский завод" in badges
    assert "Elkin Plant" in badges
