"""Exchanges as people see them: what is refused stays on the page, and others do not see it at all."""

import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from matchmaker.accounts.models import Person
from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.core.files import StoredFile
from matchmaker.programmes.enums import ProgrammeState, SignUpState
from matchmaker.programmes.exchanges.enums import SendingDecision
from matchmaker.programmes.exchanges.models import ExchangeCall, Expert
from matchmaker.programmes.models import Programme, SignUp
from matchmaker.programmes.trainings.rules import initials
from tests.clients import HTMX, Client
from tests.factories.exchanges import World, application_of, exchange_world
from tests.factories.programmes import delegate_of

Given = Callable[[], Any]
As = Callable[[Person], Client]


@pytest.fixture
def as_person(app: Flask) -> As:
    def sign_in(person: Person) -> Client:
        client = app.test_client()
        assert isinstance(client, Client)
        return client.sign_in(person)

    return sign_in


def day(number: int) -> str:
    return (clock.today() + timedelta(days=number)).isoformat()


def application_values(world: World, **changed: str) -> dict[str, str]:
    values = {
        "motivation": "I know guarantee funds",
        "first_1": day(0),
        "last_1": day(4),
        "first_2": day(9),
        "last_2": day(14),
        "replacement": str(world.replacement.id),
    }
    return {**values, **changed}


class TestApply:
    def test_sent_then_the_page_of_the_exchange(self, given: Given, as_person: As) -> None:
        with given():
            world = exchange_world()
        client = as_person(world.expert)
        answer = client.submit(
            f"/programmes/{world.call.programme_id}/application", application_values(world)
        )

        assert answer.status_code == 303
        page = client.get(answer.location)
        assert "With the sending institution" in page.text
        assert "I know guarantee funds" in page.text
        assert client.get("/exchanges").text.count(answer.location) == 1

    @pytest.mark.parametrize(
        ("changed", "field", "message"),
        [
            ({"motivation": " "}, "motivation", "Fill this in."),
            ({"last_1": day(-1)}, "last_1", "The last day lies before the first."),
            ({"last_2": ""}, "last_2", "Give both the first and the last day."),
            ({"first_2": day(4)}, "last_2", "This window meets another."),
            ({"first_2": "", "last_2": ""}, "first_2", "Offer at least two windows of days."),
        ],
    )
    def test_refused_then_named_beside_the_field_and_kept(
        self, given: Given, as_person: As, changed: dict[str, str], field: str, message: str
    ) -> None:
        with given():
            world = exchange_world()
        url = f"/programmes/{world.call.programme_id}/application"
        values = application_values(world, benefit="Kept text", **changed)
        answer = as_person(world.expert).submit(url, values, headers=HTMX)

        assert answer.status_code == 422
        assert f'id="{field}-error"' in answer.text
        assert message in answer.text
        assert "Kept text" in answer.text

    def test_without_a_record_the_page_says_so(self, given: Given, as_person: As) -> None:
        with given() as session:
            world = exchange_world()
            session.delete(world.record)
        client = as_person(world.expert)
        url = f"/programmes/{world.call.programme_id}/application"
        assert "Fill in your record as an expert first." in client.get(url).text

        answer = client.submit(url, application_values(world) | {"replacement": ""})
        assert answer.status_code == 422


class TestCall:
    def test_the_programme_says_what_the_call_asks_for(
        self, given: Given, as_person: As, client: Client
    ) -> None:
        with given():
            world = exchange_world()
        url = f"/programmes/{world.call.programme_id}"

        assert "Set up a guarantee fund" in client.get(url).text
        assert "host@example.com" not in client.get(url).text
        assert "host@example.com" in as_person(world.expert).get(url).text
        assert "Apply as an expert" in as_person(world.expert).get(url).text

    def test_written_then_kept(self, app: Flask, given: Given, as_person: As) -> None:
        with given():
            world = exchange_world(state=ProgrammeState.DRAFT, with_call=False)
        with app.app_context():
            number = db.session.query(Programme.id).scalar()
        values = {
            "direction": f"{world.sender.id}-{world.host.id}",
            "format": "study_visit",
            "practice_area": "export",
            "need": "Need",
            "deliverables": "Report",
            "days": "3",
            "first_1": day(0),
            "last_1": day(9),
            "contact_name": "Host",
            "contact_address": "host@example.com",
            "cost_model": "host",
        }
        client = as_person(world.host_coordinator)
        url = f"/programmes/{number}/call"

        refused = client.submit(url, values | {"contact_address": "nobody", "days": "0"})
        assert refused.status_code == 422
        assert 'id="contact_address-error"' in refused.text
        assert 'id="days-error"' in refused.text

        assert client.submit(url, values).status_code == 303
        with app.app_context():
            assert db.session.get_one(ExchangeCall, number).days == 3
        assert 'value="host@example.com"' in client.get(url).text


