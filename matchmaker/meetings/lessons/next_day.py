"""What other points would change at the next day: whom each firm would see first when it says its wishes."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.engines.fit.weights import Weights
from matchmaker.matching.everybody import sample
from matchmaker.matching.lists import fit_lists
from matchmaker.matching.profiles import load_profiles
from matchmaker.matching.weighing.simulation import Change, ListChange
from matchmaker.meetings import queries as day_queries
from matchmaker.meetings import rules as day_rules
from matchmaker.meetings.lessons.rules import FIRST_PLACES
from matchmaker.meetings.models import B2bDay, DayParticipant
from matchmaker.meetings.wishes import queries as wish_queries
from matchmaker.programmes.models import Programme

MOST_LISTS: Final = 200
"""Lists that are compared; of a larger day an even sample."""


@dataclass(frozen=True, slots=True)
class NextDay:
    """The next day with how many lists were compared, and those whose first places change, most changes first."""

    day: B2bDay
    lists: int
    changes: list[ListChange]

    @property
    def places(self) -> int:
        """How many of the first places go to other firms."""
        return sum(len(one.entered) for one in self.changes)


def next_day(day: B2bDay) -> B2bDay | None:
    """The day of the same memorandum that comes next and has not begun."""
    found = db.session.scalar(
        select(B2bDay.id)
        .join(Programme, Programme.id == B2bDay.programme_id)
        .where(
            Programme.mou_id == day.programme.mou_id,
            B2bDay.id != day.id,
            B2bDay.held_on >= day.held_on,
            B2bDay.state.in_(day_rules.BEFORE_EVENT),
        )
        .order_by(B2bDay.held_on, B2bDay.id)
        .limit(1)
    )
    return None if found is None else day_queries.day(found)


def compare(day: B2bDay, now: Weights, then: Weights) -> NextDay:
    """Whom the firms of a day would see first by either set, as its page of wishes orders them."""
    firms = wish_queries.expected(day)
    shut = wish_queries.apart([one.firm_id for one in firms])
    # Firms of equal points stand in the order of their names, as on the page.
    firms.sort(key=lambda one: (one.firm.name, one.id))
    profiles = {
        one.firm_id: one for one in load_profiles(db.session, [one.firm_id for one in firms], clock.today())
    }
    index, _own = fit_lists().up_to_date(0)
    owners = sample(sorted(profiles), MOST_LISTS)
    by_firm = {one.firm_id: one for one in firms}
    changes = []
    for number in owners:
        own = by_firm[number]
        others = [one.firm_id for one in firms if _may_meet(own, one) and not shut.keeps(number, one.firm_id)]
        before, after = (index.score_many(profiles[number], others, weights) for weights in (now, then))
        first, second = (_first(others, totals) for totals in (before, after))
        if set(first) != set(second):
            changes.append(
                ListChange(
                    number,
                    [
                        Change(one, before.get(one, 0), after.get(one, 0))
                        for one in second
                        if one not in first
                    ],
                    [
                        Change(one, before.get(one, 0), after.get(one, 0))
                        for one in first
                        if one not in second
                    ],
                )
            )
    return NextDay(day, len(owners), sorted(changes, key=lambda one: (-len(one.entered), one.owner)))


def _may_meet(own: DayParticipant, other: DayParticipant) -> bool:
    return own.id != other.id and wish_queries.crosses(own, other)


def _first(others: list[int], totals: dict[int, int]) -> list[int]:
    return sorted(others, key=lambda one: -totals.get(one, -1))[:FIRST_PLACES]
