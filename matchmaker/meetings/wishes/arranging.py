"""Meetings that staff arrange themselves: of two firms or more, within one side where the day allows it, in an order."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from flask_babel import gettext as _
from sqlalchemy import select

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError
from matchmaker.engines.fit.facts import Fit
from matchmaker.firms.names import reader_name
from matchmaker.meetings import places
from matchmaker.meetings.enums import MeetingOrigin, MeetingState, MeetingVerb, StepVerb
from matchmaker.meetings.models import B2bDay, DayParticipant, Meeting, MeetingEvent, MeetingOrder
from matchmaker.meetings.setup.frame_services import to_change
from matchmaker.meetings.wishes import arranging_queries, asking_queries, queries, rules
from matchmaker.meetings.wishes.choosing import new_meeting

ENTITY = "meeting"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What staff say of a meeting: firms by number of the participant, what narrows its time, what it comes after."""

    firms: Sequence[int]
    topic: str = ""
    must: bool = False
    block_id: int | None = None
    fixed_slot_id: int | None = None
    earlier_id: int | None = None


def arrange(actor: Actor, day: B2bDay, wanted: Arrangement) -> Meeting:
    """Have firms meet that did not ask for it; the engine or staff find the time.

    Raises NotAllowed, Conflict once the day is over, DomainError at the field: fewer than two firms or too many, firms
    that may not meet or of which one said no, firms of one side only where the day does not allow it, a meeting that is
    there already, an order that leads back to itself.
    """
    day = to_change(actor, day)
    firms = _firms(day, wanted.firms)
    key = rules.living_key([one.id for one in firms])
    if db.session.scalar(select(Meeting.id).where(Meeting.day_id == day.id, Meeting.living_key == key)):
        raise DomainError(_("These firms have a meeting already."), "firms")
    meeting = new_meeting(day, firms, _fit(firms))
    meeting.origin, meeting.living_key, meeting.must = MeetingOrigin.STAFF, key, wanted.must
    meeting.topic, meeting.block_id, meeting.fixed_slot_id = (
        wanted.topic,
        wanted.block_id,
        wanted.fixed_slot_id,
    )
    meeting.language, meeting.pair = rules.spoken_by_all([one.languages for one in firms])
    db.session.add(meeting)
    db.session.flush()
    if wanted.earlier_id is not None:
        _follow(day, meeting, wanted.earlier_id)
    _write(actor, meeting, MeetingVerb.CHOOSE)
    return meeting


def _firms(day: B2bDay, numbers: Sequence[int]) -> list[DayParticipant]:
    there = {one.id: one for one in queries.expected(day)}
    firms = [there[number] for number in dict.fromkeys(numbers) if number in there]
    if len(firms) != len(set(numbers)) or not 2 <= len(firms) <= rules.MOST_PARTIES:
        raise DomainError(_("Choose two to %(most)s firms.", most=rules.MOST_PARTIES), "firms")
    if not day.same_side and len({one.firm.country for one in firms}) < 2:
        raise DomainError(_("Firms of one side do not meet each other on this day."), "firms")
    shut = queries.apart([one.firm_id for one in firms])
    for one, other in combinations(firms, 2):
        if shut.keeps(one.firm_id, other.firm_id) or asking_queries.has_said_no(one.id, other.id):
            names = (reader_name(one.firm), reader_name(other.firm))
            told = _(
                "%(one)s and %(other)s may not meet, or one of them said no.", one=names[0], other=names[1]
            )
            raise DomainError(told, "firms")
    return firms


def _fit(firms: Sequence[DayParticipant]) -> Fit | None:
    """The least fit of two of the firms: a meeting is worth as much as it is to those who get least of it."""
    pairs = [(one.firm_id, other.firm_id) for one, other in combinations(firms, 2)]
    found = queries.fits(pairs)
    return min((found[pair] for pair in pairs if pair in found), key=lambda fit: fit.total, default=None)


def _follow(day: B2bDay, meeting: Meeting, earlier_id: int) -> None:
    """The meeting is held strictly after another; a new meeting has nothing after it, so no circle can arise."""
    if earlier_id not in {one.id for one in arranging_queries.living(day.id)} - {meeting.id}:
        raise DomainError(_("This meeting does not stand any more."), "earlier_id")
    db.session.add(MeetingOrder(meeting_id=meeting.id, earlier_id=earlier_id))


def call_off(actor: Actor, day: B2bDay, meeting_id: int) -> Meeting:
    """End a meeting that staff arranged; its time and table are free again.

    Raises NotAllowed, NotFound, Conflict where it was held or is locked.
    """
    day = to_change(actor, day)
    meeting = arranging_queries.arranged(day.id, meeting_id)
    if meeting.state is MeetingState.PLACED:
        places.change(actor, day, StepVerb.UNPLACE, {meeting.id: None})
        meeting = arranging_queries.arranged(day.id, meeting_id)
    if meeting.state is not MeetingState.WISHED:
        raise Conflict(_("This meeting does not stand any more."))
    meeting.state, meeting.living_key, meeting.ended_at = MeetingState.CANCELLED, None, clock.now()
    _write(actor, meeting, MeetingVerb.CANCEL)
    return meeting


def _write(actor: Actor, meeting: Meeting, verb: MeetingVerb) -> None:
    db.session.add(
        MeetingEvent(meeting_id=meeting.id, verb=verb, state=meeting.state, person_id=actor.person_id)
    )
    after = {"state": meeting.state, "firms": meeting.living_key, "origin": meeting.origin}
    audit.record(
        actor, "arrange" if verb is MeetingVerb.CHOOSE else "call_off", ENTITY, meeting.id, after=after
    )
    db.session.flush()
