"""Decisions about indicators, and the arithmetic of planned against actual."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from matchmaker.core.actor import Actor
from matchmaker.mous import rules as mou_rules

if TYPE_CHECKING:
    from matchmaker.mous.figures import FigureRow
    from matchmaker.mous.indicators.models import Indicator

QUARTER_MONTHS = 3


@dataclass(frozen=True, slots=True)
class Point:
    """The end of a quarter: planned and counted up to that day; actual is None where the day lies ahead."""

    day: date
    planned: Decimal
    actual: Decimal | None


def sees(actor: Actor, indicator: "Indicator") -> bool:
    """The people of the parties."""
    return mou_rules.is_party(actor, indicator.mou)


def edits(actor: Actor, indicator: "Indicator") -> bool:
    """Who works for a party."""
    return mou_rules.works_for_party(actor, indicator.mou)


def quarter_ends(starts_on: date, ends_on: date) -> list[date]:
    """The last day of each three months from the start; the last one ends with the period."""
    found: list[date] = []
    months = QUARTER_MONTHS
    while (day := mou_rules.add_months(starts_on, months) - timedelta(days=1)) < ends_on:
        found.append(day)
        months += QUARTER_MONTHS
    return [*found, ends_on]


def planned(target: Decimal, starts_on: date, ends_on: date, day: date) -> Decimal:
    """What should be reached by the end of a day when the target is spread evenly over the days of the period."""
    whole = (ends_on - starts_on).days + 1
    passed = min(max((day - starts_on).days + 1, 0), whole)
    return (target * passed / whole).quantize(Decimal("0.1"))


def series(indicator: "Indicator", rows: Sequence["FigureRow"], today: date) -> list[Point]:
    """Planned and actual at the end of each quarter; the running quarter shows what is counted today."""
    points = []
    begun = True
    for day in quarter_ends(indicator.starts_on, indicator.ends_on):
        actual = sum((row.amount for row in rows if row.day <= day), Decimal(0)) if begun else None
        points.append(
            Point(day, planned(indicator.target, indicator.starts_on, indicator.ends_on, day), actual)
        )
        begun = begun and day < today
    return points
