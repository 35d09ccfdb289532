"""What a firm that cancels leaves free, and which waiting wishes fit there, from as few rows as answer it.

The answer is the one that the whole day would give; a thousand firms and their meetings are not read for one click. Who
is busy at the freed times and which tables are taken comes as numbers; only wishes that may fit are read as meetings.
"""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

from matchmaker.engines.timetable import day as engine
from matchmaker.engines.timetable.day import Place, Placement
from matchmaker.engines.timetable.live import Live
from matchmaker.engines.timetable.repair import Change, free_slots, refill
from matchmaker.meetings.live import vacancy_queries as queries
from matchmaker.meetings.models import B2bDay
from matchmaker.meetings.plan.problem import problem_of
from matchmaker.meetings.plan.rows import MeetingRow

FIRST_WISHES: Final = 400
"""Wishes that are read at first, the heaviest; a cancellation frees a dozen places."""


@dataclass(frozen=True, slots=True)
class Vacancy:
    """What a firm leaves: its meetings from now on with their places, by number."""

    gone: dict[int, Place]

    @property
    def slots(self) -> set[int]:
        """The freed positions."""
        return {one.slot for one in self.gone.values()}


def cancelled(day: B2bDay, firm: int, open_from: int) -> list[Change]:
    """What changes when a firm does not come any more."""
    position = {slot.id: slot.position for slot in day.slots}
    held = queries.held_by(day.id, firm)
    gone = {one.id: Place(position[one.slot_id], one.table_id) for one in held}
    vacancy = Vacancy({number: place for number, place in gone.items() if place.slot >= open_from})
    changes = [Change(number, place, None) for number, place in vacancy.gone.items()]
    fresh = _fitting(day, firm, vacancy, open_from)
    changes += [Change(one.meeting, None, Place(one.slot, one.table)) for one in fresh]
    return sorted(changes, key=lambda one: one.meeting)


def _fitting(day: B2bDay, firm: int, vacancy: Vacancy, open_from: int) -> list[Placement]:
    """The places of wishes that fit; all that may are read only where the heaviest leave something free."""
    waiting = queries.waiting(day.id) if vacancy.gone else ()
    if not waiting:
        return []
    standing = _Standing(day, firm, vacancy)
    fit = [one.id for one in waiting if standing.may_fit(one.living_key)]
    fresh: list[Placement] = []
    for some in (fit[:FIRST_WISHES], fit) if fit else ():
        live = standing.live(some)
        known = set(live.placed)
        refill(live, open_from, vacancy.slots)
        fresh = [one for number, one in live.placed.items() if number not in known]
        if len(some) == len(fit) or not free_slots(live, vacancy.slots):
            break
    return fresh


class _Standing:
    """Who and what is taken at the freed times."""

    def __init__(self, day: B2bDay, firm: int, vacancy: Vacancy) -> None:
        self.day, self.firm, self.vacancy = day, firm, vacancy
        self.position = {slot.id: slot.position for slot in day.slots}
        slots = [slot.id for slot in day.slots if slot.position in vacancy.slots]
        self.busy = [one for one in queries.busy(day.id, slots) if one.id not in vacancy.gone]
        self.taken = [one for one in queries.taken(day.id, slots) if one.id not in vacancy.gone]
        self.several = queries.sending_several(day.id)
        self.times: dict[int, set[int]] = defaultdict(set)
        for one in self.busy:
            if one.participant_id not in self.several:
                self.times[one.participant_id].add(self.position[one.slot_id])

    def may_fit(self, living_key: str | None) -> bool:
        """Whether all firms of a wish have one of the freed times free; also where that is not known."""
        if living_key is None:
            return True
        firms = [int(number) for number in living_key.split("-")]
        return self.firm not in firms and bool(
            self.vacancy.slots.difference(*(self.times.get(one, ()) for one in firms))
        )

    def live(self, fit: Collection[int]) -> Live:
        """These wishes in a day in which everything else is only taken time and tables.

        Meetings as such are those that more depends on than their time and table: interpreters, firms that send several
        people, and the order of meetings.
        """
        queries.complete(self.day)
        orders = queries.orders(self.day.id)
        kin = {one for row in orders if {row.meeting_id, row.earlier_id} & set(fit) for one in row}
        whole = {one.id for one in self.taken if one.pair}
        whole |= {one.id for one in self.busy if one.participant_id in self.several}
        rows = queries.rows(self.day, fit, kin | whole, orders)
        problem = problem_of(rows)
        shown = {one.id for one in rows.meetings}
        placements = [one for one in problem.placements if one.meeting not in self.vacancy.gone]
        return Live(self._occupied(problem.day, rows.meetings, shown), placements)

    def _occupied(
        self, day: engine.Day, meetings: Collection[MeetingRow], shown: Collection[int]
    ) -> engine.Day:
        """The day with the time and the tables of meetings that are not in it taken."""
        blocked: dict[int, set[int]] = defaultdict(set)
        closed: dict[int, set[int]] = defaultdict(set)
        for one in self.busy:
            if one.id not in shown:
                blocked[one.participant_id].add(self.position[one.slot_id])
        for seat in self.taken:
            if seat.id not in shown:
                closed[seat.table_id].add(self.position[seat.slot_id])
        blocked[self.firm] = {slot.position for slot in self.day.slots}
        firms = tuple(replace(one, blocked=one.blocked | blocked[one.id]) for one in day.firms)
        tables = tuple(replace(one, blocked=one.blocked | closed[one.id]) for one in day.tables)
        if any(one.most is not None for one in firms):
            elsewhere = self._held_elsewhere(meetings)
            firms = tuple(
                one if one.most is None else replace(one, most=one.most - elsewhere[one.id]) for one in firms
            )
        return replace(day, firms=firms, tables=tables)

    def _held_elsewhere(self, meetings: Collection[MeetingRow]) -> Counter[int]:
        """Meetings of each firm that count towards its limit and are neither in the day nor given up."""
        held = Counter(queries.held(self.day.id))
        here = [one for one in meetings if one.slot_id is not None]
        held.subtract(party.participant_id for one in here for party in one.parties)
        away = self.vacancy.gone.keys() - {one.id for one in here}
        held.subtract(queries.parties_of(away))
        return held
