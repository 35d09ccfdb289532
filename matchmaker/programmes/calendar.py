"""Programmes as calendar entries: one file for each programme, and a source of the personal calendar.

A kind of programme that has sessions or an itinerary offers them by add_parts; otherwise the programme is one entry.
"""

from collections.abc import Callable, Sequence

from flask_babel import gettext as _

from matchmaker.core import zones
from matchmaker.core.calendars import CalendarEvent, add_source
from matchmaker.core.i18n import language
from matchmaker.core.mail import link
from matchmaker.firms.names import place_name
from matchmaker.programmes import queries
from matchmaker.programmes.enums import ProgrammeKind, ProgrammeState
from matchmaker.programmes.models import Programme

Parts = Callable[[Programme], Sequence[CalendarEvent]]
_parts: dict[ProgrammeKind, Parts] = {}


def add_parts(kind: ProgrammeKind, events_of: Parts) -> None:
    """Offer the parts of programmes of a kind; an empty answer leaves the programme as one entry."""
    _parts[kind] = events_of


def events_of(programme: Programme) -> list[CalendarEvent]:
    """The entries of a programme, struck out where it was cancelled."""
    parts = _parts[programme.kind](programme) if programme.kind in _parts else ()
    return list(parts) or [_whole(programme)]


def _whole(programme: Programme) -> CalendarEvent:
    one_day = programme.first_day == programme.last_day
    when = zones.show_span(programme.starts_at, programme.ends_at, programme.zone)
    return CalendarEvent(
        key=f"programme-{programme.id}",
        version=programme.version,
        changed_at=programme.updated_at,
        starts=programme.starts_at if one_day else programme.first_day,
        ends=programme.ends_at if one_day else programme.last_day,
        zone=programme.zone,
        title=programme.title(language()),
        place=", ".join(place_name(part) for part in (programme.place, programme.city) if part),
        text="\n".join(part for part in (when, programme.summary(language())) if part),
        url=link("programmes.show", programme_id=programme.id),
        cancelled=programme.state is ProgrammeState.CANCELLED,
    )


def of_person(person_id: int) -> list[CalendarEvent]:
    """What a person signed up for and is sent to.

    Expert exchanges have a source of their own; so have the items of a trip that a delegate attends, hence of a trip
    only the whole stands here.
    """
    found = [one for one in queries.attended_by(person_id) if one.kind is not ProgrammeKind.EXCHANGE]
    return [event for programme in found for event in _for_participant(programme)]


def _for_participant(programme: Programme) -> list[CalendarEvent]:
    return [_whole(programme)] if programme.kind is ProgrammeKind.TRIP else events_of(programme)


add_source("programmes", of_person)


def file_name(programme: Programme) -> str:
    """The name of a programme's calendar, as a calendar program shows it."""
    return str(_("Programme: %(title)s", title=programme.title(language())))
