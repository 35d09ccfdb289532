"""Writes of institutions' people: inviting, giving and ending roles, closing accounts."""

import secrets
from datetime import timedelta
from typing import cast

from flask_babel import gettext as _
from sqlalchemy import CursorResult, select, update

from matchmaker.accounts import queries as accounts
from matchmaker.accounts import services as account_services
from matchmaker.accounts.addresses import key_of, parse_address
from matchmaker.accounts.models import Person
from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor, InstitutionRole
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.i18n import in_language
from matchmaker.core.mail import queue_mail
from matchmaker.institutions import queries, rules
from matchmaker.institutions.invitation_wording import INVITATION
from matchmaker.institutions.models import Institution, InstitutionInvitation, InstitutionMember
from matchmaker.institutions.role_names import ROLE_NAMES

INVITATION_TERM = timedelta(days=14)


def invite(
    actor: Actor, institution: Institution, *, email: str, role: InstitutionRole, language: str
) -> InstitutionInvitation:
    """Invite somebody to a role and mail the link; raises DomainError at `email` for who has it or is invited."""
    queries.institution(institution.id, locked=True)
    address = parse_address(email)
    _check_new(institution, address.key, role)
    token = secrets.token_urlsafe(32)
    invitation = InstitutionInvitation(
        institution_id=institution.id,
        role=role,
        email=address.shown,
        language=language,
        digest=accounts.digest(token),
        invited_by_id=actor.person_id,
        expires_at=clock.now() + INVITATION_TERM,
    )
    db.session.add(invitation)
    db.session.flush()
    with in_language(language):
        role_name = str(ROLE_NAMES[role])
    queue_mail(
        "invitation",
        to=address.shown,
        language=language,
        kind=INVITATION.key,
        institution_id=institution.id,
        inviter=actor.name,
        institution=institution.name(language),
        role=role_name,
        token=token,
    )
    audit.record(
        actor, "invite", "institution", institution.id, after={"invitation": invitation.id, "role": str(role)}
    )
    db.session.flush()
    return invitation


def _check_new(institution: Institution, key: str, role: InstitutionRole) -> None:
    same = (item for item in queries.open_invitations(institution.id) if item.role is role)
    if any(key_of(item.email) == key for item in same):
        raise DomainError(_("This address is invited to this role already."), "email")
    person = accounts.person_by_key(key)
    if person is None:
        return
    if person.disabled_at is not None:
        raise DomainError(_("The account of this address is disabled."), "email")
    held = queries.grants(person.id)
    if any(grant.institution_id == institution.id and grant.role is role for grant in held):
        raise DomainError(_("This person has this role already."), "email")
    if any(grant.institution_id != institution.id for grant in held):
        raise DomainError(_("This person works for another institution."), "email")


def revoke(actor: Actor, invitation: InstitutionInvitation) -> None:
    """Take an invitation back; raises Conflict when it was accepted or revoked."""
    if not _settle(invitation, "revoked_at"):
        raise Conflict(_("This invitation was accepted or revoked already."))
    audit.record(
        actor, "revoke_invitation", "institution", invitation.institution_id, {"invitation": invitation.id}
    )
    db.session.flush()


def accept_as_new(
    invitation: InstitutionInvitation, *, name: str, name_romanised: str, password: str
) -> Person:
    """Make the account of an invited person with the role; raises Conflict for a used link or a known address.

    The link came by mail, so the address needs no confirmation.
    """
    _take(invitation)
    institution = queries.institution(invitation.institution_id)
    try:
        person = account_services.create_person(
            invitation.email,
            name=name,
            name_romanised=name_romanised,
            password=password,
            language=invitation.language,
            country=institution.country,
            confirmed=True,
        )
    except DomainError as error:
        raise Conflict(
            _("There is an account with this address. Sign in to accept the invitation.")
        ) from error
    _give_role(person, invitation)
    return person


def accept(actor: Actor, invitation: InstitutionInvitation) -> None:
    """Give the role to the signed-in person of the same address; raises Conflict, NotAllowed for somebody else."""
    person = accounts.person(actor.person_id, locked=True)
    if key_of(invitation.email) != person.email_key:
        raise NotAllowed(_("This invitation is for another address. Sign in with that account."))
    _take(invitation)
    held = queries.grants(person.id)
    if any(grant.institution_id != invitation.institution_id for grant in held):
        raise Conflict(_("You work for another institution. One account belongs to one institution."))
    _give_role(person, invitation)


def end_role(actor: Actor, member: InstitutionMember) -> None:
    """End a role today; raises Conflict for the last administrator and for a role that is ended already."""
    queries.institution(member.institution_id, locked=True)
    db.session.refresh(member, ["ended_at"])
    if member.ended_at is not None:
        raise Conflict(_("This role is ended already."))
    _keep_an_administrator(member.institution_id, [member])
    member.ended_at = clock.now()
    audit.record(
        actor,
        "end_role",
        "institution",
        member.institution_id,
        {"person": member.person_id, "role": str(member.role)},
    )
    db.session.flush()


def disable(actor: Actor, member: InstitutionMember) -> None:
    """Close the account of somebody of the institution; raises NotAllowed for oneself, Conflict for the last administrator."""
    if member.person_id == actor.person_id:
        raise NotAllowed(_("You cannot disable your own account."))
    queries.institution(member.institution_id, locked=True)
    held = [item for item in queries.members(member.institution_id) if item.person_id == member.person_id]
    _keep_an_administrator(member.institution_id, held)
    account_services.disable(actor, member.person)


def enable(actor: Actor, member: InstitutionMember) -> None:
    """Open the account of somebody of the institution again."""
    account_services.enable(actor, member.person)


def give_role(person: Person, institution: Institution, role: InstitutionRole) -> InstitutionMember:
    """Give a role, also one that the person had before."""
    same = (
        InstitutionMember.institution_id == institution.id,
        InstitutionMember.person_id == person.id,
        InstitutionMember.role == role,
    )
    member = db.session.scalar(select(InstitutionMember).where(*same))
    if member is None:
        member = InstitutionMember(institution_id=institution.id, person_id=person.id, role=role)
        db.session.add(member)
    member.ended_at = None
    db.session.flush()
    return member


def _give_role(person: Person, invitation: InstitutionInvitation) -> None:
    give_role(person, queries.institution(invitation.institution_id), invitation.role)
    after = {"person": person.id, "role": str(invitation.role), "invitation": invitation.id}
    audit.record(None, "accept_invitation", "institution", invitation.institution_id, after=after)
    db.session.flush()


def _take(invitation: InstitutionInvitation) -> None:
    if not _settle(invitation, "accepted_at"):
        raise Conflict(_("This invitation was accepted or revoked already."))


def _settle(invitation: InstitutionInvitation, moment: str) -> bool:
    """Set a moment on an invitation that is still open; the database decides who was first."""
    still_open = (
        InstitutionInvitation.id == invitation.id,
        InstitutionInvitation.accepted_at.is_(None),
        InstitutionInvitation.revoked_at.is_(None),
    )
    changed = db.session.execute(
        update(InstitutionInvitation).where(*still_open).values({moment: clock.now()})
    )
    return cast("CursorResult[tuple[()]]", changed).rowcount == 1


def _keep_an_administrator(institution_id: int, ending: list[InstitutionMember]) -> None:
    count = queries.administrator_count(institution_id)
    if any(rules.is_last_administrator(member.role, count) for member in ending):
        raise Conflict(_("An institution needs an administrator. Invite another one first."))
