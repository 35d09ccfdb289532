"""Pages of a firm's people: members, invitations, requests to join."""

from functools import partial

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.accounts.blueprint import named_account
from matchmaker.accounts.invitation_pages import Invited, answer_invitation
from matchmaker.core.access import access, current_actor, public
from matchmaker.core.actor import Actor
from matchmaker.core.errors import DomainError, NotFound
from matchmaker.core.htmx import done, render
from matchmaker.core.i18n import language
from matchmaker.core.limits import limiter
from matchmaker.firms import people_queries, people_services, queries, rules
from matchmaker.firms.blueprint import bp
from matchmaker.firms.models import Firm, FirmInvitation, FirmMember, JoinRequest
from matchmaker.firms.people_forms import InviteMemberForm, RoleForm
from matchmaker.firms.people_words import ROLE_NOTES, ROLES


def people_url(firm_id: int) -> str:
    """The page of a firm's people."""
    return url_for("firms.people", firm_id=firm_id)


@bp.get("/firms/<int:firm_id>/people")
@access(rules.may_see_people, load=queries.firm)
def people(firm: Firm) -> Response:
    """Who belongs to the firm, who is invited, who asks to join."""
    return show_people(firm, RoleForm(formdata=None), 200)


def show_people(firm: Firm, form: RoleForm, status: int) -> Response:
    """The page of a firm's people."""
    return render(
        "firms/people/people.html",
        fragment="people",
        status=status,
        firm=firm,
        form=form,
        members=people_queries.members(firm.id),
        invitations=people_queries.open_invitations(firm.id),
        requests=people_queries.open_join_requests(firm.id),
        roles=ROLES,
    )


@bp.route("/firms/<int:firm_id>/people/invite", methods=["GET", "POST"])
@limiter.limit("60/hour", methods=["POST"])
@access(rules.may_administer, load=queries.firm)
def invite(firm: Firm) -> AnyResponse:
    """Invite a colleague by mail."""
    form = InviteMemberForm()
    if form.validate_on_submit():
        try:
            people_services.invite(
                current_actor(),
                firm,
                email=form.email.data or "",
                role=form.role.data,
                language=form.language.data,
            )
            return done(_("The invitation is on its way."), to=people_url(firm.id))
        except DomainError as error:
            form.refuse(error)
    status = 422 if form.is_submitted() else 200
    notes = {role.value: note for role, note in ROLE_NOTES.items()}
    return render(
        "firms/people/invite.html", fragment="form", status=status, form=form, firm=firm, notes=notes
    )


def may_revoke(actor: Actor, invitation: FirmInvitation) -> bool:
    """Administrators of the firm take its invitations back."""
    return rules.may_administer(actor, invitation.firm)


@bp.post("/firm-invitations/<int:invitation_id>/revoke")
@access(may_revoke, load=people_queries.invitation)
def revoke_invitation(invitation: FirmInvitation) -> AnyResponse:
    """Take an invitation back."""
    people_services.revoke_invitation(current_actor(), invitation)
    return done(_("The invitation is revoked."), to=people_url(invitation.firm_id))


def open_invitation(token: str) -> FirmInvitation:
    """The open invitation of a link; raises NotFound."""
    found = people_queries.invitation_by_token(token)
    if found is None:
        raise NotFound(_("This invitation was used, revoked or is too old. Ask for a new one."))
    return found


@bp.route("/firm-invitations/<string:token>", methods=["GET", "POST"])
@limiter.limit("20/hour", methods=["POST"], key_func=named_account)
@access(public, load=open_invitation)
def accept_invitation(invitation: FirmInvitation) -> AnyResponse:
    """Take who is invited into the firm."""
    firm, to = invitation.firm, url_for("firms.mine", firm_id=invitation.firm_id)
    return answer_invitation(
        Invited(
            email=invitation.email,
            lead=_("%(firm)s invites you. Your role: %(role)s.", firm=firm.name, role=ROLES[invitation.role]),
            accept=partial(people_services.accept_invitation, invitation=invitation),
            accept_as_new=partial(people_services.accept_invitation_as_new, invitation, language=language()),
            accepted=_("You belong to %(firm)s now.", firm=firm.name),
            to=to,
            to_as_new=to,
        )
    )


@bp.post("/firm-members/<int:member_id>/role")
@access(rules.may_change_role, load=people_queries.member)
def change_role(member: FirmMember) -> AnyResponse:
    """Give a member another role."""
    form = RoleForm()
    if form.validate_on_submit():
        try:
            people_services.change_role(current_actor(), member, form.role.data)
            return done(_("The role is changed."), to=people_url(member.firm_id))
        except DomainError as error:
            form.refuse(DomainError(error.message))
    return show_people(queries.firm(member.firm_id), form, 422)


@bp.post("/firm-members/<int:member_id>/remove")
@access(rules.may_remove, load=people_queries.member)
def remove_member(member: FirmMember) -> AnyResponse:
    """End a membership."""
    own, firm_id = member.person_id == current_actor().person_id, member.firm_id
    try:
        people_services.remove_member(current_actor(), member)
    except DomainError as error:
        form = RoleForm(formdata=None)
        form.refuse(error)
        return show_people(queries.firm(firm_id), form, error.status)
    if own:
        return done(_("You have left the firm."), to=url_for("firms.register"))
    return done(_("The person no longer belongs to the firm."), to=people_url(firm_id))


@bp.post("/join-requests/<int:request_id>/accept")
@access(rules.may_decide_join, load=people_queries.join_request)
def accept_join(asked: JoinRequest) -> AnyResponse:
    """Take in who asked."""
    form = RoleForm()
    if form.validate_on_submit():
        people_services.accept_join(current_actor(), asked, form.role.data)
        return done(_("%(name)s belongs to the firm now.", name=asked.person.name), to=after_join(asked))
    raise DomainError(_("Choose a role."))


@bp.post("/join-requests/<int:request_id>/decline")
@access(rules.may_decide_join, load=people_queries.join_request)
def decline_join(asked: JoinRequest) -> AnyResponse:
    """Turn down who asked."""
    people_services.decline_join(current_actor(), asked)
    return done(_("The request is declined."), to=after_join(asked))


def after_join(asked: JoinRequest) -> str:
    """Back to where the reader decides about requests."""
    if rules.may_administer(current_actor(), asked.firm):
        return people_url(asked.firm_id)
    return url_for("firms.to_verify", tab="join-requests")
