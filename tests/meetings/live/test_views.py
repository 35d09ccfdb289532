"""Pages of the running day: what the desk and the firms press, and screens that are asked again and again."""

import re
from typing import Any

import pytest
from flask import Flask

from matchmaker.core.db import db
from matchmaker.meetings.enums import MeetingState, MeetingVerb
from matchmaker.meetings.live import boards, offers, pages, timekeeping
from matchmaker.meetings.live.queries import by_number
from matchmaker.meetings.models import Meeting
from tests.clients import HTMX, Client
from tests.factories.running_days import FIRST, SECOND, RunningDay


@pytest.fixture
def hall(given: Any, time_machine: Any) -> RunningDay:
    """A day of which the first slot is on."""
    time_machine.move_to(FIRST, tick=False)
    with given():
        return RunningDay()


def test_the_desk_says_who_is_missing_and_answers_an_offer_for_both(
    client: Client, given: Any, hall: RunningDay
) -> None:
    with given():
        waiting = hall.waiting(hall.own[0])
        sides = [one.participant_id for one in by_number([waiting.id])[waiting.id].parties]
    client.sign_in(hall.staff_id)
    missed = hall.meetings[0, 0]

    told = client.send(f"/day-participants/{hall.foreign[0].id}/absences/{missed.id}", follow_redirects=True)
    assert "The next possible meeting has been offered." in told.text
    answers = [
        client.submit(
            f"/b2b-days/{hall.day.id}/live",
            form=f"/day-participants/{side}/offers/{waiting.id}/accept",
            follow_redirects=True,
        ).text
        for side in sides
    ]

    assert "The other firm is asked too." in answers[0]
    assert "The meeting has its place." in answers[1]


def test_a_firm_finds_an_offer_where_it_looks_on_the_day(
    client: Client, given: Any, hall: RunningDay
) -> None:
    with given():
        waiting = hall.waiting(hall.own[0])
        offers.offer(hall.actor, hall.day, waiting.id, 3, hall.own[0].id)
    client.sign_in(hall.accounts[hall.own[0].id])
    own = f"/day-participants/{hall.own[0].id}"

    assert "1 offered meeting waits for your answer" in client.get("/home").text
    assert "Yes, we come" in client.get(f"{own}/next").text
    said = client.submit(f"{own}/next", form=f"{own}/offers/{waiting.id}/accept")

    assert said.location == f"{own}/next"
    assert "You said yes." in client.get(f"{own}/next").text
    assert "offered meeting" not in client.get("/home").text


def test_an_offer_whose_time_has_passed_is_not_shown(
    client: Client, given: Any, hall: RunningDay, time_machine: Any
) -> None:
    with given():
        waiting = hall.waiting(hall.own[0])
        offers.offer(hall.actor, hall.day, waiting.id, 3, hall.own[0].id)
    client.sign_in(hall.accounts[hall.own[0].id])
    time_machine.move_to(SECOND, tick=False)

    assert "Yes, we come" not in client.get(f"/day-participants/{hall.own[0].id}/next").text


def test_the_desk_counts_apart_what_is_over_without_an_outcome(
    client: Client, hall: RunningDay, time_machine: Any
) -> None:
    client.sign_in(hall.staff_id)
    before = client.get(f"/b2b-days/{hall.day.id}/live").text
    time_machine.move_to(SECOND, tick=False)

    after = client.get(f"/b2b-days/{hall.day.id}/live").text

    assert "over, no outcome yet" not in before
    assert "over, no outcome yet" in after


def test_a_firm_says_that_the_other_has_not_come_but_not_of_itself(client: Client, hall: RunningDay) -> None:
    missed = hall.meetings[0, 0].id
    client.sign_in(hall.accounts[hall.own[0].id])
    own = f"/day-participants/{hall.own[0].id}/absences/{missed}"

    assert client.send(own).status_code == 404
    page = f"/day-participants/{hall.own[0].id}/outcomes"
    said = client.submit(
        page, form=f"/day-participants/{hall.foreign[0].id}/absences/{missed}", follow_redirects=True
    )
    assert "Recorded as not held." in said.text


def test_the_live_page_leads_to_its_forms_from_the_top(client: Client, hall: RunningDay) -> None:
    client.sign_in(hall.staff_id)
    page = client.get(f"/b2b-days/{hall.day.id}/live").text

    for target in ("changed", "walk-in"):
        assert page.index(f'href="#{target}"') < page.index(f'id="{target}"')
    assert 'href="#offers"' not in page


def test_a_firm_says_an_outcome_as_page_and_as_part(client: Client, hall: RunningDay) -> None:
    client.sign_in(hall.accounts[hall.own[0].id])
    page = f"/day-participants/{hall.own[0].id}/outcomes"
    address = f"{page}/{hall.meetings[0, 0].id}"

    whole = client.send(address, {"outcome": "useful"}, follow_redirects=True)
    part = client.send(address, {"outcome": "next_step_agreed", "next_step": "samples"}, headers=HTMX)
    wrong = client.send(address, {"outcome": "excellent", "next_step": "kept"})

    assert "Saved. Thank you." in whole.text
    assert 'value="samples"' in part.text
    assert "<html" not in part.text
    assert wrong.status_code == 422
    assert 'value="kept"' in wrong.text


