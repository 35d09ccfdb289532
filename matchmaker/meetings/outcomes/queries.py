"""Reads of meetings with what their sides said."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from matchmaker.core.db import db
from matchmaker.core.errors import NotFound, existing
from matchmaker.matching.enums import WishKind
from matchmaker.meetings import queries
from matchmaker.meetings.enums import MeetingOrigin, MeetingState
from matchmaker.meetings.models import (
    B2bDay,
    DayParticipant,
    DaySlot,
    DayWish,
    Meeting,
    MeetingParty,
)
from matchmaker.meetings.outcomes.rules import ResultsAs, Side
from matchmaker.mous.models import Mou
from matchmaker.programmes.models import Programme

WITH_PLACE = (MeetingState.PLACED, MeetingState.HELD, MeetingState.NOT_HELD)
WANTED = (WishKind.MUST_MEET, WishKind.WOULD_MEET)
NOT_ACCEPTED = (MeetingState.PENDING, MeetingState.DECLINED)


def meetings() -> Select[Meeting]:
    """Meetings with everything that pages of the day show of them."""
    party = selectinload(Meeting.parties)
    return select(Meeting).options(
        joinedload(Meeting.slot),
        joinedload(Meeting.table),
        joinedload(Meeting.told_slot),
        joinedload(Meeting.told_table),
        party.joinedload(MeetingParty.participant).joinedload(DayParticipant.firm),
        party.joinedload(MeetingParty.person),
        selectinload(Meeting.outcomes),
    )


def meetings_of(participant: DayParticipant) -> Sequence[Meeting]:
    """The meetings of a firm that have or had a place, in order."""
    mine = select(MeetingParty.meeting_id).where(MeetingParty.participant_id == participant.id)
    return db.session.scalars(
        meetings()
        .join(DaySlot, DaySlot.id == Meeting.slot_id)
        .where(Meeting.id.in_(mine), Meeting.state.in_(WITH_PLACE))
        .order_by(DaySlot.position, Meeting.id)
    ).all()


def side(participant_id: int, meeting_id: int) -> Side:
    """A firm at one of its meetings; raises NotFound where it is not its meeting."""
    participant = queries.participant(participant_id)
    found = db.session.scalar(
        meetings().where(Meeting.id == meeting_id, Meeting.day_id == participant.day_id)
    )
    if found is None or participant.id not in {one.participant_id for one in found.parties}:
        raise NotFound
    return Side(found, participant)


def fresh(meeting_id: int) -> Meeting:
    """A meeting read anew behind the lock of its day, for it may have changed while we waited."""
    return db.session.scalars(
        meetings().where(Meeting.id == meeting_id).execution_options(populate_existing=True)
    ).one()


def meeting(meeting_id: int) -> Meeting:
    """One meeting with its day; raises NotFound."""
    programme = joinedload(Meeting.day).joinedload(B2bDay.programme)
    return existing(
        db.session.scalar(
            meetings()
            .options(
                programme.joinedload(Programme.mou).selectinload(Mou.parties),
                programme.joinedload(Programme.institution),
                programme.joinedload(Programme.host_institution),
            )
            .where(Meeting.id == meeting_id)
        )
    )


def some_meetings(numbers: Collection[int]) -> Sequence[Meeting]:
    """Some meetings by number, with everything that pages of the day show of them."""
    return db.session.scalars(meetings().where(Meeting.id.in_(numbers)).order_by(Meeting.id)).all()


def results_as(day_id: int, kind: str) -> ResultsAs:
    """A day whose results are taken away as a file of some kind; raises NotFound."""
    return ResultsAs(queries.day(day_id), kind)


def meetings_of_day(day_id: int, states: Collection[MeetingState]) -> Sequence[Meeting]:
    """The meetings of a day in some states, by time and number."""
    return db.session.scalars(
        meetings()
        .outerjoin(DaySlot, DaySlot.id == Meeting.slot_id)
        .where(Meeting.day_id == day_id, Meeting.state.in_(states))
        .order_by(DaySlot.position, Meeting.id)
    ).all()


def asked_and_accepted(day_id: int) -> tuple[int, int]:
    """Pairs of firms of which one asked for a meeting, and those of them in which the other wanted it too."""
    wanted: dict[frozenset[int], set[int]] = {}
    rows = db.session.execute(
        select(DayWish.from_id, DayWish.to_id).where(DayWish.day_id == day_id, DayWish.kind.in_(WANTED))
    )
    for one, other in rows:
        wanted.setdefault(frozenset((one, other)), set()).add(one)
    accepted = {pair for pair, sides in wanted.items() if sides == pair}
    asked = set(wanted)
    requests = db.session.scalars(
        select(Meeting)
        .where(Meeting.day_id == day_id, Meeting.origin == MeetingOrigin.REQUEST)
        .options(selectinload(Meeting.parties))
        .order_by(Meeting.id)
    )
    for one_meeting in requests:
        pair = frozenset(one.participant_id for one in one_meeting.parties)
        asked.add(pair)
        if one_meeting.state not in NOT_ACCEPTED:
            accepted.add(pair)
    return len(asked), len(accepted)
