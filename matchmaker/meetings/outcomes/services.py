"""Saying and settling what came of a meeting."""

from flask_babel import gettext as _

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError
from matchmaker.meetings import queries as day_queries
from matchmaker.meetings.enums import MeetingState, MeetingVerb, Outcome
from matchmaker.meetings.models import Meeting, MeetingEvent, MeetingOutcome
from matchmaker.meetings.outcomes import queries, rules
from matchmaker.meetings.outcomes.rules import Side


def say(actor: Actor, side: Side, outcome: Outcome, next_step: str = "") -> MeetingOutcome:
    """Say, or say anew, what came of a meeting for one side; raises Conflict before the meeting begins.

    The meeting counts as held as soon as one side says more than that it was not. What the desk found about a no-show
    stands until staff settle it: the side that says otherwise is shown to them.
    """
    day = day_queries.locked_day(side.meeting.day_id)
    meeting = queries.fresh(side.meeting.id)
    starts_at = meeting.slot.starts_at if meeting.slot else None
    if not rules.is_open(day.state, meeting.state, starts_at, clock.now()):
        raise Conflict(_("An outcome can be said once the meeting has begun."))
    row = _row(side)
    before = {"outcome": str(row.outcome), "next_step": row.next_step} if row else {}
    if row is None:
        row = MeetingOutcome(meeting_id=meeting.id, participant_id=side.participant.id)
        meeting.outcomes.append(row)
    row.outcome, row.next_step = outcome, next_step
    row.said_by_id = actor.person_id
    said = [one.outcome for one in meeting.outcomes]
    if meeting.absent_id is None:
        _become(actor, meeting, rules.state_after(said))
    db.session.flush()
    after = {"outcome": str(outcome), "next_step": next_step, "firm": side.participant.firm_id}
    audit.record(actor, "say_outcome", "meeting", meeting.id, before, after)
    return row


def settle(actor: Actor, meeting: Meeting, *, held: bool, reason: str) -> None:
    """Staff decide whether a meeting was held where its sides say different things; raises DomainError without reason.

    Waits for the day, as sides do that say something: neither is refused because of the other.
    """
    if not reason.strip():
        raise DomainError(_("Say how you know."), "reason")
    day_queries.locked_day(meeting.day_id)
    meeting = queries.fresh(meeting.id)
    if meeting.state not in rules.TAKES_OUTCOME:
        raise Conflict(_("This meeting has no place in the timetable."))
    before = {"state": str(meeting.state), "absent": meeting.absent_id}
    if held:
        meeting.absent_id = None
    _become(actor, meeting, MeetingState.HELD if held else MeetingState.NOT_HELD)
    meeting.end_note = reason.strip()
    audit.record(
        actor,
        "settle_meeting",
        "meeting",
        meeting.id,
        before,
        {"state": str(meeting.state), "reason": reason},
    )
    db.session.flush()


def _row(side: Side) -> MeetingOutcome | None:
    return next((one for one in side.meeting.outcomes if one.participant_id == side.participant.id), None)


def _become(actor: Actor, meeting: Meeting, state: MeetingState) -> None:
    if meeting.state is state:
        return
    meeting.state = state
    meeting.ended_at = clock.now()
    verb = MeetingVerb.HOLD if state is MeetingState.HELD else MeetingVerb.MISS
    db.session.add(
        MeetingEvent(
            meeting_id=meeting.id,
            verb=verb,
            state=state,
            after_slot_id=meeting.slot_id,
            person_id=actor.person_id,
        )
    )
