"""The base of all forms, and the token that makes each sent form count once."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Flask, current_app, g, request
from flask_babel import gettext as _
from flask_wtf import CSRFProtect, FlaskForm
from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy import String
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.wrappers import Response

from matchmaker.core import clock
from matchmaker.core.db import Base, db
from matchmaker.core.errors import Conflict, DomainError, page
from matchmaker.core.htmx import go_to
from matchmaker.core.unit_of_work import WRITING

csrf = CSRFProtect()
ONCE_FIELD = "once"
ONCE_SECONDS = 12 * 3600


class UsedFormToken(Base):
    """A form that was already sent, and where its sender was led; the unique key settles a double click."""

    __tablename__ = "used_form_token"
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    location: Mapped[str] = mapped_column(String(2000), default="")
    used_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)


class BaseForm(FlaskForm):
    """A form whose cross-site token is checked once for the whole request, not per form."""

    class Meta(FlaskForm.Meta):
        csrf = False

    def refuse(self, error: DomainError) -> None:
        """Show a refusal of a service beside its field, or for the whole form."""
        target = self._fields.get(error.field or "")
        if target is None:
            self.form_errors.append(error.message)
        else:
            target.errors = [*target.errors, error.message]


def once_token() -> str:
    """A signed random token for one rendering of one form."""
    return str(_serializer().dumps(secrets.token_urlsafe(12)))


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="once")


def without_tokens(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let programs post that have no tokens (RFC 8058): only where the address holds a secret that is right enough, and
    where posting twice does no more than posting once.
    """
    view.__dict__["without_tokens"] = True
    csrf.exempt(view)
    return view


def init_forms(app: Flask) -> None:
    """Require the cross-site token and the once-only token on every writing request."""
    csrf.init_app(app)
    app.jinja_env.globals["once_token"] = once_token
    app.before_request(_claim)
    app.after_request(_remember)


def _claim() -> Response | tuple[str, int] | None:
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method not in WRITING or getattr(view, "without_tokens", False):
        return None
    token = request.form.get(ONCE_FIELD, "")
    try:
        _serializer().loads(token, max_age=ONCE_SECONDS)
    except BadSignature:
        return page(
            400, _("This form has expired. Load the page again; your text can be copied from it.")
        ), 400
    digest = hashlib.sha256(token.encode()).hexdigest()
    try:
        db.session.add(UsedFormToken(digest=digest))
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        return _already_sent(digest)
    g.once_digest = digest
    return None


def _already_sent(digest: str) -> Response:
    used = db.session.get(UsedFormToken, digest)
    if used is None or not used.location:
        raise Conflict(_("This form was already sent. Nothing was done twice."))
    return go_to(used.location)


def _remember(response: Any) -> Any:
    digest = g.pop("once_digest", None)
    if digest is not None and response.status_code < 400:
        location = response.headers.get("Location") or response.headers.get("HX-Redirect") or ""
        used = db.session.get(UsedFormToken, digest)
        if used is not None:
            used.location = location[:2000]
    return response
