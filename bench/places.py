"""Two hundred clients at once for 1, 5 and 50 places with quotas, ten rounds, on SQLite and PostgreSQL.

`make bench-places` runs it. Each client is a thread that signs one person up through the service, in a transaction of
its own; eight are served at once, as many as two workers of four threads serve, and the others wait for their turn as
requests do. After each round one check counts what is stored: as many
confirmed people as places, the kept places with those they are kept for, numbers of arrival from 1 to 200 without gaps or
doubles, and nobody turned away by an error. `--without-lock` takes away what orders the clients: the lock of the
programme's row, and on SQLite that a writing transaction begins with the write lock. Then the same check fails, and so
does the command.
"""

import argparse
import contextlib
import re
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import click
import psycopg
from flask import Flask
from psycopg import sql
from sqlalchemy import select

from matchmaker.accounts.models import Person
from matchmaker.app import create_app
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.programmes import queries
from matchmaker.programmes import sign_up_services as services
from matchmaker.programmes.enums import QuotaDimension, SignUpState
from matchmaker.programmes.models import Programme, SignUp
from matchmaker.programmes.sign_up_services import Application, NewDelegate
from tests.databases import close_engines, postgres_server
from tests.factories.accounts import PersonFactory
from tests.factories.programmes import ProgrammeFactory, quota_of
from tests.settings import config_for

KEPT = {1: 0, 5: 2, 50: 20}
"""Places kept for each of the two countries, by the places of the programme."""
COUNTRIES = ("TR", "RU")
NAME = "tandem_bench_places"
SERVED_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Client:
    """One client: the account's number and country."""

    person_id: int
    country: str


def main() -> int:
    """Run all rounds; answers how many failed the check, as the exit code."""
    asked = arguments()
    failed = 0
    for backend in asked.backends:
        with tempfile.TemporaryDirectory() as folder, application(backend, Path(folder)) as app:
            clients = make_clients(app, asked.clients)
            for places in KEPT:
                failed += rounds(app, backend, places, clients, asked)
    return min(failed, 1)


def arguments() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--without-lock", action="store_true")
    parser.add_argument("--backends", nargs="+", default=["sqlite", "postgresql"])
    return parser.parse_args()


@contextlib.contextmanager
def application(backend: str, folder: Path) -> Iterator[Flask]:
    """The application on an empty database of a backend."""
    with contextlib.ExitStack() as stack:
        address = f"sqlite:///{folder / 'places.sqlite3'}"
        if backend == "postgresql":
            server = stack.enter_context(postgres_server(folder))
            with psycopg.connect(server, autocommit=True) as connection:
                name = sql.Identifier(NAME)
                connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
                connection.execute(sql.SQL("CREATE DATABASE {}").format(name))
            address = re.sub(r"^postgres\w*://([^/]*)/[^?]*", rf"postgresql+psycopg://\1/{NAME}", server)
        app = create_app(config_for(address, folder))
        with app.app_context():
            db.create_all()
        yield app
        close_engines(app)


def make_clients(app: Flask, count: int) -> list[Client]:
    """So many people, of the two countries in turn."""
    with app.app_context(), unit_of_work():
        made = [PersonFactory(country=COUNTRIES[place % 2]) for place in range(count)]
        return [Client(person.id, person.country) for person in made]


def rounds(app: Flask, backend: str, places: int, clients: list[Client], asked: argparse.Namespace) -> int:
    """All rounds for one number of places; prints a line and answers how many failed the check."""
    found: Counter[str] = Counter()
    began = time.monotonic()
    for _ in range(asked.rounds):
        programme_id = make_programme(app, places)
        with without_lock() if asked.without_lock else contextlib.nullcontext():
            errors = run(app, programme_id, clients)
        found.update(faults(app, programme_id, places, clients, errors))
    seconds = (time.monotonic() - began) / asked.rounds
    wrong = ", ".join(f"{fault} ({times}x)" for fault, times in sorted(found.items()))
    verdict = f"FAILS: {wrong}" if found else "holds in every round"
    click.echo(
        f"{backend:<11} {len(clients)} clients, {places:>2} places, {seconds:5.1f} s a round: {verdict}"
    )
    return len(found)


def make_programme(app: Flask, places: int) -> int:
    """An open programme whose quotas keep places for both countries."""
    with app.app_context(), unit_of_work():
        programme: Programme = ProgrammeFactory(places=places, most_people=1)
        for country in COUNTRIES:
            if KEPT[places]:
                quota_of(programme, QuotaDimension.COUNTRY, country, KEPT[places])
        return programme.id


@contextlib.contextmanager
def without_lock() -> Iterator[None]:
    """Take away what orders the clients."""
    with (
        patch.object(queries, "lock_programme", lambda _programme_id: None),
        patch("matchmaker.core.unit_of_work.begin_write", lambda: None),
    ):
        yield


def run(app: Flask, programme_id: int, clients: list[Client]) -> Counter[str]:
    """Let all clients sign up at the same moment; answers the errors by their kind."""
    start, errors = threading.Barrier(len(clients)), Counter[str]()
    served = threading.Semaphore(SERVED_AT_ONCE)

    def one(client: Client) -> None:
        with app.app_context():
            start.wait(120)
            try:
                with served, unit_of_work():
                    actor = Actor(person_id=client.person_id, name="Client", language="en")
                    given = Application([NewDelegate("Client", person_id=client.person_id)], {})
                    services.sign_up(actor, queries.programme(programme_id), None, given)
            except Exception as error:
                errors[type(error).__name__] += 1

    threads = [threading.Thread(target=one, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def faults(
    app: Flask, programme_id: int, places: int, clients: list[Client], errors: Counter[str]
) -> list[str]:
    """What is not as it should be after a round."""
    with app.app_context():
        rows = db.session.execute(
            select(SignUp.arrival, SignUp.state, Person.country)
            .join(Person, Person.id == SignUp.person_id)
            .where(SignUp.programme_id == programme_id)
            .order_by(SignUp.arrival, SignUp.id)
        ).all()
    taken = Counter(country for _arrival, state, country in rows if state is SignUpState.CONFIRMED)
    found = []
    if taken.total() != places:
        found.append(f"{taken.total()} people in {places} places")
    if any(taken[country] < KEPT[places] for country in COUNTRIES):
        found.append("kept places given away")
    if [arrival for arrival, _state, _country in rows] != list(range(1, len(clients) + 1)):
        found.append("numbers of arrival with gaps or doubles")
    if errors:
        found.append("clients turned away by " + ", ".join(sorted(errors)))
    return found


if __name__ == "__main__":
    sys.exit(main())
