"""The database: declarative base, column types, session, and how each engine is opened."""

import enum
import sqlite3
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Connection,
    Date,
    DateTime,
    Dialect,
    Enum,
    Integer,
    MetaData,
    Numeric,
    String,
    Table,
    Text,
    event,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

from matchmaker.core import clock
from matchmaker.core.turns import WAIT_SECONDS, Turns, begin_immediate


def _check_name(constraint: CheckConstraint, table: Table) -> str:
    """The given name; the column's for an enumeration, because a table may have two columns of one enumeration."""
    columns = list(constraint.columns)
    if len(columns) == 1 and isinstance(columns[0].type, Enum):
        return str(columns[0].name)
    return str(constraint.name)


NAMING: dict[str, Any] = {
    "constraint_name": _check_name,
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _enum_values(kind: type[enum.Enum]) -> list[str]:
    return [str(member.value) for member in kind]


StateEnum = Enum(
    enum.StrEnum,
    native_enum=False,
    create_constraint=True,
    length=40,
    values_callable=_enum_values,
    validate_strings=True,
)
Json = JSON().with_variant(JSONB(), "postgresql")
# SQLite numbers rows by itself only when the key is a plain INTEGER.
BigKey = BigInteger().with_variant(Integer(), "sqlite")

TYPES: dict[Any, Any] = {
    datetime: UtcDateTime(),
    date: Date(),
    Decimal: Numeric(18, 2),
    dict[str, Any]: Json,
    list[Any]: Json,
    enum.StrEnum: StateEnum,
}

Code = Annotated[str, mapped_column(String(16))]
Name = Annotated[str, mapped_column(String(200))]
Line = Annotated[str, mapped_column(String(500))]
Prose = Annotated[str, mapped_column(Text)]
Country = Annotated[str, mapped_column(String(2))]
Language = Annotated[str, mapped_column(String(8))]


class Base(DeclarativeBase):
    """The base of all tables."""

    registry = registry(metadata=MetaData(naming_convention=NAMING), type_annotation_map=TYPES)


class Entity(Base):
    """A row with a number of its own and the moments of its making and last change."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    updated_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now)


Row = TypeVar("Row", bound=Base)

TURN = "matchmaker.turn"
"""Marks a connection that holds the turn to write."""

db = SQLAlchemy(model_class=Base)
migrate = Migrate()


def init_db(app: Flask) -> None:
    """Attach the database to the application and prepare each connection of its engine."""
    db.init_app(app)
    migrate.init_app(app, db, directory=app.config["MIGRATIONS_DIR"], render_as_batch=True, compare_type=True)
    with app.app_context():
        engine = db.engine
        if engine.dialect.name == "sqlite":
            turns = Turns()
            event.listen(engine, "connect", _open_sqlite)
            event.listen(engine, "begin", _begin_sqlite(turns))
            event.listen(engine, "checkin", _end_sqlite(turns))


def begin_write() -> None:
    """Take the write lock before anything is read, so that no update is lost.

    SQLite ignores the request once a transaction has begun, so this comes first in a writing request.
    """
    db.session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})


def upsert(model: type[Base], rows: Sequence[dict[str, Any]], key: Sequence[str]) -> None:
    """Insert many rows; those whose key is there already take the other values. All rows have the same columns.

    `key` names the columns of a unique constraint.
    """
    if not rows:
        return
    statement = _insert_that_may_conflict(model)
    taken = {name: statement.excluded[name] for name in rows[0] if name not in key}
    db.session.execute(statement.on_conflict_do_update(index_elements=list(key), set_=taken), rows)


def insert_new(model: type[Row], row: dict[str, Any], key: Sequence[str]) -> Row | None:
    """Insert a row at once; None where there is one with this key, also of a writer at the same moment."""
    statement = _insert_that_may_conflict(model).values(row).on_conflict_do_nothing(index_elements=list(key))
    return db.session.scalars(statement.returning(model)).one_or_none()


def _insert_that_may_conflict(model: type[Base]) -> Any:
    """The only place that chooses an INSERT with ON CONFLICT, which both databases know."""
    make = sqlite_insert if db.session.get_bind().dialect.name == "sqlite" else postgresql_insert
    return make(model)


def forget_freed_pages() -> None:
    """Empty the write-ahead log of the embedded database, in which deleted values still stand; the caller has committed.

    The database file itself holds none, for each connection overwrites what it deletes. A reader that goes on for long
    puts it off to the next time; PostgreSQL does it by itself.
    """
    if db.engine.dialect.name != "sqlite":
        return
    held = db.engine.raw_connection()
    try:
        held.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]
    finally:
        held.close()


def _open_sqlite(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    embedded = _embedded(connection)
    embedded.isolation_level = None
    cursor = embedded.cursor()
    wait = f"busy_timeout={1000 * WAIT_SECONDS:.0f}"
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON", wait):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _embedded(connection: object) -> sqlite3.Connection:
    if not isinstance(connection, sqlite3.Connection):
        raise TypeError("the embedded database is reached through sqlite3")
    return connection


def _begin_sqlite(turns: Turns) -> Callable[[Connection], None]:
    """Begin as the execution options say; who wants to write first waits for the turn, once for each connection."""

    def begin(connection: Connection) -> None:
        held = connection.connection
        mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        if mode != "IMMEDIATE" or TURN in held.info:
            connection.exec_driver_sql(f"BEGIN {mode}")
            return
        try:
            begin_immediate(_embedded(held.driver_connection), turns)
        except sqlite3.OperationalError as error:
            raise OperationalError("BEGIN IMMEDIATE", None, error) from error
        held.info[TURN] = True

    return begin


def _end_sqlite(turns: Turns) -> Callable[[DBAPIConnection | None, ConnectionPoolEntry], None]:
    """Let the next in line when the connection comes back, whatever became of its transaction."""

    def end(connection: DBAPIConnection | None, record: ConnectionPoolEntry) -> None:
        if record.info.pop(TURN, False):
            turns.give()

    return end
