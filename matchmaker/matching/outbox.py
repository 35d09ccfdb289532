"""Which firms have changed since the lists were last brought up to date, told from the outbox of the firms.

The place in the outbox is its highest number seen. Three things make that alone wrong, and each is dealt with:
a transaction that took a lower number may commit later (PostgreSQL), so the numbers of the last OVERLAP are counted and
read again; lines are purged, after which SQLite gives their numbers out anew, so the moment of the last line is kept with
its number; and the database may be another one than before, so the first firm is part of the mark. Where the mark is
gone, nobody can say what was missed, and the lists are built anew.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from matchmaker.core import clock
from matchmaker.firms.models import Firm, SearchOutbox

OVERLAP: Final = timedelta(minutes=10)
"""Longer than any transaction that changes firms takes; imports commit in batches of seconds."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line that was read."""

    seq: int
    at: datetime
    firm_id: int


@dataclass(frozen=True, slots=True)
class Place:
    """How far the outbox was read: the first firm of the database, the last line, and the lines counted as seen.

    `floor` is the highest number below which nothing can appear any more; `seen` are the lines above it.
    """

    first_firm: tuple[int, datetime] | None = None
    last: Line | None = None
    floor: int = 0
    seen: frozenset[int] = frozenset()


class PlaceLost(Exception):
    """Nobody can tell what was missed: build the lists anew and begin at the present end."""


def present_end(session: Session) -> Place:
    """The place after everything that is visible now; take it before reading the firms."""
    settled = select(func.max(SearchOutbox.seq)).where(SearchOutbox.at < clock.now() - OVERLAP)
    floor = session.scalar(settled) or 0
    lines = _lines(session, SearchOutbox.seq >= floor)
    return _after(Place(first_firm=_first_firm(session), floor=floor), lines)


def changed_since(session: Session, place: Place) -> tuple[frozenset[int], Place]:
    """Numbers of the firms with lines not seen at that place, and the new place; raises PlaceLost."""
    _check(session, place)
    count = session.scalar(select(func.count(SearchOutbox.seq)).where(SearchOutbox.seq > place.floor))
    if count == len(place.seen):
        return frozenset(), place
    lines = _lines(session, SearchOutbox.seq > place.floor)
    changed = frozenset(line.firm_id for line in lines if line.seq not in place.seen)
    return changed, _after(place, lines)


def _lines(session: Session, condition: ColumnElement[bool]) -> list[Line]:
    rows = session.execute(
        select(SearchOutbox.seq, SearchOutbox.at, SearchOutbox.firm_id)
        .where(condition)
        .order_by(SearchOutbox.seq)
    )
    return [Line(*row) for row in rows]


def _after(place: Place, lines: list[Line]) -> Place:
    settled = clock.now() - OVERLAP
    floor = max((line.seq for line in lines if line.at < settled), default=place.floor)
    seen = frozenset(line.seq for line in lines if line.seq > floor)
    return replace(place, last=lines[-1] if lines else place.last, floor=floor, seen=seen)


def _check(session: Session, place: Place) -> None:
    """The first firm and the last line have to be those that were there."""
    if place.first_firm != _first_firm(session):
        raise PlaceLost
    if place.last is not None:
        at = session.scalar(select(SearchOutbox.at).where(SearchOutbox.seq == place.last.seq))
        if at != place.last.at:
            raise PlaceLost


def _first_firm(session: Session) -> tuple[int, datetime] | None:
    row = session.execute(select(Firm.id, Firm.created_at).order_by(Firm.id).limit(1)).one_or_none()
    return None if row is None else (row[0], row[1])
