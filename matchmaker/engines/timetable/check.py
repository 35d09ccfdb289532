"""An examiner that believes no engine: it reads the day and the plan and nothing else, and recounts every claim."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from matchmaker.engines.timetable.day import Day, Meeting, Placement, Plan, Table


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """A rule that a plan breaks: its code, the slot (-1 where none is meant) and the records concerned."""

    code: str
    slot: int
    ids: tuple[int, ...]


def check(day: Day, plan: Plan) -> tuple[Violation, ...]:
    """Every violation of the hard rules and every figure of the plan that is not true; empty for a good plan."""
    found = [*check_placements(day, plan.placements), *_claims(day, plan)]
    return tuple(sorted(set(found)))


def check_placements(day: Day, placements: Iterable[Placement]) -> tuple[Violation, ...]:
    """Violations of the hard rules by placements alone, for plans that are still in work."""
    placed = list(placements)
    known = {meeting.id: meeting for meeting in day.meetings}
    tables = {table.id: table for table in day.tables}
    away = {firm.id: firm.blocked for firm in day.firms}
    hosts = {table.host for table in day.tables if table.host is not None}
    found = [
        Violation("unknown_record", one.slot, (one.meeting, one.table))
        for one in placed
        if one.meeting not in known or one.table not in tables or not 0 <= one.slot < len(day.slots)
    ]
    if found:
        return tuple(sorted(found))
    found += _pairs(placed, known)
    for one in placed:
        found += _own_rules(day, known[one.meeting], one, away)
        found += _table_rules(known[one.meeting], one, tables[one.table], hosts)
    found += _at_once(day, placed, known)
    found += _orders(placed, known)
    found += _locks(day, placed)
    found += _limits(day, placed, known)
    return tuple(sorted(set(found)))


def _pairs(placed: list[Placement], known: dict[int, Meeting]) -> list[Violation]:
    """A meeting is placed once and the same firms meet once."""
    found = [
        Violation("meeting_twice", -1, (number,))
        for number, times in Counter(one.meeting for one in placed).items()
        if times > 1
    ]
    groups = defaultdict(set)
    for one in placed:
        if not known[one.meeting].again:
            groups[frozenset(known[one.meeting].firms)].add(one.meeting)
    found += [
        Violation("pair_twice", -1, tuple(sorted(numbers))) for numbers in groups.values() if len(numbers) > 1
    ]
    return found


def _own_rules(
    day: Day, meeting: Meeting, one: Placement, away: dict[int, frozenset[int]]
) -> list[Violation]:
    """Declined, availability of the firms, session, fixed slot."""
    found = []
    if meeting.declined:
        found.append(Violation("declined_placed", one.slot, (meeting.id,)))
    if meeting.locked is not None:
        return found
    found += [
        Violation("firm_away", one.slot, (meeting.id, firm))
        for firm in meeting.firms
        if one.slot in away[firm]
    ]
    if meeting.session and day.slots[one.slot].session != meeting.session:
        found.append(Violation("wrong_session", one.slot, (meeting.id,)))
    if meeting.fixed is not None and meeting.fixed != one.slot:
        found.append(Violation("not_at_fixed_slot", one.slot, (meeting.id,)))
    return found


def _table_rules(meeting: Meeting, one: Placement, table: Table, hosts: set[int]) -> list[Violation]:
    """Blocked tables, languages, hosts; a locked meeting may sit anywhere."""
    if meeting.locked is not None and meeting.locked.table == table.id:
        return []
    found = []
    if one.slot in table.blocked:
        found.append(Violation("table_blocked", one.slot, (meeting.id, table.id)))
    if table.host is not None and table.host not in meeting.firms:
        found.append(Violation("table_of_another", one.slot, (meeting.id, table.id)))
    if table.host is None and hosts & set(meeting.firms):
        found.append(Violation("host_away_from_table", one.slot, (meeting.id, table.id)))
    if (
        table.host is None
        and meeting.language
        and table.languages
        and meeting.language not in table.languages
    ):
        found.append(Violation("table_without_language", one.slot, (meeting.id, table.id)))
    return found


def _at_once(day: Day, placed: list[Placement], known: dict[int, Meeting]) -> list[Violation]:
    """Nobody and nothing is in more places at a time than there are of it."""
    firms: Counter[tuple[int, int]] = Counter()
    tables: Counter[tuple[int, int]] = Counter()
    pools: Counter[tuple[int, int]] = Counter()
    for one in placed:
        tables[one.table, one.slot] += 1
        meeting = known[one.meeting]
        for firm in meeting.firms:
            firms[firm, one.slot] += 1
        for number in meeting.pools:
            pools[number, one.slot] += 1
    seats = {firm.id: firm.representatives for firm in day.firms}
    found = [Violation("firm_twice", t, (firm,)) for (firm, t), times in firms.items() if times > seats[firm]]
    found += [Violation("table_twice", t, (table,)) for (table, t), times in tables.items() if times > 1]
    for pool in day.pools:
        for slot in range(len(day.slots)):
            size = pool.sizes[slot] if pool.sizes else pool.size
            if pools[pool.id, slot] > size:
                found.append(Violation("pool_overdrawn", slot, (pool.id,)))
    return found


def _orders(placed: list[Placement], known: dict[int, Meeting]) -> list[Violation]:
    slot = {one.meeting: one.slot for one in placed}
    return [
        Violation("order_broken", slot[number], (earlier, number))
        for number in slot
        for earlier in known[number].after
        if earlier in slot and slot[earlier] >= slot[number]
    ]


def _locks(day: Day, placed: list[Placement]) -> list[Violation]:
    """Locked meetings are where they were; a lock without a table leaves the table open."""
    at = {one.meeting: one for one in placed}
    found = []
    for meeting in day.meetings:
        if meeting.locked is None or meeting.declined:
            continue
        one = at.get(meeting.id)
        if one is None or one.slot != meeting.locked.slot or meeting.locked.table not in (None, one.table):
            found.append(Violation("lock_broken", meeting.locked.slot, (meeting.id,)))
    return found


def _limits(day: Day, placed: list[Placement], known: dict[int, Meeting]) -> list[Violation]:
    """No firm has more meetings than it wants."""
    held: Counter[int] = Counter(firm for one in placed for firm in known[one.meeting].firms)
    return [
        Violation("limit_exceeded", -1, (firm.id,))
        for firm in day.firms
        if firm.most is not None and held[firm.id] > firm.most
    ]


def count_breaks(day: Day, placements: Iterable[Placement]) -> dict[int, int]:
    """Breaks of each firm: pairs of meetings one after the other with at least one slot between."""
    firms = {meeting.id: meeting.firms for meeting in day.meetings}
    busy: dict[int, set[int]] = {firm.id: set() for firm in day.firms}
    for one in placements:
        for firm in firms[one.meeting]:
            busy[firm].add(one.slot)
    found: dict[int, int] = {}
    for firm, slots in busy.items():
        ordered = sorted(slots)
        found[firm] = sum(later - sooner > 1 for sooner, later in pairwise(ordered))
    return found


def _claims(day: Day, plan: Plan) -> list[Violation]:
    """The figures of a plan, recounted; bounds have to be on the right side of what was reached."""
    weight = {meeting.id: meeting.weight for meeting in day.meetings}
    breaks = count_breaks(day, plan.placements)
    told = plan.bounds
    true = {
        "held": (told.held, len(plan.placements)),
        "weight": (told.weight, sum(weight.get(one.meeting, 0) for one in plan.placements)),
        "breaks": (told.breaks, sum(breaks.values())),
        "most_breaks": (told.most_breaks, max(breaks.values(), default=0)),
    }
    found = [Violation(f"untrue_{name}", -1, pair) for name, pair in true.items() if pair[0] != pair[1]]
    if told.weight > told.weight_bound:
        found.append(Violation("weight_above_bound", -1, (told.weight, told.weight_bound)))
    if told.breaks < told.breaks_bound or (told.proven and told.breaks != told.breaks_bound):
        found.append(Violation("breaks_below_bound", -1, (told.breaks, told.breaks_bound)))
    placed = {one.meeting for one in plan.placements}
    explained = [cause.meeting for cause in plan.causes]
    open_wishes = {meeting.id for meeting in day.meetings} - placed
    if sorted(explained) != sorted(open_wishes):
        found.append(Violation("wishes_unexplained", -1, tuple(sorted(open_wishes ^ set(explained)))))
    return found
