"""A firm does not come to a meeting: either side or the desk says so, and who waits is offered the next meeting."""

from flask_babel import gettext as _

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict
from matchmaker.meetings import queries as day_queries
from matchmaker.meetings.enums import DayState, MeetingState, MeetingVerb
from matchmaker.meetings.live import offers, rules, timekeeping
from matchmaker.meetings.outcomes.queries import fresh
from matchmaker.meetings.outcomes.rules import Side


def mark(actor: Actor, side: Side) -> list[int]:
    """Note that the firm of `side` did not come to its meeting; answers the meetings offered to those who did.

    The meeting counts as not held. Raises Conflict before it begins, once it ended otherwise, or when it is noted.
    """
    day = day_queries.locked_day(side.participant.day_id)
    timekeeping.catch_up(day)
    meeting = fresh(side.meeting.id)
    slots = {one.id: one for one in day.slots}
    if day.state is not DayState.RUNNING or not rules.has_begun(meeting, slots, clock.now()):
        raise Conflict(_("This can be said once the meeting has begun."))
    if meeting.absent_id is not None or meeting.state not in (MeetingState.PLACED, MeetingState.HELD):
        raise Conflict(_("This meeting is recorded as not held already."))
    meeting.absent_id = side.participant.id
    timekeeping.end(meeting, MeetingState.NOT_HELD, MeetingVerb.MISS, actor.person_id)
    audit.record(actor, "mark_no_show", "meeting", meeting.id, after={"firm": side.participant.firm_id})
    db.session.flush()
    present = [one.participant_id for one in meeting.parties if one.participant_id != side.participant.id]
    found = (offers.offer_next(actor, day, one) for one in present)
    return [one for one in found if one is not None]
