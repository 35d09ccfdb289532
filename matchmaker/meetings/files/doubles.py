"""Lines of a list that are about one record: the later would silently undo what the earlier says."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from matchmaker.meetings.files.lines import Line
from matchmaker.meetings.files.lists import SAME, Key, Keyed, ListKind


def doubles(kind: ListKind, listed: Sequence[Line], there: Keyed) -> dict[int, int]:
    """The lines, by place in the list, that say anew what another said first, and the place of that one.

    A record that the day itself has several times, such as two people of one name, may stand as often in a list.
    """
    most = {_texts(key): len(rows) for key, rows in there.items()}
    met: Counter[Key] = Counter()
    first: dict[Key, int] = {}
    found = {}
    for at, line in enumerate(listed):
        key = tuple(_READ.get(name, str.strip)(line.get(name, "")) for name in SAME[kind])
        if not all(key):
            continue
        first.setdefault(key, at)
        met[key] += 1
        if met[key] > most.get(key, 1):
            found[at] = first[key]
    return found


def _texts(key: Key) -> Key:
    return tuple("" if part is None else str(part) for part in key)


def _number(text: str) -> str:
    return text.strip().lstrip("0")


def _numbers(text: str) -> str:
    return " ".join(sorted(map(_number, text.replace(",", " ").split()), key=lambda one: (len(one), one)))


def _time(text: str) -> str:
    return text.strip().rjust(5, "0")


_READ: Mapping[str, Callable[[str], str]] = {
    "firm_id": _number,
    "other_id": _number,
    "number": _number,
    "firm_ids": _numbers,
    "from": _time,
}
"""Columns in which two texts may mean the same."""
