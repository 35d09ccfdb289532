"""What is printed of a B2B day: agendas, cards for the tables, the plan of the room, badges."""

from collections.abc import Sequence
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import pgettext

from matchmaker.core import zones
from matchmaker.core.i18n import ZONES, language, show_date
from matchmaker.core.pdf import qr_svg
from matchmaker.firms.names import in_reader_letters, other_spelling, place_name, reader_name
from matchmaker.meetings import queries as day_queries
from matchmaker.meetings.models import B2bDay, DayParticipant, DaySlot
from matchmaker.meetings.plan import queries
from matchmaker.meetings.plan.agenda import Agenda, agenda_of
from matchmaker.meetings.plan.labels import Labels
from matchmaker.meetings.show_page import title
from matchmaker.reference import countries, languages

WIDEST: Final = 7
"""Times side by side on a sheet: the names of two firms need 3 cm."""


def agendas(day: B2bDay, participants: list[DayParticipant]) -> dict[str, Any]:
    """One page for each firm that has been told of a meeting."""
    told = [agenda_of(one, with_reasons=False) for one in participants]
    return {
        "title": title(day),
        "line": _line(day),
        "agendas": [_agenda(day, one) for one in told if one.meetings],
    }


def _agenda(day: B2bDay, agenda: Agenda) -> dict[str, Any]:
    """The page of a firm, with the time at home beside that of the venue where they differ."""
    firm, first = agenda.participant.firm, agenda.meetings[0].starts
    home = ZONES.get(firm.country, day.zone)
    own = zones.own_start(first, day.zone, home)
    columns = [_("Table"), _("Firm"), _("People"), _("Interpreter")]
    return {
        "firm": reader_name(firm),
        "people": ", ".join(
            in_reader_letters(one.name, one.name_romanised)
            for one in agenda.participant.people
            if one.left_at is None
        ),
        "columns": [pgettext("B2B day", "Time"), *([own] if own else []), *columns],
        "rows": [
            [
                one.time,
                *([zones.own_clock(one.starts, day.zone, first, home)] if own else []),
                _("Table %(number)s", number=one.table) if one.meeting else "",
                ", ".join(other.name.text for other in one.others) or one.name,
                ", ".join(name for other in one.others for name in other.people),
                one.interpreter,
            ]
            for one in agenda.entries
        ],
    }


def table_cards(day: B2bDay) -> dict[str, Any]:
    """One page for each table: its number in large, and who sits there when."""
    rows = queries.every_row(day)
    labels = Labels(rows)
    times = {one.id: (one.position, day.time_of(one.starts_at)) for one in day.slots}
    cards = []
    for table in day.tables:
        held = sorted(
            (times[one.told_slot_id], labels.meeting(one.id))
            for one in rows.meetings
            if one.told_table_id == table.id and one.told_slot_id in times
        )
        cards.append(
            {
                "number": str(table.number),
                "note": " · ".join(
                    part for part in (table.room, "–".join(map(str.upper, table.languages))) if part
                ),
                "rows": [[time, name] for (_position, time), name in held],
            }
        )
    return {
        "title": title(day),
        "line": _line(day),
        "word": _("Table"),
        "columns": [pgettext("B2B day", "Time"), _("Meeting")],
        "cards": cards,
    }


def room_plan(day: B2bDay) -> dict[str, Any]:
    """Tables down, times across, for the door; a long day is continued in parts under each other."""
    rows = queries.every_row(day)
    labels = Labels(rows)
    at = {(one.told_table_id, one.told_slot_id): labels.meeting(one.id) for one in rows.meetings}
    word = _("Table")
    return {
        "heading": title(day),
        "about": [
            {"term": _("Day"), "value": show_date(day.held_on, "full")},
            {"term": _("Place"), "value": place_name(day.place) or "–"},
            {"term": pgettext("B2B day", "Time"), "value": _zone(day)},
        ],
        "parts": [
            {
                "columns": [word, *(day.time_of(one.starts_at) for one in slots)],
                "rows": [
                    [str(table.number), *(at.get((table.id, slot.id), "") for slot in slots)]
                    for table in day.tables
                ],
            }
            for slots in _parts(day.slots)
        ],
    }


def _parts(slots: Sequence[DaySlot]) -> list[Sequence[DaySlot]]:
    """The times of a day in parts of nearly the same length that a sheet is wide enough for."""
    count = -(-len(slots) // WIDEST)
    return [slots[len(slots) * at // count : len(slots) * (at + 1) // count] for at in range(count)]


def badges(day: B2bDay) -> dict[str, Any]:
    """One A6 page for each person who comes; the code holds the random token and nothing else."""
    return {
        "programme": title(day),
        "days": show_date(day.held_on),
        "qr_meaning": _("Code of this badge"),
        "badges": [
            {
                "name": person.name,
                "other": person.name_romanised if person.name_romanised != person.name else "",
                "firm": reader_name(participant.firm),
                "firm_other": other_spelling(participant.firm),
                "country": countries.label(participant.firm.country, language()),
                "languages": languages.listed(person.languages or participant.languages, language()),
                "qr": qr_svg(person.badge_token),
            }
            for participant in day_queries.participants(day.id)
            for person in participant.people
            if person.left_at is None
        ],
    }


def _line(day: B2bDay) -> str:
    parts = (show_date(day.held_on, "full"), place_name(day.place), _zone(day))
    return " · ".join(part for part in parts if part)


def _zone(day: B2bDay) -> str:
    return zones.named(day.zone, day.slots[0].starts_at if day.slots else None)
