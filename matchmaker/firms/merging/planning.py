"""What a merge of two firms would do, worked out before anything is touched."""

from dataclasses import dataclass, field
from typing import Any

from matchmaker.firms.merging.parts import Moving, parts


@dataclass(frozen=True, slots=True)
class Change:
    """One value of one row, before and after."""

    table_name: str
    row_id: int
    column_name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Step:
    """The rows of one column: how many move, how many stay because the kept firm has its own."""

    moving: Moving
    changes: tuple[Change, ...]
    moved: int
    left: int


@dataclass(frozen=True, slots=True)
class Plan:
    """All steps, and what forbids the merge."""

    steps: tuple[Step, ...]
    refused: tuple[str, ...] = field(default=())

    @property
    def told(self) -> list[tuple[str, int, int]]:
        """What there is of each kind: its name, how many rows move, how many stay."""
        found: dict[str, tuple[int, int]] = {}
        for step in self.steps:
            moved, left = found.get(str(step.moving.title), (0, 0))
            found[str(step.moving.title)] = moved + step.moved, left + step.left
        return [(title, moved, left) for title, (moved, left) in found.items() if moved or left]


def plan(kept_id: int, merged_id: int) -> Plan:
    """What merging one firm into another does, and what forbids it."""
    steps = tuple(_step(moving, kept_id, merged_id) for part in parts() for moving in part.moving)
    asked = (part.refused for part in parts() if part.refused is not None)
    return Plan(steps, tuple(text for ask in asked for text in ask(kept_id, merged_id)))


def _step(moving: Moving, kept_id: int, merged_id: int) -> Step:
    rows = moving.rows(merged_id)
    left = moving.staying(rows, kept_id, merged_id)
    going = [row for row in rows if row.id not in left]
    changes = [change for row in going for change in _changes(moving, row, kept_id, merged_id)]
    return Step(moving, tuple(changes), len(going), len(rows) - len(going))


def _changes(moving: Moving, row: Any, kept_id: int, merged_id: int) -> list[Change]:
    after = {moving.column.key: kept_id}
    if moving.also is not None:
        after |= moving.also(row, kept_id, merged_id)
    name = str(moving.table.__tablename__)
    return [Change(name, row.id, key, getattr(row, key), value) for key, value in after.items()]
