"""Reminders are planned by staff and sent by the clock."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import select

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import DomainError, NotFound
from matchmaker.programmes import queries as programme_queries
from matchmaker.programmes.enums import ProgrammeState, SignUpState
from matchmaker.programmes.mailings import queries
from matchmaker.programmes.mailings.models import ProgrammeReminder
from matchmaker.programmes.mailings.reminder_rules import ReminderOf, Timing, due_at, is_due
from matchmaker.programmes.mailings.services import Words, allow, check_words, mail_to
from matchmaker.programmes.models import Programme
from matchmaker.programmes.participant_queries import Sought

SILENT = (ProgrammeState.DRAFT, ProgrammeState.CANCELLED)
"""Nobody is reminded of a programme in these states."""
LONGEST_DAYS = 60


def reminders(programme_id: int) -> list[ProgrammeReminder]:
    """The reminders of a programme in the order in which they were planned."""
    wanted = select(ProgrammeReminder).where(ProgrammeReminder.programme_id == programme_id)
    return list(db.session.scalars(wanted.order_by(ProgrammeReminder.id)))


def reminder_of(programme_id: int, reminder_id: int) -> ReminderOf:
    """A reminder with its programme; raises NotFound for one of another programme."""
    found = db.session.get(ProgrammeReminder, reminder_id)
    if found is None or found.programme_id != programme_id:
        raise NotFound
    return ReminderOf(programme_queries.programme(programme_id), found)


def moment_of(programme: Programme, reminder: ProgrammeReminder) -> datetime:
    """When a reminder is due by the present dates."""
    timing = Timing(reminder.anchor, reminder.days, reminder.day, reminder.clock_time)
    return due_at(timing, programme.starts_at, programme.ends_at, programme.zone)


def save(
    actor: Actor,
    programme: Programme,
    reminder: ProgrammeReminder | None,
    words: Words,
    timing: Timing,
    states: Sequence[str],
) -> ProgrammeReminder:
    """Plan a reminder or change one; raises NotAllowed, DomainError for half-written words or a moment gone by."""
    allow(actor, programme)
    check_words(words)
    if due_at(timing, programme.starts_at, programme.ends_at, programme.zone) <= clock.now():
        raise DomainError(_("This moment has passed."), "day" if timing.day else "days")
    verb = "change_reminder" if reminder else "add_reminder"
    kept = reminder or ProgrammeReminder(programme_id=programme.id, created_by_id=actor.person_id)
    for name, value in (asdict(words) | asdict(timing) | {"states": list(states)}).items():
        setattr(kept, name, value)
    db.session.add(kept)
    db.session.flush()
    after = {"anchor": kept.anchor, "days": kept.days, "day": str(kept.day or ""), "states": kept.states}
    audit.record(actor, verb, "programme_reminder", kept.id, after=after)
    return kept


def remove(actor: Actor, programme: Programme, reminder: ProgrammeReminder) -> None:
    """Remind nobody of this any more; raises NotAllowed."""
    allow(actor, programme)
    audit.record(actor, "remove_reminder", "programme_reminder", reminder.id)
    db.session.delete(reminder)
    db.session.flush()


def send_due() -> int:
    """Send the reminders whose moment has come; answers how many people were reminded.

    The key of each mail keeps a person from being reminded twice of the same, also after the dates moved.
    """
    now, count = clock.now(), 0
    wanted = (
        select(ProgrammeReminder.id, ProgrammeReminder.programme_id)
        .join(Programme, Programme.id == ProgrammeReminder.programme_id)
        .where(Programme.state.not_in(SILENT), Programme.ends_at > now - timedelta(days=LONGEST_DAYS + 2))
        .order_by(ProgrammeReminder.id)
    )
    for reminder_id, programme_id in db.session.execute(wanted).all():
        reminder = db.session.get(
            ProgrammeReminder, reminder_id, with_for_update=True, populate_existing=True
        )
        programme = programme_queries.programme(programme_id)
        if reminder is not None and is_due(moment_of(programme, reminder), reminder.sent_for, now):
            count += _send(programme, reminder)
    return count


def _send(programme: Programme, reminder: ProgrammeReminder) -> int:
    states = [SignUpState(value) for value in reminder.states]
    group = queries.people(programme.id, Sought(states), queries.written(reminder))
    new = sum(
        mail_to(programme, reminder, one, f"programme_reminder:{reminder.id}:{one.key}")
        for one in group.recipients
    )
    reminder.sent_for, reminder.reached = moment_of(programme, reminder), reminder.reached + new
    audit.record(None, "send_reminder", "programme_reminder", reminder.id, after={"recipients": new})
    db.session.flush()
    return new
