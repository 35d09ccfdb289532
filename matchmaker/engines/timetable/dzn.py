"""Days of the published benchmark of meeting scheduling, in their MiniZinc data form.

Everything there counts from 1: firms, slots, meetings. ``requested`` rows are firm, firm, session (1 morning, 2
afternoon, 3 any); ``forbidden`` a set of slots for each firm; ``fixed`` a slot for each meeting, 0 for free;
``precedences`` for each meeting the set of meetings strictly before it. {0} and {} both mean none. Some events have two
wishes of the same firms: both are to be held.
"""

import re
from typing import Final

from matchmaker.engines.timetable.day import Day, DayError, Firm, Meeting, Slot, Table

_ITEM: Final = re.compile(r"(\w+)\s*=\s*([^;]*);")
_SET: Final = re.compile(r"\{([^}]*)\}|(-?\d+)\s*\.\.\s*(-?\d+)")
_NUMBER: Final = re.compile(r"-?\d+")
_SESSIONS: Final = {1: "morning", 2: "afternoon", 3: ""}
FAIRNESS: Final = 2


def read_dzn(text: str) -> Day:
    """The day of a data file; DayError with code ``missing_item``, ``bad_item`` and its name in the message."""
    items = dict(_ITEM.findall(re.sub(r"%[^\n]*", "", text)))
    slots = _whole(items, "nTotalSlots")
    morning = _whole(items, "nMorningSlots") if "nMorningSlots" in items else slots
    firms = _whole(items, "nBusiness")
    tables = _whole(items, "nTables")
    rows = _rows(items)
    forbidden = _sets(items, "forbidden", firms)
    earlier = _sets(items, "precedences", len(rows))
    fixed = [int(one) for one in _NUMBER.findall(items.get("fixed", ""))] or [0] * len(rows)
    if len(fixed) != len(rows) or any(not 0 <= slot <= slots for slot in fixed):
        raise DayError("bad_item fixed")
    return Day(
        firms=tuple(
            Firm(at, blocked=frozenset(slot - 1 for slot in gone if 1 <= slot <= slots))
            for at, gone in enumerate(forbidden, start=1)
        ),
        meetings=tuple(
            Meeting(
                at,
                (a, b),
                session=_SESSIONS[session],
                fixed=slot - 1 if slot else None,
                after=tuple(sorted(before - {0})),
                again={a, b} in ({c, d} for c, d, _ in rows[: at - 1]),
            )
            for at, ((a, b, session), slot, before) in enumerate(
                zip(rows, fixed, earlier, strict=True), start=1
            )
        ),
        slots=tuple(Slot(session="morning" if at < morning else "afternoon") for at in range(slots)),
        tables=tuple(Table(at + 1) for at in range(tables)),
        fairness=FAIRNESS,
    )


def _whole(items: dict[str, str], name: str) -> int:
    if name not in items:
        raise DayError(f"missing_item {name}")
    if not re.fullmatch(r"\s*\d+\s*", items[name]):
        raise DayError(f"bad_item {name}")
    return int(items[name])


def _rows(items: dict[str, str]) -> list[tuple[int, int, int]]:
    """The wishes; as many as ``nMeetings`` says where it says so."""
    if "requested" not in items:
        raise DayError("missing_item requested")
    body = items["requested"]
    if "array2d" in body:
        body = body[body.index("[") :]
    numbers = [int(one) for one in _NUMBER.findall(body)]
    rows = [(a, b, s) for a, b, s in zip(numbers[::3], numbers[1::3], numbers[2::3], strict=False)]
    told = _whole(items, "nMeetings") if "nMeetings" in items else len(rows)
    if len(numbers) % 3 or len(rows) != told or any(s not in _SESSIONS for _, _, s in rows):
        raise DayError("bad_item requested")
    return rows


def _sets(items: dict[str, str], name: str, number: int) -> list[set[int]]:
    """A set for each firm or meeting; nothing given means empty ones."""
    if name not in items:
        return [set() for _ in range(number)]
    found = [
        set(range(int(first), int(last) + 1)) if first else {int(one) for one in _NUMBER.findall(inside)}
        for inside, first, last in _SET.findall(_spread(items[name]))
    ]
    if len(found) != number:
        raise DayError(f"bad_item {name}")
    return found


def _spread(text: str) -> str:
    """The text of an array without its index ranges."""
    return text[text.index("[") :] if "array1d" in text else text
