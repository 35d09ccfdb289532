"""kill -9 of the indexer and of web workers while firms change: the index opens each time, and agrees in the end.

Two indexers compete for the index, two web workers read pages for somebody of one firm after the other and take its
changes in themselves, this process changes firms; a random one of the four is killed and started again. Ends with status 1 when an index did not open, an updated firm was lost, or any entry differs.
"""

import argparse
import itertools
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from flask import Flask

from matchmaker.app import create_app
from matchmaker.core import clock
from matchmaker.core.actor import Actor, FirmRole, Membership
from matchmaker.core.config import Config
from matchmaker.core.db import db
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.demo.generator.storing import store
from matchmaker.demo.generator.stream import firms
from matchmaker.directory import index
from matchmaker.directory.comparison import compare
from matchmaker.directory.own_changes import has_own_changes
from matchmaker.engines.search.query import SearchQuery
from matchmaker.engines.search.reader import Reader
from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import Firm
from matchmaker.firms.services import index_later

FIRMS = 300
SHORTEST, LONGEST = 0.3, 1.2
ROLES = ("indexer", "web", "indexer", "web")
PAUSE = 0.1
"""Seconds between two changes, two rounds of an indexer, two pages: room for all of them on two cores."""


def application(folder: Path, address: str) -> Flask:
    """The product on a database and an index of its own."""
    return create_app(Config(DEMO=True, TESTING=True, INSTANCE_DIR=str(folder), DATABASE_URL=address))


def prepare(app: Flask) -> None:
    """Tables, invented firms and a first index."""
    with app.app_context():
        db.create_all()
        with unit_of_work():
            for chunk in firms(FIRMS, 1):
                store(chunk, clock.now())
        index.rebuild_index()


class Worker(Protocol):
    """A process at its work, such as a Popen."""

    def poll(self) -> int | None:
        """Its status once it has ended, None until then."""

    def kill(self) -> None:
        """End it at once."""

    def wait(self) -> object:
        """Wait for its end."""


def work(folder: Path, address: str, role: str, ready: Callable[[], object]) -> None:
    """Follow the outbox, or read pages and have own changes found, until killed."""
    app = application(folder, address)
    client = app.test_client()
    firms_in_turn = itertools.cycle(range(1, FIRMS + 1, 7))
    ready()
    while True:
        if role == "web":
            if client.get("/firms?q=makine").status_code != 200:
                sys.exit("a page failed")
            with app.app_context():
                has_own_changes(of_firm(next(firms_in_turn)))
        else:
            with app.app_context():
                index.sync_now()
        time.sleep(PAUSE)


def of_firm(number: int) -> Actor:
    """Somebody of a firm."""
    return Actor(person_id=1, memberships=(Membership(number, FirmRole.MEMBER, ""),))


def started(folder: Path, address: str, role: str) -> subprocess.Popen[str]:
    """A process at its work."""
    command = [sys.executable, "-m", "bench.kills", "0", "--role", role, "--folder", str(folder)]
    process = subprocess.Popen(
        [*command, "--database", address], stdout=subprocess.PIPE, text=True, env=dict(os.environ)
    )
    if process.stdout is None or process.stdout.readline() != "ready\n":
        raise SystemExit(f"the {role} did not start")
    return process


Start = Callable[[Path, str, str], Worker]


def change(app: Flask, chance: random.Random) -> None:
    """Change a few firms and their outbox in one transaction, as the product does."""
    with app.app_context(), unit_of_work():
        for number in chance.sample(range(1, FIRMS + 1), 5):
            firm = db.session.get_one(Firm, number)
            firm.trade_name = f"Change {chance.randrange(10**6)}"
            firm.state = chance.choice((FirmState.VERIFIED, FirmState.VERIFIED, FirmState.SUSPENDED))
            index_later(number)


def kill_many(
    app: Flask,
    folder: Path,
    start: Callable[[str], Worker],
    kills: int,
    roles: Sequence[str],
    chance: random.Random,
) -> int:
    """Kill so many times; returns how many indexes did not open, workers that failed by themselves counted too."""
    processes = [start(role) for role in roles]
    failures = 0
    try:
        for kill in range(kills):
            until = time.monotonic() + chance.uniform(SHORTEST, LONGEST)
            while time.monotonic() < until:
                change(app, chance)
                time.sleep(PAUSE)
            victim = kill if kill < len(roles) else chance.randrange(len(roles))
            failures += sum(process.poll() is not None for process in processes)
            processes[victim].kill()
            processes[victim].wait()
            try:
                Reader(folder / "search").search(SearchQuery("change"))
            except Exception as error:
                print(f"the index did not open: {error!r}")
                failures += 1
            if kill < kills - 1:
                processes[victim] = start(roles[victim])
    finally:
        for process in processes:
            process.kill()
            process.wait()
    return failures


def run(
    kills: int,
    folder: Path,
    address: str,
    roles: Sequence[str] = ROLES,
    *,
    start: Start = started,
    seed: int = 1,
) -> bool:
    """The whole trial; whether all went well."""
    app = application(folder, address)
    prepare(app)
    failures = kill_many(app, folder, partial(start, folder, address), kills, roles, random.Random(seed))
    with app.app_context():
        index.sync_now()
        found = compare()
    print(f"{kills} kills, {failures} failures, {found.compared} listed firms compared")
    print(
        f"missing {found.missing}, extra {found.extra}, repeated {found.repeated}, different {found.different}"
    )
    return not failures and found.agrees and found.compared > 0


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kills", type=int)
    parser.add_argument("--database", default="", help="an empty PostgreSQL database; SQLite without it")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--role", choices=sorted(set(ROLES)))
    options = parser.parse_args()
    if options.role:
        work(options.folder, options.database, options.role, partial(print, "ready", flush=True))
    with tempfile.TemporaryDirectory() as folder:
        return int(not run(options.kills, options.folder or Path(folder), options.database))


if __name__ == "__main__":
    sys.exit(main())
