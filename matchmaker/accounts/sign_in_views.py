"""Signing in and out: password, second factor."""

from typing import Any

from flask import flash, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.accounts import cookies, queries, second_factor, services
from matchmaker.accounts.blueprint import bp, home_path, typed_account, wanted_path
from matchmaker.accounts.forms import CodeForm, SignInForm
from matchmaker.accounts.models import Person
from matchmaker.core.access import access, current_actor, public, visitor_only
from matchmaker.core.errors import DomainError, NotFound
from matchmaker.core.htmx import done, go_to, render
from matchmaker.core.limits import limiter


def was_refused(response: Any) -> bool:
    """Whether an attempt failed: only these count."""
    return bool(response.status_code == 422)


def pending_account() -> str:
    """The account whose code is asked for, for limits."""
    waiting = cookies.pending()
    return f"code:{waiting.person_id if waiting else ''}"


def pending_person() -> Person:
    """Who gave the right password in this browser and owes a code; raises NotFound."""
    waiting = cookies.pending()
    if waiting is None:
        raise NotFound(_("Sign in again: too much time has passed since you gave your password."))
    found = queries.person(waiting.person_id)
    if not waiting.is_for(found):
        raise NotFound(_("Sign in again: too much time has passed since you gave your password."))
    return found


@bp.route("/sign-in", methods=["GET", "POST"])
@limiter.limit("30/15 minutes", methods=["POST"], deduct_when=was_refused)
@limiter.limit("10/15 minutes", methods=["POST"], deduct_when=was_refused, key_func=typed_account)
@access(visitor_only)
def sign_in() -> AnyResponse:
    """The sign-in form."""
    form = SignInForm()
    if form.validate_on_submit():
        try:
            person = services.check_password(form.email.data or "", form.password.data or "")
        except DomainError as error:
            form.refuse(error)
        else:
            return signed_in_or_asked(person, wanted_path())
    status = 422 if form.is_submitted() else 200
    return render("accounts/sign_in.html", fragment="form", form=form, next=wanted_path(), status=status)


def signed_in_or_asked(person: Person, next_path: str) -> AnyResponse:
    """After the right password: on to the code where there is a second factor, else in."""
    if person.totp_confirmed_at is not None:
        cookies.begin_pending(person, next_path)
        return go_to(url_for("accounts.second_factor"))
    cookies.begin_session(person, second_factor=False)
    return go_to(next_path or home_path())


@bp.route("/sign-in/code", methods=["GET", "POST"], endpoint="second_factor")
@limiter.limit("30/15 minutes", methods=["POST"], deduct_when=was_refused)
@limiter.limit("10/15 minutes", methods=["POST"], deduct_when=was_refused, key_func=pending_account)
@access(visitor_only)
def ask_code() -> AnyResponse:
    """The second step of signing in."""
    try:
        person = pending_person()
    except NotFound as error:
        flash(error.message, "info")
        return go_to(url_for("accounts.sign_in"))
    form = CodeForm()
    if form.validate_on_submit():
        try:
            second_factor.check_code(person, form.code.data or "")
        except DomainError as error:
            form.refuse(error)
        else:
            waiting = cookies.pending()
            cookies.begin_session(person, second_factor=True)
            return go_to((waiting.next if waiting else "") or home_path())
    status = 422 if form.is_submitted() else 200
    return render("accounts/second_factor.html", fragment="form", form=form, status=status)


@bp.post("/sign-out")
@access(public, before_second_factor=True)
def sign_out() -> AnyResponse:
    """End the session of this browser."""
    services.end_session(current_actor().session_id)
    cookies.forget_session()
    return done(_("You have signed out."), to=url_for("accounts.sign_in"))
