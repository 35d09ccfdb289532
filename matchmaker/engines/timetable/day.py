"""What a day is made of: firms, wishes, slots, tables, interpreters; and what a plan of it says.

Everything is named by whole numbers of the caller's choice; slots by their position, 0 for the first of the day.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Final, Literal

Code = Literal[
    "declined", "no_common_slot", "session_closed", "locked_elsewhere", "order_impossible", "firm_full",
    "firm_busy", "pool_full", "table_full", "language_full", "host_taken", "order_blocked", "limit_reached",
    "not_chosen", "mixed",
]  # fmt: skip
"""Why a wish is not in the plan; docs/timetable.md says each in words."""
PROOF_SECONDS: Final = 300.0
"""What a proof may take unless told otherwise."""


class DayError(ValueError):
    """The day contradicts itself: ``code`` says how, ``ids`` whose records to look at."""

    def __init__(self, code: str, *ids: int) -> None:
        super().__init__(f"{code}: {', '.join(map(str, ids))}" if ids else code)
        self.code = code
        self.ids = ids


@dataclass(frozen=True, slots=True)
class Slot:
    """A time at which meetings are held; ``session`` groups slots, such as morning; times are for people only."""

    starts: str = ""
    ends: str = ""
    session: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A place for one meeting at a time.

    ``languages`` limits it to meetings of these languages (empty: any). ``host`` keeps it for one firm, which then
    never walks: all its meetings are held there.
    """

    id: int
    name: str = ""
    languages: frozenset[str] = frozenset()
    host: int | None = None
    blocked: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Pool:
    """Interpreters of one kind, or one named person (size 1): at most so many meetings of a slot can have one.

    ``sizes`` gives a number for each slot instead of the same for all.
    """

    id: int
    size: int = 1
    name: str = ""
    sizes: tuple[int, ...] = ()

    def size_at(self, slot: int) -> int:
        """How many there are in a slot."""
        return self.sizes[slot] if self.sizes else self.size


@dataclass(frozen=True, slots=True)
class Firm:
    """A participant. ``blocked`` slots are before arrival, after departure, or taken by something else.

    ``representatives`` is how many meetings it can hold at the same time; ``least`` is the number of meetings it is
    guaranteed where possible and ``most`` the limit it set itself.
    """

    id: int
    name: str = ""
    side: str = ""
    blocked: frozenset[int] = frozenset()
    representatives: int = 1
    least: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A slot and, where it is settled, a table."""

    slot: int
    table: int | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A wish of two firms or more to meet.

    ``weight`` is how much it matters beside others (such as the mutual score), ``must`` puts it before all of them.
    ``session`` and ``fixed`` narrow the slots, ``after`` names meetings that are held strictly earlier if both are
    held. It needs one of each of ``pools`` and a table for ``language``. ``locked`` is already confirmed or held and
    keeps its place; ``declined`` is never placed. The same firms meet once a day, except that ``again`` is a second
    meeting of theirs which was asked for as such.
    """

    id: int
    firms: tuple[int, ...]
    weight: int = 1
    must: bool = False
    session: str = ""
    fixed: int | None = None
    after: tuple[int, ...] = ()
    pools: tuple[int, ...] = ()
    language: str = ""
    locked: Place | None = None
    declined: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """The whole problem. ``fairness`` is the most by which the break counts of two firms may differ (None: any)."""

    firms: tuple[Firm, ...]
    meetings: tuple[Meeting, ...]
    slots: tuple[Slot, ...]
    tables: tuple[Table, ...]
    pools: tuple[Pool, ...] = ()
    fairness: int | None = 2


