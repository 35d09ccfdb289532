"""A programme that is called off calls off its B2B days: no agenda may go on saying that a meeting is held."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from matchmaker.core import audit, clock
from matchmaker.core.db import db
from matchmaker.firms.queries import members_to_tell
from matchmaker.meetings import queries, rules
from matchmaker.meetings.enums import DayState, DayVerb, MeetingState, MeetingVerb, ParticipantState
from matchmaker.meetings.models import B2bDay, Meeting, MeetingEvent
from matchmaker.meetings.plan.notices import CALLED_OFF
from matchmaker.notifications.services import notify
from matchmaker.programmes.models import Programme
from matchmaker.programmes.signals import programme_cancelled

TO_COME = (MeetingState.PENDING, MeetingState.WISHED, MeetingState.PLACED)


@programme_cancelled.connect
def call_off_days(sender: Programme, **_rest: Any) -> None:
    """Every day of the programme that is not over ends, with its meetings."""
    numbers = db.session.scalars(
        select(B2bDay.id)
        .where(B2bDay.programme_id == sender.id, B2bDay.state.not_in(rules.ENDED))
        .order_by(B2bDay.id)
    ).all()
    for number in numbers:
        _call_off(queries.locked_day(number))


def _call_off(day: B2bDay) -> None:
    before, day.state = day.state, DayState.CANCELLED
    ended = _end_meetings(day)
    audit.record(
        None,
        DayVerb.CANCEL.value,
        "b2b_day",
        day.id,
        {"state": before},
        {"state": day.state, "meetings": ended, "cause": "programme cancelled"},
    )
    db.session.flush()
    if before in rules.SHOWN_TO_FIRMS:
        _tell(day)


def _end_meetings(day: B2bDay) -> int:
    """What was held stays as it is; calendars strike the others out."""
    rows = db.session.scalars(
        select(Meeting)
        .where(Meeting.day_id == day.id, Meeting.state.in_(TO_COME))
        .options(selectinload(Meeting.parties))
        .order_by(Meeting.id)
    ).all()
    for one in rows:
        one.state, one.living_key, one.ended_at = MeetingState.CANCELLED, None, clock.now()
        one.offered_slot_id = one.answer_due_at = None
        one.sequence += bool(one.sequence)
        db.session.add(
            MeetingEvent(
                meeting_id=one.id, verb=MeetingVerb.CANCEL, state=one.state, before_slot_id=one.slot_id
            )
        )
    db.session.flush()
    return len(rows)


def _tell(day: B2bDay) -> None:
    """The people of the firms that take part; the reason stands on the page of the programme."""
    told: set[int] = set()
    for participant in queries.participants(day.id):
        if participant.state is not ParticipantState.EXPECTED:
            continue
        for person in members_to_tell(participant.firm_id):
            if person.id not in told:
                told.add(person.id)
                subject = day.programme.title(person.language)
                path = f"/programmes/{day.programme_id}"
                notify(person.id, CALLED_OFF, subject, path, f"b2b_day:{day.id}:called-off")
