"""Decisions about institutions and their people."""

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from matchmaker.core.actor import Actor, InstitutionRole
from matchmaker.institutions.enums import InstitutionKind

if TYPE_CHECKING:
    from matchmaker.institutions.models import Institution, InstitutionInvitation, InstitutionMember


MOST_LETTER_LINES: Final = 4
"""As many lines of an address as stand above a letter without touching its text."""
LONGEST_LETTER_LINE: Final = 60
_CODE: Final = re.compile(r"[A-Z0-9][A-Z0-9-]{1,39}")


class CountryFault(StrEnum):
    """Why a kind and a country do not go together."""

    NEEDLESS = "needless"
    MISSING = "missing"
    UNKNOWN = "unknown"


def may_record(actor: Actor) -> bool:
    """Only who runs the installation takes further institutions in."""
    return actor.is_operator


def may_see(actor: Actor, institution: "Institution") -> bool:
    """The people of all institutions read the pages of each; those of the operator's own body only its people."""
    return actor.is_staff and _is_partner(actor, institution)


def may_see_logo(actor: Actor, institution: "Institution") -> bool:
    """The mark of a body that signs stands on memorandums, which anybody reads."""
    return _is_partner(actor, institution)


def _is_partner(actor: Actor, institution: "Institution") -> bool:
    return institution.kind is not InstitutionKind.OPERATOR or actor.is_operator


def code_of(typed: str) -> str | None:
    """A short code in capitals, from 2 to 40 Latin letters, digits and hyphens; None for anything else."""
    code = typed.strip().upper()
    return code if _CODE.fullmatch(code) else None


def country_fault(kind: InstitutionKind, country: str, known: bool) -> CountryFault | None:
    """What is wrong with the country of a kind: an international body has none, every other one has one."""
    if kind is InstitutionKind.INTERNATIONAL:
        return CountryFault.NEEDLESS if country else None
    if not country:
        return CountryFault.MISSING
    return None if known else CountryFault.UNKNOWN


def letter_lines(text: str) -> list[str]:
    """The lines of an address without the empty ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def fits_letter(text: str) -> bool:
    """Whether an address finds room above a letter."""
    lines = letter_lines(text)
    return len(lines) <= MOST_LETTER_LINES and all(len(line) <= LONGEST_LETTER_LINE for line in lines)


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
