"""An itinerary as people read it: by day, for everybody or for one delegate, and as entries of a calendar."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from flask import url_for
from flask_babel import gettext as _

from matchmaker.core import zones
from matchmaker.core.calendars import CalendarEvent
from matchmaker.core.i18n import language, show_date
from matchmaker.core.mail import link
from matchmaker.firms.names import place_name
from matchmaker.notifications.addresses import full_address
from matchmaker.programmes.enums import ProgrammeState
from matchmaker.programmes.models import Delegate, Programme
from matchmaker.programmes.trips import frame_queries
from matchmaker.programmes.trips.models import TripItem, TripSeat
from matchmaker.programmes.trips.timing import day_of


@dataclass(frozen=True, slots=True)
class Entry:
    """One item as a line of the timeline; `mine` says whether the delegate of a personal version takes part."""

    item: TripItem
    at: str
    span: str
    own_time: str
    title: str
    left: int | None
    mine: bool

    @property
    def notes(self) -> list[tuple[str, str]]:
        """What a delegate has to know, each with its label; empty ones are left out."""
        item = self.item
        found = (
            (_("Place"), place_name(item.place)),
            (_("Host"), item.host_contact),
            (_("Interpreter"), item.interpreter),
            (_("Dress"), item.dress_note),
            (_("Safety"), item.safety_note),
        )
        return [(label, value) for label, value in found if value]


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the itinerary."""

    day: date
    heading: str
    entries: list[Entry]


def days(items: Iterable[TripItem], seats: Mapping[int, TripSeat] | None = None) -> list[Day]:
    """The items by day at their place; with the seats of a delegate it is that delegate's version."""
    entries = [_entry(item, seats) for item in items]
    grouped = groupby(entries, key=lambda one: day_of(one.item.starts_at, one.item.zone))
    return [Day(day, show_date(day, "full"), list(found)) for day, found in grouped]


def personal(items: Sequence[TripItem], seats: Mapping[int, TripSeat]) -> list[Day]:
    """Only what one delegate attends: items for everybody and those chosen."""
    return days([item for item in items if item.capacity is None or item.id in seats], seats)


def to_choose(items: Sequence[TripItem]) -> list[TripItem]:
    """The items with places of their own that can still be chosen."""
    return [item for item in items if item.capacity is not None and item.cancelled_at is None]


def _entry(item: TripItem, seats: Mapping[int, TripSeat] | None) -> Entry:
    own = zones.reader_zone()
    start, end = (zones.clock_at(moment, item.zone) for moment in (item.starts_at, item.ends_at))
    there = zones.clock_at(item.starts_at, own) if own else start
    return Entry(
        item=item,
        at=start,
        span=f"{start}–{end}",
        own_time="" if there == start else there,
        title=item.title(language()),
        left=None if item.capacity is None else max(item.capacity - len(item.seats), 0),
        mine=seats is not None and (item.capacity is None or item.id in seats),
    )


def events_of_trip(programme: Programme) -> list[CalendarEvent]:
    """The whole itinerary, for the calendar file that anybody takes who sees the trip."""
    return [_public_event(programme, item) for item in frame_queries.items(programme.id)]


def _public_event(programme: Programme, item: TripItem) -> CalendarEvent:
    notes = [item.note, item.dress_note, item.safety_note]
    return CalendarEvent(
        key=f"trip-item-{item.id}",
        version=programme.version + item.version,
        changed_at=max(programme.updated_at, item.updated_at),
        starts=item.starts_at,
        ends=item.ends_at,
        zone=item.zone,
        title=item.title(language()),
        place=place_name(item.place),
        text="\n".join(note for note in notes if note),
        url=link("programmes.show", programme_id=programme.id),
        cancelled=item.cancelled_at is not None or programme.state is ProgrammeState.CANCELLED,
    )


def events_of_person(person_id: int) -> list[CalendarEvent]:
    """What a person attends on trips, for the personal calendar; a cancelled item is struck out there."""
    return [event(item, delegate) for item, _programme, delegate in frame_queries.items_of_person(person_id)]


def event(item: TripItem, delegate: Delegate) -> CalendarEvent:
    """One item as an entry of the delegate's calendar; the same entry moves when the item does."""
    notes = [item.note, item.dress_note, item.safety_note]
    return CalendarEvent(
        key=f"trip-item-{item.id}-{delegate.id}",
        version=item.version,
        changed_at=item.updated_at,
        starts=item.starts_at,
        ends=item.ends_at,
        zone=item.zone,
        title=item.title(delegate.language),
        place=place_name(item.place),
        text="\n".join(note for note in notes if note),
        url=full_address(url_for("trips.personal", delegate_id=delegate.id)),
        cancelled=item.cancelled_at is not None,
    )
