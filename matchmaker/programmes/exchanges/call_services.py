"""What a call asks for, and what has to be there before it is published or begins."""

from dataclasses import dataclass, fields
from typing import Any

from flask_babel import gettext as _

from matchmaker.core import audit
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.programmes import queries as programme_queries
from matchmaker.programmes.enums import ProgrammeState
from matchmaker.programmes.exchanges import queries, rules
from matchmaker.programmes.exchanges.enums import CostModel, ExchangeFormat
from matchmaker.programmes.exchanges.models import ExchangeCall
from matchmaker.programmes.exchanges.rules import Window
from matchmaker.programmes.models import Programme

CHANGEABLE = (ProgrammeState.DRAFT, ProgrammeState.PUBLISHED)


@dataclass(frozen=True, slots=True)
class CallPlan:
    """What the organiser asks for; the fields of the same names of ExchangeCall."""

    sending_institution_id: int
    host_institution_id: int
    format: ExchangeFormat
    practice_area: str
    need: str
    deliverables: str
    text_language: str
    windows: tuple[Window, ...]
    days: int
    contact_name: str
    contact_address: str
    cost_model: CostModel
    cost_note: str = ""


def save_call(actor: Actor, programme: Programme, plan: CallPlan) -> ExchangeCall:
    """Keep what the call asks for; possible until the call is open, because experts rely on it afterwards."""
    programme = programme_queries.locked_programme(programme.id)
    if not rules.may_edit_call(actor, programme):
        raise NotAllowed(_("Only the organiser changes a programme."))
    if programme.state not in CHANGEABLE:
        raise Conflict(_("The call is open or over; what it asks for is not changed any more."))
    _check(plan, programme)
    call = queries.call_of(programme.id)
    if call is None:
        call = ExchangeCall(programme_id=programme.id)
        db.session.add(call)
    for field in fields(plan):
        setattr(call, field.name, getattr(plan, field.name))
    call.windows = [window.stored() for window in plan.windows]
    programme.host_institution_id = plan.host_institution_id
    audit.record(actor, "save_call", "programme", programme.id, after=_noted(plan))
    db.session.flush()
    return call


def _noted(plan: CallPlan) -> dict[str, Any]:
    return {"format": plan.format.value, "practice_area": plan.practice_area, "days": plan.days}


def _check(plan: CallPlan, programme: Programme) -> None:
    parties = {party.institution_id for party in programme.mou.parties}
    if not {plan.sending_institution_id, plan.host_institution_id} <= parties:
        raise DomainError(_("Choose two parties of the memorandum."), "direction")
    if not plan.windows:
        raise DomainError(_("Name at least one window of days."), "first_1")
    if not any(window.days >= plan.days for window in plan.windows):
        raise DomainError(_("No window is as long as the exchange."), "days")
    if sum(window.days // plan.days for window in plan.windows) < rules.FEWEST_WINDOWS:
        raise DomainError(_("Leave room for at least two dates: experts offer several windows."), "first_1")
    frame = Window(programme.first_day, programme.last_day)
    if any(window.first < frame.first or window.last > frame.last for window in plan.windows):
        raise DomainError(
            _("Each window lies between the first and the last day of the programme."), "first_1"
        )


def check_complete(programme: Programme) -> None:
    """Refuse to publish a call that does not say what it asks for."""
    if queries.call_of(programme.id) is None:
        raise DomainError(
            _("Say first what the call asks for: format, practice area, windows, host and costs.")
        )


def check_agreed(programme: Programme) -> None:
    """Refuse to begin while no exchange of the call has begun: that needs an agreement that all four confirmed."""
    if not queries.has_started(programme.id):
        raise DomainError(
            _(
                "No exchange can start yet: the agreement is not confirmed by both persons and both institutions."
            )
        )
