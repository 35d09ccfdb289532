"""Who may do what: every address, method and kind of person is asked and compared with access_matrix.txt."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from matchmaker.accounts.models import SignedInSession
from matchmaker.core.db import db
from matchmaker.core.forms import ONCE_FIELD
from tests.architecture.world import KINDS, World, build_world
from tests.clients import Client
from tests.factories.accounts import PersonFactory

MATRIX = Path(__file__).resolve().parents[1] / "access_matrix.txt"
WRITING = ("POST", "PUT", "PATCH", "DELETE")
Row = tuple[str, ...]


def addresses(app: Flask) -> list[tuple[str, str, list[str]]]:
    """Endpoint, method and variables of everything the application answers."""
    found = [
        (rule.endpoint, method, sorted(rule.arguments))
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        if rule.endpoint != "static"
    ]
    return sorted(found)


def expected() -> dict[tuple[str, str], Row]:
    """The statuses of the file by endpoint and method."""
    lines = [
        line.split() for line in MATRIX.read_text().splitlines() if line.strip() and not line.startswith("#")
    ]
    header, *rows = lines
    assert header == ["endpoint", "method", *KINDS], "the columns of access_matrix.txt"
    assert all(len(row) == len(header) for row in rows), "each row has one status per column"
    assert len({tuple(row[:2]) for row in rows}) == len(rows), "each endpoint and method stands once"
    return {(row[0], row[1]): tuple(row[2:]) for row in rows}


class Reviewer:
    """Asks one address after the other as every kind of person, each time with the same rows in the database."""

    def __init__(self, app: Flask, world: World) -> None:
        self.app, self.world = app, world
        self.clients = {kind: self._client(kind) for kind in KINDS}
        # Each post is undone, so that the same tokens are good for the next one.
        self.tokens = {kind: tokens_of(client) for kind, client in self.clients.items()}
        self.path = Path(app.config["INSTANCE_DIR"]) / "tandem.sqlite3"
        self.kept = self.path.with_name("kept.sqlite3")
        with closing(sqlite3.connect(self.path)) as live, closing(sqlite3.connect(self.kept)) as kept:
            live.backup(kept)
        self.restored = 0
        self._watch()

    def row(self, endpoint: str, method: str, variables: list[str]) -> Row:
        """The statuses that the kinds of people get."""
        values = {name: self.world.value(endpoint, name) for name in variables}
        with self.app.test_request_context():
            address = self.app.url_for(endpoint, **values)
        return tuple(self.ask(kind, method, address) for kind in KINDS)

    def ask(self, kind: str, method: str, address: str) -> str:
        """The status that a kind of person gets at an address; what the asking wrote is undone."""
        client = self.clients[kind]
        if method not in WRITING:
            return str(client.open(address, method=method).status_code)
        cookies = dict(client._cookies)
        before = self._version()
        status = client.open(address, method=method, data=self.tokens[kind]).status_code
        client._cookies = cookies
        if self._version() != before:
            self._restore()
        return str(status)

    def close(self) -> None:
        """Let go of the database."""
        self.watch.close()

    def _client(self, kind: str) -> Client:
        client = self.app.test_client()
        assert isinstance(client, Client)
        return client if kind == "visitor" else client.sign_in(self.world.people[kind])

    def _watch(self) -> None:
        self.watch = sqlite3.connect(self.path, isolation_level=None)

    def _version(self) -> int:
        """A number that differs after any write by another connection: most posts are refused and write nothing."""
        version: int = self.watch.execute("PRAGMA data_version").fetchone()[0]
        return version

    def _restore(self) -> None:
        with self.app.app_context():
            db.engine.dispose()
        self.watch.close()
        for journal in ("-wal", "-shm"):
            self.path.with_name(self.path.name + journal).unlink(missing_ok=True)
        shutil.copyfile(self.kept, self.path)
        self._watch()
        self.restored += 1


def tokens_of(client: Client) -> dict[str, str]:
    """What a form carries beside its fields."""
    return {"csrf_token": client.csrf_token(), ONCE_FIELD: client.once()}


@pytest.fixture
def world(given: Callable[[], AbstractContextManager[Any]]) -> World:
    with given():
        return build_world()


@pytest.fixture
def made_reviewer(app: Flask) -> Iterator[Callable[[World], Reviewer]]:
    """Makes the reviewer of a world."""
    with ExitStack() as stack:
        yield lambda world: stack.enter_context(closing(Reviewer(app, world)))


@pytest.mark.slow
@pytest.mark.usefixtures("error_pages_once", "counts_once", "actors_once")
def test_every_address_answers_each_kind_of_person_as_written(
    app: Flask, world: World, made_reviewer: Callable[[World], Reviewer]
) -> None:
    written = expected()
    reviewer = made_reviewer(world)
    missing: list[str] = []
    wrong: list[str] = []

    for endpoint, method, variables in addresses(app):
        row = reviewer.row(endpoint, method, variables)
        if (endpoint, method) not in written:
            missing.append(" ".join((f"{endpoint:<40} {method:<6}", *row)))
        elif row != written[endpoint, method]:
            pairs = zip(KINDS, written[endpoint, method], row, strict=True)
            wrong += [
                f"{endpoint} {method} {kind}: {want} written, {got} answered"
                for kind, want, got in pairs
                if want != got
            ]

    assert wrong == []
    assert missing == [], "rows to check and add:\n" + "\n".join(missing)


def test_no_row_is_left_of_an_address_that_is_gone(app: Flask) -> None:
    assert set(expected()) - {(endpoint, method) for endpoint, method, _variables in addresses(app)} == set()


def test_what_a_post_wrote_is_undone_and_only_then_are_the_rows_put_back(
    app: Flask, given: Callable[[], AbstractContextManager[Any]], made_reviewer: Callable[[World], Reviewer]
) -> None:
    with given():
        person = PersonFactory()
    reviewer = made_reviewer(World(people=dict.fromkeys(KINDS, person.id), arguments={}))

    def sessions() -> int:
        with app.app_context():
            return db.session.scalar(select(func.count()).select_from(SignedInSession)) or 0

    there = sessions()
    refused = reviewer.ask("person", "POST", "/there-is-no-such-page")
    after_refusal = reviewer.restored
    done = reviewer.row("accounts.sign_out", "POST", [])

    assert (refused, after_refusal) == ("404", 0)
    assert set(done) == {"303"}
    assert reviewer.restored >= len(KINDS) - 1
    assert sessions() == there == len(KINDS) - 1
