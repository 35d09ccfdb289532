"""What the product keeps of a person: each domain tells its tables, so that they can be given out and erased.

A table is either `Held`, its rows being about the person, or its columns are `named`: the row is about something else
and only names who did it. A test finds the columns that nobody told of.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from flask import Flask, current_app
from flask_babel import LazyString
from sqlalchemy import ColumnElement, false, func, inspect, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from matchmaker.core.db import Base, db

_PARTS = "tandem-personal-data"
FILES = "stored_file"
Column = InstrumentedAttribute[Any]
Reader = Callable[[Any], Any]


class Fate(StrEnum):
    """What becomes of rows about a person when that person is erased."""

    REMOVED = "removed"
    BLANKED = "blanked"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Held:
    """One table with rows about a person.

    `by` are the columns that name the person, `below` those that name a row of another table about the person; `address`
    is a column with an e-mail address, by which a row without an account is the person's too. `secret` columns are never
    given out, `readers` open what is kept locked, `open_file` files that are. `blank` says what stands afterwards in the
    columns of a blanked row, `why` the reason for what is kept. `more_files` finds files that no column names. Files of
    rows that are not kept are removed with them.
    """

    table: type[Base]
    title: LazyString
    by: tuple[Column, ...]
    fate: Fate
    below: tuple[tuple[Column, "Held"], ...] = ()
    address: Column | None = None
    secret: frozenset[str] = frozenset()
    readers: Mapping[str, Reader] = field(default_factory=lambda: MappingProxyType({}))
    open_file: Callable[[bytes], bytes | None] | None = None
    more_files: Callable[[Any], Iterable[int]] | None = None
    blank: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    why: LazyString | None = None

    @property
    def name(self) -> str:
        """The name of the table, which is also that of its file."""
        return str(self.table.__tablename__)

    def rows_of(self, person_id: int, address: str) -> ColumnElement[bool]:
        """Which rows are about the person with this number and address."""
        own = or_(false(), *(column == person_id for column in self.by))
        for column, above in self.below:
            key = inspect(above.table).primary_key[0]
            own |= column.in_(select(key).where(above.rows_of(person_id, address)))
        if self.address is None or not address:
            return own
        unclaimed = func.lower(self.address) == address.lower()
        for column in self.by:
            unclaimed &= column.is_(None)
        return own | unclaimed

    @property
    def told(self) -> frozenset[str]:
        """The columns that this table is found by."""
        return frozenset(column.key for column in (*self.by, *(column for column, _above in self.below)))

    def file_ids(self, row: Any) -> list[int]:
        """The files that a row names."""
        columns = inspect(self.table).columns
        named = [
            getattr(row, inspect(self.table).get_property_by_column(column).key)
            for column in columns
            if any(key.column.table.name == FILES for key in column.foreign_keys)
        ]
        more = self.more_files(row) if self.more_files else ()
        return [number for number in (*named, *more) if number]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why somebody cannot be erased yet, and the page where that is changed."""

    text: str
    path: str = ""


def _nothing(person_id: int) -> None:
    """Most parts need no more than what their tables say."""


def _no_obstacles(person_id: int) -> list[Obstacle]:
    return []


@dataclass(frozen=True, slots=True)
class Part:
    """What one domain keeps: its tables about a person, the columns that name who did something, what stands in the way.

    `before` does what the tables alone cannot, for instance tells an index that a row goes.
    """

    name: str
    title: LazyString
    held: tuple[Held, ...] = ()
    named: tuple[Column, ...] = ()
    obstacles: Callable[[int], list[Obstacle]] = _no_obstacles
    before: Callable[[int], None] = _nothing


def init_personal_data(app: Flask, parts: tuple[Part, ...]) -> None:
    """Know what the domains keep of people, the lowest domain first."""
    app.extensions[_PARTS] = parts


def parts() -> tuple[Part, ...]:
    """What the domains keep of people, the lowest domain first."""
    found: tuple[Part, ...] = current_app.extensions[_PARTS]
    return found


def rows(held: Held, person_id: int, address: str) -> list[Any]:
    """The rows of a table that are about a person, in order."""
    keys = inspect(held.table).primary_key
    statement = select(held.table).where(held.rows_of(person_id, address)).order_by(*keys)
    return list(db.session.scalars(statement))
