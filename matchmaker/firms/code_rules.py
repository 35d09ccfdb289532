"""Decisions about registration codes: who issues them, and what state one is in."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from matchmaker.core.actor import Actor, InstitutionRole

if TYPE_CHECKING:
    from matchmaker.firms.models import RegistrationCode

ISSUING: Final = (InstitutionRole.STAFF, InstitutionRole.COORDINATOR)


class CodeState(StrEnum):
    """What can still become of a code."""

    OPEN = "open"
    USED = "used"
    REVOKED = "revoked"
    EXPIRED = "expired"


def may_issue(actor: Actor, country: str) -> bool:
    """Staff and coordinators of an institution vouch for businesses of its own country."""
    return actor.has(*ISSUING, country=country)


def may_see_code(actor: Actor, code: "RegistrationCode") -> bool:
    """Whoever could have issued a code sees it, takes it back and prints its letter."""
    return may_issue(actor, code.country)


def state_of(code: "RegistrationCode", now: datetime) -> CodeState:
    """The state of a code at a moment."""
    if code.used_at is not None:
        return CodeState.USED
    # A code that had ended before a new one replaced it was not taken back.
    if code.revoked_at is not None and code.revoked_at < code.expires_at:
        return CodeState.REVOKED
    return CodeState.OPEN if now < code.expires_at else CodeState.EXPIRED