@dataclass(frozen=True, slots=True)
class Placement:
    """Where and when a meeting is held."""

    meeting: int
    slot: int
    table: int


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a wish is not in the plan.

    ``free`` are the slots at which all its firms could meet, ``firms`` those that have no place left, ``pools`` the
    interpreters and ``tables`` the tables that are all taken then, ``meetings`` what stands in the way.
    """

    meeting: int
    code: Code
    free: tuple[int, ...] = ()
    firms: tuple[int, ...] = ()
    pools: tuple[int, ...] = ()
    tables: tuple[int, ...] = ()
    meetings: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Bounds:
    """How good a plan is beside what no plan can beat.

    ``weight_bound`` and ``breaks_bound`` hold for every plan (breaks: of the meetings held); ``proven`` says that the
    breaks cannot be fewer. ``least_slots`` is the fewest slots in which so many meetings fit, ``table_fill`` the share
    of table places used, ``worst_firm`` the firm with the smallest share of its wishes held. ``overbooked`` firms
    have more wishes than free places.
    """

    requested: int
    held: int
    must: int
    must_held: int
    weight: int
    weight_bound: int
    breaks: int
    breaks_bound: int
    proven: bool
    idle: int
    most_breaks: int
    table_changes: int
    least_slots: int
    used_slots: int
    table_fill: float
    worst_firm: int | None
    worst_held: int
    worst_wished: int
    below_least: tuple[int, ...] = ()
    overbooked: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """The result: the same day, seed, engine and effort give the same plan byte for byte."""

    placements: tuple[Placement, ...]
    causes: tuple[Cause, ...]
    bounds: Bounds
    seed: int = 0
    engine: str = ""
    moves: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """What a running engine can tell: the best so far beside the bound, and the share of its effort that is spent."""

    held: int
    requested: int
    breaks: int
    breaks_bound: int
    share: float
    seconds_left: float


@dataclass(frozen=True, slots=True)
class Index:
    """The records of a day by their number."""

    firms: dict[int, Firm] = field(default_factory=dict)
    meetings: dict[int, Meeting] = field(default_factory=dict)
    tables: dict[int, Table] = field(default_factory=dict)
    pools: dict[int, Pool] = field(default_factory=dict)


MOST_LANGUAGES: Final = 6
"""Table languages that a day may tell apart: places are counted for each set of them."""


def index(day: Day) -> Index:
    """The records by number, once it is certain that they fit together; DayError otherwise."""
    found = Index(
        {firm.id: firm for firm in day.firms},
        {meeting.id: meeting for meeting in day.meetings},
        {table.id: table for table in day.tables},
        {pool.id: pool for pool in day.pools},
    )
    for name, records, known in (
        ("firm", day.firms, found.firms),
        ("meeting", day.meetings, found.meetings),
        ("table", day.tables, found.tables),
        ("pool", day.pools, found.pools),
    ):
        if len(records) != len(known):
            raise DayError(f"{name}_twice")
    for meeting in day.meetings:
        _examine(day, meeting, found)
    _examine_pairs(day)
    for pool in day.pools:
        if pool.sizes and len(pool.sizes) != len(day.slots):
            raise DayError("pool_sizes", pool.id)
    for table in day.tables:
        if table.host is not None and table.host not in found.firms:
            raise DayError("unknown_host", table.id)
    if len({meeting.language for meeting in day.meetings} - {""}) > MOST_LANGUAGES:
        raise DayError("too_many_languages")
    return found


def _examine_pairs(day: Day) -> None:
    """The same firms are wished for once, unless a wish says that it is for a second time."""
    wanted = Counter(frozenset(one.firms) for one in day.meetings if not (one.again or one.declined))
    for firms, times in wanted.items():
        if times > 1:
            raise DayError("pair_twice", *sorted(firms))


def _examine(day: Day, meeting: Meeting, known: Index) -> None:
    """A wish names records of the day only, and no firm twice."""
    if len(set(meeting.firms)) != len(meeting.firms) or len(meeting.firms) < 2:
        raise DayError("meeting_needs_two_firms", meeting.id)
    if not set(meeting.firms) <= known.firms.keys():
        raise DayError("unknown_firm", meeting.id)
    if not set(meeting.pools) <= known.pools.keys():
        raise DayError("unknown_pool", meeting.id)
    if meeting.id in meeting.after or not known.meetings.keys() >= set(meeting.after):
        raise DayError("unknown_earlier_meeting", meeting.id)
    places = [meeting.fixed, meeting.locked.slot if meeting.locked else None]
    if any(slot is not None and not 0 <= slot < len(day.slots) for slot in places):
        raise DayError("unknown_slot", meeting.id)
    if meeting.weight < 0:
        raise DayError("negative_weight", meeting.id)
    if meeting.locked and meeting.locked.table is not None and meeting.locked.table not in known.tables:
        raise DayError("unknown_table", meeting.id)
