"""Small days for tests; a test names what differs."""

from matchmaker.engines.timetable.day import Day, Firm, Meeting, Placement, Pool, Slot, Table


def a_day(
    *pairs: tuple[int, ...],
    slots: int = 4,
    tables: int = 2,
    firms: dict[int, Firm] | None = None,
    meetings: dict[int, Meeting] | None = None,
    pools: tuple[Pool, ...] = (),
    room: tuple[Table, ...] | None = None,
    sessions: tuple[str, ...] = (),
    fairness: int | None = 2,
) -> Day:
    """Meetings 1, 2, ... of these firms; ``firms`` and ``meetings`` replace records by number."""
    numbers = sorted({firm for pair in pairs for firm in pair})
    return Day(
        firms=tuple((firms or {}).get(number, Firm(number)) for number in numbers),
        meetings=tuple((meetings or {}).get(at, Meeting(at, pair)) for at, pair in enumerate(pairs, start=1)),
        slots=tuple(Slot(session=sessions[at] if sessions else "") for at in range(slots)),
        tables=room if room is not None else tuple(Table(number) for number in range(1, tables + 1)),
        pools=pools,
        fairness=fairness,
    )


def at(meeting: int, slot: int, table: int = 1) -> Placement:
    """A placement."""
    return Placement(meeting, slot, table)
