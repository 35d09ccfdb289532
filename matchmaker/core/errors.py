"""Errors that a user can do something about, and the pages they become."""

from typing import TypeVar

from flask import Flask
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from matchmaker.core.htmx import render
from matchmaker.core.typed import typed_texts
from matchmaker.core.way_back import way_back

_Record = TypeVar("_Record")


class DomainError(Exception):
    """A rule refuses the deed; the message is for the reader, `field` names the input it belongs to."""

    status = 422

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotAllowed(DomainError):
    """The actor may know the record but not do this with it."""

    status = 403


class NotFound(DomainError):
    """There is no such record, or the actor may not know that there is."""

    status = 404

    def __init__(self, message: str = "") -> None:
        super().__init__(message)


def existing(record: _Record | None) -> _Record:
    """The record that was looked for; raises NotFound when there is none."""
    if record is None:
        raise NotFound
    return record


class Conflict(DomainError):
    """Somebody else was faster, or the record is no longer in the state the deed needs."""

    status = 409


PAGES = (400, 403, 404, 409, 413, 422, 429, 500)


def init_errors(app: Flask) -> None:
    """Answer domain errors and HTTP errors with a page in the reader's language."""

    def domain_error(error: DomainError) -> tuple[str, int]:
        return page(error.status, error.message), error.status

    def http_error(error: HTTPException) -> tuple[str, int] | HTTPException:
        status = error.code or 500
        if status < 400:
            return error
        if isinstance(error, CSRFError) and not current_user.is_authenticated:
            return signed_out_page(), status
        return page(status, ""), status

    app.jinja_env.globals["typed_texts"] = typed_texts
    app.register_error_handler(DomainError, domain_error)
    app.register_error_handler(HTTPException, http_error)


def signed_out_page() -> str:
    """What somebody reads whose form came after the session had ended: the way to sign in, and what was typed."""
    message = _("You are signed out, so nothing was saved. Sign in, then send it once more.")
    return page(400, message, signed_out=True)


def page(status: int, message: str, *, signed_out: bool = False) -> str:
    """The error page of a status, or the nearest general one."""
    shown = status if status in PAGES else (400 if status < 500 else 500)
    shown = 400 if shown == 422 else shown
    back = way_back() if shown in (400, 409) else ""
    return render(f"errors/{shown}.html", message=message, way_back=back, signed_out=signed_out).get_data(
        as_text=True
    )
