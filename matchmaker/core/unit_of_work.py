"""One commit per request, and what is still written after a rollback."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask, Response, g, request
from sqlalchemy.exc import IntegrityError

from matchmaker.core.db import begin_write, db
from matchmaker.core.errors import page

WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


@contextmanager
def unit_of_work() -> Iterator[None]:
    """One transaction outside a request (a command, a job): all of it or nothing."""
    begin_write()
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise


@contextmanager
def next_unit_of_work() -> Iterator[None]:
    """One step of long work: what was read or done before it is committed, then the step is a transaction of its own."""
    db.session.commit()
    with unit_of_work():
        yield


def after_this(write: Callable[[], None]) -> None:
    """Have something written in a short transaction of its own once the request's fate is settled.

    For refusals that must be logged and for the log of reading restricted fields; nothing else.
    """
    g.setdefault("written_afterwards", []).append(write)


def init_unit_of_work(app: Flask) -> None:
    """Begin writing requests with the write lock; commit them when they succeed."""

    def begin() -> None:
        if request.method in WRITING:
            begin_write()

    def finish(response: Response) -> Response:
        if request.method in WRITING and response.status_code < 400:
            db.session.commit()
        else:
            db.session.rollback()
        for write in g.pop("written_afterwards", []):
            with unit_of_work():
                write()
        return response

    def conflict(error: IntegrityError) -> tuple[str, int]:
        db.session.rollback()
        app.logger.warning("conflict settled by the database", exc_info=error)
        return page(409, ""), 409

    app.before_request(begin)
    app.after_request(finish)
    app.register_error_handler(IntegrityError, conflict)
