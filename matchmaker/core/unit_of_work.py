"""One commit per request, and what is still written after a rollback."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask, Response, current_app, g, make_response, request
from flask_babel import gettext as _
from sqlalchemy.exc import DataError, IntegrityError, OperationalError, SQLAlchemyError
from sqlalchemy.orm.exc import StaleDataError

from matchmaker.core.db import begin_write, db
from matchmaker.core.errors import page

WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
RETRY_SECONDS = 5
# Faults of the database and what the reader is told: somebody was faster, it is busy or away, it keeps no such value.
SETTLED: dict[type[SQLAlchemyError], int] = {
    IntegrityError: 409,
    StaleDataError: 409,
    OperationalError: 503,
    DataError: 400,
}


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

    For refusals that must be logged with what led to them, and for the log of reading restricted fields; nothing else.
    """
    g.setdefault("written_afterwards", []).append(write)


def init_unit_of_work(app: Flask) -> None:
    """Begin writing requests with the write lock; commit them when they succeed."""

    def begin() -> None:
        if request.method in WRITING:
            begin_write()

    def finish(response: Response) -> Response:
        response = _settle(response)
        for write in g.pop("written_afterwards", []):
            with unit_of_work():
                write()
        return response

    app.before_request(begin)
    app.after_request(finish)
    for kind in SETTLED:
        app.register_error_handler(kind, settled_by_database)


def _settle(response: Response) -> Response:
    """Commit what succeeded and undo the rest; a commit that the database refuses becomes the answer."""
    if request.method not in WRITING or response.status_code >= 400:
        db.session.rollback()
        return response
    try:
        db.session.commit()
    except tuple(SETTLED) as error:
        return settled_by_database(error)
    return response


def settled_by_database(error: SQLAlchemyError) -> Response:
    """The page of a fault that the database found; nothing of the request is kept."""
    db.session.rollback()
    status = next(code for kind, code in SETTLED.items() if isinstance(error, kind))
    current_app.logger.warning("%s settled by the database: %s", request.endpoint, type(error).__name__)
    message = (
        _("The service is busy at the moment. Wait a few seconds, then try again.") if status == 503 else ""
    )
    response = make_response(page(status, message), status)
    if status == 503:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response
