"""Fixtures of all tests: the application on both databases, clients, given data, real concurrency."""

import contextlib
import gc
import importlib
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, has_request_context, request
from hypothesis import settings
from sqlalchemy import event, select
from sqlalchemy.orm import Session, scoped_session

from matchmaker.app import create_app
from matchmaker.core import jobs
from matchmaker.core.db import db
from matchmaker.core.garbage import spare_what_stands
from matchmaker.core.unit_of_work import unit_of_work
from tests.clients import Client
from tests.compiled import (
    compile_statements_once,
    compile_templates_once,
    find_macros_once,
    find_static_files_once,
    sort_addresses_once,
)
from tests.databases import (
    Database,
    PostgresDatabase,
    SqliteDatabase,
    close_engines,
    copying,
    made_once,
    make_folders_in_memory,
    make_shared_folder,
    make_template_folder,
    postgres_server,
    written_table,
)
from tests.moment import Moment, choose_moment
from tests.settings import config_for
from tests.statements import statements

Databases = Callable[..., Database]
CONTENTS = {"reference": ("load-reference",), "demo": ("load-reference", "demo-data")}
BACKENDS = ("sqlite", "postgresql")
DATA_FILES = ("test_models.py", "test_services.py", "test_queries.py", "test_tasks.py", "test_migrations.py")


# The same examples in every run; HYPOTHESIS_PROFILE=search looks for new ones. Time decides nothing: machines are busy.
settings.register_profile("fixed", derandomize=True, deadline=None)
settings.register_profile("search", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder that all workers share before they start, choose the place of the tests' folders and the hour."""
    folder = make_shared_folder()
    make_folders_in_memory()
    make_template_folder()
    compile_templates_once(folder)
    choose_moment()
    config.pluginmanager.register(Moment())
    sort_addresses_once()
    find_static_files_once()
    find_macros_once()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run tests of data on both databases, all others on SQLite."""
    if "backend" in metafunc.fixturenames:
        both = metafunc.definition.get_closest_marker("data") or metafunc.definition.path.name in DATA_FILES
        metafunc.parametrize("backend", BACKENDS if both else BACKENDS[:1], indirect=True, scope="session")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that run on both databases, so that -m data selects them.

    The slow ones begin: else one worker would end with one of them while the other has nothing left to do.
    """
    for item in items:
        if item.path.name in DATA_FILES:
            item.add_marker(pytest.mark.data)
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Have ready what every application needs, and look for garbage less often: a test leaves little."""
    gc.set_threshold(10_000, 10, 10)
    if any("databases" in getattr(item, "fixturenames", ()) for item in session.items):
        importlib.import_module("tests.warm")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Spare the collector what a file's tests leave for good: libraries, compiled statements and templates."""
    result = yield
    if nextitem is not None and nextitem.path != item.path:
        spare_what_stands()
    return result


@pytest.fixture(scope="session")
def backend(request: pytest.FixtureRequest) -> str:
    """Which database the test runs on: sqlite or postgresql."""
    return str(request.param)


@pytest.fixture(scope="session")
def worker(request: pytest.FixtureRequest) -> str:
    """The name of this test process."""
    return str(getattr(request.config, "workerinput", {}).get("workerid", "main"))


@pytest.fixture(scope="session")
def databases(worker: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Gives the database of a backend with its content; each is made when it is first asked for."""
    with contextlib.ExitStack() as stack:
        servers: list[str] = []
        made: dict[tuple[str, str], Database] = {}

        def database(backend: str, content: str = "reference") -> Database:
            key = (backend, content)
            if key not in made:
                folder = tmp_path_factory.mktemp(f"{content}-{backend}")
                fill = filling(folder, CONTENTS[content])
                if content == "demo":
                    # On both databases it is the same (tests/demo), and copying takes a tenth of the time.
                    fill = copying(made_once(content, partial(filling, commands=CONTENTS[content])), folder)
                if backend == "postgresql" and not servers:
                    servers.append(stack.enter_context(postgres_server(make_shared_folder())))
                name = f"tandem_test_{worker}_{os.getpid()}_{content}"
                made[key] = (
                    SqliteDatabase(folder, fill)
                    if backend == "sqlite"
                    else PostgresDatabase(servers[0], name, folder, fill)
                )
                stack.callback(made[key].close)
            return made[key]

        yield database


def filling(folder: Path, commands: Sequence[str]) -> Callable[[str], None]:
    """Makes the schema and runs the commands that fill it, and the jobs that they leave for the worker."""

    def fill(address: str) -> None:
        app = create_app(config_for(address, folder, DEMO=True))
        with app.app_context():
            db.create_all()
        for command in commands:
            result = app.test_cli_runner().invoke(args=[command])
            assert result.exit_code == 0, f"{command}: {result.output}\n{result.exception!r}"
        # Else the worker of every site would do them anew beside its journey.
        run_queued_jobs(app)
        close_engines(app)

    return fill


def run_queued_jobs(app: Flask) -> int:
    """Do all queued jobs; answers how many."""
    with app.app_context():
        queued = select(jobs.Job.id).where(jobs.Job.state == jobs.JobState.QUEUED).order_by(jobs.Job.id)
        waiting = db.session.scalars(queued).all()
        db.session.rollback()
        for number in waiting:
            jobs.run(number)
    return len(waiting)


@pytest.fixture
def make_app(backend: str, databases: Databases, tmp_path: Path) -> Iterator[Callable[..., Flask]]:
    """Builds applications on one fresh database; settings may differ, as in `make_app(REQUEST_LIMIT=1)`."""
    database = databases(backend)
    address = database.fresh(tmp_path)
    made: list[Flask] = []
    writes: list[str] = []

    def make(**settings: Any) -> Flask:
        app = create_app(config_for(address, tmp_path, **settings))
        app.test_client_class = Client
        with app.app_context():
            compile_statements_once(db.engine)
            if isinstance(database, PostgresDatabase):
                database.watch(db.engine)
            event.listen(db.engine, "before_cursor_execute", note_write_on_get(writes))
        made.append(app)
        return app

    yield make
    for app in made:
        close_engines(app)
    database.tidy()
    assert writes == [], "reading a page wrote to the database"


def note_write_on_get(writes: list[str]) -> Callable[..., None]:
    """Notes each statement that writes while a page is only read; the log of reading is the one exception."""

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if not has_request_context() or request.method not in ("GET", "HEAD"):
            return
        table = written_table(statement)
        if table is not None and table != "audit_entry":
            writes.append(f"GET {request.path}: {statement}")

    return note


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
    """A block `with given():` makes rows and commits them; what was loaded stays readable afterwards."""

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
def work_off(app: Flask) -> Callable[[], int]:
    """Do all queued jobs and one round of each of the worker's loops, as the worker would; answers how many jobs."""

    def work() -> int:
        done = run_queued_jobs(app)
        with app.app_context():
            for _seconds, step in jobs._loops.values():
                with unit_of_work():
                    step()
        return done

    return work


@pytest.fixture
def disturbed(app: Flask) -> Callable[..., None]:
    """A job's report of progress after which the work reads on while somebody else writes.

    On SQLite a transaction that has read before that cannot write any more.
    """

    def report(done: int, total: int) -> None:
        db.session.commit()
        db.session.scalars(select(jobs.WorkerBeat)).all()
        with app.app_context(), unit_of_work():
            jobs.beat("somebody else")

    return report


@pytest.fixture
def count_statements(app: Flask) -> Callable[[], AbstractContextManager[Sequence[str]]]:
    """A block `with count_statements() as sent:` collects the SQL statements sent inside the block."""
    return lambda: statements(app)
