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


def steps_fit(indicator: "Indicator") -> bool:
    """Whether the targets by quarter are those of the present period and add up to the present target."""
    days = quarter_ends(indicator.starts_on, indicator.ends_on)
    return [step.ends_on for step in indicator.steps] == days and steps_sum(indicator) == indicator.target


def steps_sum(indicator: "Indicator") -> Decimal:
    """What the targets by quarter add up to."""
    return sum((step.target for step in indicator.steps), Decimal(0))


def planned_by(indicator: "Indicator", day: date) -> Decimal:
    """What should be reached by the end of a day: by the targets of the quarters where staff entered fitting ones.

    The target of a quarter, or of the whole period where there are none, is spread evenly over its days.
    """
    if not steps_fit(indicator):
        return planned(indicator.target, indicator.starts_on, indicator.ends_on, day)
    found, since = Decimal(0), indicator.starts_on
    for step in indicator.steps:
        found += planned(step.target, since, step.ends_on, day)
        since = step.ends_on + timedelta(days=1)
    return found


def series(indicator: "Indicator", rows: Sequence["FigureRow"] | None, today: date) -> list[Point]:
    """Planned and actual at the end of each quarter; the running quarter shows what is counted today.

    Without rows, because no record says the figure yet, there is no actual value at all.
    """
    points = []
    begun = rows is not None
    for day in quarter_ends(indicator.starts_on, indicator.ends_on):
        actual = sum((row.amount for row in rows or () if row.day <= day), Decimal(0)) if begun else None
        points.append(Point(day, planned_by(indicator, day), actual))
        begun = begun and day < today
    return points
