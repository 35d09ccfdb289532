"""Lists are planned by staff and go out by the clock: staff get a notice whose link makes the list.

The mail passes through many hands, so that it carries neither names nor files: the list is made when its reader opens
the link, signed in, and that is logged with filters and number of rows like every list that is taken away.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from urllib.parse import urlencode

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from matchmaker.accounts.models import Person
from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import DomainError, NotAllowed, NotFound
from matchmaker.core.schedules import Schedule, last_moment
from matchmaker.institutions.queries import officers_of
from matchmaker.notifications.enums import NoticeCategory
from matchmaker.notifications.kinds import add_kind
from matchmaker.notifications.services import notify
from matchmaker.programmes import participants
from matchmaker.programmes import queries as programme_queries
from matchmaker.programmes import rules as programme_rules
from matchmaker.programmes.enums import ProgrammeState
from matchmaker.programmes.lists.enums import ListFormat
from matchmaker.programmes.lists.models import ScheduledList
from matchmaker.programmes.lists.rules import ScheduleOf, is_due
from matchmaker.programmes.models import Programme

SILENT = (ProgrammeState.DRAFT, ProgrammeState.CANCELLED)
AFTERWARDS = timedelta(days=30)
"""So long after the end of a programme its lists still go out."""
add_kind(
    "scheduled_list",
    NoticeCategory.WORK,
    _l("The list of participants of %(subject)s is ready."),
    _l("A list of participants is ready."),
)


def schedules(programme_id: int) -> list[ScheduledList]:
    """The schedules of a programme in the order in which they were planned."""
    wanted = select(ScheduledList).where(ScheduledList.programme_id == programme_id)
    return list(db.session.scalars(wanted.order_by(ScheduledList.id)))


def schedule_of(programme_id: int, scheduled_id: int) -> ScheduleOf:
    """A schedule with its programme; raises NotFound for one of another programme."""
    found = db.session.get(ScheduledList, scheduled_id)
    if found is None or found.programme_id != programme_id:
        raise NotFound
    return ScheduleOf(programme_queries.programme(programme_id), found)


def possible_readers(programme: Programme) -> list[Person]:
    """The staff who may see the participants: those of the organiser and of the host, each once."""
    offices = dict.fromkeys((programme.institution_id, programme.host_institution_id))
    found = [
        person
        for office in offices
        if office
        for person in officers_of(office, *programme_rules.SEEING_ROLES)
    ]
    return list({person.id: person for person in found}.values())


def plan(
    actor: Actor,
    programme: Programme,
    schedule: Schedule,
    filters: Mapping[str, str],
    kind: ListFormat,
    readers: Sequence[int],
) -> ScheduledList:
    """Plan a list; raises NotAllowed, DomainError for readers who may not see the participants."""
    if not programme_rules.may_edit(actor, programme):
        raise NotAllowed(_("You do not have permission for this."))
    known = {person.id for person in possible_readers(programme)}
    if not readers or not set(readers) <= known:
        raise DomainError(_("Choose staff of the organiser or of the host."), "readers")
    kept = participants.wanted(filters).args()
    row = ScheduledList(
        programme_id=programme.id,
        filters=kept,
        readers=sorted(set(readers)),
        format=kind,
        created_by_id=actor.person_id,
        **asdict(schedule),
    )
    db.session.add(row)
    db.session.flush()
    after = {"filters": kept, "readers": row.readers, "rhythm": row.rhythm, "format": row.format}
    audit.record(actor, "schedule_list", "scheduled_list", row.id, after=after)
    return row


def remove(actor: Actor, programme: Programme, scheduled: ScheduledList) -> None:
    """Send this list no more; raises NotAllowed."""
    if not programme_rules.may_edit(actor, programme):
        raise NotAllowed(_("You do not have permission for this."))
    audit.record(actor, "remove_list", "scheduled_list", scheduled.id, before={"filters": scheduled.filters})
    db.session.delete(scheduled)
    db.session.flush()


def send_due() -> int:
    """Tell the readers of the lists whose moment has come; answers how many notices were written.

    One statement where nothing is due. Who may no longer see the participants is left out.
    """
    now, count = clock.now(), 0
    for scheduled_id, moment in _due(now):
        row = db.session.get(ScheduledList, scheduled_id, with_for_update=True, populate_existing=True)
        if row is not None and is_due(moment, row.created_at, row.sent_for, now):
            count += _send(row, moment)
    return count


def _due(now: datetime) -> list[tuple[int, datetime]]:
    row = ScheduledList
    wanted = (
        select(row.id, row.created_at, row.sent_for, row.rhythm, row.weekday, row.clock_time, Programme.zone)
        .join(Programme, Programme.id == row.programme_id)
        .where(Programme.state.not_in(SILENT), Programme.ends_at > now - AFTERWARDS)
        .order_by(row.id)
    )
    found = []
    for number, planned_at, sent_for, rhythm, weekday, clock_time, zone in db.session.execute(wanted):
        moment = last_moment(Schedule(rhythm, weekday, clock_time), zone, now)
        if is_due(moment, planned_at, sent_for, now):
            found.append((number, moment))
    return found


def _send(row: ScheduledList, moment: datetime) -> int:
    programme = programme_queries.programme(row.programme_id)
    path = f"/programmes/{programme.id}/participants/{row.format}?{urlencode(row.filters)}"
    readers = [person for person in possible_readers(programme) if person.id in row.readers]
    told = [
        notify(
            person.id,
            "scheduled_list",
            programme.title(person.language),
            path,
            f"scheduled_list:{row.id}:{moment:%Y%m%d%H%M}",
        )
        for person in readers
    ]
    row.sent_for = moment
    after = {"filters": row.filters, "readers": [person.id for person in readers]}
    audit.record(None, "send_list", "scheduled_list", row.id, after=after)
    db.session.flush()
    return sum(one is not None for one in told)
