"""What stands beside the told meetings in a firm's agenda: requests that wait for its answer, and when it is free."""

from dataclasses import dataclass
from datetime import datetime

from matchmaker.core import zones
from matchmaker.core.actor import Actor
from matchmaker.core.i18n import language
from matchmaker.core.zones import clock_at
from matchmaker.firms.names import place_name, shown_name
from matchmaker.meetings import rules as day_rules
from matchmaker.meetings.enums import MeetingState
from matchmaker.meetings.models import DayParticipant, DaySlot
from matchmaker.meetings.plan.agenda import Counterpart
from matchmaker.meetings.wishes import asking, asking_queries
from matchmaker.meetings.wishes.asking_queries import Request
from matchmaker.meetings.wishes.rules import ASKABLE


@dataclass(frozen=True, slots=True)
class Asked:
    """A request of another firm; without a common time its times are empty and `moment` is when it lapses."""

    meeting_id: int
    other: Counterpart
    moment: str
    time: str
    ends: str
    own_time: str
    topic: str
    until: str
    score: int
    has_more_times: bool


def asked_of(actor: Actor, participant: DayParticipant) -> list[Asked]:
    """The requests that the reader's firm has to answer; none for others than its people and outside ASKABLE."""
    if not day_rules.speaks_for(actor, participant) or participant.day.state not in ASKABLE:
        return []
    return [
        _asked(participant, one)
        for one in asking_queries.requests_of(participant)
        if one.meeting.state is MeetingState.PENDING and one.meeting.asked_by_id != participant.id
    ]


def _asked(participant: DayParticipant, request: Request) -> Asked:
    meeting, other, zone = request.meeting, request.other, participant.day.zone
    slot, due = meeting.offered_slot, meeting.answer_due_at
    free = {one.id for one in asking.free_times(participant, other)}
    last = slot.starts_at if slot else due or meeting.created_at
    return Asked(
        meeting_id=meeting.id,
        other=Counterpart(other.firm_id, shown_name(other.firm, language()), place_name(other.firm.town), []),
        moment=last.isoformat(),
        time=clock_at(slot.starts_at, zone) if slot else "",
        ends=clock_at(slot.ends_at, zone) if slot else "",
        own_time=zones.own_clock(slot.starts_at, zone, participant.day.slots[0].starts_at) if slot else "",
        topic=meeting.topic,
        until=zones.show_at(due, zone) if due else "",
        score=meeting.weight,
        has_more_times=bool(free - {meeting.offered_slot_id}),
    )


def free_stretches(participant: DayParticipant) -> list[str]:
    """When a firm said that it is free, times that follow each other within a block drawn together."""
    zone = participant.day.zone
    found: list[tuple[datetime, datetime]] = []
    previous: DaySlot | None = None
    for slot in participant.day.slots:
        if slot.position in participant.closed:
            previous = None
            continue
        if previous is not None and previous.block_id == slot.block_id:
            found[-1] = (found[-1][0], slot.ends_at)
        else:
            found.append((slot.starts_at, slot.ends_at))
        previous = slot
    return [f"{clock_at(starts, zone)} – {clock_at(ends, zone)}" for starts, ends in found]
