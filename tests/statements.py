"""Counting the SQL statements that something costs."""

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any

from flask import Flask
from sqlalchemy import event

from matchmaker.core.db import db


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
