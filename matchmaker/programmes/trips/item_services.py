"""Writes of an itinerary: items, who takes part in them, who was there."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.programmes.models import Delegate, Programme
from matchmaker.programmes.trips import frame_queries, rules, timing
from matchmaker.programmes.trips.enums import ItemKind
from matchmaker.programmes.trips.frame_services import check_organiser
from matchmaker.programmes.trips.models import TripItem, TripSeat


@dataclass(frozen=True, slots=True)
class ItemTerms:
    """What an item says."""

    kind: ItemKind
    title_tr: str
    title_ru: str
    title_en: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    place: str
    capacity: int | None
    host_contact: str
    interpreter: str
    note: str
    dress_note: str
    safety_note: str


def save_item(actor: Actor, programme: Programme, terms: ItemTerms, item: TripItem | None = None) -> TripItem:
    """Add an item or change one; raises NotAllowed, DomainError at the field for what cannot be."""
    check_organiser(actor, programme)
    if item is not None:
        item = frame_queries.item(item.id, locked=True)
    _check_item(programme, terms, item)
    before = _told(item) if item else {}
    kept = item or TripItem(programme_id=programme.id, seats=[])
    for name in ItemTerms.__dataclass_fields__:
        setattr(kept, name, getattr(terms, name))
    db.session.add(kept)
    db.session.flush()
    audit.record(actor, "plan_item", "trip_item", kept.id, before, _told(kept))
    db.session.flush()
    return kept


def _check_item(programme: Programme, terms: ItemTerms, item: TripItem | None) -> None:
    if not any((terms.title_tr, terms.title_ru, terms.title_en)):
        raise DomainError(_("Give the item a title in at least one language."), "title_en")
    if terms.ends_at <= terms.starts_at:
        raise DomainError(_("The end lies before the start."), "ends_at")
    days = {timing.day_of(moment, programme.zone) for moment in (terms.starts_at, terms.ends_at)}
    if min(days) < programme.first_day or max(days) > programme.last_day:
        raise DomainError(_("This lies outside the days of the trip."), "starts_at")
    if item is not None and item.seats:
        highest = max((seat.seat or 0 for seat in item.seats), default=0)
        if (terms.capacity is None and highest) or (
            terms.capacity is not None and len(item.seats) > terms.capacity
        ):
            taken = len(item.seats)
            raise DomainError(_("%(taken)s places are taken already.", taken=taken), "capacity")
        _renumber(item, terms.capacity)


def _renumber(item: TripItem, capacity: int | None) -> None:
    """Move seats above a smaller capacity to free ones below it."""
    if capacity is None:
        return
    used = {seat.seat for seat in item.seats}
    free = iter(number for number in range(1, capacity + 1) if number not in used)
    for seat in item.seats:
        if seat.seat is None or seat.seat > capacity:
            seat.seat = next(free)
            db.session.flush()


def cancel_item(actor: Actor, item: TripItem) -> None:
    """Strike an item out; it stays on the page and in calendars as cancelled. Raises NotAllowed, Conflict."""
    check_organiser(actor, item.programme)
    if item.cancelled_at is not None:
        raise Conflict(_("This item is cancelled already."))
    item.cancelled_at = clock.now()
    audit.record(actor, "cancel_item", "trip_item", item.id, after={"title": item.title("en")})
    db.session.flush()


def join(actor: Actor, item: TripItem, delegate: Delegate) -> TripSeat:
    """Take one of the item's seats for a delegate; the last is never given twice.

    Raises NotAllowed for somebody else's delegate, Conflict where the item cannot be chosen, DomainError at `item` when
    it is full or overlaps with what the delegate chose already.
    """
    item = frame_queries.item(item.id, locked=True)
    _check_join(actor, item, delegate)
    used = {seat.seat for seat in item.seats}
    free = next((number for number in range(1, (item.capacity or 0) + 1) if number not in used), None)
    if free is None:
        raise DomainError(_("All places of this item are taken."), "item")
    seat = TripSeat(item_id=item.id, delegate_id=delegate.id, seat=free)
    db.session.add(seat)
    audit.record(actor, "join", "trip_item", item.id, after={"delegate": delegate.id, "seat": free})
    db.session.flush()
    return seat


def _check_join(actor: Actor, item: TripItem, delegate: Delegate) -> None:
    if not rules.may_choose_items(actor, delegate):
        raise NotAllowed(_("You choose items for the delegates of your own firm."))
    if item.programme_id != delegate.sign_up.programme_id or not frame_queries.travels(delegate):
        raise Conflict(_("Only delegates with a place on this trip take part in its items."))
    if item.capacity is None or item.cancelled_at is not None:
        raise Conflict(_("This item cannot be chosen."))
    if any(seat.delegate_id == delegate.id for seat in item.seats):
        raise Conflict(_("This delegate has a place there already."))
    chosen = [one for one in _chosen(delegate) if timing.overlap(one, item)]
    if chosen:
        other = chosen[0].title(delegate.language)
        raise DomainError(_("It overlaps with “%(other)s”, which is chosen already.", other=other), "item")


def _chosen(delegate: Delegate) -> list[TripItem]:
    found = (
        select(TripItem)
        .join(TripSeat, TripSeat.item_id == TripItem.id)
        .where(
            TripSeat.delegate_id == delegate.id,
            TripItem.capacity.is_not(None),
            TripItem.cancelled_at.is_(None),
        )
        .order_by(TripItem.starts_at, TripItem.id)
    )
    return list(db.session.scalars(found))


def leave(actor: Actor, item: TripItem, delegate: Delegate) -> None:
    """Give a seat back; raises NotAllowed, Conflict where there is none or attendance was recorded."""
    item = frame_queries.item(item.id, locked=True)
    if not rules.may_choose_items(actor, delegate):
        raise NotAllowed(_("You choose items for the delegates of your own firm."))
    seat = next((one for one in item.seats if one.delegate_id == delegate.id), None)
    if seat is None or seat.seat is None or seat.attended is not None:
        raise Conflict(_("There is no place to give back."))
    item.seats.remove(seat)
    audit.record(actor, "leave", "trip_item", item.id, {"delegate": delegate.id, "seat": seat.seat})
    db.session.flush()


def record_attendance(actor: Actor, item: TripItem, present: Collection[int]) -> int:
    """Record who of the expected delegates was there, by number; answers how many were.

    Expected are those with a seat, or all who travel where the item is for everybody. Raises NotAllowed, Conflict
    before the item began, DomainError for a delegate who is not expected.
    """
    programme = item.programme
    if not rules.may_run(actor, programme):
        raise NotAllowed(_("Only the organiser and the host record who was there."))
    if item.starts_at > clock.now():
        raise Conflict(_("This item has not begun yet."))
    item = frame_queries.item(item.id, locked=True)
    seats = {seat.delegate_id: seat for seat in item.seats}
    expected = set(seats) if item.capacity is not None else _travellers(programme.id) | set(seats)
    if not set(present) <= expected:
        raise DomainError(_("Somebody here is not expected at this item."), "present")
    for number in sorted(expected):
        seat = seats.get(number)
        if seat is None:
            seat = TripSeat(item_id=item.id, delegate_id=number, seat=None)
            item.seats.append(seat)
        seat.attended, seat.recorded_by_id = number in present, actor.person_id
    after = {"present": sorted(present), "absent": sorted(expected - set(present))}
    audit.record(actor, "record_attendance", "trip_item", item.id, after=after)
    db.session.flush()
    return len(set(present))


def _travellers(programme_id: int) -> set[int]:
    return {delegate.id for delegate in frame_queries.delegates(programme_id)}


def _told(item: TripItem) -> dict[str, object]:
    return {
        "kind": item.kind.value,
        "title": item.title("en"),
        "starts_at": item.starts_at.isoformat(),
        "ends_at": item.ends_at.isoformat(),
        "place": item.place,
        "capacity": item.capacity,
    }
