"""What staff do to the timetable by hand; each deed is one step that can be undone."""

from dataclasses import dataclass

from flask_babel import gettext as _

from matchmaker.core import audit
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotFound
from matchmaker.meetings import places
from matchmaker.meetings import queries as day_queries
from matchmaker.meetings.enums import MeetingState, MeetingVerb, StepVerb
from matchmaker.meetings.models import B2bDay, Meeting, MeetingEvent, PlanStep
from matchmaker.meetings.plan import queries
from matchmaker.meetings.plan.labels import Labels
from matchmaker.meetings.plan.legal import Desk
from matchmaker.meetings.plan.problem import Problem
from matchmaker.meetings.plan.seats import seats_after


@dataclass(frozen=True, slots=True)
class Placed:
    """The step by which a meeting was put somewhere, None where it is there already, and the day as it stands then."""

    step: PlanStep | None
    problem: Problem


def place(
    actor: Actor, day: B2bDay, number: int, position: int, table: int, seen: int | None = None
) -> Placed:
    """Put a meeting at a slot (by position) and table; where another one sits there the two change places.

    `seen` is the step of the timetable that the actor looked at: whoever took an empty place meanwhile is not moved from
    it. Raises DomainError (field `to`) that names what is in the way, Conflict where somebody was faster.
    """
    locked = day_queries.locked_day(day.id)
    problem = queries.problem(locked)
    labels = Labels.of(problem)
    moves = Desk(problem, labels).moves(number, position, table)
    other = next((one for one in moves if one != number), None)
    if other is not None and seen is not None and seen != locked.plan_step:
        raise DomainError(
            _(
                "The timetable was changed meanwhile: %(meeting)s is at this place now. Choose it again if the two shall"
                " change places.",
                meeting=labels.meeting(other),
            ),
            "to",
        )
    placed = any(one.meeting == number for one in problem.placements)
    verb = StepVerb.SWAP if len(moves) > 1 else StepVerb.MOVE if placed else StepVerb.PLACE
    seats = seats_after(problem, moves)
    step = places.change(actor, locked, verb, seats)
    return Placed(step, queries.renewed(problem, seats))


def unplace(actor: Actor, day: B2bDay, number: int) -> PlanStep | None:
    """Take a meeting out of the timetable; it stays a wish."""
    return places.change(actor, day, StepVerb.UNPLACE, {number: None})


def set_lock(actor: Actor, day: B2bDay, number: int, *, locked: bool) -> Meeting:
    """Keep a meeting where it is, or let it move again; raises Conflict for one without a place or that is over."""
    day_queries.locked_day(day.id)
    return set_lock_behind(actor, day, number, locked=locked)


def set_lock_behind(actor: Actor, day: B2bDay, number: int, *, locked: bool) -> Meeting:
    """The same for whoever has locked the day already."""
    meeting = db.session.get(Meeting, number, populate_existing=True)
    if meeting is None or meeting.day_id != day.id:
        raise NotFound
    if meeting.state is not MeetingState.PLACED:
        raise Conflict(_("Only a meeting that has a place can be locked."))
    if meeting.locked == locked:
        return meeting
    meeting.locked = locked
    verb = MeetingVerb.LOCK if locked else MeetingVerb.UNLOCK
    db.session.add(
        MeetingEvent(
            meeting_id=meeting.id,
            verb=verb,
            state=meeting.state,
            before_slot_id=meeting.slot_id,
            after_slot_id=meeting.slot_id,
            person_id=actor.person_id,
        )
    )
    audit.record(actor, str(verb), "meeting", meeting.id, after={"locked": locked})
    db.session.flush()
    return meeting
