"""By when a person's request about own data has to be answered: the dated rule of the person's country.

The terms are rows of answer_clocks.csv with their law and source; a country without one follows the row "*".
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from matchmaker.reference.rest_days import workday_after
from matchmaker.reference.size_rules import area_of
from matchmaker.reference.tables import day, rows

ANYWHERE = "*"


class ClockUnit(StrEnum):
    """What a term counts."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class AnswerClock:
    """One term; law is empty where no law of the country is recorded."""

    area: str
    valid_from: date
    valid_to: date | None
    number: int
    unit: ClockUnit
    law: str


@cache
def _clocks() -> tuple[AnswerClock, ...]:
    return tuple(
        AnswerClock(
            area=row["area"],
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=day(row["valid_to"]),
            number=int(row["number"]),
            unit=ClockUnit(row["unit"]),
            law=row["law"],
        )
        for row in rows("answer_clocks")
    )


def clock_of(country: str, asked_on: date) -> AnswerClock:
    """The term of a country that was in force on the day of the request."""
    in_force = [
        one
        for one in _clocks()
        if one.valid_from <= asked_on and (one.valid_to is None or asked_on <= one.valid_to)
    ]
    area = area_of(country)
    own = next((one for one in in_force if one.area == area), None)
    return own or next(one for one in in_force if one.area == ANYWHERE)


def due_on(clock: AnswerClock, asked_on: date, country: str) -> date:
    """The last day of a term on the calendar of a country; the day of the request does not count."""
    if clock.unit is ClockUnit.MONTHS:
        return _months_later(asked_on, clock.number)
    if clock.unit is ClockUnit.DAYS:
        return asked_on + timedelta(days=clock.number)
    return workday_after(asked_on, clock.number, country)


def _months_later(first: date, months: int) -> date:
    """The same day of a later month, its last day where it is shorter."""
    years, month = divmod(first.month - 1 + months, 12)
    year = first.year + years
    return date(year, month + 1, min(first.day, monthrange(year, month + 1)[1]))
