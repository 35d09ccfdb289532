"""Writes of blocks, from which the slots follow."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Protocol

from flask_babel import gettext as _
from sqlalchemy import select, update

from matchmaker.core.db import db
from matchmaker.core.errors import DomainError
from matchmaker.meetings.models import B2bDay, DayBlock, DayParticipant, DaySlot, Meeting
from matchmaker.meetings.setup import queries as setup_queries
from matchmaker.meetings.setup.rules import MOST_SLOTS, NewSlot, Stretch, closed_anew, slots_of


class WithClosed(Protocol):
    """Somebody or something that is closed at some positions."""

    closed: list[Any]


def stretches_of(blocks: Iterable[DayBlock]) -> list[Stretch]:
    """The blocks as rules know them."""
    return [Stretch(one.id, one.kind, one.starts_at, one.ends_at) for one in blocks]


def derive_slots(day: B2bDay, field: str = "starts_at", blocks: Sequence[DayBlock] | None = None) -> None:
    """Bring the slots in step with the blocks, those of the day or others; a slot keeps its row while it keeps its begin.

    What was closed stays closed for the same time. Raises DomainError at `field` where meetings are placed, told or fixed
    in a slot that would vanish, and where there would be more slots than a day can hold.
    """
    wanted = slots_of(
        stretches_of(day.blocks if blocks is None else blocks), day.slot_minutes, day.change_minutes
    )
    if len(wanted) > MOST_SLOTS:
        raise DomainError(_("A day has at most %(most)s times for meetings.", most=MOST_SLOTS), field)
    old = [(one.starts_at, one.ends_at) for one in day.slots]
    new = [(one.starts_at, one.ends_at) for one in wanted]
    _refuse_used(day, {one.starts_at for one in wanted}, field)
    _rewrite(day, wanted)
    if old != new:
        firms = db.session.scalars(select(DayParticipant).where(DayParticipant.day_id == day.id))
        _close_anew([*day.tables, *day.interpreters, *firms], old, new)
    db.session.flush()
    db.session.refresh(day, ["slots", "blocks"])


def _refuse_used(day: B2bDay, kept: set[datetime], field: str) -> None:
    gone = [one for one in day.slots if one.starts_at not in kept]
    used = setup_queries.slots_in_use(day.id) if gone else set()
    times = [day.time_of(one.starts_at) for one in gone if one.id in used]
    if times:
        told = ", ".join(times)
        raise DomainError(_("Meetings are placed at %(times)s. Move them first.", times=told), field)


def _rewrite(day: B2bDay, wanted: Sequence[NewSlot]) -> None:
    """Positions are put aside before they are given anew, so that no two slots share one on the way."""
    there = {one.starts_at: one for one in day.slots}
    kept = {one.starts_at for one in wanted}
    gone = [one for one in day.slots if one.starts_at not in kept]
    if gone:
        before = Meeting.told_before_id
        numbers = [one.id for one in gone]
        db.session.execute(update(Meeting).where(before.in_(numbers)).values(told_before_id=None))
    for one in gone:
        day.slots.remove(one)
    for one in day.slots:
        one.position = -1 - one.position
    db.session.flush()
    for position, slot in enumerate(wanted):
        row = there.get(slot.starts_at)
        if row is None:
            row = DaySlot(day_id=day.id, starts_at=slot.starts_at)
            db.session.add(row)
        row.block_id, row.position, row.ends_at = slot.block, position, slot.ends_at
    db.session.flush()


def _close_anew(
    rows: Iterable[WithClosed],
    old: Sequence[tuple[datetime, datetime]],
    new: Sequence[tuple[datetime, datetime]],
) -> None:
    for one in rows:
        if one.closed:
            one.closed = closed_anew(one.closed, old, new)
