"""Fixtures of all tests: the application on both databases, clients, given data, real concurrency."""

import contextlib
import os
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session, scoped_session

from matchmaker.app import create_app
from matchmaker.core.config import Config
from matchmaker.core.db import db
from tests.clients import Client
from tests.databases import (
    SHARED_FOLDER,
    Database,
    PostgresDatabase,
    SqliteDatabase,
    close_engines,
    make_shared_folder,
    postgres_server,
)

BACKENDS = ("sqlite", "postgresql")
DATA_FILES = ("test_models.py", "test_services.py", "test_queries.py", "test_tasks.py", "test_migrations.py")
SECRET_KEY = "only-for-tests-" + "0" * 32


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder that all workers share before they start."""
    if not hasattr(config, "workerinput"):
        config.stash[OWN_FOLDER] = make_shared_folder()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the shared folder when the last worker is done."""
    folder = config.stash.get(OWN_FOLDER, None)
    if folder is not None:
        os.environ.pop(SHARED_FOLDER, None)
        shutil.rmtree(folder, ignore_errors=True)


OWN_FOLDER: pytest.StashKey[Path] = pytest.StashKey()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run tests of data on both databases, all others on SQLite."""
    if "backend" in metafunc.fixturenames:
        both = metafunc.definition.get_closest_marker("data") or metafunc.definition.path.name in DATA_FILES
        metafunc.parametrize("backend", BACKENDS if both else BACKENDS[:1], indirect=True, scope="session")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that run on both databases, so that -m data selects them."""
    for item in items:
        if item.path.name in DATA_FILES:
            item.add_marker(pytest.mark.data)


@pytest.fixture(scope="session")
def backend(request: pytest.FixtureRequest) -> str:
    """Which database the test runs on: sqlite or postgresql."""
    return str(request.param)


@pytest.fixture(scope="session")
def worker(request: pytest.FixtureRequest) -> str:
    """The name of this test process."""
    return str(getattr(request.config, "workerinput", {}).get("workerid", "main"))


@pytest.fixture(scope="session")
def databases(worker: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Database]]:
    """Gives the database of a backend; each is made when it is first asked for."""
    with contextlib.ExitStack() as stack:
        made: dict[str, Database] = {}

        def database(backend: str) -> Database:
            if backend not in made:
                made[backend] = make_database(backend, worker, tmp_path_factory.mktemp("template"), stack)
                stack.callback(made[backend].close)
            return made[backend]

        yield database


def make_database(backend: str, worker: str, folder: Path, stack: contextlib.ExitStack) -> Database:
    """A database whose template holds the schema and the reference data."""

    def fill(address: str) -> None:
        app = create_app(config_for(address, folder))
        with app.app_context():
            db.create_all()
        result = app.test_cli_runner().invoke(args=["load-reference"])
        assert result.exit_code == 0, result.output
        close_engines(app)

    if backend == "sqlite":
        return SqliteDatabase(folder, fill)
    server = stack.enter_context(postgres_server(make_shared_folder()))
    return PostgresDatabase(server, f"tandem_test_{worker}_{os.getpid()}", fill)


def config_for(address: str, folder: Path, **settings: Any) -> Config:
    """The settings of an application under test."""
    values: dict[str, Any] = {
        "DATABASE_URL": address,
        "INSTANCE_DIR": str(folder),
        "SECRET_KEY": SECRET_KEY,
        "TESTING": True,
        "BASE_URL": "http://localhost",
    }
    return Config(**(values | settings))




@pytest.fixture
def make_app(
    backend: str, databases: Callable[[str], Database], tmp_path: Path
) -> Iterator[Callable[..., Flask]]:
    """Builds applications on one fresh database; settings may differ: make_app(REQUEST_LIMIT=1)."""
    database = databases(backend)
    address = database.fresh(tmp_path)
    made: list[Flask] = []

    def make(**settings: Any) -> Flask:
        app = create_app(config_for(address, tmp_path, **settings))
        app.test_client_class = Client
        if isinstance(database, PostgresDatabase):
            with app.app_context():
                database.watch(db.engine)
        made.append(app)
        return app

    yield make
    for app in made:
        close_engines(app)
    database.tidy()


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    """The application on a database with schema and reference data, no firms, no people."""
    return make_app()


@pytest.fixture
def client(app: Flask) -> Client:
    """A visitor; several people at once: app.test_client() for each."""
    client = app.test_client()
    assert isinstance(client, Client)
    return client


@pytest.fixture
def session(app: Flask) -> Iterator[scoped_session[Session]]:
    """An open session inside an application context, rolled back at the end; not for use beside a client."""
    with app.app_context():
        yield db.session
        db.session.rollback()


@pytest.fixture
def given(app: Flask) -> Callable[[], AbstractContextManager[scoped_session[Session]]]:
    """`with given():` makes rows and commits them; what was loaded stays readable afterwards."""

    @contextlib.contextmanager
    def block() -> Iterator[scoped_session[Session]]:
        with app.app_context():
            yield db.session
            keep = db.session()
            keep.expire_on_commit = False
            keep.commit()
            keep.expunge_all()

    return block


@pytest.fixture
def concurrently(app: Flask) -> Callable[..., list[Any]]:
    """Run callables at the same moment in threads, each with its own context, session and connection.

    Answers their results in order; an exception is a result like any other, so that a test can count who won.
    A callable that only flushes must commit for itself: wrap it in core.unit_of_work.
    """

    def run(*deeds: Callable[[], Any], seconds: float = 60) -> list[Any]:
        start = threading.Barrier(len(deeds))
        results: list[Any] = [TimeoutError("the thread did not end")] * len(deeds)

        def one(place: int, deed: Callable[[], Any]) -> None:
            with app.app_context():
                start.wait(seconds)
                try:
                    results[place] = deed()
                except Exception as error:
                    results[place] = error
                finally:
                    db.session.rollback()

        threads = [threading.Thread(target=one, args=pair, daemon=True) for pair in enumerate(deeds)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(seconds)
        return results

    return run


@pytest.fixture
def count_statements(app: Flask) -> Callable[[], AbstractContextManager[Sequence[str]]]:
    """`with count_statements() as sent:` collects the SQL statements sent inside the block."""
    return lambda: statements(app)


@contextlib.contextmanager
def statements(app: Flask) -> Iterator[Sequence[str]]:
    """The statements that the application's engine sends meanwhile."""
    sent: list[str] = []

    def remember(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        sent.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", remember)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", remember)
