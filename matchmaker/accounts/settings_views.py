"""What people decide about their account: settings, password, second factor, sessions."""

from flask import Response, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.accounts import cookies, queries, rules, second_factor, services
from matchmaker.accounts.blueprint import bp, home_path
from matchmaker.accounts.forms import ChangePasswordForm, FirstCodeForm, PasswordForm, SettingsForm
from matchmaker.accounts.models import Person, SignedInSession
from matchmaker.accounts.qr import qr_code
from matchmaker.accounts.sign_in_views import was_refused
from matchmaker.core.access import access, current_actor, signed_in
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, go_to, render
from matchmaker.core.limits import limiter


def own_person() -> Person:
    """The reader's own account; raises NotFound for a visitor."""
    return queries.person(current_actor().person_id)


def own_account() -> str:
    """The reader's account, for limits."""
    return f"password of {current_actor().person_id}"


own_attempts = limiter.shared_limit(
    "10/15 minutes", scope="password", methods=["POST"], deduct_when=was_refused, key_func=own_account
)


@bp.route("/settings", methods=["GET", "POST"])
@access(signed_in, load=own_person)
def settings(person: Person) -> AnyResponse:
    """Name and language."""
    form = SettingsForm(obj=person)
    if form.validate_on_submit():
        services.change_settings(
            current_actor(),
            person,
            name=form.name.data or "",
            name_romanised=form.name_romanised.data or "",
            language=form.language.data,
        )
        session["language"] = form.language.data
        return done(_("Saved."), to=url_for("accounts.settings"))
    status = 422 if form.is_submitted() else 200
    return render("accounts/settings.html", fragment="form", form=form, person=person, status=status)


@bp.get("/settings/security")
@access(signed_in, load=own_person)
def security(person: Person) -> Response:
    """Password, second factor and sessions at a glance."""
    sessions = queries.sessions(person.id)
    removable = rules.may_do_without_second_factor(current_actor())
    return render("accounts/security.html", person=person, sessions=sessions, removable=removable)


@bp.route("/settings/password", methods=["GET", "POST"])
@own_attempts
@access(signed_in, load=own_person)
def password(person: Person) -> AnyResponse:
    """Change the password; every session ends, this browser gets a new one."""
    form = ChangePasswordForm(email=person.email)
    if form.validate_on_submit():
        actor = current_actor()
        try:
            services.change_password(
                actor, person, old=form.old_password.data or "", new=form.password.data or ""
            )
        except DomainError as error:
            form.refuse(error)
        else:
            cookies.begin_session(person, second_factor=person.totp_confirmed_at is not None)
            message = _("Your password is changed. All other sessions were ended.")
            return done(message, to=url_for("accounts.security"))
    status = 422 if form.is_submitted() else 200
    return render("accounts/password.html", fragment="form", form=form, status=status)


@bp.route("/settings/second-factor", methods=["GET", "POST"])
@own_attempts
@access(signed_in, load=own_person, before_second_factor=True)
def set_up_second_factor(person: Person) -> AnyResponse:
    """Set up an app that shows one-time codes."""
    if person.totp_confirmed_at is not None:
        return go_to(url_for("accounts.security"))
    secret = cookies.set_up_secret() or second_factor.new_secret()
    cookies.keep_set_up(secret)
    form = FirstCodeForm()
    if form.validate_on_submit():
        try:
            codes = second_factor.turn_on(current_actor(), person, secret, form.code.data or "")
        except DomainError as error:
            form.refuse(error)
        else:
            cookies.keep_shown_once(codes)
            return done(_("The second step is on."), to=url_for("accounts.recovery_codes"))
    address = second_factor.app_address(person, secret)
    return render(
        "accounts/set_up_second_factor.html",
        fragment="form",
        status=422 if form.is_submitted() else 200,
        form=form,
        picture=qr_code(address),
        address=address,
        secret=secret,
        forced=current_actor().needs_second_factor,
    )


@bp.route("/settings/second-factor/turn-off", methods=["GET", "POST"])
@own_attempts
@access(rules.may_do_without_second_factor)
def turn_off_second_factor() -> AnyResponse:
    """Ask for no codes any more, after the password."""
    form, person = PasswordForm(), own_person()
    if form.validate_on_submit():
        try:
            second_factor.turn_off(current_actor(), person, form.password.data or "")
        except DomainError as error:
            form.refuse(error)
        else:
            return done(_("The second step is off."), to=url_for("accounts.security"))
    status = 422 if form.is_submitted() else 200
    return render("accounts/turn_off_second_factor.html", fragment="form", form=form, status=status)


@bp.route("/settings/recovery-codes/new", methods=["GET", "POST"])
@own_attempts
@access(signed_in, load=own_person)
def renew_recovery_codes(person: Person) -> AnyResponse:
    """New recovery codes instead of the old ones, after the password."""
    if person.totp_confirmed_at is None:
        return go_to(url_for("accounts.set_up_second_factor"))
    form = PasswordForm()
    if form.validate_on_submit():
        try:
            codes = second_factor.renew_recovery_codes(current_actor(), person, form.password.data or "")
        except DomainError as error:
            form.refuse(error)
        else:
            cookies.keep_shown_once(codes)
            return go_to(url_for("accounts.recovery_codes"))
    status = 422 if form.is_submitted() else 200
    return render("accounts/renew_recovery_codes.html", fragment="form", form=form, status=status)


@bp.get("/settings/recovery-codes")
@access(signed_in)
def recovery_codes() -> Response:
    """The recovery codes just made; a second look shows none."""
    response = render("accounts/recovery_codes.html", codes=cookies.take_shown_once(), next=home_path())
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/settings/sessions")
@access(signed_in)
def sessions() -> Response:
    """Where the reader is signed in."""
    return render("accounts/sessions.html", sessions=queries.sessions(current_actor().person_id))


@bp.post("/settings/sessions/<int:session_id>/end")
@access(rules.may_end_session, load=queries.session)
def end_session(ended: SignedInSession) -> AnyResponse:
    """Sign one browser out."""
    own = ended.id == current_actor().session_id
    services.end_session(ended.id)
    if own:
        cookies.forget_session()
    to = url_for("accounts.sign_in" if own else "accounts.sessions")
    return done(_("The session is ended."), to=to)


@bp.post("/settings/sessions/end-others")
@access(signed_in, load=own_person)
def end_other_sessions(person: Person) -> AnyResponse:
    """Sign out everywhere but here."""
    services.end_all_sessions(person, but=current_actor().session_id)
    return done(_("All other sessions are ended."), to=url_for("accounts.sessions"))
