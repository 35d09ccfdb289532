"""Authorisation declared on every view, and a start-up check that none is without."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlsplit

from flask import Flask, flash, request, url_for
from flask_babel import gettext as _
from flask_login import LoginManager, current_user
from werkzeug.wrappers import Response

from matchmaker.core.actor import VISITOR, Actor
from matchmaker.core.errors import NotAllowed, NotFound, signed_out_page
from matchmaker.core.htmx import go_to, wants_fragment
from matchmaker.core.typed import typed_texts
from matchmaker.core.unit_of_work import WRITING
from matchmaker.core.way_back import way_back

Rule = Callable[..., bool]
View = Callable[..., Any]

login = LoginManager()
SIGN_IN = "accounts.sign_in"
SECOND_FACTOR = "accounts.set_up_second_factor"


def public(actor: Actor, *loaded: object) -> bool:
    """Anybody."""
    return True


def signed_in(actor: Actor, *loaded: object) -> bool:
    """Anybody with an account."""
    return actor.is_authenticated


def visitor_only(actor: Actor, *loaded: object) -> bool:
    """Only somebody who has not signed in; others are sent to their home page."""
    return not actor.is_authenticated


def current_actor() -> Actor:
    """The actor of this request."""
    return cast("Actor", current_user._get_current_object())


def access(
    rule: Rule,
    load: Callable[..., Any] | None = None,
    *,
    hidden: bool = True,
    before_second_factor: bool = False,
) -> Callable[[View], View]:
    """Let the view run only when the rule holds for the actor and the loaded record.

    `load` receives the URL's arguments by name and returns the record that the rule judges and the view receives; it
    raises NotFound. A visitor is sent to sign in; a signed-in actor gets 404, or 403 where `hidden` is false.
    Somebody of an institution who has no second factor yet reaches only views with `before_second_factor`.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(**arguments: Any) -> Any:
            actor = current_actor()
            if actor.needs_second_factor and not before_second_factor:
                return go_to(url_for(SECOND_FACTOR))
            try:
                loaded = () if load is None else (load(**arguments),)
            except NotFound:
                if actor.is_authenticated or rule in (public, visitor_only):
                    raise
                return to_sign_in()
            if not rule(actor, *loaded):
                return refuse(actor, rule, hidden)
            return view(*loaded) if loaded else view(**arguments)

        guarded.__dict__["access_rule"] = rule
        return guarded

    return declare


def refuse(actor: Actor, rule: Rule, hidden: bool) -> Response:
    """Sign-in for a visitor; 404 or 403 for somebody signed in."""
    if rule is visitor_only:
        return go_to(url_for("home.home"))
    if not actor.is_authenticated:
        return to_sign_in()
    raise NotFound() if hidden else NotAllowed(_("You do not have permission for this."))


def to_sign_in() -> Response:
    """The sign-in page, which afterwards returns to where the visitor wanted to go.

    Where something longer was typed, or a part of a page was sent, a page or notice with the way there instead: else the
    text would be gone.
    """
    if request.method in WRITING and (wants_fragment() or typed_texts()):
        return Response(signed_out_page(), 400, mimetype="text/html")
    flash(_("Please sign in to continue."), "info")
    return go_to(url_for(SIGN_IN, next=_wanted() or None))


def _wanted() -> str:
    """The page that the visitor looks at where a part of it was asked for, or a deed; else what was asked for."""
    shown = urlsplit(request.headers.get("HX-Current-URL", ""))
    if wants_fragment() and shown.path:
        return f"{shown.path}?{shown.query}".rstrip("?")
    return request.full_path.rstrip("?") if request.method == "GET" else way_back()


def init_access(app: Flask, load_actor: Callable[[], Actor | None]) -> None:
    """Attach Flask-Login; `load_actor` finds the actor of the request's session."""
    login.init_app(app)
    login.anonymous_user = lambda: VISITOR
    login.request_loader(lambda _request: load_actor())
    app.jinja_env.globals["can"] = lambda rule, *loaded: rule(current_actor(), *loaded)


def check_access_declared(app: Flask) -> None:
    """Refuse to start when a view has no access rule; raises RuntimeError naming them."""
    bare = [
        name
        for name, view in app.view_functions.items()
        if not hasattr(view, "access_rule") and name != "static"
    ]
    if bare:
        raise RuntimeError("views without @access: " + ", ".join(sorted(bare)))
