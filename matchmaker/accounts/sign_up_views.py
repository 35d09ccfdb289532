"""Making an account, confirming its address, setting a forgotten password."""

from flask import Response, flash, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.accounts import cookies, queries, services
from matchmaker.accounts.addresses import parse_address
from matchmaker.accounts.blueprint import bp, home_path, named_account, typed_account
from matchmaker.accounts.enums import LinkPurpose
from matchmaker.accounts.forms import ConfirmForm, ForgotForm, NewPasswordForm, SignUpForm
from matchmaker.accounts.models import OneTimeLink
from matchmaker.accounts.sign_in_views import signed_in_or_asked
from matchmaker.core.access import access, public, visitor_only
from matchmaker.core.errors import Conflict, DomainError, NotFound
from matchmaker.core.htmx import done, go_to, render
from matchmaker.core.limits import limiter


@bp.route("/sign-up", methods=["GET", "POST"])
@limiter.limit("30/hour", methods=["POST"])
@limiter.limit("5/hour", methods=["POST"], key_func=typed_account)
@access(visitor_only)
def sign_up() -> AnyResponse:
    """The form for a new account; the answer does not tell whether the address is known."""
    form = SignUpForm()
    if form.validate_on_submit():
        services.sign_up(
            parse_address(form.email.data or ""),
            name=form.name.data or "",
            password=form.password.data or "",
            language=form.language.data,
            country=form.country.data,
            browser_token=cookies.new_browser_token(),
        )
        return go_to(url_for("accounts.sign_up_sent"))
    status = 422 if form.is_submitted() else 200
    return render("accounts/sign_up.html", fragment="form", form=form, status=status)


@bp.get("/sign-up/sent")
@access(visitor_only)
def sign_up_sent() -> Response:
    """What to do next: open the link in the mail."""
    return render("accounts/sign_up_sent.html")


def confirmation(token: str) -> OneTimeLink:
    """The open confirmation link of a token; raises NotFound."""
    return _open_link(token, LinkPurpose.CONFIRM_EMAIL)


def reset_link(token: str) -> OneTimeLink:
    """The open reset link of a token; raises NotFound."""
    return _open_link(token, LinkPurpose.RESET)


def _open_link(token: str, purpose: LinkPurpose) -> OneTimeLink:
    link = queries.open_link(token, purpose)
    if link is None:
        raise NotFound(_("This link was used already or is too old. Ask for a new one."))
    return link


@bp.route("/confirm/<string:token>", methods=["GET", "POST"])
@limiter.limit("10/hour", methods=["POST"], key_func=named_account)
@access(public, load=confirmation)
def confirm(link: OneTimeLink) -> AnyResponse:
    """Confirm the address by a button, because mail programs open links by themselves."""
    form = ConfirmForm()
    tokens = cookies.browser_tokens()
    if form.validate_on_submit():
        try:
            person = services.confirm(link, browser_tokens=tokens, password=form.password.data or "")
        except Conflict:
            raise
        except DomainError as error:
            form.refuse(error)
        else:
            cookies.begin_session(person, second_factor=False)
            return done(_("Your e-mail address is confirmed. You are signed in."), to=home_path())
    known = services.is_from_browser(link, tokens)
    status = 422 if form.is_submitted() else 200
    return render(
        "accounts/confirm.html", fragment="form", form=form, person=link.person, known=known, status=status
    )


@bp.route("/forgot-password", methods=["GET", "POST"])
@limiter.limit("20/hour", methods=["POST"])
@limiter.limit("5/hour", methods=["POST"], key_func=typed_account)
@access(visitor_only)
def forgot() -> AnyResponse:
    """Ask for a link by which a new password can be set."""
    form = ForgotForm()
    if form.validate_on_submit():
        services.ask_reset(form.email.data or "")
        return go_to(url_for("accounts.forgot_sent"))
    status = 422 if form.is_submitted() else 200
    return render("accounts/forgot.html", fragment="form", form=form, status=status)


@bp.get("/forgot-password/sent")
@access(visitor_only)
def forgot_sent() -> Response:
    """What to do next: open the link in the mail."""
    return render("accounts/forgot_sent.html")


@bp.route("/reset-password/<string:token>", methods=["GET", "POST"])
@limiter.limit("10/hour", methods=["POST"], key_func=named_account)
@access(public, load=reset_link)
def reset(link: OneTimeLink) -> AnyResponse:
    """Set a new password by a link; a second factor is still asked for."""
    form = NewPasswordForm(email=link.person.email)
    if form.validate_on_submit():
        person = services.reset_password(link, form.password.data or "")
        flash(_("Your new password is set. All other sessions were ended."), "ok")
        return signed_in_or_asked(person, "")
    status = 422 if form.is_submitted() else 200
    return render("accounts/reset.html", fragment="form", form=form, person=link.person, status=status)