class TestExchange:
    def test_the_host_decides_with_days_and_a_person(self, given: Given, as_person: As) -> None:
        with given():
            world = exchange_world()
            number = application_of(world, sending=SendingDecision.ENDORSED).sign_up_id
        client = as_person(world.host_coordinator)
        url = f"/exchanges/{number}"

        refused = client.submit(url, {"decision": "accept"}, form="/hosting")
        assert refused.status_code == 422
        assert "Enter a day." in refused.text
        declined = client.submit(url, {"decision": "decline"}, form="/hosting")
        assert 'id="note-error"' in declined.text

        values = {
            "decision": "accept",
            "agreed_from": day(0),
            "agreed_to": day(2),
            "host_person": str(world.host_person.id),
        }
        assert client.submit(url, values, form="/hosting").status_code == 303
        assert "Agreement to be confirmed" in client.get(url).text

    def test_the_agreement_is_confirmed_as_it_was_read(self, given: Given, as_person: As) -> None:
        with given():
            world = exchange_world()
            number = application_of(world, state=SignUpState.ACCEPTED, agreed=True).sign_up_id
        expert, url = as_person(world.expert), f"/exchanges/{number}"

        refused = expert.submit(f"{url}/agreement", {"money": " "})
        assert refused.status_code == 422
        assert 'id="money-error"' in refused.text
        assert expert.submit(f"{url}/agreement", {"money": "Less"}).status_code == 303
        assert expert.send(f"{url}/confirm", {"version": "1"}).status_code == 409
        assert expert.submit(url, {}, form="/confirm").status_code == 303
        assert f"The expert: {world.expert.name}" in expert.get(url).text

    def test_the_agreement_is_a_paper_with_its_confirmations(self, given: Given, as_person: As) -> None:
        with given():
            world = exchange_world()
            number = application_of(
                world, state=SignUpState.CONFIRMED, agreed=True, confirmed=True
            ).sign_up_id
        answer = as_person(world.expert).get(f"/exchanges/{number}/agreement-paper")

        text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages)
        assert "Agreed money" in text
        assert world.host_coordinator.name in text

    def test_the_agenda_is_kept_by_the_host(self, given: Given, as_person: As) -> None:
        with given():
            world = exchange_world()
            number = application_of(world, state=SignUpState.ACCEPTED, agreed=True).sign_up_id
        host, url = as_person(world.host_person), f"/exchanges/{number}"
        item = {"day": day(1), "starts": "09:30", "ends": "11:00", "title": "Visit to the fund"}

        assert host.submit(url, item, form="/agenda").status_code == 303
        again = host.submit(url, item, form="/agenda")
        assert again.status_code == 422
        assert "there is already: Visit to the fund" in again.text
        assert "09:30" in as_person(world.expert).get(url).text
        assert host.submit(url, {}, form="/remove").status_code == 303
        assert "Visit to the fund" not in host.get(url).text

    def test_papers_are_handed_in_with_a_file_and_read_by_the_other_side(
        self, given: Given, as_person: As
    ) -> None:
        with given():
            world = exchange_world()
            application = application_of(world, state=SignUpState.ATTENDED, agreed=True, confirmed=True)
            application.started_at = application.finished_at = clock.now()
            number = application.sign_up_id
        expert, url = as_person(world.expert), f"/exchanges/{number}"

        refused = expert.submit(f"{url}/papers/expert_evaluation", {"text": "Good"})
        assert refused.status_code == 422
        assert "Choose a rating." in refused.text
        wrong = (io.BytesIO(b"MZ"), "report.exe")
        assert expert.submit(f"{url}/papers/report", {"text": "x", "file": wrong}).status_code == 422
        report = (io.BytesIO(b"%PDF-1.4 report"), "report.pdf")
        sent = expert.submit(f"{url}/papers/report", {"text": "What was done", "file": report})
        assert sent.status_code == 303

        reader = as_person(world.sending_coordinator)
        assert "What was done" in reader.get(url).text
        assert reader.get(f"{url}/papers/report/file").data == b"%PDF-1.4 report"
        assert reader.get(f"{url}/papers/host_evaluation/file").status_code == 404


