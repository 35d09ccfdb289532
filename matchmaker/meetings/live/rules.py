"""Decisions of the running day that need no database: where its clock stands, what time makes of a meeting."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from matchmaker.core.actor import Actor
from matchmaker.meetings import rules
from matchmaker.meetings.enums import DayState, MeetingState, RepairKind

if TYPE_CHECKING:
    from matchmaker.meetings.models import B2bDay, DayParticipant, DayRepair, DaySlot, DayTable, Meeting
    from matchmaker.meetings.outcomes.rules import Side

OFFER_TIME: Final = timedelta(minutes=15)
"""How long an offer of a free place is held: somebody on the spot looks at the phone, and the place must not go to waste."""
SHORTEST_NOTICE: Final = timedelta(minutes=3)
"""Nobody is offered a meeting that begins sooner: there is a table to find."""
WHOLE_DAY: Final = frozenset({RepairKind.CANCELLATION, RepairKind.NO_SHOW})
"""Disturbances that leave a firm no meeting from now on."""


def may_see_live(actor: Actor, day: B2bDay) -> bool:
    """Those who run the day, once firms have been told when to come."""
    return day.state in (DayState.PUBLISHED, DayState.RUNNING, DayState.DONE) and rules.may_run(actor, day)


def may_see_next(actor: Actor, participant: DayParticipant) -> bool:
    """The firm and those who help it, while there is something to come."""
    on = participant.day.state in (DayState.PUBLISHED, DayState.RUNNING)
    return on and rules.may_see_participant(actor, participant)


@dataclass(frozen=True, slots=True)
class TableOf:
    """A table and its day."""

    day: B2bDay
    table: DayTable


def may_watch_table(actor: Actor, asked: TableOf) -> bool:
    """Like the board of the room."""
    return rules.may_see_as_staff(actor, asked.day)


def may_mark_absent(actor: Actor, side: Side) -> bool:
    """Those who run the day, and whoever waits at the table; nobody says it of the own firm."""
    waiting = (one.participant for one in side.meeting.parties if one.participant_id != side.participant.id)
    return rules.may_run(actor, side.participant.day) or any(rules.speaks_for(actor, one) for one in waiting)


def may_run_repair(actor: Actor, repair: DayRepair) -> bool:
    """Those who run the day."""
    return rules.may_run(actor, repair.day)


@dataclass(frozen=True, slots=True)
class Hands:
    """Where the clock of a day stands, in positions of slots: what is on, what comes next, what can still be changed."""

    now: int | None
    next: int | None
    first_open: int


def hands(slots: Sequence[DaySlot], now: datetime) -> Hands:
    """The clock at a moment; a slot that has begun is history for every change."""
    on = next((one.position for one in slots if one.starts_at <= now < one.ends_at), None)
    coming = next((one.position for one in slots if one.starts_at > now), None)
    return Hands(on, coming, coming if coming is not None else len(slots))


def has_begun(meeting: Meeting, slots: dict[int, DaySlot], now: datetime) -> bool:
    """Whether the time of a placed meeting has come."""
    slot = slots.get(meeting.slot_id or 0)
    return slot is not None and slot.starts_at <= now


def held_by_time(
    meeting: Meeting, slots: dict[int, DaySlot], here: Collection[int] | None, now: datetime
) -> bool:
    """Whether a meeting counts as held because its time is over and nobody said otherwise.

    `here` are the firms of which somebody was checked in, None where the day does without check-in: of a firm that
    nobody has seen the clock does not claim that it met somebody.
    """
    slot = slots.get(meeting.slot_id or 0)
    if meeting.state is not MeetingState.PLACED or slot is None or slot.ends_at > now:
        return False
    return here is None or all(one.participant_id in here for one in meeting.parties)


def missing_firm(meeting: Meeting, here: Collection[int]) -> int | None:
    """The firm of a meeting of which nobody was seen; None where all or several are missing."""
    missing = [one.participant_id for one in meeting.parties if one.participant_id not in here]
    return missing[0] if len(missing) == 1 else None


def missed_slots(
    slots: Sequence[DaySlot], kind: RepairKind, first_open: int, moment: datetime | None
) -> tuple[int, ...]:
    """The positions from now on that a firm misses: those before it arrives, those after it leaves, or all of them."""
    open_slots = [one for one in slots if one.position >= first_open]
    if kind is RepairKind.LATE and moment is not None:
        return tuple(one.position for one in open_slots if one.starts_at < moment)
    if kind is RepairKind.EARLY_LEAVE and moment is not None:
        return tuple(one.position for one in open_slots if one.ends_at > moment)
    return tuple(one.position for one in open_slots)


def offer_until(slot: DaySlot, now: datetime) -> datetime:
    """Until when an offered time is held."""
    return min(now + OFFER_TIME, slot.starts_at - SHORTEST_NOTICE)


def may_be_offered(slot: DaySlot, now: datetime) -> bool:
    """Whether there is time enough to answer and to walk to the table."""
    return slot.starts_at - SHORTEST_NOTICE > now


def is_offered(meeting: Meeting, now: datetime) -> bool:
    """Whether a meeting is offered and waits for an answer."""
    due = meeting.answer_due_at
    return (
        meeting.state is MeetingState.WISHED
        and meeting.offered_slot_id is not None
        and due is not None
        and due > now
    )