def test_a_firm_sees_where_it_is_and_where_it_goes_next(client: Client, given: Any, hall: RunningDay) -> None:
    """It is 09:35 at the venue: the first meeting is on until 09:50, the second begins at 09:55."""
    client.sign_in(hall.accounts[hall.own[0].id])
    page = client.get(f"/day-participants/{hall.own[0].id}/next")

    with given():
        now, coming = (hall.name(hall.foreign[at]) for at in (0, 1))
    assert page.text.index("15 minutes left") < page.text.index(now) < page.text.index(coming)
    assert "in 20 minutes" in page.text
    assert f"/day-participants/{hall.own[0].id}/outcomes#meeting-{hall.meetings[0, 0].id}" in page.text
    home = client.get("/home").text
    assert f'href="/day-participants/{hall.own[0].id}/next"' in home
    assert "Goes on now." in home


def test_staff_say_an_outcome_for_a_firm_that_does_not_answer(
    client: Client, hall: RunningDay, time_machine: Any, given: Any
) -> None:
    with given():
        held = db.session.get_one(Meeting, hall.meetings[0, 0].id)
        held.state = MeetingState.HELD
    time_machine.move_to(SECOND, tick=False)
    client.sign_in(hall.staff_id)
    page = f"/day-participants/{hall.own[0].id}/outcomes"

    assert f'href="{page}"' in client.get(f"/b2b-days/{hall.day.id}/results").text
    said = client.send(f"{page}/{hall.meetings[0, 0].id}", {"outcome": "useful"}, follow_redirects=True)
    assert "Record here what the firm tells you" in said.text
    assert f'href="{page}"' not in client.get(f"/b2b-days/{hall.day.id}/results").text


@pytest.mark.parametrize(
    "path", ["/b2b-days/{day}/board", "/day-tables/{table}/screen", "/day-participants/{firm}/next"]
)
def test_a_screen_that_shows_this_already_gets_304(
    client: Client, hall: RunningDay, given: Any, path: str
) -> None:
    client.sign_in(hall.staff_id)
    address = path.format(day=hall.day.id, table=hall.tables[0].id, firm=hall.own[0].id)

    first = client.get(address, headers=HTMX)
    same = client.get(address, headers=HTMX | {"If-None-Match": first.headers["ETag"]})
    with given():
        missed = db.session.get_one(Meeting, hall.meetings[0, 0].id)
        timekeeping.end(missed, MeetingState.NOT_HELD, MeetingVerb.MISS)
    changed = client.get(address, headers=HTMX | {"If-None-Match": first.headers["ETag"]})

    assert (same.status_code, same.text) == (304, "")
    assert changed.status_code == 200
    assert len(changed.text) < len(first.text), "the meeting that was not held is gone from the screen"


def test_a_board_shows_more_tables_than_fit_in_turns_or_stays_with_some(
    client: Client, hall: RunningDay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boards, "LARGE", 1)
    monkeypatch.setattr(boards, "COLUMN", 1)
    monkeypatch.setattr(boards, "MOST_COLUMNS", 2)
    client.sign_in(hall.staff_id)
    address = f"/b2b-days/{hall.day.id}/board"
    own, first, turned, stays = (
        client.get(address + query, headers=HTMX).text for query in ("", "?turn=1", "?turn=2", "?page=2")
    )

    def tables(text: str) -> list[str]:
        return re.findall(r'board-number num">(\d+)<', text)

    assert tables(own) == tables(first) == ["1", "2"]
    assert tables(turned) == tables(stays) == ["3"]
    assert own.count("<table") == 2
    asks_next = [re.search(r'hx-get="[^"]*\?([^"]*)"', text) for text in (own, turned, stays)]
    assert [found and found[1] for found in asks_next] == ["turn=2", "turn=1", "page=2"]


def test_what_a_proposal_comes_to_leaves_out_what_does_not_happen(app: Flask) -> None:
    with app.test_request_context():
        told = [pages.in_short(moved, lost) for moved in (0, 2) for lost in (0, 1)]

    assert told == [
        "Every meeting stays where it is.",
        "1 meeting is not held.",
        "2 meetings move.",
        "2 meetings move, 1 is not held.",
    ]


def test_a_proposal_is_shown_and_applied(client: Client, hall: RunningDay) -> None:
    client.sign_in(hall.staff_id)
    live = f"/b2b-days/{hall.day.id}/live"
    values = {"repair-participant": str(hall.own[0].id), "repair-kind": "late", "repair-moment": "10:05"}

    shown = client.submit(live, values, form=f"/b2b-days/{hall.day.id}/repairs", follow_redirects=True)
    refused = client.submit(
        live, values | {"repair-moment": "23:00"}, form=f"/b2b-days/{hall.day.id}/repairs"
    )

    assert "1 meeting moves." in shown.text
    assert "Nobody has been told." in shown.text
    assert refused.status_code == 422
    assert 'value="23:00"' in refused.text
    assert 'id="repair-moment-error"' in refused.text
