"""How old the lists are on a day, for the pages that warn of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from matchmaker.compliance.lists import rules
from matchmaker.compliance.models import SanctionsList
from matchmaker.core import clock


@dataclass(frozen=True, slots=True)
class Ages:
    """The day, and after how many days a list counts as old."""

    today: date
    days: int

    def is_old(self, item: SanctionsList) -> bool:
        """Whether a version is older than that."""
        return rules.is_old(item, self.today, self.days)

    def any_old(self, items: Iterable[SanctionsList]) -> bool:
        """Whether any of these versions is."""
        return any(map(self.is_old, items))

    def of(self, item: SanctionsList) -> int:
        """How many days ago the version was last known to be right."""
        return max((self.today - rules.last_known_on(item)).days, 0)


def ages(days: int) -> Ages:
    """The ages of today; `days` is the setting SCREENING_LIST_DAYS."""
    return Ages(clock.today(), days)
