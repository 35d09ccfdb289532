"""Inserting very many rows in the quickest way that each database has; they get what other rows get, but no objects."""

from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import Any

from psycopg import Connection, sql
from sqlalchemy import Column, Dialect, Table, func, select

from matchmaker.core.db import Base, Entity, db

Row = Sequence[Any]


def numbers_for(model: type[Entity], count: int) -> Sequence[int]:
    """Ascending numbers for so many rows that this transaction inserts with them; the database counts on from there.

    On SQLite the caller holds the write lock, as in every unit of work.
    """
    if db.session.get_bind().dialect.name == "sqlite":
        first = (db.session.scalar(select(func.max(model.id))) or 0) + 1
        return range(first, first + count)
    counter = func.pg_get_serial_sequence(model.__tablename__, "id")
    numbers = func.generate_series(1, count).table_valued("value")
    return db.session.scalars(select(func.nextval(counter)).select_from(numbers)).all()


def insert_many(model: type[Base], names: Sequence[str], rows: Sequence[Row]) -> None:
    """Insert rows that have values for these columns; all others take their defaults, one moment for all rows."""
    if not rows:
        return
    connection = db.session.connection()
    table, dialect = model.__table__, connection.dialect
    if not isinstance(table, Table):
        raise TypeError(f"{model.__name__} is no table")
    others = [one for one in table.columns if one.default is not None and one.name not in names]
    columns = [*(table.c[name] for name in names), *others]
    given = map(_stored, columns, zip(*rows, strict=True), repeat(dialect))
    same = (
        repeat(one, len(rows)) for column in others for one in _stored(column, [_default(column)], dialect)
    )
    stored = zip(*given, *same, strict=True)
    if dialect.name == "sqlite":
        marks = ", ".join("?" * len(columns))
        named = ", ".join(column.name for column in columns)
        insert = f"INSERT INTO {table.name} ({named}) VALUES ({marks})"  # noqa: S608 - our own names
        connection.exec_driver_sql(insert, list(stored))
    else:
        _copy(connection.connection.driver_connection, table, columns, stored)


def _default(column: Column[Any]) -> Any:
    default: Any = column.default
    return default.arg(None) if default.is_callable else default.arg


def _stored(column: Column[Any], values: Iterable[Any], dialect: Dialect) -> Iterable[Any]:
    """The values as the driver takes them."""
    change = column.type.dialect_impl(dialect).bind_processor(dialect)
    return values if change is None else map(change, values)


def _copy(driver: Any, table: Table, columns: Sequence[Column[Any]], rows: Iterable[Row]) -> None:
    if not isinstance(driver, Connection):
        raise TypeError("PostgreSQL is reached through psycopg")
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table.name), sql.SQL(", ").join(sql.Identifier(column.name) for column in columns)
    )
    with driver.cursor() as cursor, cursor.copy(into) as copy:
        for row in rows:
            copy.write_row(row)
