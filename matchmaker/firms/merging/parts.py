"""What a merge does with every column that names a firm: each domain tells its own, and a test finds those nobody told of."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, cast

from flask import Flask, current_app
from flask_babel import LazyString
from sqlalchemy import inspect, select
from sqlalchemy.orm import InstrumentedAttribute

from matchmaker.core.db import Base, db

_PARTS = "tandem-merged"
Column = InstrumentedAttribute[Any]


@dataclass(frozen=True, slots=True)
class Moving:
    """A column whose rows go over to the kept firm.

    `apart` are columns that tell rows of one firm apart: a row that the kept firm has already stays with the merged one.
    `left` names more rows that stay, asked with the numbers of the kept and the merged firm. `also` gives further values of
    a row that follow from its firm. A row that would name the kept firm twice stays.
    """

    column: Column
    title: LazyString
    apart: tuple[Column, ...] = ()
    left: Callable[[int, int], Collection[int]] | None = None
    also: Callable[[Any, int, int], dict[str, Any]] | None = None

    @property
    def table(self) -> type[Base]:
        """The table of the column."""
        return cast("type[Base]", self.column.class_)

    def rows(self, merged_id: int) -> list[Any]:
        """The rows that name the merged firm."""
        own = select(self.table).where(self.column == merged_id)
        return list(db.session.scalars(own.order_by(*inspect(self.table).primary_key)))

    def staying(self, rows: Collection[Any], kept_id: int, merged_id: int) -> set[int]:
        """The rows of the merged firm that stay with it."""
        left = set(self.left(kept_id, merged_id)) if self.left else set()
        others = [key for key in firm_columns(self.table) if key != self.column.key]
        left |= {row.id for row in rows if any(getattr(row, key) == kept_id for key in others)}
        if self.apart:
            taken = {tuple(values) for values in db.session.execute(self._kept(kept_id))}
            keys = [column.key for column in self.apart]
            left |= {row.id for row in rows if tuple(getattr(row, key) for key in keys) in taken}
        return left

    def _kept(self, kept_id: int) -> Any:
        return select(*self.apart).where(self.column == kept_id)


@dataclass(frozen=True, slots=True)
class Staying:
    """A column whose rows stay with the merged firm, and why."""

    column: Column
    why: str


@dataclass(frozen=True, slots=True)
class Part:
    """What one domain does; `refused` tells in sentences what has to be settled before."""

    name: str
    moving: tuple[Moving, ...] = ()
    staying: tuple[Staying, ...] = ()
    refused: Callable[[int, int], list[str]] | None = None


def firm_columns(table: type[Base]) -> list[str]:
    """The attributes of a table that name a firm."""
    mapper = inspect(table)
    return [
        mapper.get_property_by_column(column).key
        for column in mapper.columns
        if any(key.target_fullname == "firm.id" for key in column.foreign_keys)
    ]


def init_merging(app: Flask, parts: tuple[Part, ...]) -> None:
    """Know what the domains do with a firm that is merged."""
    app.extensions[_PARTS] = parts


def parts() -> tuple[Part, ...]:
    """What the domains do, the lowest first."""
    found: tuple[Part, ...] = current_app.extensions[_PARTS]
    return found
