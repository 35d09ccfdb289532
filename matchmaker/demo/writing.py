"""Writing many rows at once, in an order that gives every run the same numbers."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert

from matchmaker.core.db import Base, Entity, db


def add_all(model: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows that nothing refers to; all have the same keys."""
    if rows:
        db.session.execute(insert(model), list(rows))


def add_numbered(model: type[Entity], rows: Sequence[dict[str, Any]]) -> list[int]:
    """Insert rows and answer their numbers in the order of the rows; the database counts, so its counters stay right."""
    if not rows:
        return []
    statement = insert(model).returning(model.id, sort_by_parameter_order=True)
    return list(db.session.scalars(statement, list(rows)))
