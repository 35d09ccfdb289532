"""No new application for a trip, and no new place on one, for a firm whose declaration of size has run out.

Places that are held or offered stay. A firm that was never asked for a declaration is let through.
"""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from matchmaker.core import clock
from matchmaker.core.actor import Actor
from matchmaker.core.errors import DomainError
from matchmaker.core.i18n import show_date
from matchmaker.firms.declarations import queries, rules
from matchmaker.programmes.enums import ProgrammeKind
from matchmaker.programmes.models import Programme, SignUp
from matchmaker.programmes.rules import acts_for


class RanOut(DomainError):
    """The firm has to renew its declaration of size first."""


def has_run_out(programme: Programme, firm_id: int | None) -> bool:
    """Whether a trip is closed to a firm because its declaration ran out, as it stands in the database now."""
    if programme.kind is not ProgrammeKind.TRIP or firm_id is None:
        return False
    return rules.has_run_out(queries.counts_until(firm_id), clock.today())


def refusal(programme: Programme, firm_id: int | None) -> str:
    """Why the firm cannot apply, for the firm itself; empty where it can."""
    if firm_id is None or not has_run_out(programme, firm_id):
        return ""
    until = show_date(queries.counts_until(firm_id))
    return str(_("Your declaration of size ran out on %(date)s. Renew it, then apply.", date=until))


def require_for_new(programme: Programme, firm_id: int | None) -> None:
    """Refuse a new application; raises RanOut."""
    if words := refusal(programme, firm_id):
        raise RanOut(words)


def require_for_place(programme: Programme, sign_up: SignUp) -> None:
    """Refuse to give a place to who applied before; raises RanOut with words for staff."""
    if has_run_out(programme, sign_up.firm_id):
        raise RanOut(_("The declaration of size of this firm has run out. It has to renew it first."))


@dataclass(frozen=True, slots=True)
class Renewal:
    """Why the reader's firm cannot apply, and the page that mends it."""

    words: str
    url: str


def renewal(actor: Actor, programme: Programme) -> Renewal | None:
    """What the firm that the reader speaks for has to do before it applies; None where nothing is in the way."""
    spoken = [item.firm_id for item in actor.memberships if acts_for(actor, item.firm_id)]
    mine = next(iter(spoken), None)
    words = refusal(programme, mine)
    return Renewal(words, url_for("firms.declaration", firm_id=mine)) if words else None
