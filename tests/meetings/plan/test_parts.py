"""A large hall in parts."""

from typing import Any

from matchmaker.meetings.models import DayTable
from matchmaker.meetings.plan.parts import MOST_TABLES, Part, parts_of


def hall(*rooms: tuple[str, int]) -> list[Part]:
    """The parts of rooms with so many tables, numbered through."""
    names = [name for name, count in rooms for _ in range(count)]
    return parts_of([DayTable(number=at, room=name) for at, name in enumerate(names, 1)])


def test_a_small_hall_is_one_part_whatever_its_rooms() -> None:
    (part,) = hall(("A", 10), ("B", MOST_TABLES - 10))

    assert (part.number, len(part.tables)) == (1, MOST_TABLES)


def test_a_large_hall_is_shown_by_rooms_and_large_rooms_in_like_pieces(session: Any) -> None:
    parts = hall(("A", 20), ("", 6), ("B", 2 * MOST_TABLES + 1))

    assert [(one.number, one.label, len(one.tables)) for one in parts] == [
        (1, "A", 20),
        (2, "Tables 21–26", 6),
        (3, "B, Tables 27–53", 27),
        (4, "B, Tables 54–80", 27),
        (5, "B, Tables 81–107", 27),
    ]
