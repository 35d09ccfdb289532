"""A B2B day as the timetable engine sees it, made of its rows: the one conversion, whoever plans, repairs or chooses.

Firms of the engine are participants, its meetings are meetings, its tables are tables, each by the number of the row.
Slots go by their position, pools of interpreters by the position of their pair of languages in `Problem.pairs`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

from matchmaker.engines.timetable import day as engine
from matchmaker.engines.timetable.day import Placement
from matchmaker.matching.enums import WishKind
from matchmaker.meetings.enums import MeetingState, ParticipantState

if TYPE_CHECKING:
    from matchmaker.meetings.models import B2bDay, DayInterpreter, DayParticipant, DayTable
    from matchmaker.meetings.plan.rows import (
        AwayRow,
        MeetingRow,
        OrderRow,
        ParticipantRow,
        Rows,
        TableRow,
        WishRow,
    )

PLANNED = (MeetingState.WISHED, MeetingState.PLACED, MeetingState.HELD, MeetingState.NOT_HELD)
"""Meetings that the engine knows. Pending ones block nothing, declined and cancelled ones are over."""
OVER = (MeetingState.HELD, MeetingState.NOT_HELD)


@dataclass(frozen=True)
class Problem:
    """The day of the engine with the rows behind it.

    `placements` is the working timetable as it stands; `fixed` are meetings that keep their seat exactly: locked ones,
    those that are over, and whatever else was asked to stay. `nobody` are participants who named no person to come:
    they cannot meet anyone, which is a cause of its own.
    """

    rows: Rows
    day: engine.Day
    pairs: tuple[str, ...]
    placements: tuple[Placement, ...]
    fixed: frozenset[int]
    nobody: frozenset[int]

    @cached_property
    def meetings(self) -> dict[int, MeetingRow]:
        """The rows of the meetings that the engine knows, by number."""
        known = {one.id for one in self.day.meetings}
        return {one.id: one for one in self.rows.meetings if one.id in known}

    def renewed(self, changed: Iterable[MeetingRow]) -> Problem:
        """The same day after meetings that are not fixed have got other places: what the engine knows of it stays."""
        anew = {one.id: one for one in changed}
        rows = self.rows.with_meetings(anew.get(one.id, one) for one in self.rows.meetings)
        known = [one for one in rows.meetings if one.id in self.meetings]
        return replace(self, rows=rows, placements=_placements(known, positions(rows.day)))


def problem_of(rows: Rows, keep: Collection[int] = (), *, keep_all: bool = False) -> Problem:
    """The problem of a day; meetings in `keep` (or all that have a place) stay where they are, as locked ones do."""
    meetings = [one for one in rows.meetings if one.state in PLANNED and not _given_up(one)]
    position = positions(rows.day)
    placements = _placements(meetings, position)
    at = {one.meeting: one for one in placements}
    fixed = frozenset(
        one.id
        for one in meetings
        if one.id in at and (one.locked or one.state in OVER or keep_all or one.id in keep)
    )
    there = frozenset(one.id for one in rows.participants if present(one))
    pairs = _pairs(rows.day.interpreters, meetings)
    refused = _refused(rows.wishes)
    earlier = _earlier(rows.orders, {one.id for one in meetings})
    day = engine.Day(
        firms=tuple(_firm(rows.day, one) for one in rows.participants),
        meetings=tuple(
            _wish(one, position, at[one.id] if one.id in fixed else None, pairs, refused, earlier[one.id])
            for one in meetings
        ),
        slots=tuple(
            engine.Slot(rows.day.time_of(one.starts_at), session=str(one.block_id)) for one in rows.day.slots
        ),
        tables=tuple(_table(one, there) for one in rows.tables),
        pools=_pools(rows.day, [one for one in meetings if one.id in fixed], pairs, position),
        fairness=rows.day.fairness,
    )
    nobody = frozenset(one.id for one in rows.participants) - there
    return Problem(rows, day, pairs, placements, fixed, nobody)


def present(participant: DayParticipant | ParticipantRow) -> list[int]:
    """The people of a firm who can meet, by number."""
    if participant.state is not ParticipantState.EXPECTED:
        return []
    return [one.id for one in participant.people if one.left_at is None]


def blocked_slots(day: B2bDay, participant: ParticipantRow) -> frozenset[int]:
    """Positions at which a firm cannot meet: before it arrives, after it leaves, closed, or it does not come at all."""
    if not present(participant):
        return frozenset(slot.position for slot in day.slots)
    return frozenset(away_slots(day, participant))


def away_slots(day: B2bDay, participant: ParticipantRow | AwayRow) -> set[int]:
    """Positions at which a firm that comes is not there yet, no longer, or not free."""
    arrives, leaves = participant.arrives_at, participant.leaves_at
    count = len(day.slots)
    found = {position for position in participant.closed if position < count}
    if arrives is not None or leaves is not None:
        found |= {
            slot.position
            for slot in day.slots
            if (arrives is not None and slot.starts_at < arrives)
            or (leaves is not None and slot.ends_at > leaves)
        }
    return found


def positions(day: B2bDay) -> dict[int, int]:
    """The position of each slot by its number."""
    return {slot.id: slot.position for slot in day.slots}


def _placements(meetings: Iterable[MeetingRow], position: dict[int, int]) -> tuple[Placement, ...]:
    found = (one for meeting in meetings if (one := _placement(meeting, position)))
    return tuple(sorted(found, key=lambda one: (one.slot, one.table)))


def _placement(meeting: MeetingRow, position: dict[int, int]) -> Placement | None:
    if meeting.slot_id is None or meeting.table_id is None:
        return None
    return Placement(meeting.id, position[meeting.slot_id], meeting.table_id)


def _given_up(meeting: MeetingRow) -> bool:
    """One that was not held and whose time and table are free for others again."""
    return meeting.state is MeetingState.NOT_HELD and not meeting.bookings


def _firm(day: B2bDay, participant: ParticipantRow) -> engine.Firm:
    return engine.Firm(
        id=participant.id,
        name=participant.firm.name,
        side=participant.firm.country,
        blocked=blocked_slots(day, participant),
        representatives=max(1, len(present(participant))),
        least=day.least if participant.least is None else participant.least,
        most=day.most if participant.most is None else participant.most,
    )


def _wish(
    meeting: MeetingRow,
    position: dict[int, int],
    kept: Placement | None,
    pairs: tuple[str, ...],
    refused: set[frozenset[int]],
    earlier: tuple[int, ...],
) -> engine.Meeting:
    firms = tuple(one.participant_id for one in meeting.parties)
    declined = bool(refused) and any(frozenset(two) in refused for two in combinations(firms, 2))
    return engine.Meeting(
        id=meeting.id,
        firms=firms,
        weight=meeting.weight,
        must=meeting.must,
        session="" if meeting.block_id is None else str(meeting.block_id),
        fixed=None if meeting.fixed_slot_id is None else position[meeting.fixed_slot_id],
        after=earlier,
        pools=(pairs.index(meeting.pair),) if meeting.pair else (),
        language=meeting.language,
        locked=None if kept is None else engine.Place(kept.slot, kept.table),
        declined=declined and kept is None,
    )


def _table(table: DayTable | TableRow, there: Collection[int]) -> engine.Table:
    """A table whose host does not come is open to everybody."""
    return engine.Table(
        id=table.id,
        name=str(table.number),
        languages=frozenset(table.languages),
        host=table.host_id if table.host_id in there else None,
        blocked=frozenset(table.closed),
    )


def _pairs(interpreters: Iterable[DayInterpreter], meetings: Iterable[MeetingRow]) -> tuple[str, ...]:
    offered = {one.pairs[0] for one in interpreters if one.pairs}
    return tuple(sorted(offered | {one.pair for one in meetings if one.pair}))


def _pools(
    day: B2bDay, fixed: list[MeetingRow], pairs: tuple[str, ...], position: dict[int, int]
) -> tuple[engine.Pool, ...]:
    """Interpreters by their first pair, slot by slot.

    The engine counts a fixed meeting in the pool of its pair; the interpreter who was given by hand may be of another
    one. So the place that it takes is added to its pool, and its interpreter is taken out of his.
    """
    sizes: Counter[tuple[str, int]] = Counter()
    for one in day.interpreters:
        if one.pairs:
            sizes.update(
                (one.pairs[0], slot.position) for slot in day.slots if slot.position not in one.closed
            )
    first = {one.id: one.pairs[0] for one in day.interpreters if one.pairs}
    closed = {one.id: set(one.closed) for one in day.interpreters}
    for meeting in fixed:
        slot = position[meeting.slot_id] if meeting.slot_id is not None else 0
        sizes[meeting.pair, slot] += 1
        taken = next((one.interpreter_id for one in meeting.bookings if one.interpreter_id), None)
        if taken in first and slot not in closed[taken]:
            sizes[first[taken], slot] -= 1
    return tuple(
        engine.Pool(at, name=pair, sizes=tuple(sizes[pair, slot.position] for slot in day.slots))
        for at, pair in enumerate(pairs)
    )


def _refused(wishes: Iterable[WishRow]) -> set[frozenset[int]]:
    """Pairs of which one firm said no."""
    return {frozenset((one.from_id, one.to_id)) for one in wishes if one.kind is WishKind.NO_THANKS}


def _earlier(orders: Iterable[OrderRow], known: Collection[int]) -> defaultdict[int, tuple[int, ...]]:
    found: defaultdict[int, tuple[int, ...]] = defaultdict(tuple)
    for one in sorted(orders, key=lambda row: (row.meeting_id, row.earlier_id)):
        if one.meeting_id in known and one.earlier_id in known:
            found[one.meeting_id] += (one.earlier_id,)
    return found
