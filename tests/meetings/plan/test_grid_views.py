"""The page of the timetable: every deed works by plain forms, and htmx gets only what changed."""

import json
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select, update

from matchmaker.core.actor import InstitutionRole
from matchmaker.core.db import db
from matchmaker.core.jobs import Job, JobState
from matchmaker.institutions.models import Institution
from matchmaker.meetings.enums import MeetingState
from matchmaker.meetings.models import Meeting
from matchmaker.meetings.plan import grid, parts
from matchmaker.programmes.models import Programme
from tests.clients import HTMX, Client
from tests.factories.institutions import official
from tests.meetings.plan.hall import Hall


class Desk:
    """A hall on the pages of a coordinator."""

    def __init__(self, client: Client) -> None:
        self.hall = Hall()
        institution = db.session.get_one(Institution, self._programme().institution_id)
        self.person = official(institution, InstitutionRole.COORDINATOR).id
        self.meeting = self.hall.wish(0, 0).id
        self.other = self.hall.wish(1, 1).id
        self.table = self.hall.tables[0].id
        self.firm = self.hall.firm_name(self.hall.own[0])
        self.foreign = self.hall.firm_name(self.hall.foreign[0])
        self.hall_id = self.hall.day.id
        self.url = f"/b2b-days/{self.hall.day.id}/timetable"
        self.client = client

    def _programme(self) -> Programme:
        return db.session.get_one(Programme, self.hall.day.programme_id)


@pytest.fixture
def desk(client: Client, given: Any) -> Desk:
    """A hall and a signed-in coordinator."""
    with given():
        made = Desk(client)
    client.sign_in(made.person)
    return made


def state_of(number: int) -> MeetingState:
    """What became of a meeting."""
    return db.session.execute(select(Meeting.state).where(Meeting.id == number)).scalar_one()


def placed(desk: Desk, number: int, to: str, **options: Any) -> Any:
    """Place a meeting as the form of the page does."""
    return desk.client.send(f"{desk.url}/places", {"meeting": number, "to": to}, **options)


def test_a_meeting_is_placed_locked_and_taken_out_by_plain_forms(desk: Desk, given: Any) -> None:
    chosen = f"{desk.url}?chosen={desk.meeting}"
    assert f'form="place-form" name="to" value="0-{desk.table}"' in desk.client.get(chosen).text

    assert placed(desk, desk.meeting, f"0-{desk.table}").status_code == 303
    with given():
        assert state_of(desk.meeting) is MeetingState.PLACED
    assert desk.client.submit(chosen, form="/locks").status_code == 303
    assert "This meeting is locked" in desk.client.get(chosen).text
    assert desk.client.submit(chosen, form="/locks").status_code == 303
    assert desk.client.submit(chosen, form="/removals").status_code == 303
    assert desk.client.submit(desk.url, form="/undo").status_code == 303
    with given():
        assert state_of(desk.meeting) is MeetingState.PLACED


def test_htmx_gets_only_what_changed(desk: Desk) -> None:
    answer = placed(desk, desk.meeting, f"1-{desk.table}", headers=HTMX)

    assert answer.status_code == 200
    assert f'id="c-1-{desk.table}"' in answer.text
    assert f'id="c-0-{desk.table}"' not in answer.text
    assert 'id="counters"' in answer.text
    assert "<html" not in answer.text
    chosen = desk.client.get(f"{desk.url}?chosen={desk.meeting}", headers=HTMX).text
    assert chosen.strip().startswith('<section id="chosen"')
    assert f'data-meeting="{desk.meeting}"' in chosen


def test_each_step_says_where_its_meetings_are_now(desk: Desk) -> None:
    told = partial(told_by, desk)
    other = desk.foreign

    placed_first = told("places", {"meeting": desk.meeting, "to": f"0-{desk.table}"})
    assert placed_first == f"{desk.firm} – {other}: 09:30, table 1."
    told("places", {"meeting": desk.other, "to": f"1-{desk.table}"})
    swapped = told("places", {"meeting": desk.meeting, "to": f"1-{desk.table}"})
    assert f"{desk.firm} – {other}: 09:55, table 1." in swapped
    assert swapped.count("table 1.") == 2
    taken_back = told("undo", {})
    assert f"{desk.firm} – {other}: 09:30, table 1." in taken_back
    assert told("removals", {"meeting": desk.meeting}) == f"{desk.firm} – {other}: without a place."


def told_by(desk: Desk, deed: str, sent: dict[str, Any]) -> str:
    """The message beside the grid after a deed."""
    answer = desk.client.send(f"{desk.url}/{deed}", sent, headers=HTMX)
    return str(json.loads(answer.headers["HX-Trigger"])["toast"]["text"])


def test_a_meeting_in_hand_is_said_aloud_with_its_places(desk: Desk) -> None:
    chosen = desk.client.get(f"{desk.url}?chosen={desk.meeting}", headers=HTMX).text
    assert '. 4 free places."' in chosen
    placed(desk, desk.other, f"1-{desk.table}")
    placed(desk, desk.meeting, f"0-{desk.table}")
    chosen = desk.client.get(f"{desk.url}?chosen={desk.meeting}", headers=HTMX).text
    assert '. 1 meeting to change places with."' in chosen


