"""A trip of 500 applications: the pages of its staff over 60 requests, and a letter for each of 500 delegates in one job.

`make bench-participants` runs it on both databases. The goals: a page of participants under 300 ms at the 95th percentile,
with no more statements than for fifty applications, and the letters with the list of scores under 60 s.
"""

import argparse
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from statistics import median, quantiles

import click
from flask import Flask
from sqlalchemy import func, select, update

from bench.places import application
from matchmaker.core import jobs
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.institutions.queries import grants
from matchmaker.programmes.enums import SignUpState
from matchmaker.programmes.models import Programme, SignUp
from matchmaker.programmes.trips import frame_queries, letter_queries, letter_services, paper_services
from matchmaker.programmes.trips.enums import Criterion, LetterKind
from matchmaker.programmes.trips.letter_services import Order
from matchmaker.programmes.trips.models import TripAssessment, TripLetter
from matchmaker.programmes.trips.travel_secrets import Passport
from tests.clients import Client
from tests.factories.trips import TripFactory, staff_of, traveller_of
from tests.statements import statements

PAGES = ("participants", "participants?state=to_decide", "trip/scores", "trip/readiness")
REQUESTS = 60
FEW = 50


def main() -> int:
    """Measure on each database; answers whether a goal was missed, as the exit code."""
    asked = arguments()
    missed = 0
    for backend in asked.backends:
        with tempfile.TemporaryDirectory() as folder, application(backend, Path(folder)) as app:
            few = statements_by_page(app, *make_trip(app, FEW))
            trip_id, officer = make_trip(app, asked.size)
            missed += pages(app, backend, trip_id, officer, few)
            missed += letters(app, backend, trip_id, officer)
    return min(missed, 1)


def arguments() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=500)
    parser.add_argument("--backends", nargs="+", default=["sqlite", "postgresql"])
    return parser.parse_args()


def make_trip(app: Flask, count: int) -> tuple[int, int]:
    """A trip with so many applications of a firm and a delegate each, all scored twice; and its officer."""
    with app.app_context(), unit_of_work():
        trip: Programme = TripFactory(places=count)
        officer, colleague = staff_of(trip), staff_of(trip)
        for place in range(1, count + 1):
            delegate = frame_queries.delegate(traveller_of(trip, state=SignUpState.APPLIED, arrival=place).id)
            passport = Passport(
                "YILMAZ", f"A{place}", "TR", f"U{place:08d}", date(2036, 1, 1), date(1985, 3, 7)
            )
            paper_services.save_passport(None, delegate, passport)
            for slot, assessor in enumerate((officer, colleague), start=1):
                db.session.add(assessment(delegate.sign_up, slot, assessor.id, place))
        return trip.id, officer.id


def assessment(sign_up: SignUp, slot: int, assessor_id: int, place: int) -> TripAssessment:
    """Points that differ from firm to firm."""
    return TripAssessment(
        sign_up_id=sign_up.id,
        slot=slot,
        assessor_id=assessor_id,
        points={one.value: (place + slot + at) % 6 for at, one in enumerate(Criterion)},
        reasons={one.value: "Because" for one in Criterion},
        submitted_at=sign_up.created_at,
    )


def pages(app: Flask, backend: str, trip_id: int, officer: int, few: dict[str, int]) -> int:
    """Time and statements of each page; answers how many miss their goal."""
    missed, counted = 0, statements_by_page(app, trip_id, officer)
    client = staff(app, officer)
    for page in PAGES:
        took, cpu = [], []
        for _ in range(REQUESTS):
            began, began_cpu = time.perf_counter(), time.process_time()
            answer = client.get(f"/programmes/{trip_id}/{page}")
            took.append(1000 * (time.perf_counter() - began))
            cpu.append(1000 * (time.process_time() - began_cpu))
            if answer.status_code != 200:
                raise RuntimeError(f"{page}: {answer.status_code}")
        p95 = quantiles(took, n=20)[-1]
        good = p95 < 300 and counted[page] == few[page]
        missed += not good and page.startswith("participants")
        click.echo(
            f"{backend:<11} {page:<28} median {median(took):5.0f} ms, p95 {p95:5.0f} ms, "
            f"{median(cpu):4.0f} ms of CPU, "
            f"{counted[page]} statements ({few[page]} for {FEW})"
        )
    return missed


def staff(app: Flask, officer: int) -> Client:
    """The officer's browser, signed in."""
    return Client(app).sign_in(officer)


def statements_by_page(app: Flask, trip_id: int, officer: int) -> dict[str, int]:
    """How many statements each page sends, once everything is compiled."""
    client, found = staff(app, officer), {}
    for page in PAGES:
        for _ in range(2):
            with statements(app) as sent:
                client.get(f"/programmes/{trip_id}/{page}")
        found[page] = len(sent)
    return found


def letters(app: Flask, backend: str, trip_id: int, officer: int) -> int:
    """Let everybody travel and write all letters as the worker does; answers whether it took too long."""
    with app.app_context(), unit_of_work():
        settled = update(SignUp).where(SignUp.programme_id == trip_id).values(state=SignUpState.CONFIRMED)
        db.session.execute(settled)
        actor = Actor(person_id=officer, name="Officer", language="en", grants=grants(officer))
        order = Order(LetterKind.VISA_SUPPORT, "ru", "Генеральное консульство")
        run_id = letter_services.order_letters(actor, frame_queries.trip(trip_id), order).id
        job_id = letter_queries.run(run_id).job_id
    began, cpu = time.monotonic(), time.process_time()
    with app.app_context():
        jobs.run(job_id or 0)
    seconds, cpu = time.monotonic() - began, time.process_time() - cpu
    with app.app_context():
        written = db.session.scalar(select(func.count()).select_from(TripLetter))
        finished = letter_queries.run(run_id).finished_at is not None
    click.echo(f"{backend:<11} {written} letters in one job: {seconds:.1f} s, {cpu:.1f} s of CPU")
    return int(not finished or seconds >= 60)


if __name__ == "__main__":
    sys.exit(main())
