"""The pages of a large B2B day for those who run it: processor time, size and statements.

`.venv-test/bin/python -m bench.day_pages 500` runs it: a trip of 500 firms of each side with 24 slots and 250 tables, or
100 with 20 and 60, planned and told. Each page is asked for a few times by a client without a browser; the median of CPU
milliseconds and the bytes of HTML, also as they travel (gzip). Then one meeting is taken in hand and put on a free place
as the script of the page does, and the page is shown of a day on which no wish has a place yet.
"""

import argparse
import re
import time
import zlib
from statistics import median
from typing import Any

import click
from flask import Flask
from sqlalchemy import delete, insert, select, update

from bench.generated_day import BACKENDS, SIZES, Made, forget_making, hours_before, trip_of
from matchmaker.core.actor import InstitutionRole
from matchmaker.core.db import db
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.institutions.models import Institution
from matchmaker.meetings.enums import MeetingState, Outcome
from matchmaker.meetings.models import B2bDay, Meeting, MeetingBooking, MeetingOutcome, MeetingParty
from matchmaker.programmes.models import Programme
from tests.clients import HTMX, Client
from tests.factories.institutions import official
from tests.statements import statements

PAGES = (
    "/b2b-days/{day}/timetable",
    "/b2b-days/{day}/live",
    "/b2b-days/{day}/board",
    "/b2b-days/{day}/papers",
    "/b2b-days/{day}/firms",
    "/b2b-days/{day}/wishes",
    "/b2b-days/{day}/check-in",
    "/b2b-days/{day}/results",
    "/b2b-days/{day}/versions",
    "/b2b-days/agendas/{firm}",
    "/day-participants/{firm}/next",
)


def main() -> None:
    """Measure and print a line for each page and deed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("firms", type=int, nargs="?", default=100, choices=SIZES)
    parser.add_argument("--backend", default="sqlite", choices=BACKENDS)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    slots, tables = SIZES[asked.firms]
    problem = trip_of(asked.firms)
    with hours_before(2, asked.backend, tick=True) as (app, _folder):
        with app.app_context(), unit_of_work():
            made = Made(problem)
            officer, day, firm = officer_of(made.day), made.day.id, made.participants[0]
        client = Client(app).sign_in(officer)
        forget_making()
        click.echo(
            f"{asked.backend}: {2 * asked.firms} firms, {made.held} meetings, {slots} slots, {tables} tables"
        )
        for page in PAGES:
            shown(app, client, page.format(day=day, firm=firm), asked.rounds)
        by_hand(app, client, day, asked.rounds)
        with app.app_context():
            held(day, officer)
        click.echo("everything was held, and both sides said what came of it:")
        shown(app, client, f"/b2b-days/{day}/results", asked.rounds)
        with app.app_context():
            empty(day)
        click.echo("no wish has a place yet:")
        shown(app, client, f"/b2b-days/{day}/timetable", asked.rounds)


def officer_of(day: B2bDay) -> int:
    """The account of a coordinator who runs the day."""
    programme = db.session.get_one(Programme, day.programme_id)
    return official(db.session.get_one(Institution, programme.institution_id), InstitutionRole.COORDINATOR).id


def shown(app: Flask, client: Client, path: str, rounds: int, **options: Any) -> str:
    """One page, a line; answers its HTML."""
    client.get(path, **options)
    spent: list[float] = []
    for _ in range(rounds):
        with statements(app) as sent:
            began = time.process_time()
            answer = client.get(path, **options)
            spent.append(1000 * (time.process_time() - began))
    _line(path, spent, answer, len(sent))
    return answer.text


def by_hand(app: Flask, client: Client, day: int, rounds: int) -> None:
    """Take a meeting in hand; put it on the first free place, let it change places, lock it, and take each back."""
    url = f"/b2b-days/{day}/timetable"
    number = re.findall(r'data-meeting="(\d+)"', client.get(url).text)[0]
    taken = shown(app, client, f"{url}?chosen={number}", rounds, headers=HTMX)
    shown(app, client, f"{url}?chosen={number}", rounds)
    free = re.search(r'data-free="([\d-]+)', taken)
    swap = re.search(r'value="([\d-]+)">Change places', taken)
    undo: tuple[str, dict[str, str]] = ("undo", {})
    lock = ("locks", {"meeting": number, "locked": "1"}), ("locks", {"meeting": number, "locked": ""})
    for name, deed, back in (
        ("places, free", ("places", {"meeting": number, "to": free[1] if free else ""}), undo),
        ("places, swap", ("places", {"meeting": number, "to": swap[1] if swap else ""}), undo),
        ("locks", *lock),
    ):
        spent: list[list[float]] = [[], []]
        for _ in range(rounds):
            for which, (path, data) in enumerate((deed, back)):
                began = time.process_time()
                answer = client.send(f"{url}/{path}", data, headers=HTMX)
                spent[which].append(1000 * (time.process_time() - began))
        _line(f"POST {url}/{name}", spent[0], answer, 0)
        _line("  and back", spent[1], answer, 0)


def held(day: int, speaker: int) -> None:
    """Let every meeting have been held; of each tenth the sides say different things."""
    said = tuple(one for one in Outcome if one is not Outcome.NOT_HELD)
    with unit_of_work():
        placed = (Meeting.day_id == day, Meeting.state == MeetingState.PLACED)
        parties = db.session.execute(
            select(MeetingParty.meeting_id, MeetingParty.participant_id)
            .join(Meeting, Meeting.id == MeetingParty.meeting_id)
            .where(*placed)
            .order_by(MeetingParty.id)
        ).all()
        rows = [
            {
                "meeting_id": meeting,
                "participant_id": firm,
                "outcome": said[(meeting + at % 2 * 2 * (meeting % 10 == 0)) % len(said)],
                "said_by_id": speaker,
            }
            for at, (meeting, firm) in enumerate(parties)
        ]
        db.session.execute(insert(MeetingOutcome), rows)
        db.session.execute(update(Meeting).where(*placed).values(state=MeetingState.HELD))


def empty(day: int) -> None:
    """Take every meeting out of the timetable."""
    with unit_of_work():
        some = select(Meeting.id).where(Meeting.day_id == day)
        db.session.execute(delete(MeetingBooking).where(MeetingBooking.meeting_id.in_(some)))
        db.session.execute(
            update(Meeting)
            .where(Meeting.day_id == day)
            .values(state=MeetingState.WISHED, slot_id=None, table_id=None, locked=False)
        )


def _line(path: str, spent: list[float], answer: Any, statements: int) -> None:
    body = answer.get_data()
    packed = len(zlib.compress(body, 6))
    click.echo(
        f"  {answer.status_code} {path:<46} {median(spent):6.0f} ms, {len(body) / 1000:7.0f} kB"
        f" ({packed / 1000:4.0f} gzip), {statements:3} statements"
    )


if __name__ == "__main__":
    main()
