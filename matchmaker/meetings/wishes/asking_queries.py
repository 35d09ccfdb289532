"""Reads of requests for meetings."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from matchmaker.core.db import db
from matchmaker.core.errors import NotFound, existing
from matchmaker.matching.enums import WishKind
from matchmaker.meetings import queries as day_queries
from matchmaker.meetings.enums import MeetingOrigin, MeetingState
from matchmaker.meetings.models import DayParticipant, DayWish, Meeting, MeetingParty
from matchmaker.meetings.wishes import queries
from matchmaker.meetings.wishes.queries import ToWish
from matchmaker.meetings.wishes.rules import living_key


@dataclass(frozen=True, slots=True)
class Request:
    """A meeting that was asked for, seen by one of its two firms."""

    meeting: Meeting
    own: DayParticipant
    other: DayParticipant


def meeting(meeting_id: int) -> Meeting:
    """A meeting with its parties, bookings and times, read afresh; raises NotFound."""
    return existing(
        db.session.scalar(
            select(Meeting)
            .where(Meeting.id == meeting_id)
            .options(*_loaded())
            .execution_options(populate_existing=True)
        )
    )


def request_of(participant_id: int, meeting_id: int) -> Request:
    """A request seen by one of its firms; raises NotFound also where the firm has no part in it."""
    found = meeting(meeting_id)
    parties = [one.participant_id for one in found.parties]
    if found.origin is not MeetingOrigin.REQUEST or participant_id not in parties or len(parties) != 2:
        raise NotFound
    other = next(number for number in parties if number != participant_id)
    return Request(found, day_queries.participant(participant_id), day_queries.participant(other))


def requests_of(own: DayParticipant) -> list[Request]:
    """The requests of a firm and to it, the pending ones first, then the latest."""
    rows = db.session.scalars(
        select(Meeting)
        .join(MeetingParty)
        .where(MeetingParty.participant_id == own.id, Meeting.origin == MeetingOrigin.REQUEST)
        .options(*_loaded())
        .order_by(Meeting.id.desc())
    ).all()
    firms = {one.id: one for one in day_queries.participants(own.day_id)}
    found = [
        Request(one, own, firms[next(p.participant_id for p in one.parties if p.participant_id != own.id)])
        for one in rows
        if len(one.parties) == 2
    ]
    return sorted(found, key=lambda one: one.meeting.state is not MeetingState.PENDING)


def to_ask(own: DayParticipant) -> list[DayParticipant]:
    """The firms that a firm can still ask for a meeting: it may meet them, has none with them, and neither said no."""
    rows = db.session.scalars(
        select(Meeting)
        .join(MeetingParty)
        .where(MeetingParty.participant_id == own.id, Meeting.living_key.is_not(None))
        .options(selectinload(Meeting.parties))
    ).all()
    met = {party.participant_id for one in rows for party in one.parties}
    unwanted = said_no(own.id)
    return [one for one in queries.possible(own) if one.id not in met | unwanted]


def to_ask_one(participant_id: int, other_id: int) -> ToWish:
    """Two firms of which the first can ask the other, or has a meeting with it that it knows of; raises NotFound.

    One that said no, one that nobody may introduce and one whose wish met the own but found no place are told apart by
    nothing: neither this nor the list of those that can be asked says whose wish it was.
    """
    pair = queries.to_wish(participant_id, other_id)
    if not may_be_asked(pair) and known_meeting(pair) is None:
        raise NotFound
    return pair


def may_be_asked(pair: ToWish) -> bool:
    """Whether a firm may ask another: they may meet, neither said no, and they have no meeting, told or not."""
    own, other = pair.own, pair.other
    return (
        queries.may_meet(own, other)
        and not has_said_no(own.id, other.id)
        and _living(own.day_id, pair) is None
    )


def known_meeting(pair: ToWish) -> Meeting | None:
    """The living meeting of two firms that both know of: it was told to them, or one has asked the other."""
    found = _living(pair.own.day_id, pair)
    if found is None or (found.told_slot_id is None and found.origin is not MeetingOrigin.REQUEST):
        return None
    return found


def _living(day_id: int, pair: ToWish) -> Meeting | None:
    key = living_key((pair.own.id, pair.other.id))
    return db.session.scalar(select(Meeting).where(Meeting.day_id == day_id, Meeting.living_key == key))


def said_no(participant_id: int) -> set[int]:
    """The firms that said no thanks to this one at the day, and those to which it did."""
    rows = db.session.execute(
        select(DayWish.from_id, DayWish.to_id).where(
            or_(DayWish.from_id == participant_id, DayWish.to_id == participant_id),
            DayWish.kind == WishKind.NO_THANKS,
        )
    )
    return {other if one == participant_id else one for one, other in rows}


def has_said_no(one: int, other: int) -> bool:
    """Whether either of two firms said no thanks to the other."""
    return other in said_no(one)


def refusals(participants: Collection[int]) -> set[frozenset[int]]:
    """The pairs of some firms of which one said no thanks to the other."""
    rows = db.session.execute(
        select(DayWish.from_id, DayWish.to_id).where(
            DayWish.from_id.in_(participants), DayWish.kind == WishKind.NO_THANKS
        )
    )
    return {frozenset((one, other)) for one, other in rows}


def _loaded() -> tuple[Any, ...]:
    return (
        selectinload(Meeting.parties),
        selectinload(Meeting.bookings),
        selectinload(Meeting.offered_slot),
        selectinload(Meeting.told_slot),
        selectinload(Meeting.told_table),
    )
