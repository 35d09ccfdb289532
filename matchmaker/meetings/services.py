"""The one place where a B2B day changes its state: table, audit."""

from collections.abc import Callable

from flask_babel import gettext as _

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, NotAllowed
from matchmaker.meetings import queries, rules
from matchmaker.meetings.enums import DayState, DayVerb
from matchmaker.meetings.models import B2bDay
from matchmaker.meetings.words import DAY_STATES

ENTITY = "b2b_day"
Check = Callable[[B2bDay], None]
_checks: dict[DayVerb, list[Check]] = {}
_deeds: dict[DayVerb, list[Check]] = {}


def add_gate(verb: DayVerb, check: Check) -> None:
    """Have something checked before each such step of a day; the check raises DomainError."""
    _checks.setdefault(verb, []).append(check)


def add_deed(verb: DayVerb, deed: Check) -> None:
    """Have something done after each such step of a day, in the same transaction."""
    _deeds.setdefault(verb, []).append(deed)


def move_day(actor: Actor, day: B2bDay, verb: DayVerb, *, note: str = "") -> B2bDay:
    """Take one step of the table.

    Raises NotAllowed for others than those who run the day, Conflict when the present state has no such step, and what a
    gate of the step refuses.
    """
    if not rules.may_run(actor, day):
        audit.record_refusal(actor, verb.value, ENTITY, day.id, "not permitted")
        raise NotAllowed(_("You do not have permission for this."))
    day = queries.locked_day(day.id)
    step = rules.day_step(day.state, verb)
    if step is None:
        word = DAY_STATES[day.state][0]
        raise Conflict(
            _("This is no longer possible: the B2B day is now in the state “%(state)s”.", state=word)
        )
    for check in _checks.get(verb, ()):
        check(day)
    before, day.state = day.state, step.after
    if step.after is DayState.PUBLISHED:
        day.published_at = clock.now()
    audit.record(actor, verb.value, ENTITY, day.id, {"state": before}, {"state": day.state, "note": note})
    db.session.flush()
    for deed in _deeds.get(verb, ()):
        deed(day)
    return day
