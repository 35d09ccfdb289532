"""Meetings that a firm asks for once the timetable is out: pending until the other answers, blocking nobody meanwhile."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from flask_babel import gettext as _
from sqlalchemy import select

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.before_introduction import refuse_contacts
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed, NotFound
from matchmaker.engines.fit.facts import Fit
from matchmaker.engines.timetable.day import Placement
from matchmaker.engines.timetable.live import Live
from matchmaker.meetings import places
from matchmaker.meetings import queries as day_queries
from matchmaker.meetings import rules as day_rules
from matchmaker.meetings.enums import MeetingOrigin, MeetingState, MeetingVerb, StepVerb
from matchmaker.meetings.models import B2bDay, DayParticipant, DaySlot, Meeting, MeetingEvent
from matchmaker.meetings.plan import queries as plan_queries
from matchmaker.meetings.plan import versions
from matchmaker.meetings.plan.problem import Problem, problem_of
from matchmaker.meetings.plan.rows import MeetingRow
from matchmaker.meetings.plan.seats import seats_of
from matchmaker.meetings.wishes import asking_notices as notices
from matchmaker.meetings.wishes import asking_queries, queries, rules
from matchmaker.meetings.wishes.asking_queries import Request
from matchmaker.meetings.wishes.choosing import new_meeting
from matchmaker.meetings.wishes.queries import ToWish

ENTITY = "meeting"
ANSWER_TIME: Final = timedelta(hours=48)
"""How long the other firm has to answer; never beyond the time that is offered."""
PROBE: Final = -1


def free_times(own: DayParticipant, other: DayParticipant) -> list[DaySlot]:
    """The times at which both firms could still meet as the working timetable stands, with a table and interpreter.

    None while the timetable is not out.
    """
    day = day_queries.day(own.day_id)
    if day.state not in rules.ASKABLE:
        return []
    candidate = new_meeting(day, (own, other), None)
    candidate.id = PROBE
    rows = plan_queries.rows(day)
    wider = rows.with_meetings([*rows.meetings, MeetingRow.of(candidate)])
    return [day.slots[one.slot] for one in _places(problem_of(wider, keep_all=True), PROBE)]


def _places(problem: Problem, number: int) -> Iterator[Placement]:
    """Where a meeting without a place could be held from now on; nowhere once a firm has as many as it wants."""
    live = Live(problem.day, problem.placements)
    meeting = live.meetings[number]
    if meeting.declined or problem.nobody & set(meeting.firms) or not live.wants_more(meeting):
        return
    now = clock.now()
    first = next((one.position for one in problem.rows.day.slots if one.starts_at > now), None)
    if first is not None:
        yield from live.places(meeting, first)


def ask(actor: Actor, pair: ToWish, slot_id: int | None, topic: str) -> Meeting:
    """Ask another firm for a meeting, at one of the common free times or at any.

    Raises NotAllowed for others than the firm's people, Conflict where the day takes no requests, NotFound for a pair
    that cannot be asked, whatever the reason, DomainError at `slot_id` where the time is not free for both and at
    `topic` where it holds contact data.
    """
    own, other = pair.own, pair.other
    if not day_rules.speaks_for(actor, own):
        raise NotAllowed(_("You say this for your own firm."))
    day = day_queries.locked_day(own.day_id)
    _must_be_out(day)
    if asking_queries.known_meeting(pair) is not None:
        raise Conflict(_("These two firms have a meeting already, or one of them has asked for it."))
    if not asking_queries.may_be_asked(pair):
        raise NotFound
    refuse_contacts(topic, "topic")
    key = rules.living_key((own.id, other.id))
    slot = _offered(own, other, slot_id)
    meeting = new_meeting(day, (own, other), _fit(own, other))
    meeting.state, meeting.origin = MeetingState.PENDING, MeetingOrigin.REQUEST
    meeting.living_key, meeting.asked_by_id, meeting.topic = key, own.id, topic
    meeting.offered_slot_id, meeting.answer_due_at = slot.id if slot else None, _due(slot)
    meeting.parties[0].accepted_at = clock.now()
    db.session.add(meeting)
    db.session.flush()
    _write(actor, meeting, MeetingVerb.ASK)
    notices.tell(meeting, other, "b2b_meeting_asked")
    return meeting


def _offered(own: DayParticipant, other: DayParticipant, slot_id: int | None) -> DaySlot | None:
    """The time that is proposed: the one that was chosen, else the first common one; None where there is none."""
    free = free_times(own, other)
    if slot_id is None:
        return free[0] if free else None
    slot = next((one for one in free if one.id == slot_id), None)
    if slot is None:
        raise DomainError(_("This time is not free for both firms any more. Choose another."), "slot_id")
    return slot


def _due(slot: DaySlot | None) -> datetime:
    due = clock.now() + ANSWER_TIME
    return min(due, slot.starts_at) if slot else due


def _fit(own: DayParticipant, other: DayParticipant) -> Fit | None:
    return queries.fits([(own.firm_id, other.firm_id)]).get((own.firm_id, other.firm_id))


def accept(actor: Actor, request: Request, slot_id: int | None = None) -> Meeting:
    """Agree to a meeting, at the time that was offered or another common one.

    The meeting is placed at once, told to both. Where the time was lost to somebody else meanwhile the meeting stays
    pending and the next common time is offered; where none is left both have agreed and staff find a place. Raises
    NotAllowed for others than the firm that was asked, Conflict where it was answered already or the day is over.
    """
    day, meeting = _open(actor, request)
    _must_be_out(day)
    wanted = slot_id if slot_id is not None else meeting.offered_slot_id
    free = free_times(request.own, request.other)
    if free and wanted not in {one.id for one in free}:
        meeting.offered_slot_id = free[0].id
        meeting.answer_due_at = _due(free[0])
        _write(actor, meeting, MeetingVerb.OFFER)
        return meeting
    told = _agree(actor, request, meeting)
    if free:
        _place(actor, day, meeting, next(one for one in free if one.id == wanted), told)
    return meeting


def _must_be_out(day: B2bDay) -> None:
    """Earlier a request would tell who wished whom: of two firms whose wishes met neither could ask the other."""
    if day.state not in rules.ASKABLE:
        raise Conflict(
            _("Firms ask for further meetings from the release of the timetable to the end of the day.")
        )


def _agree(actor: Actor, request: Request, meeting: Meeting) -> int:
    """Both firms agree; answers how many people of the other are told."""
    meeting.state = MeetingState.WISHED
    for party in meeting.parties:
        party.accepted_at = party.accepted_at or clock.now()
    _write(actor, meeting, MeetingVerb.ACCEPT)
    return notices.tell(meeting, request.other, "b2b_meeting_accepted")


def _place(actor: Actor, day: B2bDay, meeting: Meeting, slot: DaySlot, told: int) -> None:
    """Give it the time with a table and people; both firms know it from this moment on."""
    problem = problem_of(plan_queries.rows(day), keep_all=True)
    spot = next(one for one in _places(problem, meeting.id) if one.slot == slot.position)
    seat = seats_of(problem, [*problem.placements, spot])[meeting.id]
    places.change(actor, day, StepVerb.PLACE, {meeting.id: seat})
    released = versions.release_some(actor, day, [meeting.id])
    if released.version is not None:
        released.version.told = told
    db.session.flush()


def decline(actor: Actor, request: Request) -> Meeting:
    """Say no to a meeting; raises as `accept` does."""
    _day, meeting = _open(actor, request)
    _end(actor, meeting, MeetingState.DECLINED, MeetingVerb.DECLINE)
    notices.tell(meeting, request.other, "b2b_meeting_declined")
    return meeting


def take_back(actor: Actor, request: Request) -> Meeting:
    """Ask no more; raises NotAllowed for others than the firm that asked, Conflict where it was answered already."""
    if not day_rules.speaks_for(actor, request.own) or request.meeting.asked_by_id != request.own.id:
        raise NotAllowed(_("You answer for your own firm."))
    day_queries.locked_day(request.own.day_id)
    meeting = _pending(request)
    _end(actor, meeting, MeetingState.CANCELLED, MeetingVerb.CANCEL)
    return meeting


def expire(now: datetime) -> int:
    """End the requests whose time is over; answers how many."""
    due = db.session.scalars(
        select(Meeting)
        .where(Meeting.state == MeetingState.PENDING, Meeting.answer_due_at <= now)
        .order_by(Meeting.id)
        .with_for_update()
    ).all()
    for meeting in due:
        _end(None, meeting, MeetingState.CANCELLED, MeetingVerb.CANCEL, note="expired")
        asker = day_queries.participant(meeting.asked_by_id) if meeting.asked_by_id else None
        if asker is not None:
            notices.tell(meeting, asker, "b2b_meeting_lapsed")
    return len(due)


def _open(actor: Actor, request: Request) -> tuple[B2bDay, Meeting]:
    """The day and the pending request, locked, for the firm that was asked."""
    if not day_rules.speaks_for(actor, request.own) or request.meeting.asked_by_id == request.own.id:
        raise NotAllowed(_("You answer for your own firm."))
    day = day_queries.locked_day(request.own.day_id)
    return day, _pending(request)


def _pending(request: Request) -> Meeting:
    meeting = asking_queries.meeting(request.meeting.id)
    if meeting.state is not MeetingState.PENDING:
        raise Conflict(_("This request is answered already, or its time is over."))
    return meeting


def _end(
    actor: Actor | None, meeting: Meeting, state: MeetingState, verb: MeetingVerb, note: str = ""
) -> None:
    meeting.state, meeting.living_key, meeting.ended_at, meeting.end_note = state, None, clock.now(), note
    _write(actor, meeting, verb, note)


def _write(actor: Actor | None, meeting: Meeting, verb: MeetingVerb, note: str = "") -> None:
    number = actor.person_id if actor else None
    db.session.add(
        MeetingEvent(
            meeting_id=meeting.id,
            verb=verb,
            state=meeting.state,
            after_slot_id=meeting.offered_slot_id,
            person_id=number,
            note=note,
        )
    )
    after = {"state": meeting.state, "offered_slot": meeting.offered_slot_id}
    audit.record(actor, verb.value, ENTITY, meeting.id, after=after)
    db.session.flush()
