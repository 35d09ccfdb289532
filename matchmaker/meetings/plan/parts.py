"""A large hall in parts: a page shows the tables of one of them, so that it stays small whatever the size of the day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask_babel import gettext as _

from matchmaker.firms.names import place_name

if TYPE_CHECKING:
    from matchmaker.meetings.models import DayTable

MOST_TABLES: Final = 40
"""Tables that one page shows: at 24 times that is a thousand places, as many as a browser lays out at once."""


@dataclass(frozen=True, slots=True)
class View:
    """What of a timetable is looked at: the meeting in hand, the part of the hall, the page of what has no place, a firm.

    Part 0 is the one in which the meeting in hand is, else the first. firm is typed, a part of a name.
    """

    chosen: int | None = None
    part: int = 0
    page: int = 1
    firm: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Some tables of a hall that stand together; number counts from 1."""

    number: int
    label: str
    tables: tuple[DayTable, ...]


def parts_of(tables: Sequence[DayTable]) -> list[Part]:
    """The whole hall where it fits a page, else its rooms, those that are too large in pieces of like size."""
    if len(tables) <= MOST_TABLES:
        return [Part(1, "", tuple(tables))]
    pieces = list(_pieces(tables))
    return [Part(at, _label(*piece), piece[1]) for at, piece in enumerate(pieces, 1)]


def _pieces(tables: Sequence[DayTable]) -> Iterator[tuple[str, tuple[DayTable, ...], bool]]:
    """Room, tables, and whether they are all of the room."""
    for room in dict.fromkeys(one.room for one in tables):
        inside = [one for one in tables if one.room == room]
        count = -(-len(inside) // MOST_TABLES)
        for at in range(count):
            some = inside[len(inside) * at // count : len(inside) * (at + 1) // count]
            yield room, tuple(some), count == 1


def _label(room: str, tables: Sequence[DayTable], is_whole: bool) -> str:
    first, last = tables[0].number, tables[-1].number
    if room and is_whole:
        return place_name(room)
    numbers = str(_("Tables %(first)s–%(last)s", first=first, last=last))
    return f"{place_name(room)}, {numbers}" if room else numbers
