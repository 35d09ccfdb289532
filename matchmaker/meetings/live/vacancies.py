"""What a firm that cancels leaves free, and which waiting wishes fit there, from as few rows as answer it.

The answer is the one that the whole day would give; a thousand firms and their meetings are not read for one click. Who
is busy at the freed times and which tables are taken comes as numbers; only wishes that may fit are read as meetings.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from matchmaker.engines.timetable import day as engine
from matchmaker.engines.timetable.bits import mask_of
from matchmaker.engines.timetable.day import Place, Placement
from matchmaker.engines.timetable.live import Live
from matchmaker.engines.timetable.repair import Change, free_slots, refill
from matchmaker.meetings.live import vacancy_queries as queries
from matchmaker.meetings.models import B2bDay
from matchmaker.meetings.plan.problem import away_slots, problem_of
from matchmaker.meetings.plan.rows import MeetingRow

FIRST_WISHES: Final = 50
"""Wishes that are read at first, the heaviest; a cancellation frees a dozen places, which these fill mostly."""

FURTHER: Final = 8
"""Times as many wishes are read when these leave something free."""


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
    """The places of wishes that fit, the heaviest first."""
    waiting = queries.waiting(day.id) if vacancy.gone else ()
    if not waiting:
        return []
    standing = _Standing(day, firm, vacancy)
    likely = standing.likely(waiting)
    live = standing.live(likely, ())
    known = set(live.placed)
    refill(live, open_from, vacancy.slots)
    fresh = [one for number, one in live.placed.items() if number not in known]
    if {one.meeting: one.slot for one in fresh} == likely:
        # Each has the place that it would have without any other rule, so nobody lighter finds anything else.
        return fresh
    return _one_by_one(standing, waiting, open_from)


def _one_by_one(standing: "_Standing", waiting: Sequence[Any], open_from: int) -> list[Placement]:
    """The same where other rules have a say: some wishes at a time."""
    fresh: list[Placement] = []
    free, many = standing.vacancy.slots, FIRST_WISHES
    while True:
        waiting = [one for one in waiting if standing.may_fit(one.living_key, free)]
        some, waiting = [one.id for one in waiting[:many]], waiting[many:]
        if not some:
            return fresh
        live = standing.live(some, fresh)
        known = set(live.placed)
        refill(live, open_from, free)
        fresh += [one for number, one in live.placed.items() if number not in known]
        # Whoever follows finds what the heavier ones left: few times, at which few are free.
        free = free_slots(live, free)
        standing.take(live)
        many *= FURTHER


class _Standing:
    """Who and what is taken at the freed times."""

    def __init__(self, day: B2bDay, firm: int, vacancy: Vacancy) -> None:
        self.day, self.firm, self.vacancy = day, firm, vacancy
        position = {slot.id: slot.position for slot in day.slots}
        slots = [slot.id for slot in day.slots if slot.position in vacancy.slots]
        self.several = queries.sending_several(day.id)
        self.times: dict[int, int] = defaultdict(int)
        self.busy: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self.taken: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self.interpreted: set[int] = set()
        for number, table, slot, pair, key in queries.taken(day.id, slots):
            if number in vacancy.gone:
                continue
            at = position[slot]
            self.taken[table].append((number, at))
            if pair:
                self.interpreted.add(number)
            for participant in _firms(key) or queries.parties_of([number]):
                self.busy[participant].append((number, at))
                if participant not in self.several:
                    self.times[participant] |= 1 << at
        queries.complete(day)

    def likely(self, waiting: Sequence[Any]) -> dict[int, int]:
        """The wishes that get a place, and when, if nothing but the time of their firms and tables counts."""
        absent = {one.id: one for one in queries.away(self.day.id)}
        busy: dict[int, int] = {}

        def times(firm: int) -> int:
            if firm not in busy:
                away = away_slots(self.day, absent[firm]) if firm in absent else ()
                busy[firm] = self.times.get(firm, 0) | mask_of(away)
            return busy[firm]

        room = self._room()
        found: dict[int, int] = {}
        left = mask_of(room)
        for one in waiting if left else ():
            firms, open_at = _firms(one.living_key), left
            for firm in firms:
                open_at &= ~times(firm)
            if not open_at or self.firm in firms:
                continue
            slot = (open_at & -open_at).bit_length() - 1
            found[one.id] = slot
            room[slot] -= 1
            left = mask_of(at for at, free in room.items() if free)
            busy.update((firm, times(firm) | 1 << slot) for firm in firms if firm not in self.several)
        return found

    def _room(self) -> dict[int, int]:
        """The tables that nobody has and that are not closed, for each freed time that has any."""
        room: Counter[int] = Counter()
        for table in self.day.tables:
            taken = {at for _, at in self.taken.get(table.id, ())}
            room.update(self.vacancy.slots - taken - set(table.closed))
        return dict(sorted(room.items()))

    def may_fit(self, living_key: str | None, slots: set[int]) -> bool:
        """Whether all firms of a wish have one of these times free; also where that is not known."""
        if living_key is None:
            return True
        firms, open_at = _firms(living_key), mask_of(slots)
        for firm in firms:
            open_at &= ~self.times.get(firm, 0)
        return self.firm not in firms and bool(open_at)

    def live(self, fit: Collection[int], fresh: Collection[Placement]) -> Live:
        """These wishes, some of which have new places, in a day in which everything else is only taken time and tables.

        Meetings as such are those that more depends on than their time and table: interpreters, firms that send several
        people, and the order of meetings.
        """
        fit = [*fit, *(one.meeting for one in fresh)]
        orders = queries.orders(self.day.id)
        kin = {one for row in orders if {row.meeting_id, row.earlier_id} & set(fit) for one in row}
        whole = {number for firm in self.several for number, _ in self.busy.get(firm, ())}
        whole |= self.interpreted
        rows = queries.rows(self.day, fit, kin | whole, orders)
        problem = problem_of(rows)
        shown = {one.id for one in rows.meetings}
        placements = [one for one in problem.placements if one.meeting not in self.vacancy.gone]
        return Live(self._occupied(problem.day, rows.meetings, shown), [*placements, *fresh])

    def take(self, live: Live) -> None:
        """Firms are busy where wishes got a place."""
        for (firm, slot), held in live.seen.items():
            if held and firm not in self.several:
                self.times[firm] |= 1 << slot

    def _occupied(
        self, day: engine.Day, meetings: Collection[MeetingRow], shown: Collection[int]
    ) -> engine.Day:
        """The day with the time and the tables of meetings that are not in it taken."""
        firms = tuple(
            replace(
                one,
                blocked=one.blocked | {at for number, at in self.busy.get(one.id, ()) if number not in shown},
            )
            for one in day.firms
            if one.id != self.firm
        )
        gone = (one for one in day.firms if one.id == self.firm)
        firms += tuple(replace(one, blocked=frozenset(range(len(day.slots)))) for one in gone)
        tables = tuple(
            replace(
                one,
                blocked=one.blocked
                | {at for number, at in self.taken.get(one.id, ()) if number not in shown},
            )
            for one in day.tables
        )
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


def _firms(living_key: str | None) -> list[int]:
    """The numbers of the firms of a meeting that lives."""
    return [int(number) for number in living_key.split("-")] if living_key else []
