"""Within how many hours of its discovery an incident with personal data is told to whom: the dated rules of each law.

The rules are rows of breach_clocks.csv with their law and source, what a notice has to hold rows of
breach_notice_items.csv. A rule without hours asks for a step without delay and names no hour.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from matchmaker.reference.tables import day, rows


class BreachStep(StrEnum):
    """What a law asks for: a first notice to the authority, the result of the inquiry, telling the persons."""

    FIRST_NOTICE = "first_notice"
    INQUIRY = "inquiry"
    PERSONS = "persons"


@dataclass(frozen=True, slots=True)
class BreachClock:
    """One rule, from one day to another; hours is None where the law names none."""

    key: str
    area: str
    step: BreachStep
    valid_from: date
    valid_to: date | None
    hours: int | None
    law: str
    source: str


@cache
def breach_clocks() -> tuple[BreachClock, ...]:
    """All rules, in the order of the table."""
    return tuple(
        BreachClock(
            key=row["key"],
            area=row["area"],
            step=BreachStep(row["step"]),
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=day(row["valid_to"]),
            hours=int(row["hours"]) if row["hours"] else None,
            law=row["law"],
            source=row["source"],
        )
        for row in rows("breach_clocks")
    )


def in_force(discovered_on: date) -> tuple[BreachClock, ...]:
    """The rules that held on the day of a discovery."""
    return tuple(
        one
        for one in breach_clocks()
        if one.valid_from <= discovered_on and (one.valid_to is None or discovered_on <= one.valid_to)
    )


@cache
def notice_items(key: str) -> tuple[str, ...]:
    """What the notice of a rule has to hold, in the order of the law."""
    return tuple(row["item"] for row in rows("breach_notice_items") if row["clock"] == key)
