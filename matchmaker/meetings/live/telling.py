"""From the working timetable to what firms were told: on the running day each change goes out at once, alone."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from matchmaker.core import clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.meetings.models import B2bDay, DayVersion, Meeting
from matchmaker.meetings.places import seat_of


def release(actor: Actor | None, day: B2bDay, changed: Collection[int]) -> set[int]:
    """Tell these meetings as they are now and keep it as a version; answers the participants whose agenda changed."""
    meetings = db.session.scalars(
        select(Meeting)
        .where(Meeting.id.in_(changed))
        .options(selectinload(Meeting.parties), selectinload(Meeting.bookings))
        .order_by(Meeting.id)
        .execution_options(populate_existing=True)
    ).all()
    differing = [
        one for one in meetings if (one.told_slot_id, one.told_table_id) != (one.slot_id, one.table_id)
    ]
    if not differing:
        return set()
    last = _last(day.id)
    places: dict[str, Any] = dict(last.places) if last else {}
    changes = []
    for one in differing:
        seat = seat_of(one)
        after = seat.told() if seat else None
        changes.append({"meeting": one.id, "before": places.pop(str(one.id), None), "after": after})
        if after:
            places[str(one.id)] = after
        one.told_before_id = one.told_slot_id
        one.told_slot_id, one.told_table_id = one.slot_id, one.table_id
        one.sequence += 1
    concerned = {party.participant_id for one in differing for party in one.parties}
    db.session.add(
        DayVersion(
            day_id=day.id,
            number=(last.number if last else 0) + 1,
            places=places,
            changes=changes,
            bounds=last.bounds if last else {},
            told=len(concerned),
            released_by_id=actor.person_id if actor else None,
            released_at=clock.now(),
        )
    )
    db.session.flush()
    return concerned


def _last(day_id: int) -> DayVersion | None:
    newest = select(func.max(DayVersion.number)).where(DayVersion.day_id == day_id).scalar_subquery()
    return db.session.scalar(
        select(DayVersion).where(DayVersion.day_id == day_id, DayVersion.number == newest)
    )
