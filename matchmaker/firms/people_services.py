"""Writes of a firm's people: inviting, joining, roles. A firm is never left without an administrator."""

import secrets
from datetime import timedelta
from typing import Any, cast

from flask_babel import gettext as _
from sqlalchemy import CursorResult, select, update

from matchmaker.accounts import queries as accounts
from matchmaker.accounts import services as account_services
from matchmaker.accounts.addresses import key_of, parse_address
from matchmaker.accounts.models import Person
from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor, FirmRole
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed, existing
from matchmaker.core.i18n import in_language
from matchmaker.core.mail import queue_mail
from matchmaker.firms import notices, people_queries, rules
from matchmaker.firms.enums import JoinState
from matchmaker.firms.invitation_wording import INVITATION
from matchmaker.firms.models import ContactPerson, Firm, FirmInvitation, FirmMember, JoinRequest
from matchmaker.firms.people_words import ROLES
from matchmaker.institutions.queries import grants
from matchmaker.notifications.keepers import institution_of

INVITATION_TERM = timedelta(days=14)


def invite(actor: Actor, firm: Firm, *, email: str, role: FirmRole, language: str) -> FirmInvitation:
    """Invite a colleague and mail the link; raises DomainError at `email` for who is here or invited already."""
    people = people_queries.locked_members(firm.id)
    _refuse_unless_administrator(actor, people, "invite", firm.id)
    address = parse_address(email)
    if any(item.person.email_key == address.key for item in people):
        raise DomainError(_("This person belongs to the firm already."), "email")
    if any(key_of(item.email) == address.key for item in people_queries.open_invitations(firm.id)):
        raise DomainError(_("This address is invited already."), "email")
    token = secrets.token_urlsafe(32)
    invitation = FirmInvitation(
        firm_id=firm.id,
        email=address.shown,
        role=role,
        digest=accounts.digest(token),
        invited_by_id=actor.person_id,
        expires_at=clock.now() + INVITATION_TERM,
    )
    db.session.add(invitation)
    db.session.flush()
    with in_language(language):
        role_name = str(ROLES[role])
    queue_mail(
        "firm_invitation",
        to=address.shown,
        language=language,
        kind=INVITATION.key,
        worded_by=institution_of(actor.person_id),
        inviter=actor.name,
        firm=firm.name,
        role=role_name,
        days=INVITATION_TERM.days,
        token=token,
    )
    _record(actor, "invite", firm.id, after={"invitation": invitation.id, "role": role.value})
    return invitation


def revoke_invitation(actor: Actor, invitation: FirmInvitation) -> None:
    """Take an invitation back; raises Conflict when it was accepted or revoked."""
    if not _settle(invitation, "revoked_at"):
        raise Conflict(_("This invitation was accepted or revoked already."))
    _record(actor, "revoke_invitation", invitation.firm_id, {"invitation": invitation.id})


def accept_invitation(actor: Actor, invitation: FirmInvitation) -> None:
    """Take the signed-in person of the same address in; raises Conflict for a used link, NotAllowed for others."""
    person = accounts.person(actor.person_id, locked=True)
    if key_of(invitation.email) != person.email_key:
        raise NotAllowed(_("This invitation is for another address. Sign in with that account."))
    _take(invitation)
    _join(actor, invitation.firm, person, invitation.role, f"invitation {invitation.id}")


def accept_invitation_as_new(
    invitation: FirmInvitation, *, name: str, name_romanised: str, password: str, language: str
) -> Person:
    """Make the account of an invited person and take it in; raises Conflict for a used link or a known address.

    The link came by mail, so the address needs no confirmation.
    """
    _take(invitation)
    try:
        person = account_services.create_person(
            invitation.email,
            name=name,
            name_romanised=name_romanised,
            password=password,
            language=language,
            country=invitation.firm.country,
            confirmed=True,
        )
    except DomainError as error:
        raise Conflict(
            _("There is an account with this address. Sign in to accept the invitation.")
        ) from error
    _join(None, invitation.firm, person, invitation.role, f"invitation {invitation.id}")
    return person


def change_role(actor: Actor, member: FirmMember, role: FirmRole) -> None:
    """Give a member another role; raises Conflict at `role` for the last administrator."""
    people = people_queries.locked_members(member.firm_id)
    _refuse_unless_administrator(actor, people, "change_role", member.firm_id)
    present = _present(people, member.id)
    if present.role is role:
        return
    _keep_an_administrator(actor, people, present, "change_role")
    before, present.role = present.role, role
    _record(
        actor,
        "change_role",
        present.firm_id,
        {"person": present.person_id, "role": before.value},
        {"person": present.person_id, "role": role.value},
    )


