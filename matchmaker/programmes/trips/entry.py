"""Decisions about entry: which dated rule holds, and what it says about the dates of a trip. Never legal advice."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from matchmaker.programmes.trips.enums import EntryPath, EntryWarning

if TYPE_CHECKING:
    from matchmaker.programmes.trips.models import EntryRule


def rule_on(
    rules: Iterable["EntryRule"], nationality: str, destination: str, day: date
) -> "EntryRule | None":
    """The rule for a nationality and a destination that is in force on a day: the one that began last."""
    begun = [
        rule
        for rule in rules
        if (rule.nationality, rule.destination) == (nationality, destination) and rule.valid_from <= day
    ]
    return max(begun, key=lambda rule: (rule.valid_from, rule.id), default=None)


def warnings(
    rule: "EntryRule | None", *, first_day: date, last_day: date, today: date
) -> tuple[EntryWarning, ...]:
    """What stands between the dates of a stay and the rule; nothing once the stay has begun.

    Both the first and the last day count as days of the stay.
    """
    if today >= first_day:
        return ()
    if rule is None:
        return (EntryWarning.NO_RULE,)
    found = []
    if rule.path is not EntryPath.NONE and latest_start(rule, first_day) < today:
        found.append(EntryWarning.TOO_CLOSE)
    if rule.longest_stay_days is not None and stay_days(first_day, last_day) > rule.longest_stay_days:
        found.append(EntryWarning.TOO_LONG)
    return tuple(found)


def latest_start(rule: "EntryRule", first_day: date) -> date:
    """The last day on which the papers can be asked for in time."""
    return first_day - timedelta(days=rule.lead_days)


def stay_days(first_day: date, last_day: date) -> int:
    """Days of a stay, both ends included."""
    return (last_day - first_day).days + 1
