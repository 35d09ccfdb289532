"""Places that became free are offered: both firms answer, the last yes takes the place if it is still there."""

from collections.abc import Collection, Mapping
from enum import StrEnum

from flask_babel import gettext as _

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict
from matchmaker.engines.timetable import repair as engine
from matchmaker.engines.timetable.day import Placement
from matchmaker.engines.timetable.live import Live
from matchmaker.meetings import places
from matchmaker.meetings import queries as day_queries
from matchmaker.meetings.enums import MeetingVerb, StepVerb
from matchmaker.meetings.live import notices, queries, rules, timekeeping
from matchmaker.meetings.models import B2bDay, Meeting, MeetingEvent
from matchmaker.meetings.outcomes.queries import fresh
from matchmaker.meetings.outcomes.rules import Side
from matchmaker.meetings.plan import queries as plan_queries
from matchmaker.meetings.plan import versions
from matchmaker.meetings.plan.seats import seats_of


class Taken(StrEnum):
    """What came of a yes: the meeting has its place, the other firm is still asked, or the place was gone."""

    PLACED = "placed"
    WAITING = "waiting"
    GONE = "gone"


def offer(actor: Actor | None, day: B2bDay, meeting_id: int, position: int, firm: int = 0) -> bool:
    """Offer a meeting that waits a free time; nothing is blocked by it. `firm` is the participant it is made for."""
    return bool(offer_all(actor, day, {meeting_id: position}, firm))


def offer_all(actor: Actor | None, day: B2bDay, positions: Mapping[int, int], firm: int = 0) -> list[int]:
    """Offer several meetings that wait, by number, a free time each; answers for which it was possible."""
    now = clock.now()
    offered: dict[int, Meeting] = {}
    for meeting in queries.with_parties(positions):
        slot = day.slots[positions[meeting.id]]
        if rules.is_offered(meeting, now) or not rules.may_be_offered(slot, now):
            continue
        meeting.offered_slot_id, meeting.answer_due_at = slot.id, rules.offer_until(slot, now)
        for party in meeting.parties:
            party.accepted_at = None
        _note(meeting, MeetingVerb.OFFER, actor, str(firm or ""))
        offered[meeting.id] = meeting
    db.session.flush()
    firms = {
        f"offer:{one.id}:{one.version}": [party.participant_id for party in one.parties]
        for one in offered.values()
    }
    notices.tell_each(day, firms, "meeting_offered")
    for number, meeting in offered.items():
        after = {"slot": meeting.offered_slot_id, "for": firm or None}
        audit.record(actor, "offer_meeting", "meeting", number, after=after)
    return list(offered)


def offer_next(actor: Actor | None, day: B2bDay, firm: int) -> int | None:
    """Offer a firm the next possible one of its waiting wishes; its number, None where there is none."""
    problem = plan_queries.problem(day)
    now = clock.now()
    refused = queries.turned_down(day.id)
    open_from = rules.hands(day.slots, now).first_open
    for one in engine.offers(problem.day, problem.placements, firm, open_from):
        if one.meeting not in refused and offer(actor, day, one.meeting, one.slot, firm):
            return one.meeting
    return None


def accept(actor: Actor, side: Side) -> Taken:
    """Say yes for one firm. The last yes places the meeting; where its time was taken meanwhile another one is offered.

    Raises Conflict where nothing is offered any more.
    """
    day, meeting = _asked(side)
    mine = next(one for one in meeting.parties if one.participant_id == side.participant.id)
    mine.accepted_at = mine.accepted_at or clock.now()
    _note(meeting, MeetingVerb.ACCEPT, actor)
    audit.record(actor, "accept_offer", "meeting", meeting.id, after={"firm": side.participant.firm_id})
    db.session.flush()
    if any(one.accepted_at is None for one in meeting.parties):
        return Taken.WAITING
    if _place(actor, day, meeting):
        return Taken.PLACED
    _offer_instead(actor, day, meeting)
    return Taken.GONE