class TestCertificate:
    def test_it_comes_with_the_last_paper_and_anybody_can_check_it(
        self, given: Given, as_person: As, client: Client
    ) -> None:
        with given() as session:
            world = exchange_world()
            application = application_of(world, state=SignUpState.ATTENDED, agreed=True, confirmed=True)
            application.started_at = application.finished_at = clock.now()
            delegate_of(session.get(SignUp, application.sign_up_id), world.expert.name)
            number = application.sign_up_id
        expert, host = as_person(world.expert), as_person(world.host_person)
        url, done = f"/exchanges/{number}", {"text": "What was done", "rating": "5"}
        expert.submit(f"{url}/papers/report", {"text": "What was done"})
        expert.submit(f"{url}/papers/expert_evaluation", done)
        assert expert.get(f"{url}/certificate").status_code == 404

        host.submit(f"{url}/papers/host_evaluation", done)
        paper = PdfReader(io.BytesIO(expert.get(f"{url}/certificate").data)).pages[0].extract_text()
        assert world.expert.name in paper
        found = re.search(r"number=([0-9A-F-]+)", paper.replace("\n", ""))
        assert found
        page = client.get(f"/certificates?number={found[1]}").text
        assert initials(world.expert.name) in page
        assert world.expert.name not in page


class TestExpert:
    def test_the_record_needs_a_cv_and_keeps_what_was_typed(
        self, app: Flask, given: Given, as_person: As
    ) -> None:
        with given() as session:
            world = exchange_world()
            session.delete(world.record)
        client = as_person(world.expert)
        values = {"position": "Adviser", "practice_areas": ["finance"], "years": "12", "level_ru": "native"}

        refused = client.submit("/experts/mine", values)
        assert refused.status_code == 422
        assert 'id="cv-error"' in refused.text
        assert 'value="Adviser"' in refused.text
        sent = client.submit("/experts/mine", values | {"cv": (io.BytesIO(b"%PDF-1.4 cv"), "cv.pdf")})
        assert sent.status_code == 303
        with app.app_context():
            record = db.session.query(Expert).filter_by(person_id=world.expert.id).one()
            assert record.consent_at is None

        coordinator = as_person(world.sending_coordinator)
        assert as_person(world.host_coordinator).get(sent.location).status_code == 404
        assert coordinator.submit(sent.location, {}, form="/consent").status_code == 303
        assert as_person(world.host_coordinator).get(sent.location + "/cv").data == b"%PDF-1.4 cv"
        client.submit("/experts/mine", values | {"cv": (io.BytesIO(b"%PDF-1.4 new"), "new.pdf")})
        assert as_person(world.host_coordinator).get(sent.location + "/cv").data == b"%PDF-1.4 new"
        with app.app_context():
            names = db.session.scalars(select(StoredFile.name)).all()
            assert ("new.pdf" in names, "cv.pdf" in names) == (True, False), "the former one is removed"

    def test_the_list_is_filtered_as_page_and_as_part(self, given: Given, as_person: As) -> None:
        with given():
            world = exchange_world()
        client = as_person(world.host_coordinator)

        page, part = client.get("/experts"), client.get("/experts", headers=HTMX)
        assert part.text.strip() in page.text
        assert world.expert.name in part.text
        assert world.expert.name not in client.get("/experts?area=export").text
        assert world.expert.name not in client.get("/experts?language=tr").text
