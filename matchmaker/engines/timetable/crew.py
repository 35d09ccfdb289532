"""Who does what at one time: each task gets one of those who can do it, nobody gets two."""

from collections.abc import Sequence

import numpy as np


def assign(costs: Sequence[Sequence[int | None]]) -> list[int | None]:
    """For each task (row) the one (column) who does it, None for a task that nobody is left for.

    As many tasks as possible are done, and of all ways to do so many the one with the least total cost is taken. None
    as a cost says that this one cannot do it. Costs are 0 or more. The same costs give the same answer.
    """
    if not costs:
        return []
    if len(costs) == 1:
        return [_cheapest(costs[0])]
    width = max((len(row) for row in costs), default=0)
    size = len(costs) + width
    dearest = max((cost for row in costs for cost in row if cost is not None), default=0)
    # Leaving a task undone is dearer than any way to do all of them; columns after the last one stand for nobody.
    undone = (dearest + 1) * (len(costs) + 1)
    table = np.full((size, size), undone * (len(costs) + 1), dtype=np.int64)
    table[len(costs) :, :] = 0
    table[: len(costs), width:] = undone
    for at, row in enumerate(costs):
        for column, cost in enumerate(row):
            if cost is not None:
                table[at, column] = cost
    mates = _solved(table)
    return [mate if mate < width else None for mate in mates[: len(costs)]]


def _cheapest(row: Sequence[int | None]) -> int | None:
    open_to = [(cost, column) for column, cost in enumerate(row) if cost is not None]
    return min(open_to)[1] if open_to else None


def _solved(table: "np.ndarray[tuple[int, int], np.dtype[np.int64]]") -> list[int]:
    from ortools.graph.python.linear_sum_assignment import (  # noqa: PLC0415 - heavy, and seldom needed
        SimpleLinearSumAssignment,
    )

    size = len(table)
    solver = SimpleLinearSumAssignment()
    rows, columns = np.divmod(np.arange(size * size), size)
    solver.add_arcs_with_cost(rows, columns, table.ravel())
    solver.solve()
    return [solver.right_mate(row) for row in range(size)]
