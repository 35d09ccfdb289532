"""Writes of the frame of a day: making one from a trip, changing it."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.meetings import queries, rules
from matchmaker.meetings.enums import BlockKind, DayState
from matchmaker.meetings.models import B2bDay, DayBlock, DaySlot
from matchmaker.meetings.services import ENTITY
from matchmaker.meetings.setup import queries as setup_queries
from matchmaker.meetings.setup.slot_services import derive_slots
from matchmaker.programmes.enums import ProgrammeKind
from matchmaker.programmes.models import Programme

ASIDE = timedelta(days=36_500)
"""How far moments are put aside while rows exchange them, so that no two of them are equal on the way."""
DATED = frozenset({DayState.DRAFT, DayState.WISHES, DayState.PLANNING})
"""The states in which the day of the calendar and the zone may still change: nobody was told a time yet."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What staff say of a day; item_id names the item of the itinerary, most is None for no limit."""

    item_id: int | None
    held_on: date
    zone: str
    place: str
    entrance: str
    slot_minutes: int
    change_minutes: int
    wishes_until: datetime | None
    least: int
    most: int | None
    fairness: int
    host_country: str
    same_side: bool


def create(actor: Actor, programme: Programme, frame: Frame) -> B2bDay:
    """Set up a day of a trip; the hours of its item become the first block.

    Raises NotAllowed for others than staff of the organiser and the host, DomainError at the field for what cannot be.
    """
    if not rules.may_set_up(actor, programme):
        raise NotAllowed(_("You do not have permission for this."))
    if programme.kind is not ProgrammeKind.TRIP:
        raise Conflict(_("B2B days belong to business trips."))
    _check(programme, frame)
    day = B2bDay(programme_id=programme.id, created_by_id=actor.person_id, **asdict(frame))
    db.session.add(day)
    db.session.flush()
    item = next(
        (one for one in setup_queries.free_items(programme, frame.item_id) if one.id == frame.item_id), None
    )
    if item is not None:
        zone = ZoneInfo(frame.zone)
        starts, ends = (
            datetime.combine(frame.held_on, moment.astimezone(ZoneInfo(item.zone)).time(), tzinfo=zone)
            for moment in (item.starts_at, item.ends_at)
        )
        if starts < ends:
            db.session.add(DayBlock(day_id=day.id, kind=BlockKind.MEETINGS, starts_at=starts, ends_at=ends))
            db.session.flush()
    day = queries.locked_day(day.id)
    derive_slots(day)
    audit.record(actor, "set_up", ENTITY, day.id, after=_told(frame))
    db.session.flush()
    return day


def change(actor: Actor, day: B2bDay, frame: Frame) -> B2bDay:
    """Change the frame; blocks and slots move along with the day of the calendar and the zone.

    Raises NotAllowed, Conflict once the day is over, DomainError at the field: also where meetings are placed in a slot
    that another length would end.
    """
    day = to_change(actor, day)
    standing = Frame(**{name: getattr(day, name) for name in Frame.__dataclass_fields__})
    if standing == frame:
        return day
    _check(day.programme, frame, day)
    moved = (day.held_on, day.zone) != (frame.held_on, frame.zone)
    if moved and day.state not in DATED:
        raise DomainError(_("The timetable is published: its day and time zone stay."), "held_on")
    old_zone = day.zone
    for name, value in asdict(frame).items():
        setattr(day, name, value)
    if moved:
        _shift(day, old_zone)
    derive_slots(day, field="slot_minutes")
    audit.record(actor, "change", ENTITY, day.id, _told(standing), _told(frame))
    db.session.flush()
    return day


def to_change(actor: Actor, day: B2bDay) -> B2bDay:
    """The day locked, for somebody who runs it; raises NotAllowed, and Conflict once it is over."""
    if not rules.may_run(actor, day):
        raise NotAllowed(_("You do not have permission for this."))
    day = queries.locked_day(day.id)
    if day.state in rules.ENDED:
        raise Conflict(_("This B2B day is over and is not changed any more."))
    return day


def _check(programme: Programme, frame: Frame, day: B2bDay | None = None) -> None:
    dated = day is None or day.held_on != frame.held_on
    if dated and not programme.first_day <= frame.held_on <= programme.last_day:
        raise DomainError(_("This lies outside the days of the trip."), "held_on")
    if frame.most is not None and frame.most < frame.least:
        raise DomainError(_("The limit lies below the guaranteed minimum."), "most")
    if frame.item_id is not None:
        known = setup_queries.free_items(programme, day.item_id if day else None)
        if frame.item_id not in {one.id for one in known}:
            raise DomainError(_("This item has a B2B day already."), "item_id")
    until = frame.wishes_until
    if until is not None and until.astimezone(ZoneInfo(frame.zone)).date() > frame.held_on:
        raise DomainError(_("Wishes have to be in before the day."), "wishes_until")
    known_until = day.wishes_until if day else None
    if until is not None and until != known_until and until <= clock.now():
        raise DomainError(_("This moment is over."), "wishes_until")


def _shift(day: B2bDay, old_zone: str) -> None:
    """Blocks and slots keep their times of the clock on the new day, in the new zone."""
    old, new = ZoneInfo(old_zone), ZoneInfo(day.zone)
    rows: list[DayBlock | DaySlot] = [*day.blocks, *day.slots]
    wanted = [
        tuple(
            datetime.combine(day.held_on, moment.astimezone(old).time(), tzinfo=new)
            for moment in (one.starts_at, one.ends_at)
        )
        for one in rows
    ]
    for one in rows:
        one.starts_at, one.ends_at = one.starts_at + ASIDE, one.ends_at + ASIDE
    db.session.flush()
    for one, (starts, ends) in zip(rows, wanted, strict=True):
        one.starts_at, one.ends_at = starts, ends
    db.session.flush()


def _told(frame: Frame) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(frame).items()
    }
