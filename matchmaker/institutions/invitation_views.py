"""Accepting an invitation to work for an institution."""

from functools import partial

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.accounts.blueprint import home_path, named_account
from matchmaker.accounts.invitation_pages import Invited, answer_invitation
from matchmaker.core.access import access, public
from matchmaker.core.errors import NotFound
from matchmaker.core.i18n import language
from matchmaker.core.limits import limiter
from matchmaker.institutions import queries, services
from matchmaker.institutions.blueprint import bp
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
    """Give the role to who is invited; a new account has to set up its second factor next."""
    name, role = invitation.institution.name(language()), ROLE_NAMES[invitation.role]
    return answer_invitation(
        Invited(
            email=invitation.email,
            lead=_("%(institution)s invites you. Your role: %(role)s.", institution=name, role=role),
            accept=partial(services.accept, invitation=invitation),
            accept_as_new=partial(services.accept_as_new, invitation),
            accepted=_("You have accepted the invitation."),
            to=home_path(),
            to_as_new=url_for("accounts.set_up_second_factor"),
        )
    )
