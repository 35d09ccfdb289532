"""Planned against actual as the points of a drawing; the same numbers stand in a table beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from matchmaker.mous.indicators.rules import Point

WIDTH, HEIGHT, EDGE = 640, 200, 8


@dataclass(frozen=True, slots=True)
class Chart:
    """Polylines in a box of WIDTH x HEIGHT, and the value at its top."""

    width: int
    height: int
    planned: str
    actual: str
    dots: Sequence[tuple[float, float]]
    top: Decimal


def chart(points: Sequence[Point]) -> Chart:
    """Both lines begin at nothing on the left edge."""
    top = max(
        [Decimal(1), *(point.planned for point in points), *(point.actual or Decimal(0) for point in points)]
    )
    step = (WIDTH - 2 * EDGE) / len(points)
    planned, actual = [_place(0, Decimal(0), top)], [_place(0, Decimal(0), top)]
    for at, point in enumerate(points, start=1):
        planned.append(_place(at * step, point.planned, top))
        if point.actual is not None:
            actual.append(_place(at * step, point.actual, top))
    return Chart(WIDTH, HEIGHT, _line(planned), _line(actual), actual[1:], top)


def _place(x: float, value: Decimal, top: Decimal) -> tuple[float, float]:
    return round(EDGE + x, 1), round(HEIGHT - EDGE - float(value / top) * (HEIGHT - 2 * EDGE), 1)


def _line(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in places)
