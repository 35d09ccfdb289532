"""A firm that resembles a listed party gets no place on a programme abroad before a compliance officer has decided.

The firm itself reads only that a check has not ended, as with introductions; who selects reads that compliance decides.
"""

from collections.abc import Iterable

from flask import has_request_context
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from matchmaker.compliance.enums import ScreeningState
from matchmaker.compliance.queries import firms_with_hits
from matchmaker.compliance.services import compare_now
from matchmaker.core import audit
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import DomainError
from matchmaker.core.unit_of_work import after_this
from matchmaker.firms.models import Firm
from matchmaker.programmes import rules
from matchmaker.programmes.enums import ProgrammeKind, ProgrammeMode
from matchmaker.programmes.models import Programme, SignUp

FOR_STAFF = _l("On hold for compliance: a compliance officer decides first.")
FOR_THE_FIRM = _l("A check of your application has not ended. Try again later.")


class OnHold(DomainError):
    """A place or a paper has to wait for a decision of compliance."""


def goes_abroad(programme: Programme, country: str) -> bool:
    """Whether people of a country travel for it: every trip, and what is held in a room of another country."""
    if programme.kind is ProgrammeKind.TRIP:
        return True
    return programme.mode is not ProgrammeMode.ONLINE and programme.country not in ("", country)


def is_on_hold(programme: Programme, sign_up: SignUp) -> bool:
    """Whether the firm of a sign-up has a hit that is open or confirmed; it is compared with the lists of now first."""
    if sign_up.firm is None or not goes_abroad(programme, sign_up.country):
        return False
    return compare_now(sign_up.firm) is ScreeningState.HIT


def require_clear(
    actor: Actor, programme: Programme, sign_up: SignUp, verb: str, words: LazyString = FOR_STAFF
) -> None:
    """Refuse and log what has to wait for compliance; raises OnHold. What the comparison found is kept all the same."""
    if not is_on_hold(programme, sign_up):
        return
    audit.record_refusal(actor, verb, "sign_up", sign_up.id, "on hold for compliance")
    firm_id = sign_up.firm_id
    if has_request_context():
        after_this(lambda: _compare_again(firm_id))
    raise OnHold(str(words))


def _compare_again(firm_id: int | None) -> None:
    firm = db.session.get(Firm, firm_id)
    if firm is not None:
        compare_now(firm)


def on_hold(actor: Actor, programme: Programme, sign_ups: Iterable[SignUp]) -> frozenset[int]:
    """Those of the sign-ups that wait for compliance as far as known, for people who select; never one's own firm's."""
    firms = {
        one.id: one.firm_id
        for one in sign_ups
        if one.firm_id is not None
        and one.state in rules.BEFORE_EVENT
        and goes_abroad(programme, one.country)
        and actor.membership(one.firm_id) is None
    }
    held = firms_with_hits(set(firms.values())) if firms else set()
    return frozenset(number for number, firm_id in firms.items() if firm_id in held)
