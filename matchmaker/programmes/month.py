"""A month as weeks of days with spans of days laid over them; weeks begin on Monday. Plain arithmetic."""

from calendar import Calendar, monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last day of one record; key names it."""

    key: int
    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it lasts."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Piece:
    """A span on one day of the month: the number-th of its days.

    run is over how many days of this week it is drawn from here; 0 on a day that a piece of an earlier day covers.
    """

    key: int
    number: int
    days: int
    run: int


@dataclass(frozen=True, slots=True)
class Day:
    """One day: lanes hold the pieces of longer spans, each at the same height all week, or None; single what lasts a day."""

    day: date
    in_month: bool
    lanes: tuple[Piece | None, ...] = ()
    single: tuple[Piece, ...] = ()


def last_of(first: date) -> date:
    """The last day of the month that begins on a day."""
    return first.replace(day=monthrange(first.year, first.month)[1])


def weeks(first: date, spans: Iterable[Span]) -> list[list[Day]]:
    """The weeks of the month that begins on a day; days of the months beside it stay empty."""
    last = last_of(first)
    known = [span for span in spans if span.first <= last and span.last >= first]
    return [
        _week(days, first, last, known) for days in Calendar().monthdatescalendar(first.year, first.month)
    ]


def _week(days: Sequence[date], first: date, last: date, spans: Sequence[Span]) -> list[Day]:
    inside = [day for day in days if first <= day <= last]
    running = sorted(
        (span for span in spans if span.days > 1 and span.first <= inside[-1] and span.last >= inside[0]),
        key=lambda span: (span.first, -span.days, span.key),
    )
    lanes = _lanes(running)
    return [
        Day(
            day,
            day in inside,
            tuple(_piece(_of_day(lane, day), day, inside) for lane in lanes) if day in inside else (),
            tuple(Piece(span.key, 1, 1, 1) for span in spans if span.days == 1 and span.first == day),
        )
        for day in days
    ]


def _lanes(spans: Iterable[Span]) -> list[list[Span]]:
    """Spans at heights: each at the first one that is free for all of it."""
    lanes: list[list[Span]] = []
    for span in spans:
        free = next((lane for lane in lanes if lane[-1].last < span.first), None)
        if free is None:
            lanes.append([span])
        else:
            free.append(span)
    return lanes


def _of_day(lane: Iterable[Span], day: date) -> Span | None:
    return next((span for span in lane if span.first <= day <= span.last), None)


def _piece(span: Span | None, day: date, inside: Sequence[date]) -> Piece | None:
    if span is None:
        return None
    begins = day in (span.first, inside[0])
    run = (min(span.last, inside[-1]) - day).days + 1 if begins else 0
    return Piece(span.key, (day - span.first).days + 1, span.days, run)
