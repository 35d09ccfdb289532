"""Pages of check-in: by form without script, and what a device sends."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from matchmaker.core.actor import InstitutionRole
from matchmaker.core.db import db
from matchmaker.meetings import queries as day_queries
from matchmaker.meetings.enums import DayState
from matchmaker.meetings.models import CheckIn, CheckPoint
from tests.clients import HTMX, Client
from tests.factories.institutions import official
from tests.factories.meetings import B2bDayFactory, participant_of
from tests.factories.trips import TripFactory

NewScan = Callable[..., dict[str, Any]]


class Desk:
    """A desk at the entrance of a running day, and the staff at it."""

    def __init__(self) -> None:
        trip = TripFactory()
        self.day = B2bDayFactory(programme_id=trip.id, state=DayState.RUNNING)
        self.person = day_queries.participant(participant_of(self.day).id).people[0]
        self.point = CheckPoint(day_id=self.day.id, name="Entrance")
        db.session.add(self.point)
        db.session.flush()
        self.staff = official(trip.institution, InstitutionRole.STAFF).id
        self.path = f"/check-points/{self.point.id}"


@pytest.fixture
def desk(given: Any) -> Desk:
    with given():
        return Desk()


def passages(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(CheckIn)) or 0


def test_a_badge_is_typed_in_by_form_and_the_second_time_refused(client: Client, desk: Desk) -> None:
    client.sign_in(desk.staff)

    first = client.submit(desk.path, {"code": f" {desk.person.badge_token} "}, follow_redirects=True)
    second = client.submit(desk.path, {"code": desk.person.badge_token})

    assert f"{desk.person.name} is checked in." in first.text
    assert second.status_code == 422
    assert "This badge has passed already. At " in second.text


@pytest.mark.parametrize("chosen", ["", "x", "99999999999999999999"])
def test_nobody_chosen_is_refused_beside_the_field(client: Client, desk: Desk, chosen: str) -> None:
    answer = client.sign_in(desk.staff).send(desk.path, {"person": chosen})

    assert answer.status_code == 422
    assert 'id="code-error"' in answer.text


def test_a_name_is_searched_for_without_script(client: Client, desk: Desk) -> None:
    client.sign_in(desk.staff)

    found = client.get(f"{desk.path}?q=PERSON 1").text
    missed = client.get(f"{desk.path}?q=nobody-of-this-name").text

    assert f'data-person="{desk.person.id}"' in found
    assert "Nobody is found." in missed
    assert desk.person.badge_token not in found


def test_the_part_that_is_read_again_is_part_of_the_page(client: Client, desk: Desk) -> None:
    client.sign_in(desk.staff)

    part = client.get(desk.path, headers=HTMX).text

    assert "data-send-form" in part
    assert "<html" not in part


def test_a_device_sends_what_waited_and_sends_it_again(app: Flask, client: Client, desk: Desk) -> None:
    client.sign_in(desk.staff)
    scan = {
        "key": "device-scan-1",
        "at": "2026-01-01T00:00:00Z",
        "code": desk.person.badge_token,
        "offline": True,
    }
    other = {"key": "device-scan-2", "at": "2026-01-01T00:00:01Z", "person": desk.person.id}

    first = client.send(f"{desk.path}/scans", {"scans": json.dumps([other, scan])})
    again = client.send(f"{desk.path}/scans", {"scans": json.dumps([scan])})

    told = [(one["key"], one["passed"]) for one in first.get_json()["answers"]]
    assert told == [("device-scan-1", True), ("device-scan-2", False)]
    assert again.get_json()["answers"][0]["passed"]
    assert passages(app) == 1


@pytest.mark.parametrize(
    "scans",
    ["", "{}x", "3", '["x"]', '[{"key": "short", "at": "2026-01-01T00:00:00Z"}]', '[{"key": "long-enough"}]'],
)
def test_what_no_device_sends_is_refused(client: Client, desk: Desk, scans: str) -> None:
    answer = client.sign_in(desk.staff).send(f"{desk.path}/scans", {"scans": scans})

    assert answer.status_code == 422


def test_a_passage_is_taken_back(client: Client, desk: Desk) -> None:
    client.sign_in(desk.staff)
    client.submit(desk.path, {"code": desk.person.badge_token})
    undo = next(one for one in client.get(desk.path).text.split('"') if one.endswith("/undo"))

    client.send(undo)

    assert "0 of 1 people here" in client.get(desk.path).text


def test_a_new_point_needs_another_name(client: Client, desk: Desk) -> None:
    client.sign_in(desk.staff)
    page = f"/b2b-days/{desk.day.id}/check-in"

    made = client.submit(page, {"name": "Dinner", "rule": "once"})
    same = client.submit(page, {"name": "entrance", "rule": "once"})

    assert made.status_code == 303
    assert "There is a check point of this name already." in same.text


def test_the_worker_is_asked_for_again_each_time(client: Client) -> None:
    answer = client.get("/check-points/worker.js")

    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
