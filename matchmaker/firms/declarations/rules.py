"""Until when a declaration of size counts, when its firm is reminded, and who may read, ask for and rule on it.

A firm without a last day was never asked: it may do everything. So are the firms that were there before declarations
had one; they get a day with their next declaration, or when staff ask for one.
"""

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from matchmaker.core.actor import Actor
from matchmaker.firms.enums import FirmState
from matchmaker.firms.rules import SETTLED_STATES, VERIFYING_ROLES, is_member, may_verify
from matchmaker.reference.declaration_terms import DeclarationTerm

if TYPE_CHECKING:
    from matchmaker.firms.models import Firm

REMINDED_DAYS: Final = (7, 30)
"""So many days before the last day the people of a firm are reminded, the nearest first."""
ASKED_DAYS: Final = 30
"""A firm has so long to answer a request for a new declaration."""
LONGEST_REASON: Final = 1000
REMINDED_STATES: Final = (FirmState.SUBMITTED, FirmState.VERIFIED, FirmState.ON_HOLD)


def last_day(term: DeclarationTerm, figures_year: int, declared_on: date) -> date:
    """The last day on which a declaration counts.

    Figures of a year count until the rule's day of the second year after it, when those of the next year are due; but no
    declaration counts beyond that day of the year after it was made.
    """
    year = min(figures_year + 2, declared_on.year + 1)
    return date(year, term.month, min(term.day, monthrange(year, term.month)[1]))


def has_run_out(until: date | None, today: date) -> bool:
    """Whether a declaration counted once and no longer does."""
    return until is not None and until < today


def ends_soon(until: date | None, today: date) -> bool:
    """Whether the last day is near enough that the firm is reminded."""
    return until is not None and today <= until <= today + timedelta(days=max(REMINDED_DAYS))


def reminder_due(until: date, today: date) -> int | None:
    """Which reminder is due: so many days before the end; only the nearest, so that nobody gets two at once."""
    left = (until - today).days
    return next((days for days in REMINDED_DAYS if 0 <= left <= days), None)


def may_read(actor: Actor, firm: "Firm") -> bool:
    """Every member of the firm."""
    return is_member(actor, firm)


def may_ask(actor: Actor, firm: "Firm") -> bool:
    """Staff and coordinators of the firm's country ask for a new declaration, unless the firm is out of use or a draft."""
    return may_verify(actor, firm) and firm.state not in (*SETTLED_STATES, FirmState.DRAFT)


def officer_countries(actor: Actor) -> frozenset[str]:
    """The countries for whose institutions the actor is staff or coordinator."""
    return frozenset(
        grant.country for grant in actor.grants if grant.role in VERIFYING_ROLES and grant.country
    )


def may_read_terms(actor: Actor) -> bool:
    """The people of institutions read until when declarations count; a firm reads it with its own declaration."""
    return actor.is_staff


def may_record_term(actor: Actor) -> bool:
    """Staff and coordinators record the rules of their own country."""
    return bool(officer_countries(actor))