def test_a_large_hall_is_shown_in_parts_that_tell_where_a_meeting_may_go(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "MOST_TABLES", 1)
    first, second = (table.id for table in desk.hall.tables)
    placed(desk, desk.other, f"0-{second}")

    page = desk.client.get(f"{desk.url}?chosen={desk.meeting}&part=2").text

    assert f'id="c-0-{second}"' in page
    assert f'id="c-0-{first}"' not in page
    assert "Tables 1–1 <span" in page
    # One of the two places of this part is taken, and at that time both firms of the meeting are free.
    assert f'data-free="1-{second}"' in page
    assert f"part=1&amp;chosen={desk.meeting}" in page
    assert 'name="part" value="2"' in page
    assert f'form="place-form" name="to" value="1-{first}"' in page, "the list names places of the other part"
    assert f'id="c-0-{second}"' in desk.client.get(f"{desk.url}?chosen={desk.other}").text

    swapped = desk.client.send(
        f"{desk.url}/places?part=2", {"meeting": desk.meeting, "to": f"1-{first}"}, headers=HTMX
    ).text
    assert 'id="parts"' in swapped
    assert f'id="c-1-{first}"' not in swapped
    assert placed(desk, desk.meeting, f"1-{second}").location.endswith("timetable")

    # In any letters, and with the place; it leads to the part of the hall where the meeting is.
    found = desk.client.get(f"{desk.url}?firm={desk.firm.upper()[:6]}").text
    assert "09:55, table 2</span>" in found
    assert f"chosen={desk.meeting}&amp;firm=" in found
    assert "No meeting of a firm" in desk.client.get(f"{desk.url}?firm=Nobody").text


def test_what_has_no_place_is_listed_page_by_page(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "ON_PAGE", 3)

    first, last, beyond = (desk.client.get(f"{desk.url}?page={page}").text for page in (1, 2, 9))

    assert [page.count('draggable="true"') for page in (first, last, beyond)] == [3, 1, 1]
    assert "Not placed, 4" in last
    assert f'value="{desk.meeting}" class="meet"' in last, "the lightest comes last"
    assert "4 to 4 of 4" in last


def test_what_is_in_the_way_is_said_where_the_place_was_refused(desk: Desk) -> None:
    placed(desk, desk.meeting, f"0-{desk.table}")

    answer = placed(desk, desk.other, f"0-{desk.table}", headers=HTMX)

    assert answer.status_code == 422
    assert desk.firm in answer.text
    assert placed(desk, desk.meeting, "nowhere").status_code == 422
    assert placed(desk, 999_999, f"0-{desk.table}").status_code == 422


def test_a_search_shows_its_progress_and_ends_at_the_timetable(desk: Desk, work_off: Any) -> None:
    started = desk.client.submit(desk.url, {"effort": "quick"}, form="/runs")
    assert started.status_code == 303
    watch = f"/b2b-days/{desk.hall_id}/runs/last"
    assert "The search begins." in desk.client.get(watch, headers=HTMX).text

    work_off()

    over = desk.client.get(watch, headers=HTMX)
    assert over.headers["HX-Redirect"] == desk.url
    page = desk.client.get(desk.url).text
    assert "The timetable is ready: 4 of 4 meetings held." in page
    assert "Every wish has its place." in page
    assert "4 of 4" in page


def test_a_second_start_and_a_late_stop_of_a_search_lead_to_the_timetable(desk: Desk, work_off: Any) -> None:
    runs = f"/b2b-days/{desk.hall_id}/runs"
    wanted = {"kind": "whole", "seed": "0", "effort": "quick"}
    assert desk.client.send(runs, wanted).status_code == 303
    assert "The search has begun." in desk.client.get(desk.url).text

    assert desk.client.send(runs, wanted).headers["Location"].endswith(desk.url)
    assert "is being worked out already" in desk.client.get(desk.url).text
    work_off()
    assert desk.client.send(f"{runs}/stop").headers["Location"].endswith(desk.url)
    assert "The search has ended meanwhile." in desk.client.get(desk.url).text


def test_a_search_that_lost_its_worker_says_that_it_is_being_cancelled(desk: Desk, given: Any) -> None:
    watch = f"/b2b-days/{desk.hall_id}/runs/last"
    desk.client.submit(desk.url, {"effort": "quick"}, form="/runs")
    with given():
        db.session.execute(update(Job).values(state=JobState.RUNNING))

    assert desk.client.submit(watch, form="/cancel").status_code == 303
    shown = desk.client.get(watch).text
    assert "The search is being cancelled." in shown
    assert "runs/stop" not in shown


def test_who_lost_the_session_while_a_search_goes_on_comes_back_to_the_timetable(desk: Desk) -> None:
    watch, shown = f"/b2b-days/{desk.hall_id}/runs/last", f"http://localhost{desk.url}?part=2"
    visitor = desk.client.application.test_client()

    told = visitor.get(watch, headers=HTMX | {"HX-Current-URL": shown}).headers["HX-Redirect"]

    assert parse_qs(urlsplit(told).query)["next"] == [f"{desk.url}?part=2"]


def test_a_search_can_be_stopped_and_cancelled(desk: Desk) -> None:
    watch = f"/b2b-days/{desk.hall_id}/runs/last"
    desk.client.submit(desk.url, {"effort": "quick"}, form="/runs")

    assert desk.client.submit(watch, form="/stop").status_code == 303
    assert "keeps the best plan so far" in desk.client.get(watch).text
    assert desk.client.send(f"/b2b-days/{desk.hall_id}/runs/cancel").status_code == 303
    assert "The timetable is as it was." in desk.client.get(desk.url).text
    assert desk.client.send(f"/b2b-days/{desk.hall_id}/runs", {"seed": "x"}).status_code == 422
