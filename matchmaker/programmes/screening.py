"""No place on a programme abroad for a firm that resembles a listed party, or sends somebody who does, before compliance decides.

The firm itself reads only that a check has not ended, as with introductions; who selects reads that compliance decides.
"""

from collections.abc import Iterable

from flask import has_request_context
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from matchmaker.compliance.enums import ScreeningState
from matchmaker.compliance.queries import delegates_with_hits, firms_with_hits
from matchmaker.compliance.services import compare_now
from matchmaker.compliance.travellers import Traveller, add_travellers
from matchmaker.core import audit
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import DomainError
from matchmaker.core.unit_of_work import after_this
from matchmaker.programmes import queries, rules
from matchmaker.programmes.enums import ProgrammeKind, ProgrammeMode
from matchmaker.programmes.models import Delegate, Programme, SignUp

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
    """Whether the firm or somebody it sends has a hit that is open or confirmed; all are compared with the lists of now first."""
    if sign_up.firm is None or not goes_abroad(programme, sign_up.country):
        return False
    found = [compare_now(sign_up.firm), *map(compare_now, _sent(sign_up.id))]
    return ScreeningState.HIT in found


def _sent(sign_up_id: int) -> list[Traveller]:
    return _read(db.session.scalars(_coming().where(Delegate.sign_up_id == sign_up_id)))


def _coming() -> Select[Delegate]:
    """Everybody who is to come, with the firm that sends them."""
    return (
        select(Delegate)
        .where(Delegate.left_at.is_(None))
        .options(joinedload(Delegate.sign_up).joinedload(SignUp.firm))
        .order_by(Delegate.id)
    )


def _read(delegates: Iterable[Delegate]) -> list[Traveller]:
    return [
        Traveller(one.id, one.sign_up.firm, (one.name, one.name_romanised))
        for one in delegates
        if one.sign_up.firm is not None
    ]


def _numbers() -> list[int]:
    """Everybody whom a firm sends abroad and who has not come back."""
    away = (
        (Programme.mode != ProgrammeMode.ONLINE)
        & (Programme.country != "")
        & (Programme.country != SignUp.country)
    )
    found = (
        select(Delegate.id)
        .join(SignUp, SignUp.id == Delegate.sign_up_id)
        .join(Programme, Programme.id == SignUp.programme_id)
        .where(Delegate.left_at.is_(None), SignUp.firm_id.is_not(None))
        .where(SignUp.state.in_(rules.BEFORE_EVENT), Programme.state.not_in(rules.ENDED_PROGRAMMES))
        .where((Programme.kind == ProgrammeKind.TRIP) | away)
        .order_by(Delegate.id)
    )
    return list(db.session.scalars(found))


def _some(numbers: list[int]) -> list[Traveller]:
    return _read(db.session.scalars(_coming().where(Delegate.id.in_(numbers))))


add_travellers(_numbers, _some)


def require_clear(
    actor: Actor, programme: Programme, sign_up: SignUp, verb: str, words: LazyString = FOR_STAFF
) -> None:
    """Refuse and log what has to wait for compliance; raises OnHold. What the comparison found is kept all the same."""
    if not is_on_hold(programme, sign_up):
        return
    audit.record_refusal(actor, verb, "sign_up", sign_up.id, "on hold for compliance")
    number = sign_up.id
    if has_request_context():
        after_this(lambda: _compare_again(number))
    raise OnHold(str(words))


def _compare_again(sign_up_id: int) -> None:
    found = queries.sign_up(sign_up_id)
    is_on_hold(found.programme, found)


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
    if not firms:
        return frozenset()
    held = firms_with_hits(set(firms.values()))
    return _sending_listed(firms) | {number for number, firm_id in firms.items() if firm_id in held}


def _sending_listed(sign_up_ids: Iterable[int]) -> frozenset[int]:
    rows = select(Delegate.id, Delegate.sign_up_id).where(Delegate.left_at.is_(None))
    senders = {row[0]: row[1] for row in db.session.execute(rows.where(Delegate.sign_up_id.in_(sign_up_ids)))}
    return frozenset(senders[number] for number in delegates_with_hits(senders))
