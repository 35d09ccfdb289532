"""A colleague takes over a meeting: the meeting stays the same, another person of the firm goes."""

from flask_babel import gettext as _

from matchmaker.core import audit
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError
from matchmaker.meetings import leavers, places
from matchmaker.meetings import queries as day_queries
from matchmaker.meetings import rules as day_rules
from matchmaker.meetings.enums import MeetingVerb, StepVerb
from matchmaker.meetings.models import DayParticipant, DayPerson, Meeting, MeetingEvent
from matchmaker.meetings.places import Seat, seat_of


def can_take_over(actor: Actor, meeting: Meeting) -> list[DayPerson]:
    """The colleagues who may go instead: of a firm that the actor speaks for, or of any for staff of the day."""
    staff = day_rules.may_run(actor, meeting.day)
    going = {one.person_id for one in meeting.bookings}
    return [
        person
        for party in meeting.parties
        if staff or day_rules.speaks_for(actor, party.participant)
        for person in party.participant.people
        if person.id not in going and person.left_at is None
    ]


def take_over(actor: Actor, meeting: Meeting, person_id: int) -> Meeting:
    """Send another person of the same firm; nobody is told, since the firm itself decides.

    A lock keeps the time and the table of a meeting; who of the firm goes stays the firm's own matter.

    Raises DomainError (field `person`) for somebody who may not go or has another meeting then.
    """
    day_queries.locked_day(meeting.day_id)
    chosen = next((one for one in can_take_over(actor, meeting) if one.id == person_id), None)
    seat = seat_of(meeting)
    if chosen is None or seat is None:
        raise DomainError(_("Choose a colleague who is there."), field="person")
    party = next(one for one in meeting.parties if one.participant_id == chosen.participant_id)
    people = _without(party.participant, seat) | {chosen.id}
    wanted = Seat(seat.slot, seat.table, tuple(sorted(people)), seat.interpreter)
    try:
        places.change(actor, meeting.day, StepVerb.MOVE, {meeting.id: wanted})
    except Conflict as error:
        message = _("%(name)s has another meeting at this time.", name=chosen.name)
        raise DomainError(message, field="person") from error
    # The same meeting in the calendars of both: the one of before goes, the one of the colleague comes.
    meeting.sequence += 1
    leavers.note_one(meeting.id, gone=set(seat.people) - people, come=people - set(seat.people))
    db.session.add(
        MeetingEvent(
            meeting_id=meeting.id,
            verb=MeetingVerb.TAKE_OVER,
            state=meeting.state,
            before_slot_id=seat.slot,
            after_slot_id=seat.slot,
            person_id=actor.person_id,
            note=chosen.name,
        )
    )
    audit.record(
        actor, "take_over", "meeting", meeting.id, {"people": list(seat.people)}, {"people": sorted(people)}
    )
    db.session.flush()
    return meeting


def _without(participant: DayParticipant, seat: Seat) -> set[int]:
    """Who goes of the other firms."""
    return set(seat.people) - {one.id for one in participant.people}
