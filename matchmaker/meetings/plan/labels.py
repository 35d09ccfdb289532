"""How the firms, times, tables and interpreters of a day are called, for grids, causes and refusals."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.core import clock
from matchmaker.core.i18n import order_countries
from matchmaker.firms.names import reader_name
from matchmaker.meetings.enums import DayState

if TYPE_CHECKING:
    from matchmaker.meetings.plan.problem import Problem
    from matchmaker.meetings.plan.rows import MeetingRow, Rows

MOST_TIMES: Final = 4
"""Times that one sentence names."""


def joined(names: Iterable[str]) -> str:
    """Names in one line: A, B and C."""
    listed = list(names)
    if len(listed) < 2:
        return "".join(listed)
    return str(_("%(first)s and %(last)s", first=", ".join(listed[:-1]), last=listed[-1]))


class Labels:
    """The names of a day in the language of the reader; the reader's side comes first."""

    def __init__(self, rows: Rows, pairs: tuple[str, ...] = ()) -> None:
        self._firms = {one.id: one.firm for one in rows.participants}
        self._names: dict[int, str] = {}
        self._meetings = {one.id: one for one in rows.meetings}
        self._pairs = pairs
        self.tables = {one.id: one.number for one in rows.day.tables}
        self.slots = {one.position: rows.day.time_of(one.starts_at) for one in rows.day.slots}
        running, now = rows.day.state is DayState.RUNNING, clock.now()
        self._over = {one.position for one in rows.day.slots if running and one.starts_at <= now}
        countries = {firm.country for firm in self._firms.values()}
        self._rank = {code: at for at, code in enumerate(order_countries(sorted(countries)))}

    @classmethod
    def of(cls, problem: Problem) -> Labels:
        """The names of a problem, its pools included."""
        return cls(problem.rows, problem.pairs)

    def firm(self, participant: int) -> str:
        """The name of a firm."""
        if participant not in self._names:
            self._names[participant] = reader_name(self._firms[participant])
        return self._names[participant]

    def side(self, participant: int) -> int:
        """0 for a firm of the reader's side or of the side that leads, 1 for the others."""
        return min(1, self._rank[self._firms[participant].country])

    def firms_of(self, meeting: MeetingRow) -> list[int]:
        """The firms of a meeting, the leading side first."""
        numbers = [one.participant_id for one in meeting.parties]
        return sorted(numbers, key=lambda one: (self._rank[self._firms[one].country], one))

    def meeting(self, number: int) -> str:
        """A meeting by its firms."""
        return " – ".join(self.firm(one) for one in self.firms_of(self._meetings[number]))

    def pool(self, number: int) -> str:
        """A pair of languages."""
        return self.pair(self._pairs[number])

    @staticmethod
    def pair(pair: str) -> str:
        """A pair of languages as tables and badges show it."""
        return "–".join(code.upper() for code in pair.split("-"))

    def times(self, positions: Iterable[int]) -> str:
        """Times of day, the first ones where there are many; on the day itself only those that are still to come."""
        shown = [self.slots[position] for position in positions if position not in self._over]
        if len(shown) <= MOST_TIMES:
            return ", ".join(shown)
        rest = len(shown) - MOST_TIMES + 1
        first = ", ".join(shown[: MOST_TIMES - 1])
        told = ngettext(
            "%(times)s and %(num)s more time", "%(times)s and %(num)s more times", rest, times=first
        )
        return str(told)
