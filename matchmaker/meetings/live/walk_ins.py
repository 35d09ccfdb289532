"""Two firms at the desk want to meet: the next common time and a free table, in one step."""

from dataclasses import replace

from flask_babel import gettext as _
from sqlalchemy import select

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError
from matchmaker.engines.timetable import repair as engine
from matchmaker.matching.enums import WishKind
from matchmaker.meetings import queries as day_queries
from matchmaker.meetings.enums import DayState, MeetingOrigin, MeetingState, MeetingVerb, ParticipantState
from matchmaker.meetings.live import offers, queries, rules, timekeeping
from matchmaker.meetings.models import (
    B2bDay,
    DayParticipant,
    DayWish,
    Meeting,
    MeetingEvent,
)
from matchmaker.meetings.plan import queries as plan_queries
from matchmaker.meetings.wishes import queries as wish_queries
from matchmaker.meetings.wishes.choosing import new_meeting


def book(actor: Actor, day: B2bDay, one: DayParticipant, other: DayParticipant) -> Meeting:
    """Have two firms meet at the next time that is free for both, at a free table; both are told.

    A meeting that they wished already takes the place. Raises DomainError at the field "other" where they meet already,
    one of them does not want it or is not there, or no time is left.
    """
    day = day_queries.locked_day(day.id)
    if day.state not in (DayState.PUBLISHED, DayState.RUNNING):
        raise Conflict(_("Only a published or running day can be mended."))
    timekeeping.catch_up(day)
    _check(day, one, other)
    meeting = _meeting(actor, day, one, other)
    problem = plan_queries.problem(day)
    # Whoever asks for one more meeting at the desk has said that the usual limit does not hold for it.
    wanted = next(row for row in problem.day.meetings if row.id == meeting.id)
    open_from = rules.hands(day.slots, clock.now()).first_open
    found = engine.walk_in(
        problem.day, problem.placements, replace(wanted, session="", fixed=None), open_from
    )
    if found is None:
        raise DomainError(
            _("Both firms, a table and where needed an interpreter are not free at any time left."), "other"
        )
    offers.seat(actor, day, found)
    offers.release(actor, day, [meeting.id], f"walk-in:{meeting.id}:{meeting.version}")
    audit.record(
        actor,
        "book_walk_in",
        "meeting",
        meeting.id,
        after={"slot": meeting.slot_id, "table": meeting.table_id},
    )
    return meeting


def _check(day: B2bDay, one: DayParticipant, other: DayParticipant) -> None:
    if one.id == other.id:
        raise DomainError(_("Choose two firms."), "other")
    if one.firm.country == other.firm.country and not day.same_side:
        raise DomainError(_("This day has no meetings within one side."), "other")
    if any(row.state is not ParticipantState.EXPECTED for row in (one, other)):
        raise DomainError(_("One of the firms does not take part any more."), "other")
    refused = db.session.scalar(
        select(DayWish.id).where(
            DayWish.from_id.in_((one.id, other.id)),
            DayWish.to_id.in_((one.id, other.id)),
            DayWish.kind == WishKind.NO_THANKS,
        )
    )
    if refused is not None:
        raise DomainError(_("One of the firms does not want this meeting."), "other")


def _meeting(actor: Actor, day: B2bDay, one: DayParticipant, other: DayParticipant) -> Meeting:
    """The living meeting of the two where it has no place yet, or a new one."""
    key = "-".join(map(str, sorted((one.id, other.id))))
    found = queries.living(day.id, key)
    if found is not None and found.state not in (MeetingState.WISHED, MeetingState.PENDING):
        raise DomainError(_("These firms meet at this day already."), "other")
    if found is None:
        first, second = sorted((one, other), key=lambda firm: firm.id)
        fit = wish_queries.fits([(first.firm_id, second.firm_id)]).get((first.firm_id, second.firm_id))
        found = new_meeting(day, (first, second), fit)
        found.living_key, found.origin, found.outcomes = key, MeetingOrigin.WALK_IN, []
        db.session.add(found)
    found.state, found.offered_slot_id, found.answer_due_at = MeetingState.WISHED, None, None
    db.session.flush()
    db.session.add(
        MeetingEvent(
            meeting_id=found.id,
            verb=MeetingVerb.ASK,
            state=found.state,
            person_id=actor.person_id,
            note="walk_in",
        )
    )
    return found
