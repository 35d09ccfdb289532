"""Whether a trip has firms enough at its deadline, and what may follow. Plain decisions."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from matchmaker.programmes.trips.enums import ViabilityChoice


class Viability(StrEnum):
    """Where a trip stands between its confirmed firms and its minimum."""

    ENOUGH = "enough"
    WAITING = "waiting"
    SHORT = "short"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Standing:
    """Confirmed firms, the least that are needed, and the last day to have them."""

    firms: int
    minimum: int
    deadline: date

    @property
    def missing(self) -> int:
        """Firms that are still needed."""
        return max(self.minimum - self.firms, 0)


def viability(standing: Standing, today: date, decided: ViabilityChoice | None) -> Viability:
    """Short from the day after the deadline on; a decision to go ahead or to cancel settles it, an extension does not."""
    if decided in (ViabilityChoice.GO_AHEAD, ViabilityChoice.CANCEL, ViabilityChoice.MERGE):
        return Viability.DECIDED
    if standing.missing == 0:
        return Viability.ENOUGH
    return Viability.SHORT if today > standing.deadline else Viability.WAITING


def must_decide(standing: Standing, today: date, decided: ViabilityChoice | None) -> bool:
    """Whether staff cannot go on with the trip before they chose what happens."""
    return viability(standing, today, decided) is Viability.SHORT
