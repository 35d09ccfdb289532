"""The meetings of a firm in a timetable that is too large to look through, found by a part of its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from matchmaker.engines.text.folding import fold

if TYPE_CHECKING:
    from matchmaker.meetings.plan.grid import Card, Grid

MOST: Final = 40
"""Meetings that are listed; a longer name finds fewer."""


@dataclass(frozen=True, slots=True)
class Found:
    """A meeting of the firm and where it is, or why it has no place."""

    card: Card
    where: str


def found(grid: Grid, asked: str) -> list[Found]:
    """Meetings of firms whose name holds what was typed, in any letters: by time, those without a place last."""
    wanted = fold(asked)
    if not wanted:
        return []
    firms = {one.id for one in grid.problem.rows.participants if wanted in fold(grid.labels.firm(one.id))}
    meetings = [one.id for one in grid.problem.day.meetings if not firms.isdisjoint(one.firms)]
    last = len(grid.problem.day.slots)
    meetings.sort(key=lambda one: (grid.at[one].slot if one in grid.at else last, one))
    return [Found(grid.card(one), grid.where(one)) for one in meetings[:MOST]]
