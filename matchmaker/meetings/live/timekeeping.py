"""What the clock does to a running day: begun meetings keep their place, those that are over count as held."""

from matchmaker.core import audit, clock
from matchmaker.core.db import db
from matchmaker.meetings.enums import DayState, MeetingState, MeetingVerb
from matchmaker.meetings.live import queries, rules
from matchmaker.meetings.models import B2bDay, Meeting, MeetingEvent


def catch_up(day: B2bDay) -> int:
    """Bring the meetings of a running day in step with the clock; answers how many changed. Call it behind its lock.

    Every change of a running day begins with it, so that nothing depends on when the worker last looked.
    """
    if day.state is not DayState.RUNNING:
        return 0
    now, slots = clock.now(), {one.id: one for one in day.slots}
    begun = [one.id for one in day.slots if one.starts_at <= now]
    if not begun:
        return 0
    here = queries.firms_here(day.id)
    changed = 0
    for meeting in queries.placed(day.id, begun):
        if rules.held_by_time(meeting, slots, here, now):
            end(meeting, MeetingState.HELD, MeetingVerb.HOLD)
            audit.record(None, "hold_by_time", "meeting", meeting.id)
            changed += 1
        elif not meeting.locked and rules.has_begun(meeting, slots, now):
            meeting.locked = True
            db.session.add(_event(meeting, MeetingVerb.LOCK))
            changed += 1
    db.session.flush()
    return changed


def close(day: B2bDay) -> None:
    """At the end of a day nothing stays open: what nobody saw was not held, and what was still to come is cancelled."""
    now, slots = clock.now(), {one.id: one for one in day.slots}
    here = queries.firms_here(day.id) or frozenset()
    for meeting in queries.placed(day.id):
        if rules.has_begun(meeting, slots, now):
            meeting.absent_id = rules.missing_firm(meeting, here)
            end(meeting, MeetingState.NOT_HELD, MeetingVerb.MISS)
        else:
            end(meeting, MeetingState.CANCELLED, MeetingVerb.CANCEL)
            meeting.living_key = None
    for meeting in queries.offered(day.id):
        meeting.offered_slot_id = meeting.answer_due_at = None
    db.session.flush()


def end(meeting: Meeting, state: MeetingState, verb: MeetingVerb, person_id: int | None = None) -> None:
    """Note what became of a meeting."""
    meeting.state, meeting.ended_at = state, clock.now()
    db.session.add(_event(meeting, verb, person_id))


def _event(meeting: Meeting, verb: MeetingVerb, person_id: int | None = None) -> MeetingEvent:
    return MeetingEvent(
        meeting_id=meeting.id,
        verb=verb,
        state=meeting.state,
        before_slot_id=meeting.slot_id,
        after_slot_id=meeting.slot_id,
        person_id=person_id,
    )