def remove_member(actor: Actor, member: FirmMember) -> None:
    """End a membership, somebody else's or one's own; raises Conflict for the last administrator."""
    people = people_queries.locked_members(member.firm_id)
    if member.person_id != actor.person_id:
        _refuse_unless_administrator(actor, people, "remove_member", member.firm_id)
    present = _present(people, member.id)
    _keep_an_administrator(actor, people, present, "remove_member")
    before = {"person": present.person_id, "role": present.role.value}
    _record(actor, "remove_member", present.firm_id, before)
    if present.person_id != actor.person_id:
        notices.tell_removed(member.firm, present.person_id, present.id)
    db.session.delete(present)
    db.session.flush()


def accept_join(actor: Actor, request: JoinRequest, role: FirmRole) -> None:
    """Take in who asked; raises Conflict when it was decided already."""
    person = _decide_join(actor, request, JoinState.ACCEPTED)
    _join(actor, request.firm, person, role, f"join request {request.id}")
    notices.tell_join_decided(request, accepted=True)


def decline_join(actor: Actor, request: JoinRequest) -> None:
    """Turn down who asked; raises Conflict when it was decided already."""
    _decide_join(actor, request, JoinState.DECLINED)
    _record(actor, "decline_join", request.firm_id, {"join_request": request.id, "person": request.person_id})
    notices.tell_join_decided(request, accepted=False)


def _decide_join(actor: Actor, request: JoinRequest, state: JoinState) -> Person:
    if not rules.may_decide_join(actor, request):
        raise NotAllowed(_("You do not have permission for this."))
    still_open = (JoinRequest.id == request.id, JoinRequest.state == JoinState.OPEN)
    decided = {"state": state, "decided_by_id": actor.person_id, "decided_at": clock.now()}
    if _changed(update(JoinRequest).where(*still_open).values(decided)) != 1:
        audit.record_refusal(actor, "decide_join", "firm", request.firm_id, "decided already")
        raise Conflict(_("Somebody else has decided this request already."))
    return accounts.person(request.person_id, locked=True)


def _join(actor: Actor | None, firm: Firm, person: Person, role: FirmRole, by: str) -> None:
    if grants(person.id):
        raise Conflict(_("People of an institution cannot belong to a firm."))
    people = people_queries.locked_members(firm.id)
    if any(item.person_id == person.id for item in people):
        raise Conflict(_("This person belongs to the firm already."))
    db.session.add(FirmMember(firm_id=firm.id, person_id=person.id, role=role))
    _claim_contacts(firm.id, person)
    _record(actor, "join", firm.id, after={"person": person.id, "role": role.value, "by": by})
    notices.tell_joined(firm, person.id, by)


def _claim_contacts(firm_id: int, person: Person) -> None:
    """Contact persons of the firm with this confirmed address are this person from now on."""
    unclaimed = (ContactPerson.firm_id == firm_id, ContactPerson.person_id.is_(None))
    for contact in db.session.scalars(select(ContactPerson).where(*unclaimed)):
        if key_of(contact.email) == person.email_key:
            contact.person_id = person.id


def _refuse_unless_administrator(actor: Actor, people: list[FirmMember], deed: str, firm_id: int) -> None:
    """The role as it is now counts, not as it was when the request began."""
    own = next((item for item in people if item.person_id == actor.person_id), None)
    if own is None or own.role is not FirmRole.ADMINISTRATOR:
        audit.record_refusal(actor, deed, "firm", firm_id, "not an administrator")
        raise NotAllowed(_("Only an administrator of the firm can do this."))


def _keep_an_administrator(actor: Actor, people: list[FirmMember], leaving: FirmMember, deed: str) -> None:
    others = (
        item.role is FirmRole.ADMINISTRATOR and item.person.disabled_at is None and item.id != leaving.id
        for item in people
    )
    if leaving.role is FirmRole.ADMINISTRATOR and not any(others):
        audit.record_refusal(actor, deed, "firm", leaving.firm_id, "last administrator")
        raise Conflict(_("A firm needs an administrator. Make somebody else one first."))


def _present(people: list[FirmMember], member_id: int) -> FirmMember:
    return existing(next((item for item in people if item.id == member_id), None))


def _take(invitation: FirmInvitation) -> None:
    if not _settle(invitation, "accepted_at"):
        raise Conflict(_("This invitation was accepted or revoked already."))


def _settle(invitation: FirmInvitation, moment: str) -> bool:
    """Set a moment on an invitation that is still open; the database decides who was first."""
    still_open = (
        FirmInvitation.id == invitation.id,
        FirmInvitation.accepted_at.is_(None),
        FirmInvitation.revoked_at.is_(None),
        FirmInvitation.expires_at > clock.now(),
    )
    return _changed(update(FirmInvitation).where(*still_open).values({moment: clock.now()})) == 1


def _changed(statement: Any) -> int:
    return cast("CursorResult[tuple[()]]", db.session.execute(statement)).rowcount


def _record(
    actor: Actor | None,
    action: str,
    firm_id: int,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    audit.record(actor, action, "firm", firm_id, before, after)
    db.session.flush()
