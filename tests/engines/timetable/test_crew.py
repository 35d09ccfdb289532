"""Who does what: as many tasks as possible, then the least cost."""

from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaker.engines.timetable.crew import assign

Costs = list[list[int | None]]


@st.composite
def tables(draw: st.DrawFn) -> Costs:
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(0, 4))
    cost = st.none() | st.integers(0, 9)
    return [[draw(cost) for _ in range(columns)] for _ in range(rows)]


def value(costs: Costs, chosen: list[int | None]) -> tuple[int, int]:
    """Tasks left undone and the cost of the others."""
    done = [costs[row][column] for row, column in enumerate(chosen) if column is not None]
    assert None not in done
    return len(costs) - len(done), sum(cost for cost in done if cost is not None)


@settings(max_examples=40)
@given(tables())
def test_no_other_assignment_is_better(costs: Costs) -> None:
    chosen = assign(costs)

    width = len(costs[0])
    ways = permutations([*range(width), *[None] * len(costs)], len(costs))
    fitting = [
        list(way)
        for way in ways
        if all(at is None or costs[row][at] is not None for row, at in enumerate(way))
    ]
    assert value(costs, chosen) == min(value(costs, way) for way in fitting)
    taken = [column for column in chosen if column is not None]
    assert len(taken) == len(set(taken))


def test_nothing_to_do_is_done() -> None:
    assert assign([]) == []
