"""What staff see before they decide how many meetings every firm is guaranteed."""

from dataclasses import dataclass

from matchmaker.engines.timetable.choose import Price
from matchmaker.firms.names import reader_name
from matchmaker.meetings.lessons.queries import lessons
from matchmaker.meetings.lessons.rules import Lesson
from matchmaker.meetings.models import B2bDay, DayParticipant
from matchmaker.meetings.wishes import choosing


@dataclass(frozen=True, slots=True)
class PriceLine:
    """One minimum: the fit in all, what it costs beside none in per cent, meetings, firms that lack something."""

    price: Price
    share: float
    chosen: bool


@dataclass(frozen=True, slots=True)
class ChoosingPage:
    """What there is to choose from, and what each minimum costs."""

    candidates: int
    kept: int
    musts: int
    room: int
    lines: list[PriceLine]
    without: list[str]
    points_sets: list[str]
    lessons: list[tuple[DayParticipant, Lesson]]


def choosing_page(day: B2bDay) -> ChoosingPage:
    """Put the page together."""
    found = choosing.choosing(day)
    problem = found.problem
    prices = choosing.prices(found)
    best = prices[0].weight if prices else 0
    wished = {firm for one in problem.day.meetings for firm in one.firms}
    return ChoosingPage(
        candidates=len(found.candidates),
        kept=len(found.kept),
        musts=sum(one.must for one in problem.day.meetings),
        room=sum(slot.position not in table.closed for table in day.tables for slot in day.slots),
        lines=[
            PriceLine(one, 100 * one.lost / best if best else 0.0, one.least == day.least) for one in prices
        ],
        points_sets=sorted({one.points_set for one in found.candidates if one.points_set}),
        lessons=lessons(day),
        without=[reader_name(one.firm) for one in problem.rows.participants if one.id not in wished],
    )
