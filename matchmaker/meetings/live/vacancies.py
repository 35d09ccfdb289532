"""What a firm that cancels leaves free, and which waiting wishes fit there, from as few rows as answer it.

The answer is the one that the whole day would give; a thousand firms and their meetings are not read for one click. Who
is busy at the freed times and which tables are taken comes as numbers; only wishes that may fit are read as meetings.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from matchmaker.engines.timetable import day as engine
from matchmaker.engines.timetable.bits import mask_of
from matchmaker.engines.timetable.day import Place, Placement
from matchmaker.engines.timetable.live import Live
from matchmaker.engines.timetable.repair import Change, free_slots, refill
from matchmaker.meetings.live import vacancy_queries as queries
from matchmaker.meetings.models import B2bDay
from matchmaker.meetings.plan.problem import away_slots, positions, problem_of
from matchmaker.meetings.plan.rows import AwayRow, MeetingRow

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


def cancelled(day: B2bDay, firm: int, open_from: int, but: Collection[int] = ()) -> list[Change]:
    """What changes when a firm does not come any more; the wishes `but` are left as they are."""
    position = positions(day)
    held = queries.held_by(firm)
    gone = {one.id: Place(position[one.slot_id], one.table_id) for one in held}
    vacancy = Vacancy({number: place for number, place in gone.items() if place.slot >= open_from})
    changes = [Change(number, place, None) for number, place in vacancy.gone.items()]
    fresh = _fitting(day, firm, vacancy, open_from, but)
    changes += [Change(one.meeting, None, Place(one.slot, one.table)) for one in fresh]
    return sorted(changes, key=lambda one: one.meeting)


def _fitting(
    day: B2bDay, firm: int, vacancy: Vacancy, open_from: int, but: Collection[int]
) -> list[Placement]:
    """The places of wishes that fit, the heaviest first."""
    waiting = [one for one in queries.waiting(day.id) if one.id not in but] if vacancy.gone else ()
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
        position = positions(day)
        slots = [slot.id for slot in day.slots if slot.position in vacancy.slots]
        self.several = queries.sending_several(day.id)
        self.whole = set(queries.of_firms(self.several, slots) if self.several else ()) - vacancy.gone.keys()
        """Meetings on which more depends than their time and table."""
        self.firms: dict[int, list[int]] = {}
        """Whoever is busy at a time, once for each meeting."""
        self.taken: dict[int, set[int]] = {}
        """The tables that are taken at a time."""
        self.times: dict[int, int] = defaultdict(int)
        """When a firm that sends one person is busy, as a mask."""
        for one in queries.taken(slots, vacancy.gone):
            at = position[one.slot_id]
            self.firms[at] = _numbers(one.firms)
            if one.wordless:
                self.firms[at] += queries.parties_of(_numbers(one.wordless))
            self.taken[at] = set(_numbers(one.tables))
            self.whole.update(_numbers(one.interpreted))
            for busy in set(self.firms[at]) - self.several:
                self.times[busy] |= 1 << at
        self.tables = queries.tables(day.id, self._always_taken())

    def likely(self, waiting: Sequence[Any]) -> dict[int, int]:
        """The wishes that get a place, and when, if nothing but the time of their firms and tables counts."""
        room = self._room()
        left = mask_of(room)
        busy = defaultdict(int, self.times)
        for absent in queries.away(self.day.id):
            busy[absent.id] |= self._away(absent)
        found: dict[int, int] = {}
        for one in waiting if left else ():
            firms, open_at = _numbers(one.living_key), left
            for firm in firms:
                open_at &= ~busy[firm]
            if not open_at or self.firm in firms:
                continue
            slot = (open_at & -open_at).bit_length() - 1
            found[one.id] = slot
            room[slot] -= 1
            left = mask_of(at for at, free in room.items() if free)
            for firm in set(firms) - self.several:
                busy[firm] |= 1 << slot
        return found

    def _always_taken(self) -> set[int]:
        """The tables that are free at none of the freed times."""
        found = [self.taken.get(at, set()) for at in self.vacancy.slots]
        return set.intersection(*found) if found else set()

    def _free(self, firms: Iterable[int], slots: int) -> int:
        """The times, of a mask of some, at which nobody of a few firms has a meeting."""
        for firm in firms:
            slots &= ~self.times.get(firm, 0)
        return slots

    def _away(self, row: AwayRow) -> int:
        """When a firm is not there, as a mask."""
        if row.arrives_at is None and row.leaves_at is None:
            return mask_of(row.closed)
        return mask_of(away_slots(self.day, row))

    def _room(self) -> dict[int, int]:
        """The tables that nobody has and that are not closed, for each freed time that has any."""
        free = {
            at: sum(one.id not in self.taken.get(at, ()) and at not in one.closed for one in self.tables)
            for at in sorted(self.vacancy.slots)
        }
        return {at: many for at, many in free.items() if many}

    def may_fit(self, living_key: str | None, slots: set[int]) -> bool:
        """Whether all firms of a wish have one of these times free; also where that is not known."""
        firms = _numbers(living_key)
        return not firms or (self.firm not in firms and bool(self._free(firms, mask_of(slots))))

    def live(self, fit: Collection[int], fresh: Collection[Placement]) -> Live:
        """These wishes, some of which have new places, in a day in which everything else is only taken time and tables.

        Meetings as such are those that more depends on than their time and table: interpreters, firms that send several
        people, and the order of meetings.
        """
        fit = [*fit, *(one.meeting for one in fresh)]
        orders = queries.orders(self.day.id)
        kin = {one for row in orders if {row.meeting_id, row.earlier_id} & set(fit) for one in row}
        rows = queries.rows(self.day, fit, kin | self.whole, orders, self.tables)
        problem = problem_of(rows)
        placements = [one for one in problem.placements if one.meeting not in self.vacancy.gone]
        return Live(self._occupied(problem.day, placements, rows.meetings), [*placements, *fresh])

    def take(self, live: Live) -> None:
        """Firms are busy where wishes got a place."""
        for (firm, slot), held in live.seen.items():
            if held and firm not in self.several:
                self.times[firm] |= 1 << slot

    def _occupied(
        self, day: engine.Day, placements: Iterable[Placement], meetings: Collection[MeetingRow]
    ) -> engine.Day:
        """The day with the time and the tables of meetings that are not in it taken."""
        firms = {one.id: set(one.blocked) for one in day.firms}
        tables = {one.id: set(one.blocked) for one in day.tables}
        parties = {one.id: one.firms for one in day.meetings}
        for at in self.firms:
            here = [one for one in placements if one.slot == at]
            elsewhere = Counter(self.firms[at])
            elsewhere.subtract(firm for one in here for firm in parties[one.meeting])
            for firm in firms.keys() & +elsewhere:
                firms[firm].add(at)
            for table in tables.keys() & self.taken[at].difference(one.table for one in here):
                tables[table].add(at)
        if self.firm in firms:
            firms[self.firm] = set(range(len(day.slots)))
        limited = any(one.most is not None for one in day.firms)
        held = self._held_elsewhere(meetings) if limited else Counter[int]()
        return replace(
            day,
            firms=tuple(
                replace(
                    one,
                    blocked=frozenset(firms[one.id]),
                    most=None if one.most is None else one.most - held[one.id],
                )
                for one in day.firms
            ),
            tables=tuple(replace(one, blocked=frozenset(tables[one.id])) for one in day.tables),
        )

    def _held_elsewhere(self, meetings: Collection[MeetingRow]) -> Counter[int]:
        """Meetings of each firm that count towards its limit and are neither in the day nor given up."""
        held = Counter(queries.held(self.day.id))
        here = [one for one in meetings if one.slot_id is not None]
        held.subtract(party.participant_id for one in here for party in one.parties)
        away = self.vacancy.gone.keys() - {one.id for one in here}
        held.subtract(queries.parties_of(away))
        return held


def _numbers(words: str | None) -> list[int]:
    """The numbers in words such as "3-8" of the firms of a meeting, and in lists of them."""
    return [int(number) for number in words.replace("-", ",").split(",")] if words else []
