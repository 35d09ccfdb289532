"""A day in whole numbers: what every engine computes on. Firms, meetings and resources are positions in lists here."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain, combinations
from typing import Final

from matchmaker.engines.timetable.bits import mask_of
from matchmaker.engines.timetable.day import Day, Firm, Index, Meeting, Table, index

MUST_WEIGHT: Final = 1 << 20
"""Above all weights together that a day of reasonable size brings for one meeting."""


@dataclass(frozen=True, slots=True)
class Resource:
    """What only so many meetings of a slot can use: interpreters, the tables of some languages, a host's table."""

    kind: str
    ids: tuple[int, ...]
    sizes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The day for the engines.

    ``parts`` are the firms of each meeting, ``allowed`` its slots (sets), ``free`` each firm's slots, ``room`` the
    tables open to everybody in each slot, ``roomy`` the meetings that take one of them, ``needs`` the resources of
    each meeting, ``earlier`` the meetings that come before it.
    """

    day: Day
    known: Index
    meetings: tuple[Meeting, ...]
    slots: int
    firm_at: dict[int, int]
    meeting_at: dict[int, int]
    parts: list[list[int]]
    allowed: list[int]
    free: list[int]
    seats: list[int]
    room: list[int]
    roomy: list[bool]
    resources: list[Resource]
    needs: list[list[int]]
    earlier: list[list[int]]

    @property
    def weights(self) -> list[int]:
        """Weights of the meetings, those that must be held far above the others."""
        return [meeting.weight + (MUST_WEIGHT if meeting.must else 0) for meeting in self.meetings]

    def meetings_of(self) -> list[list[int]]:
        """The meetings of each firm."""
        found: list[list[int]] = [[] for _ in self.free]
        for at, firms in enumerate(self.parts):
            for firm in firms:
                found[firm].append(at)
        return found


def make_board(day: Day, meetings: tuple[Meeting, ...] | None = None) -> Board:
    """The board of a day, or of some of its meetings; DayError when the records do not fit together."""
    known = index(day)
    chosen = tuple(
        meeting for meeting in (day.meetings if meetings is None else meetings) if not meeting.declined
    )
    firm_at = {firm.id: at for at, firm in enumerate(day.firms)}
    meeting_at = {meeting.id: at for at, meeting in enumerate(chosen)}
    free = [_free(day, firm) for firm in day.firms]
    parts = [[firm_at[firm] for firm in meeting.firms] for meeting in chosen]
    hosts = hosted_tables(day)
    host_of = [host_table(meeting, hosts) for meeting in chosen]
    settled: set[tuple[int, int | None]] = {
        (meeting.locked.slot, meeting.locked.table)
        for meeting in chosen
        if meeting.locked and meeting.locked.table is not None
    }
    seated = [meeting.locked is not None and meeting.locked.table is not None for meeting in chosen]
    resources, needs = _resources(day, chosen, host_of, seated, settled)
    return Board(
        day=day,
        known=known,
        meetings=chosen,
        slots=len(day.slots),
        firm_at=firm_at,
        meeting_at=meeting_at,
        parts=parts,
        allowed=[
            _allowed(day, meeting, [free[p] for p in firms])
            for meeting, firms in zip(chosen, parts, strict=True)
        ],
        free=free,
        seats=[firm.representatives for firm in day.firms],
        room=_open_tables(day, [t for t in day.tables if t.host is None], settled),
        roomy=[table is None and not fast for table, fast in zip(host_of, seated, strict=True)],
        resources=resources,
        needs=needs,
        earlier=[[meeting_at[e] for e in meeting.after if e in meeting_at] for meeting in chosen],
    )


def hosted_tables(day: Day) -> dict[int, Table]:
    """The table of each firm that has one of its own."""
    return {table.host: table for table in day.tables if table.host is not None}


def host_table(meeting: Meeting, hosts: dict[int, Table]) -> Table | None:
    """The table at which a meeting is held because one of its firms is at home there, the first one's before others'."""
    return next((hosts[firm] for firm in meeting.firms if firm in hosts), None)


def _free(day: Day, firm: Firm) -> int:
    """Slots in which a firm is there."""
    return (1 << len(day.slots)) - 1 & ~mask_of(slot for slot in firm.blocked if slot < len(day.slots))


def _allowed(day: Day, meeting: Meeting, free: list[int]) -> int:
    """Slots that all firms and the wish itself leave open; a locked meeting has one, whatever the firms say by now."""
    if meeting.locked is not None:
        return 1 << meeting.locked.slot
    mask = (1 << len(day.slots)) - 1
    for one in free:
        mask &= one
    if meeting.session:
        mask &= mask_of(at for at, slot in enumerate(day.slots) if slot.session == meeting.session)
    if meeting.fixed is not None:
        mask &= 1 << meeting.fixed
    return mask


def _open_tables(day: Day, tables: list[Table], settled: set[tuple[int, int | None]]) -> list[int]:
    """How many of these tables are open in each slot and not taken by a locked meeting."""
    return [
        sum(slot not in table.blocked and (slot, table.id) not in settled for table in tables)
        for slot in range(len(day.slots))
    ]


def _resources(
    day: Day,
    chosen: tuple[Meeting, ...],
    host_of: list[Table | None],
    seated: list[bool],
    settled: set[tuple[int, int | None]],
) -> tuple[list[Resource], list[list[int]]]:
    needs: list[list[int]] = [[] for _ in chosen]
    resources: list[Resource] = []
    users: dict[int, list[int]] = defaultdict(list)
    for at, meeting in enumerate(chosen):
        for pool in meeting.pools:
            users[pool].append(at)
    for one in day.pools:
        if users[one.id]:
            sizes = tuple(one.size_at(slot) for slot in range(len(day.slots)))
            _use(resources, needs, Resource("pool", (one.id,), sizes), users[one.id])
    for table in day.tables:
        at_home = [at for at, home in enumerate(host_of) if home is table and not seated[at]]
        if at_home:
            sizes = tuple(_open_tables(day, [table], settled))
            _use(resources, needs, Resource("host", (table.id,), sizes), at_home)
    for resource, at_table in _language_tables(day, chosen, host_of, seated, settled):
        _use(resources, needs, resource, at_table)
    return resources, needs


def _use(resources: list[Resource], needs: list[list[int]], resource: Resource, users: list[int]) -> None:
    for at in users:
        needs[at].append(len(resources))
    resources.append(resource)


def _language_tables(
    day: Day,
    chosen: tuple[Meeting, ...],
    host_of: list[Table | None],
    seated: list[bool],
    settled: set[tuple[int, int | None]],
) -> list[tuple[Resource, list[int]]]:
    """Places of the tables that take some languages, for each set of languages in use.

    Hall's theorem: the meetings of a slot can be seated if for every set of languages their meetings are no more than
    the tables that take one of them. Sets that all tables serve say nothing new.
    """
    tables = [table for table in day.tables if table.host is None]
    walking = [
        at for at, home in enumerate(host_of) if home is None and not seated[at] and chosen[at].language
    ]
    languages = sorted({chosen[at].language for at in walking})
    found: list[tuple[Resource, list[int]]] = []
    for some in chain.from_iterable(combinations(languages, size + 1) for size in range(len(languages))):
        serving = [table for table in tables if not table.languages or table.languages & set(some)]
        if len(serving) < len(tables):
            sizes = tuple(_open_tables(day, serving, settled))
            resource = Resource("language", tuple(table.id for table in serving), sizes)
            found.append((resource, [at for at in walking if chosen[at].language in some]))
    return found
