"""Reminders are planned by staff and sent by the clock."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from types import MappingProxyType

from flask_babel import gettext as _
from sqlalchemy import or_, select

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import DomainError, NotFound
from matchmaker.programmes import queries as programme_queries
from matchmaker.programmes.answers import questions_of
from matchmaker.programmes.enums import ProgrammeState, QuestionStage, SignUpState
from matchmaker.programmes.mailings import queries
from matchmaker.programmes.mailings.models import ProgrammeReminder
from matchmaker.programmes.mailings.reminder_rules import ReminderOf, Timing, due_at, fits_form, is_due
from matchmaker.programmes.mailings.rules import Group
from matchmaker.programmes.mailings.services import Words, allow, check_words, mail_to
from matchmaker.programmes.mailings.wordings import REMINDER
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
    filters: Mapping[str, str] = MappingProxyType({}),
) -> ProgrammeReminder:
    """Plan a reminder or change one; raises NotAllowed, DomainError for half-written words or a moment gone by."""
    allow(actor, programme)
    check_words(words)
    if due_at(timing, programme.starts_at, programme.ends_at, programme.zone) <= clock.now():
        raise DomainError(_("This moment has passed."), "day" if timing.day else "days")
    kept_filters = {name: value for name, value in filters.items() if value}
    verb = "change_reminder" if reminder else "add_reminder"
    kept = reminder or ProgrammeReminder(programme_id=programme.id, created_by_id=actor.person_id)
    for name, value in (
        asdict(words) | asdict(timing) | {"states": list(states), "filters": kept_filters}
    ).items():
        setattr(kept, name, value)
    db.session.add(kept)
    db.session.flush()
    after = {"anchor": kept.anchor, "days": kept.days, "day": str(kept.day or ""), "states": kept.states}
    after |= {"filters": kept_filters}
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

    One statement where nothing is due; only what is due is locked and looked at again. The key of each mail keeps a
    person from being reminded twice of the same, also after the dates moved.
    """
    now, count = clock.now(), 0
    for reminder_id, programme_id in _due(now):
        reminder = db.session.get(
            ProgrammeReminder, reminder_id, with_for_update=True, populate_existing=True
        )
        programme = programme_queries.programme(programme_id)
        if reminder is not None and is_due(moment_of(programme, reminder), reminder.sent_for, now):
            count += _send(programme, reminder)
    return count


def _due(now: datetime) -> list[tuple[int, int]]:
    """The reminders whose moment has come, each with its programme, by what is read without a lock."""
    row, near, far = ProgrammeReminder, timedelta(days=2), timedelta(days=LONGEST_DAYS + 2)
    wanted = (
        select(row.id, row.programme_id, row.anchor, row.days, row.day, row.clock_time, row.sent_for)
        .add_columns(Programme.starts_at, Programme.ends_at, Programme.zone)
        .join(Programme, Programme.id == row.programme_id)
        .where(
            Programme.state.not_in(SILENT),
            or_(
                row.day.between((now - near).date(), (now + near).date()),
                row.day.is_(None) & (Programme.starts_at < now + far) & (Programme.ends_at > now - far),
            ),
        )
        .order_by(row.id)
    )
    found = []
    for number, programme_id, anchor, days, day, clock_time, sent_for, *when in db.session.execute(wanted):
        if is_due(due_at(Timing(anchor, days, day, clock_time), *when), sent_for, now):
            found.append((number, programme_id))
    return found


def _send(programme: Programme, reminder: ProgrammeReminder) -> int:
    group = reached_now(programme, reminder)
    new = sum(
        mail_to(programme, reminder, one, f"programme_reminder:{reminder.id}:{one.key}", REMINDER) is not None
        for one in group.recipients
    )
    reminder.sent_for, reminder.reached = moment_of(programme, reminder), reminder.reached + new
    audit.record(None, "send_reminder", "programme_reminder", reminder.id, after={"recipients": new})
    db.session.flush()
    return new


def reached_now(programme: Programme, reminder: ProgrammeReminder) -> Group:
    """Whom a reminder would reach now."""
    states = [SignUpState(value) for value in reminder.states]
    quota, form = str(reminder.filters.get("quota", "")), str(reminder.filters.get("form", ""))
    sought = Sought(states, int(quota) if quota else None, str(reminder.filters.get("country", "")))
    asked = [str(one.id) for one in questions_of(programme, QuestionStage.ACCEPTED) if one.required]
    return queries.people(
        programme.id, sought, queries.written(reminder), lambda one: fits_form(form, one.answers, asked)
    )
