"""Accepting an invitation to work for an institution."""

from flask import flash, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.accounts import cookies
from matchmaker.accounts.addresses import key_of
from matchmaker.accounts.blueprint import home_path, named_account
from matchmaker.accounts.queries import person_by_key
from matchmaker.core.access import access, current_actor, public
from matchmaker.core.errors import NotFound
from matchmaker.core.htmx import done, go_to, render
from matchmaker.core.limits import limiter
from matchmaker.institutions import queries, services
from matchmaker.institutions.blueprint import bp
from matchmaker.institutions.forms import AcceptForm, NewAccountForm
from matchmaker.institutions.models import InstitutionInvitation
from matchmaker.institutions.role_names import ROLE_NAMES


def open_invitation(token: str) -> InstitutionInvitation:
    """The open invitation of a link; raises NotFound."""
    found = queries.invitation_by_token(token)
    if found is None:
        raise NotFound(_("This invitation was used, revoked or is too old. Ask for a new one."))
    return found


@bp.route("/invitations/<string:token>", methods=["GET", "POST"], endpoint="accept")
@limiter.limit("20/hour", methods=["POST"], key_func=named_account)
@access(public, load=open_invitation)
def answer(invitation: InstitutionInvitation) -> AnyResponse:
    """The page that the link of an invitation opens, as the reader's account needs it."""
    if current_actor().is_authenticated:
        return accept_signed_in(invitation)
    known = person_by_key(key_of(invitation.email))
    if known is not None and known.email_confirmed_at is not None:
        flash(_("Sign in to accept the invitation."), "info")
        return go_to(url_for("accounts.sign_in", next=request.path))
    return accept_as_new(invitation)


def accept_signed_in(invitation: InstitutionInvitation) -> AnyResponse:
    """Give the role to the account that is signed in, if it has the address."""
    actor, form = current_actor(), AcceptForm()
    same = key_of(actor.email) == key_of(invitation.email)
    if form.validate_on_submit():
        services.accept(actor, invitation)
        return done(_("You have accepted the invitation."), to=home_path())
    return render("institutions/accept.html", invitation=invitation, form=form, same=same, roles=ROLE_NAMES)


def accept_as_new(invitation: InstitutionInvitation) -> AnyResponse:
    """Make the account, sign it in; the second factor has to be set up next."""
    form = NewAccountForm(email=invitation.email)
    if form.validate_on_submit():
        person = services.accept_as_new(
            invitation,
            name=form.name.data or "",
            name_romanised=form.name_romanised.data or "",
            password=form.password.data or "",
        )
        cookies.begin_session(person, second_factor=False)
        return done(_("Your account is ready."), to=url_for("accounts.set_up_second_factor"))
    status = 422 if form.is_submitted() else 200
    shown = {"invitation": invitation, "form": form, "roles": ROLE_NAMES}
    return render("institutions/accept_new.html", fragment="form", status=status, **shown)
