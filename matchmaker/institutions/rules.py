"""Decisions about institutions and their people."""

from typing import TYPE_CHECKING

from matchmaker.core.actor import Actor, InstitutionRole

if TYPE_CHECKING:
    from matchmaker.institutions.models import Institution, InstitutionInvitation, InstitutionMember


def may_administer_any(actor: Actor) -> bool:
    """Whether somebody looks after the people of some institution."""
    return actor.has(InstitutionRole.ADMINISTRATOR)


def may_administer(actor: Actor, institution: "Institution") -> bool:
    """Administrators look after their own institution, those of the operator after all."""
    return actor.is_operator or actor.has(InstitutionRole.ADMINISTRATOR, institution_id=institution.id)


def may_revoke(actor: Actor, invitation: "InstitutionInvitation") -> bool:
    """Who may invite may also take the invitation back."""
    return may_administer(actor, invitation.institution)


def may_end_role(actor: Actor, member: "InstitutionMember") -> bool:
    """Who may give a role may also end it."""
    return may_administer(actor, member.institution)


def is_last_administrator(role: InstitutionRole, administrators: int) -> bool:
    """Whether an institution would be left without anybody to look after its people."""
    return role is InstitutionRole.ADMINISTRATOR and administrators <= 1