def decline(actor: Actor, side: Side) -> int | None:
    """Say no for one firm; the firm for which the offer was made gets the next one. Answers its number."""
    day, meeting = _asked(side)
    audit.record(actor, "decline_offer", "meeting", meeting.id, after={"firm": side.participant.firm_id})
    return _end(actor, day, meeting, but=side.participant.id)


def lapse_due(day: B2bDay) -> int:
    """End offers that nobody answered in time; answers how many. Call it behind the lock of the day."""
    due = queries.lapsed(day.id, clock.now())
    for meeting in queries.by_number(due).values():
        audit.record(None, "lapse_offer", "meeting", meeting.id)
        _end(None, day, meeting, but=0)
    return len(due)


def end_of(actor: Actor, day: B2bDay, firm: int) -> None:
    """End the open offers of a firm that does not come any more; another firm for which one was made gets the next."""
    for meeting in queries.offered(day.id):
        if firm in {one.participant_id for one in meeting.parties}:
            audit.record(actor, "end_offer", "meeting", meeting.id, after={"gone": firm})
            _end(actor, day, meeting, but=firm)


def release(actor: Actor | None, day: B2bDay, changed: Collection[int], event: str) -> int:
    """Make changed places known to their firms; answers how many people were told."""
    released = versions.release_some(actor, day, changed)
    but = actor.person_id if actor else 0
    told = notices.tell_people(day, released.people, "meetings_mended", event, but=but)
    if released.version is not None:
        released.version.told = told
    return told


def seat(actor: Actor, day: B2bDay, placement: Placement) -> None:
    """Give one meeting the place that was found; everybody else stays. Raises Conflict where it is taken meanwhile."""
    keeping = plan_queries.problem(day, keep_all=True)
    seats = seats_of(keeping, [*keeping.placements, placement])
    places.change(actor, day, StepVerb.REPAIR, {placement.meeting: seats[placement.meeting]})


def _asked(side: Side) -> tuple[B2bDay, Meeting]:
    day = day_queries.locked_day(side.participant.day_id)
    timekeeping.catch_up(day)
    meeting = fresh(side.meeting.id)
    if not rules.is_offered(meeting, clock.now()):
        raise Conflict(_("This offer is no longer open."))
    return day, meeting


def _place(actor: Actor, day: B2bDay, meeting: Meeting) -> bool:
    """Take the offered time where both firms and a table are still free then."""
    problem = plan_queries.problem(day)
    position = next(one.position for one in day.slots if one.id == meeting.offered_slot_id)
    live = Live(problem.day, problem.placements)
    found = live.place_in(live.meetings[meeting.id], position)
    if found is None:
        return False
    meeting.offered_slot_id = meeting.answer_due_at = None
    seat(actor, day, found)
    release(actor, day, [meeting.id], f"offer-taken:{meeting.id}:{meeting.version}")
    return True


def _offer_instead(actor: Actor, day: B2bDay, meeting: Meeting) -> None:
    """Offer the next time for the same firms, else the next wish of the firm for which the offer was made."""
    firm = queries.offered_for(meeting.id)
    meeting.offered_slot_id = meeting.answer_due_at = None
    db.session.flush()
    for party in meeting.parties:
        party.accepted_at = None
    offer_next(actor, day, firm or meeting.parties[0].participant_id)


def _end(actor: Actor | None, day: B2bDay, meeting: Meeting, but: int) -> int | None:
    firm = queries.offered_for(meeting.id)
    meeting.offered_slot_id = meeting.answer_due_at = None
    _note(meeting, MeetingVerb.DECLINE, actor)
    db.session.flush()
    others = [one.participant_id for one in meeting.parties if one.accepted_at and one.participant_id != but]
    notices.tell(day, others, "meeting_not_taken", f"offer-ended:{meeting.id}:{meeting.version}")
    return offer_next(actor, day, firm) if firm else None


def _note(meeting: Meeting, verb: MeetingVerb, actor: Actor | None, note: str = "") -> None:
    db.session.add(
        MeetingEvent(
            meeting_id=meeting.id,
            verb=verb,
            state=meeting.state,
            after_slot_id=meeting.offered_slot_id,
            person_id=actor.person_id if actor else None,
            note=note,
        )
    )
