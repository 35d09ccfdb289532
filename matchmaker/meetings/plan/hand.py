"""The meeting that staff have in hand: where it is, where it may go, and what is in the way elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Final

from flask_babel import ngettext

from matchmaker.core.errors import DomainError
from matchmaker.meetings.plan.legal import Desk, Ways

if TYPE_CHECKING:
    from matchmaker.meetings.plan.grid import Card, Grid

LISTED: Final = 3
"""Free places of one time in the list beside the grid; the grid shows them all."""
MOST_SWAPS: Final = 30
"""Meetings in the list to change places with."""


@dataclass(frozen=True, slots=True)
class Way:
    """A place for the chosen meeting in the list that works without script."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """The meeting in hand. `keys` and `swap_meetings` are the places and partners among the tables that are shown,
    `counts` the free places by part of the hall, `more` those that the lists leave out.
    """

    card: Card
    where: str
    placed: bool
    free: list[Way] = field(default_factory=list)
    swaps: list[Way] = field(default_factory=list)
    more: int = 0
    keys: dict[str, None] = field(default_factory=dict)
    swap_meetings: list[int] = field(default_factory=list)
    counts: dict[int, int] = field(default_factory=dict)
    refusals: list[tuple[str, str]] = field(default_factory=list)
    refusal: str = ""
    spoken: str = ""
    """What is said aloud of it once it is taken in hand."""


def chosen(grid: Grid, number: int) -> Chosen:
    """The meeting in hand for a page of the timetable."""
    card, at = grid.plain_card(number), grid.at.get(number)
    where = grid.where(number)
    try:
        found = Desk(grid.problem, grid.labels).ways(number)
    except DomainError as refused:
        spoken = _spoken(card, where, refused.message)
        return Chosen(card, where, at is not None, refusal=refused.message, spoken=spoken)
    part_of = {table.id: part.number for part in grid.parts for table in part.tables}
    here = {table.id for table in grid.part.tables}
    free = list(_listed(found, here))
    partners = sorted(found.swaps, key=lambda one: (grid.at[one].table not in here, grid.at[one].slot, one))
    return Chosen(
        card,
        where,
        at is not None,
        free=[Way(_key(place), grid.place_name(*place)) for place in free],
        swaps=[
            Way(_key((grid.at[one].slot, grid.at[one].table)), grid.labels.meeting(one))
            for one in partners[:MOST_SWAPS]
        ],
        more=len(found.free) - len(free) + max(0, len(partners) - MOST_SWAPS),
        keys=dict.fromkeys(_key(place) for place in found.free if place[1] in here),
        swap_meetings=[one for one in found.swaps if grid.at[one].table in here],
        counts=Counter(part_of[table] for _slot, table in found.free),
        refusals=[(grid.labels.slots[slot], why) for slot, why in found.refusals.items()],
        spoken=_spoken(
            card,
            where,
            ngettext("%(num)s free place", "%(num)s free places", len(found.free)),
            ngettext(
                "%(num)s meeting to change places with",
                "%(num)s meetings to change places with",
                len(found.swaps),
            )
            if found.swaps
            else "",
        ),
    )


def _spoken(card: Card, *told: str) -> str:
    return ". ".join(part.rstrip(".") for part in (" – ".join(card.firms), *told) if part) + "."


def _listed(found: Ways, here: Iterable[int]) -> Iterator[tuple[int, int]]:
    """A few places of each time, those at the tables that are shown first."""
    for _slot, places in groupby(found.free, key=lambda place: place[0]):
        yield from sorted(places, key=lambda place: place[1] not in here)[:LISTED]


def _key(place: tuple[int, int]) -> str:
    return f"{place[0]}-{place[1]}"
